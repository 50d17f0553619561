import type { Db } from "../../../db/index.ts"
import type { Status } from "../profile.ts"

/** A student who is or was in the class, or nothing. */
export const studentOfClass = (db: Db, student: number, classId: number) =>
  db
    .selectFrom("student as s")
    .where("s.id", "=", student)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("enrolment as e")
          .whereRef("e.student_id", "=", "s.id")
          .where("e.class_id", "=", classId)
          .select("e.id"),
      ),
    )
    .select(["s.id", "s.surname", "s.given_names", "s.matricule"])
    .executeTakeFirst()

type Kept = { student: number; value: number | null; status: Status | null; version: number }

export type MarkEvent = {
  at: string
  by: string | null
  action: string
  reason: string | null
  before: Kept | null
  after: Kept | null
}

/** Everything that happened to one cell, newest first. */
export async function historyOfMark(db: Db, assessment: number, student: number): Promise<MarkEvent[]> {
  const own = `{"student":${student},%`
  const rows = await db
    .selectFrom("audit as u")
    .leftJoin("account as a", "a.id", "u.account_id")
    .where("u.subject", "=", "mark")
    .where("u.subject_id", "=", assessment)
    .where((eb) => eb.or([eb("u.after", "like", own), eb("u.before", "like", own)]))
    .select(["u.at", "a.name as by", "u.action", "u.reason", "u.before", "u.after"])
    .orderBy("u.id", "desc")
    .execute()
  const kept = (text: string | null) => (text ? (JSON.parse(text) as Kept) : null)
  return rows.map((row) => ({ ...row, before: kept(row.before), after: kept(row.after) }))
}
