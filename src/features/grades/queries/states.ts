import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"

type SubjectPeriodKey = { id: number; period_id: number }

/** The teacher says: these marks are final. Locking twice changes nothing. */
export const lockSubject = (
  db: Db,
  by: { id: number },
  { id, period_id }: SubjectPeriodKey,
  { missing, at }: { missing: number; at: string },
) =>
  tx(db, async (trx) => {
    const made = await trx
      .insertInto("subject_lock")
      .values({ class_subject_id: id, period_id, locked_at: at, locked_by: by.id })
      .onConflict((oc) => oc.doNothing())
      .returning("class_subject_id")
      .executeTakeFirst()
    if (!made) return
    const change = {
      subject: "subject_lock",
      subjectId: id,
      action: "locked",
      after: { period: period_id, missing },
    }
    await record(trx, by, change, at)
  })

/** Opens a subject's period again, with the reason that the audit trail keeps. */
export const unlockSubject = (
  db: Db,
  by: { id: number },
  { id, period_id }: SubjectPeriodKey,
  { reason, at }: { reason: string; at: string },
) =>
  tx(db, async (trx) => {
    await trx
      .deleteFrom("subject_lock")
      .where("class_subject_id", "=", id)
      .where("period_id", "=", period_id)
      .execute()
    const change = {
      subject: "subject_lock",
      subjectId: id,
      action: "unlocked",
      before: { period: period_id },
      reason,
    }
    await record(trx, by, change, at)
  })

export const exemptionsOf = (db: Db, { id, period_id }: SubjectPeriodKey) =>
  db
    .selectFrom("exemption as x")
    .innerJoin("student as s", "s.id", "x.student_id")
    .leftJoin("account as a", "a.id", "x.created_by")
    .where("x.class_subject_id", "=", id)
    .where("x.period_id", "=", period_id)
    .select(["s.id", "s.matricule", "s.surname", "s.given_names", "x.reason", "x.created_at", "a.name as by"])
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()

/** Exempts a student from a subject for a period; marks already entered stay, and no longer count. */
export const exempt = (
  db: Db,
  by: { id: number },
  { id, period_id }: SubjectPeriodKey,
  { student, reason, at }: { student: number; reason: string | null; at: string },
) =>
  tx(db, async (trx) => {
    const row = {
      student_id: student,
      class_subject_id: id,
      period_id,
      reason,
      created_at: at,
      created_by: by.id,
    }
    const made = await trx
      .insertInto("exemption")
      .values(row)
      .onConflict((oc) => oc.doNothing())
      .returning("student_id")
      .executeTakeFirst()
    if (!made) return
    const after = { student, period: period_id }
    await record(trx, by, { subject: "exemption", subjectId: id, action: "created", after, reason }, at)
  })

/** Ends an exemption; false where there was none. */
export const endExemption = (
  db: Db,
  by: { id: number },
  { id, period_id }: SubjectPeriodKey,
  { student, at }: { student: number; at: string },
): Promise<boolean> =>
  tx(db, async (trx) => {
    const gone = await trx
      .deleteFrom("exemption")
      .where("class_subject_id", "=", id)
      .where("period_id", "=", period_id)
      .where("student_id", "=", student)
      .returning("reason")
      .executeTakeFirst()
    if (!gone) return false
    const change = {
      subject: "exemption",
      subjectId: id,
      action: "ended",
      before: { student, period: period_id, reason: gone.reason },
    }
    await record(trx, by, change, at)
    return true
  })
