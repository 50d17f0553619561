import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { findApplication } from "../enrolment/queries/applications.ts"
import { documentKinds, handedOf, saveChecklist } from "../enrolment/queries/documents.ts"
import { checklist } from "../enrolment/rules/checklist.ts"
import { OPEN_STATES } from "../enrolment/rules/states.ts"
import { studentsSeenBy, type Viewer } from "../people/scope.ts"

/** Whose paper: a student or a member of staff. */
export type Whose = { person: "student" | "staff"; id: number }

const withNames = (db: Db) =>
  db
    .selectFrom("scan")
    .leftJoin("account as a", "a.id", "scan.created_by")
    .leftJoin("account as d", "d.id", "scan.deleted_by")
    .selectAll("scan")
    .select(["a.name as by", "d.name as deleted_by_name"])

/** A person's scans, the latest first, those in the bin among them. */
export const scansOf = (db: Db, { person, id }: Whose) =>
  withNames(db).where(`scan.${person}_id`, "=", id).orderBy("scan.id", "desc").execute()

export type Scan = Awaited<ReturnType<typeof scansOf>>[number]

/** A student's scan, when this person may see the student. */
export const studentScan = (db: Db, who: Viewer, id: number) =>
  withNames(db)
    .innerJoin("student", "student.id", "scan.student_id")
    .select(["student.surname", "student.given_names"])
    .where("scan.id", "=", id)
    .where("student.id", "in", studentsSeenBy(db, who).select("student.id"))
    .executeTakeFirst()

/** The scan of that number, if it is this member of staff's. */
export const staffScan = (db: Db, staff: number, id: number) =>
  withNames(db).where("scan.id", "=", id).where("scan.staff_id", "=", staff).executeTakeFirst()

/** What a student's files of enrolment say was handed in, whatever the year: document -> the last day. */
export async function handedBy(db: Db, student: number) {
  const rows = await db
    .selectFrom("application_document as g")
    .innerJoin("application as a", "a.id", "g.application_id")
    .where("a.student_id", "=", student)
    .select((eb) => [
      "g.document_id",
      eb.fn.max<number>("g.claimed").as("claimed"),
      eb.fn.max<string | null>("g.given_on").as("given_on"),
    ])
    .groupBy("g.document_id")
    .execute()
  return rows
}

/** The student's file of enrolment that still waits for papers, if there is one. */
export const openFileOf = (db: Db, student: number) =>
  db
    .selectFrom("application")
    .select(["id", "reference", "level_code"])
    .where("student_id", "=", student)
    .where("state", "in", OPEN_STATES)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()

export type Kept = {
  document_id: number | null
  label: string
  format: "pdf" | "jpeg"
  path: string
  bytes: number
}

/** `tick`: the file of enrolment in which the paper is ticked as handed in on that day (ISO). */
export type Adding = { whose: Whose; kept: Kept; tick: { file: number; on: string } | null; now: Date }

/** Writes a scan whose file is on the disk already; true where the file of enrolment was ticked too. */
export function addScan(db: Db, by: { id: number }, { whose, kept, tick, now }: Adding): Promise<boolean> {
  const at = now.toISOString()
  const { person, id } = whose
  return tx(db, async (trx) => {
    await trx
      .insertInto("scan")
      .values({ ...kept, [`${person}_id`]: id, created_at: at, created_by: by.id })
      .execute()
    const change = { subject: person, subjectId: id, action: "scan_added", after: { scan: kept.label } }
    await record(trx, by, change, at)
    return tick && kept.document_id ? tickHanded(trx, by, kept.document_id, tick, now) : false
  })
}

async function tickHanded(
  trx: Db,
  by: { id: number },
  document: number,
  { file: number, on }: { file: number; on: string },
  now: Date,
): Promise<boolean> {
  const file = await findApplication(trx, number)
  if (!file) return false
  const lines = checklist(await documentKinds(trx), file.level_code, await handedOf(trx, file.id))
  const line = lines.find(({ id }) => id === document)
  if (!line || line.given_on) return false
  const given = new Map(lines.flatMap(({ id, given_on }) => (given_on ? [[id, given_on] as const] : [])))
  given.set(document, on)
  const saving = { file, version: file.version, lines, given, tell: null, now }
  return (await saveChecklist(trx, by, saving)).changed
}

/** Into the bin; false where somebody else put it there first. */
export function deleteScan(
  db: Db,
  by: { id: number },
  scan: Pick<Scan, "id" | "label" | "student_id" | "staff_id">,
  { reason, now }: { reason: string; now: Date },
): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("scan")
      .set({ deleted_at: at, deleted_by: by.id, delete_reason: reason })
      .where("id", "=", scan.id)
      .where("deleted_at", "is", null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await record(
      trx,
      by,
      { ...about(scan), action: "scan_deleted", before: { scan: scan.label }, reason },
      at,
    )
    return true
  })
}

/** Out of the bin; false where it is not in it any more. */
export function restoreScan(
  db: Db,
  by: { id: number },
  scan: Pick<Scan, "id" | "label" | "student_id" | "staff_id">,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable("scan")
      .set({ deleted_at: null, deleted_by: null, delete_reason: null })
      .where("id", "=", scan.id)
      .where("deleted_at", "is not", null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await record(trx, by, { ...about(scan), action: "scan_restored", after: { scan: scan.label } }, at)
    return true
  })
}

const about = ({ student_id, staff_id }: { student_id: number | null; staff_id: number | null }) =>
  student_id
    ? { subject: "student", subjectId: student_id }
    : { subject: "staff", subjectId: staff_id as number }

/** Forgets what went into the bin before a moment (ISO), and gives the files. */
export async function emptyBin(db: Db, before: string): Promise<string[]> {
  const gone = await db.deleteFrom("scan").where("deleted_at", "<", before).returning("path").execute()
  return gone.map(({ path }) => path)
}

/** Every file that a row names. */
export async function allPaths(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("scan").select("path").execute()
  return rows.map(({ path }) => path)
}
