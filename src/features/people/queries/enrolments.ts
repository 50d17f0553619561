import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { classesSeenBy, type Viewer } from "../scope.ts"
import type { Placement } from "./students.ts"

/** The number of the year under way, for joins: an enrolment of an earlier year may still stand open. */
export const currentYear = (db: Db) =>
  db.selectFrom("school_year").select("school_year.id").where("school_year.current", "=", 1)

/** The classes of the year that a person may see, with their size, in the school's order. */
export function classChoices(db: Db, who: Viewer, year: number) {
  return classesSeenBy(db, who)
    .innerJoin("level", "level.code", "class.level_code")
    .where("class.school_year_id", "=", year)
    .select((eb) => [
      "class.id",
      "class.label",
      "class.level_code",
      "class.capacity",
      "level.label as level_label",
      eb
        .selectFrom("enrolment")
        .whereRef("enrolment.class_id", "=", "class.id")
        .where("enrolment.ends_on", "is", null)
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .as("size"),
    ])
    .orderBy("class.position")
    .orderBy("class.label")
    .execute()
}

export type ClassChoice = Awaited<ReturnType<typeof classChoices>>[number]

/** Opens an enrolment; inside the transaction of whoever calls. */
export async function enrol(
  trx: Db,
  by: User,
  studentId: number,
  place: Placement,
  at: string,
): Promise<void> {
  await trx
    .insertInto("enrolment")
    .values({
      student_id: studentId,
      class_id: place.class,
      school_year_id: place.year,
      starts_on: place.on,
      repeating: place.repeating ? 1 : 0,
      regime: place.regime,
    })
    .execute()
  const after = { class: await labelOf(trx, place.class), on: place.on }
  await record(trx, by, { subject: "student", subjectId: studentId, action: "enrolled", after }, at)
}

async function labelOf(db: Db, classId: number): Promise<string> {
  const row = await db.selectFrom("class").select("label").where("id", "=", classId).executeTakeFirstOrThrow()
  return row.label
}

export type OpenEnrolment = {
  id: number
  studentId: number
  classLabel: string
  repeating: number
  regime: string | null
}

/**
 * Closes the enrolment on a day, the first one out of the class. False when it was closed meanwhile, by
 * somebody else or in another tab.
 */
async function close(trx: Db, enrolment: OpenEnrolment, on: string, reason: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("enrolment")
    .set({ ends_on: on, end_reason: reason })
    .where("id", "=", enrolment.id)
    .where("ends_on", "is", null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Changes class on a day: one enrolment ends, another begins. False when it was no longer open. */
export function moveStudent(
  db: Db,
  by: User,
  from: OpenEnrolment,
  to: { class: number; year: number; on: string },
  now: Date,
) {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    if (!(await close(trx, from, to.on, "moved"))) return false
    await trx
      .insertInto("enrolment")
      .values({
        student_id: from.studentId,
        class_id: to.class,
        school_year_id: to.year,
        starts_on: to.on,
        repeating: from.repeating,
        regime: from.regime,
      })
      .execute()
    const before = { class: from.classLabel }
    const after = { class: await labelOf(trx, to.class), on: to.on }
    await record(
      trx,
      by,
      { subject: "student", subjectId: from.studentId, action: "moved", before, after },
      at,
    )
    return true
  })
}

/** Withdraws a student from the school on a day. False when the enrolment was no longer open. */
export function withdrawStudent(
  db: Db,
  by: User,
  from: { studentId: number; enrolment: OpenEnrolment | null },
  said: { on: string; reason: string; sentence: string; now: Date },
) {
  const at = said.now.toISOString()
  return tx(db, async (trx) => {
    if (from.enrolment && !(await close(trx, from.enrolment, said.on, said.reason))) return false
    const { numUpdatedRows } = await trx
      .updateTable("student")
      .set((eb) => ({ status: "withdrawn", version: eb("version", "+", 1), updated_at: at }))
      .where("id", "=", from.studentId)
      .where("status", "!=", "withdrawn")
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const before = { class: from.enrolment?.classLabel ?? null }
    const change = {
      subject: "student",
      subjectId: from.studentId,
      action: "withdrawn",
      before,
      after: { on: said.on },
    }
    await record(trx, by, { ...change, reason: said.sentence }, at)
    return true
  })
}

/** Enrols a student who has no class this year, come back or waiting. False when one was found meanwhile. */
export function placeStudent(db: Db, by: User, studentId: number, place: Placement, now: Date) {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const open = await trx
      .selectFrom("enrolment")
      .select("id")
      .where("student_id", "=", studentId)
      .where("school_year_id", "=", place.year)
      .where("ends_on", "is", null)
      .executeTakeFirst()
    if (open) return false
    const { numUpdatedRows } = await trx
      .updateTable("student")
      .set((eb) => ({ status: "active", version: eb("version", "+", 1), updated_at: at }))
      .where("id", "=", studentId)
      .where("status", "<>", "erased")
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await enrol(trx, by, studentId, place, at)
    return true
  })
}

/** All the classes a student went through, the latest first. */
export function enrolmentsOf(db: Db, studentId: number) {
  return db
    .selectFrom("enrolment")
    .innerJoin("class", "class.id", "enrolment.class_id")
    .innerJoin("school_year", "school_year.id", "enrolment.school_year_id")
    .select([
      "enrolment.id",
      "enrolment.starts_on",
      "enrolment.ends_on",
      "enrolment.end_reason",
      "enrolment.repeating",
      "class.id as class_id",
      "class.label as class_label",
      "school_year.label as year_label",
    ])
    .where("enrolment.student_id", "=", studentId)
    .orderBy("enrolment.starts_on", "desc")
    .orderBy("enrolment.id", "desc")
    .execute()
}

/** How many marks a student has in a class: they stay there when the class changes. */
export async function marksLeftIn(db: Db, studentId: number, classId: number): Promise<number> {
  const { n } = await db
    .selectFrom("mark")
    .innerJoin("assessment", "assessment.id", "mark.assessment_id")
    .innerJoin("class_subject", "class_subject.id", "assessment.class_subject_id")
    .where("mark.student_id", "=", studentId)
    .where("class_subject.class_id", "=", classId)
    .where("mark.value", "is not", null)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}
