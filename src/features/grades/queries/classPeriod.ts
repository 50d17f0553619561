import type { Db } from "../../../db/index.ts"
import type { Viewer } from "../../people/scope.ts"
import { classesFollowedBy } from "../scope.ts"

/**
 * One class in one period, if this person may see every subject of it, with what was decided of it and the periods of
 * its own year, which need not be the one under way.
 */
export async function classPeriodSeenBy(db: Db, who: Viewer, classId: number, periodId: number) {
  const rows = await classesFollowedBy(db, who)
    .innerJoin("school_year as y", "y.id", "c.school_year_id")
    .innerJoin("period as p", "p.school_year_id", "c.school_year_id")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").onRef("cp.period_id", "=", "p.id"),
    )
    .leftJoin("council_session as council", (join) =>
      join.onRef("council.class_id", "=", "c.id").onRef("council.period_id", "=", "p.id"),
    )
    .where("c.id", "=", classId)
    .select([
      "c.id as class_id",
      "c.label as class",
      "c.level_code",
      "c.school_year_id",
      "c.form_teacher_id",
      "p.id as period_id",
      "p.code as period_code",
      "p.label as period",
      "p.position",
      "p.starts_on",
      "p.ends_on",
      "cp.state as class_state",
      "y.label as year_label",
      "y.ends_on as year_ends_on",
      "council.state as council_state",
    ])
    .orderBy("p.position")
    .execute()
  const found = rows.find(({ period_id }) => period_id === periodId)
  if (!found) return undefined
  const { year_label, year_ends_on, ...asked } = found
  const periods = rows.map(({ period_id: id, period: label }) => ({ id, label }))
  return { ...asked, year: { label: year_label, ends_on: year_ends_on, periods } }
}

export type ClassPeriod = NonNullable<Awaited<ReturnType<typeof classPeriodSeenBy>>>

/** A year with its periods in order, for a page about one of its classes. */
export async function yearRead(db: Db, id: number) {
  const rows = await db
    .selectFrom("school_year as y")
    .innerJoin("period as p", "p.school_year_id", "y.id")
    .where("y.id", "=", id)
    .select(["y.label as year", "y.ends_on", "p.id", "p.label"])
    .orderBy("p.position")
    .execute()
  const periods = rows.map(({ id: period, label }) => ({ id: period, label }))
  return { label: rows[0]?.year ?? "", ends_on: rows[0]?.ends_on ?? "", periods }
}
