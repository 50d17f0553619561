import type { Selectable } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { differences, type Row } from "../../people/conflict.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { type Field, NOTHING, type Notes, notesIn } from "../rules.ts"
import type { MedicalTables } from "../tables.ts"

/** The notes as they stand, with their version: 0 while nothing was ever written. */
export async function notesOf(db: Db, studentId: number) {
  const row = await db
    .selectFrom("medical_note as n")
    .leftJoin("account as a", "a.id", "n.updated_by")
    .selectAll("n")
    .select("a.name as by")
    .where("n.student_id", "=", studentId)
    .executeTakeFirst()
  if (!row) return { notes: NOTHING, version: 0, at: null, by: null }
  return { notes: notesIn(row), version: row.version, at: row.updated_at, by: row.by }
}

/** What may be told without a look: whether there are notes, and the instruction that teachers see too. */
export async function signOf(db: Db, studentId: number) {
  const row = await db
    .selectFrom("medical_note")
    .select(["updated_at", "instruction", "instruction_shown"])
    .where("student_id", "=", studentId)
    .executeTakeFirst()
  return { at: row?.updated_at ?? null, instruction: row?.instruction_shown ? row.instruction : null }
}

/** The notes as they were in one version; what was never written is empty. */
export async function notesAt(db: Db, studentId: number, version: number): Promise<Notes> {
  const row = await db
    .selectFrom("medical_version")
    .select("content")
    .where("student_id", "=", studentId)
    .where("version", "=", version)
    .executeTakeFirst()
  return row ? notesIn(JSON.parse(row.content)) : NOTHING
}

type Written = Pick<Selectable<MedicalTables["medical_note"]>, Field>

/**
 * Writes the notes if nobody did since `version`. The audit trail says that they changed and not what they say:
 * whoever reads it need not hold the right to them. The text of each version is kept beside the notes.
 */
export function saveNotes(
  db: Db,
  by: User,
  { student, version, notes, now }: { student: number; version: number; notes: Notes; now: Date },
): Promise<"saved" | "same" | "conflict"> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const present = await notesOf(trx, student)
    if (present.version !== version) return "conflict"
    if (!differences(present.notes as Row, notes as Row)) return "same"
    const row = { ...(notes as unknown as Written), updated_at: at, updated_by: by.id }
    const written =
      version === 0
        ? await trx
            .insertInto("medical_note")
            .values({ ...row, student_id: student })
            .onConflict((oc) => oc.doNothing())
            .executeTakeFirst()
        : await trx
            .updateTable("medical_note")
            .set({ ...row, version: version + 1 })
            .where("student_id", "=", student)
            .where("version", "=", version)
            .executeTakeFirst()
    const rows = "numUpdatedRows" in written ? written.numUpdatedRows : written.numInsertedOrUpdatedRows
    if (!rows) return "conflict"
    const content = JSON.stringify(notes)
    await trx
      .insertInto("medical_version")
      .values({ student_id: student, version: version + 1, content, at, account_id: by.id })
      .execute()
    await record(trx, by, { subject: "medical_note", subjectId: student, action: "changed" }, at)
    return "saved"
  })
}

/** Every version, the newest first, with who wrote it. */
export async function versionsOf(db: Db, studentId: number) {
  const rows = await db
    .selectFrom("medical_version as v")
    .leftJoin("account as a", "a.id", "v.account_id")
    .select(["v.version", "v.content", "v.at", "a.name as by"])
    .where("v.student_id", "=", studentId)
    .orderBy("v.version", "desc")
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, notes: notesIn(JSON.parse(content)) }))
}

export const measuresOf = (db: Db, studentId: number) =>
  db
    .selectFrom("medical_measure")
    .select(["id", "measured_on", "weight", "height"])
    .where("student_id", "=", studentId)
    .orderBy("measured_on", "desc")
    .orderBy("id", "desc")
    .execute()

type Measure = { measured_on: string; weight: number | null; height: number | null }

export function addMeasure(db: Db, by: User, studentId: number, measure: Measure, now: Date): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    await trx
      .insertInto("medical_measure")
      .values({ ...measure, student_id: studentId, at, account_id: by.id })
      .execute()
    await record(trx, by, { subject: "medical_measure", subjectId: studentId, action: "created" }, at)
  })
}

/** False when this student has no such measure (any more). */
export function removeMeasure(
  db: Db,
  by: User,
  studentId: number,
  measure: number,
  now: Date,
): Promise<boolean> {
  return tx(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom("medical_measure")
      .where("id", "=", measure)
      .where("student_id", "=", studentId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return false
    const change = { subject: "medical_measure", subjectId: studentId, action: "deleted" }
    await record(trx, by, change, now.toISOString())
    return true
  })
}

/** What teachers are told: the instructions shown, of the students this person sees who are in a class this year. */
export const instructionsSeen = (db: Db, who: Viewer, year: number) =>
  studentsSeenBy(db, who)
    .innerJoin("medical_note as n", "n.student_id", "student.id")
    .innerJoin("enrolment as e", (join) =>
      join
        .onRef("e.student_id", "=", "student.id")
        .on("e.school_year_id", "=", year)
        .on("e.ends_on", "is", null),
    )
    .innerJoin("class as c", "c.id", "e.class_id")
    .select(["student.id", "student.surname", "student.given_names", "n.instruction", "c.label as class"])
    .where("n.instruction_shown", "=", 1)
    .where("n.instruction", "is not", null)
    .orderBy("c.position")
    .orderBy("c.label")
    .orderBy("student.sort_name")
    .execute()
