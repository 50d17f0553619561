// What the board adds to the progress of each subject.
import type { Db } from "../../../db/index.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"

/** Assessments of a period whose day is still to come, by class subject. */
export async function plannedAfter(db: Db, period: number, today: string): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("assessment")
    .where("period_id", "=", period)
    .where("held_on", ">", today)
    .select((eb) => ["class_subject_id", eb.fn.countAll<number>().as("n")])
    .groupBy("class_subject_id")
    .execute()
  return new Map(rows.map(({ class_subject_id, n }) => [class_subject_id, Number(n)]))
}

/** When each class was last checked in a period, also when it is published since. */
export async function checkedAt(
  db: Db,
  period: number,
  classes: readonly number[],
): Promise<Map<number, string>> {
  if (classes.length === 0) return new Map()
  const rows = await db
    .selectFrom("audit")
    .where("subject", "=", "class")
    .where("subject_id", "in", [...classes])
    .where("action", "=", "check")
    .select(["subject_id", "after", "at"])
    .orderBy("id")
    .execute()
  const own = rows.filter(({ after }) => (JSON.parse(after ?? "{}") as { period?: number }).period === period)
  return new Map(own.map(({ subject_id, at }) => [subject_id, at]))
}

/** The classes of a year of which this person sees every subject: their controls may be opened. */
export const followedIn = async (db: Db, who: Viewer, year: number): Promise<Set<number>> => {
  const rows = await classesFollowedBy(db, who).where("c.school_year_id", "=", year).select("c.id").execute()
  return new Set(rows.map(({ id }) => id))
}
