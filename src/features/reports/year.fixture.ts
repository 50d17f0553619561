// For tests: a school year with its marks, published period by period as the head does it.
import type { TestSchool } from "../../../test/school.ts"
import { publish } from "../bulletins/publication.ts"
import { giveAssessment, giveMarks } from "../grades/grid.fixture.ts"

/** The class of the year's exam, with Fanta and four candidates more. */
export const EXAM_CLASS = "12ème TSE"
export const OURS = "10ème CG 1"

/** One composition in mathematics, in hundredths by student: it makes their general average. */
export async function giveComposition(
  school: TestSchool,
  className: string,
  period: string,
  marks: Record<number, number>,
): Promise<number> {
  const of = { category: "COMPO", label: "Composition", period, held_on: "2026-12-01" }
  const assessment = await giveAssessment(school, `${className}/MATHS`, of)
  await giveMarks(school.school.db, assessment, marks)
  return assessment
}

/** Publishes a class's period as its next version; at once, or to be seen by families later. */
export async function publishClass(
  { school, ids, now }: TestSchool,
  className: string,
  period: string,
  { reason = null, visibleAt = null }: { reason?: string | null; visibleAt?: string | null } = {},
): Promise<void> {
  const of = { classId: ids.classes[className] as number, periodId: ids.periods[period] as number }
  const last = await school.db
    .selectFrom("publication")
    .where("class_id", "=", of.classId)
    .where("period_id", "=", of.periodId)
    .select((eb) => eb.fn.max<number>("version").as("version"))
    .executeTakeFirstOrThrow()
  const row = { class_id: of.classId, period_id: of.periodId, state: "checked" as const }
  await school.db
    .insertInto("class_period")
    .values({ ...row, changed_at: now.toISOString(), changed_by: 1 })
    .onConflict((oc) => oc.doNothing())
    .execute()
  await publish(school, { id: 1 }, { ...of, seenVersion: last.version ?? 0, reason, visibleAt }, now)
}

/** The three periods of a class, each with a composition and published; marks by period. */
export async function giveYear(
  school: TestSchool,
  className: string,
  marks: Record<string, Record<number, number>>,
): Promise<Record<string, number>> {
  const assessments: Record<string, number> = {}
  for (const [period, own] of Object.entries(marks)) {
    assessments[period] = await giveComposition(school, className, period, own)
    await publishClass(school, className, period)
  }
  return assessments
}

/** The same marks changed, and the period published anew. */
export async function correct(
  school: TestSchool,
  { assessment, student, value }: { assessment: number; student: number; value: number },
): Promise<void> {
  await school.school.db
    .updateTable("mark")
    .set({ value })
    .where("assessment_id", "=", assessment)
    .where("student_id", "=", student)
    .execute()
}
