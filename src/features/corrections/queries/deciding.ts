// The desk's side: what waits, and what is decided of each field.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { type Message, queueMessages } from "../../messages/queries.ts"
import { changeGuardian, type FoundGuardian, type GuardianRow } from "../../people/queries/guardians.ts"
import {
  changeStudent,
  type FoundStudent,
  type StudentDetails,
  type StudentRow,
} from "../../people/queries/students.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import type { Decision } from "../rules.ts"

const seen = (db: Db, who: Viewer) =>
  db
    .selectFrom("correction")
    .innerJoin("student", "student.id", "correction.student_id")
    .innerJoin("guardian", "guardian.id", "correction.guardian_id")
    .leftJoin("account", "account.id", "correction.decided_by")
    .where("correction.student_id", "in", studentsSeenBy(db, who).select("student.id"))
    .selectAll("correction")
    .select([
      "student.surname",
      "student.given_names",
      "student.matricule",
      "guardian.name as guardian_name",
      "account.name as by",
      sql<number>`(select count(*) from correction_field f where f.correction_id = correction.id)`.as(
        "fields",
      ),
      sql<number>`(select count(*) from correction_field f where f.correction_id = correction.id
        and f.decision = 'accepted')`.as("accepted"),
    ])

export type FoundCorrection = NonNullable<Awaited<ReturnType<typeof findCorrection>>>

export const findCorrection = (db: Db, who: Viewer, id: number) =>
  seen(db, who).where("correction.id", "=", id).executeTakeFirst()

type Asked = { state: "waiting" | "decided"; page: number; size: number }

/** One page of those that wait, the oldest first; or of those decided, the latest first. */
export async function listCorrections(db: Db, who: Viewer, { state, page, size }: Asked) {
  return seen(db, who)
    .where("correction.state", "=", state)
    .orderBy("correction.id", state === "waiting" ? "asc" : "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
}

/** How many of each state this person may see. */
export async function countsOf(db: Db, who: Viewer): Promise<Record<Asked["state"], number>> {
  const rows = await db
    .selectFrom("correction")
    .where("student_id", "in", studentsSeenBy(db, who).select("student.id"))
    .groupBy("state")
    .select((eb) => ["state", eb.fn.countAll<number>().as("n")])
    .execute()
  const count = (state: Asked["state"]) => Number(rows.find((row) => row.state === state)?.n ?? 0)
  return { waiting: count("waiting"), decided: count("decided") }
}

export type Decided = {
  correction: FoundCorrection
  /** of the proposal, as the person saw it */
  version: number
  lines: readonly { field: string; decision: Decision; reason: string | null }[]
  /** the cards with their versions as seen, and what the accepted fields change on each */
  student: { card: FoundStudent; version: number; row: Partial<StudentRow & StudentDetails> }
  guardian: { card: FoundGuardian; version: number; row: Partial<GuardianRow> }
  /** « Proposé par … » */
  reason: string
  messages: readonly Message[]
  now: Date
}

class Conflict extends Error {}

/** Decides all of a proposal at once; « changed » when it, or a card it changes, is no longer as the person saw it. */
export async function decide(db: Db, by: User, decided: Decided): Promise<"done" | "changed"> {
  try {
    await tx(db, (trx) => write(trx, by, decided))
    return "done"
  } catch (problem) {
    if (problem instanceof Conflict) return "changed"
    throw problem
  }
}

async function write(trx: Db, by: User, decided: Decided): Promise<void> {
  const { correction, version, lines, student, guardian, reason, messages, now } = decided
  const at = now.toISOString()
  const { numUpdatedRows } = await trx
    .updateTable("correction")
    .set({ state: "decided", waiting_key: null, decided_at: at, decided_by: by.id, updated_at: at })
    .where("id", "=", correction.id)
    .where("version", "=", version)
    .where("state", "=", "waiting")
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Conflict()
  for (const { field, decision, reason: why } of lines) {
    await trx
      .updateTable("correction_field")
      .set({ decision, reason: why })
      .where("correction_id", "=", correction.id)
      .where("field", "=", field)
      .execute()
  }
  if (Object.keys(student.row).length > 0) {
    const edit = { student: student.card, version: student.version, row: student.row, reason, now }
    const outcome = await changeStudent(trx, by, edit)
    if (outcome !== "changed" && outcome !== "same") throw new Conflict()
  }
  if (Object.keys(guardian.row).length > 0) {
    const { name, phone, phone2, email, sms_consent, consent_source } = guardian.card
    const row = { name, phone, phone2, email, sms_consent, consent_source, ...guardian.row }
    const edit = { guardian: guardian.card, version: guardian.version, row, reason, now }
    if ((await changeGuardian(trx, by, edit)) === "conflict") throw new Conflict()
  }
  const after = Object.fromEntries(lines.map(({ field, decision }) => [field, decision]))
  await record(trx, by, { subject: "correction", subjectId: correction.id, action: "decided", after }, at)
  await queueMessages(trx, messages, at)
}
