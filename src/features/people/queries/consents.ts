// What families allow: every answer stays, the last one written counts, no answer is never a yes.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"

/** The word of the permission to publish photos, on which lists and photos depend. */
export const PHOTO = "photo"

/** What may be asked, in the school's order. */
export const consentKinds = (db: Db) =>
  db.selectFrom("consent_kind").select(["code", "label"]).orderBy("position").execute()

/** Every answer about a student, the last one written first, with who wrote it down. */
export const consentsOf = (db: Db, studentId: number) =>
  db
    .selectFrom("student_consent")
    .innerJoin("consent_kind", "consent_kind.code", "student_consent.kind")
    .leftJoin("account", "account.id", "student_consent.recorded_by")
    .select([
      "student_consent.id",
      "student_consent.kind",
      "student_consent.answer",
      "student_consent.given_on",
      "student_consent.source",
      "student_consent.recorded_at",
      "consent_kind.label",
      "account.name as recorded_by",
    ])
    .where("student_consent.student_id", "=", studentId)
    .orderBy("student_consent.id", "desc")
    .execute()

/** Each kind with the answer that counts, null where nobody ever asked. */
export const answersOf = (db: Db, studentId: number) =>
  db
    .selectFrom("consent_kind")
    .leftJoin("student_consent as answered", (join) =>
      join.on("answered.id", "=", (eb) =>
        eb
          .selectFrom("student_consent as newest")
          .select((e) => e.fn.max<number>("newest.id").as("id"))
          .where("newest.student_id", "=", studentId)
          .whereRef("newest.kind", "=", "consent_kind.code"),
      ),
    )
    .select([
      "consent_kind.code",
      "consent_kind.label",
      "answered.answer",
      "answered.given_on",
      "answered.source",
    ])
    .orderBy("consent_kind.position")
    .execute()

/** Whether this student's photo may be published: yes, no, or null where nobody asked, which is no permission. */
export async function photoPermission(db: Db, studentId: number): Promise<boolean | null> {
  const answered = await db
    .selectFrom("student_consent")
    .select("answer")
    .where("student_id", "=", studentId)
    .where("kind", "=", PHOTO)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()
  return answered ? answered.answer === 1 : null
}

export type ConsentRow = { kind: string; answer: number; given_on: string; source: string }

/** Writes an answer down, or takes one back: nothing written before goes. */
export function recordConsent(
  db: Db,
  by: User,
  studentId: number,
  { label, ...row }: ConsentRow & { label: string },
  now: Date,
): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const before = await trx
      .selectFrom("student_consent")
      .select(["answer", "given_on", "source"])
      .where("student_id", "=", studentId)
      .where("kind", "=", row.kind)
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst()
    await trx
      .insertInto("student_consent")
      .values({ ...row, student_id: studentId, recorded_by: by.id, recorded_at: at })
      .execute()
    const after = { ...row, kind: label }
    await record(trx, by, { subject: "student", subjectId: studentId, action: "consent", before, after }, at)
  })
}
