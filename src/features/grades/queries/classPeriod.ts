import type { Db } from "../../../db/index.ts"
import type { Viewer } from "../../people/scope.ts"
import { classesFollowedBy } from "../scope.ts"

/** One class in one period, if this person may see every subject of it, with what was decided of it. */
export const classPeriodSeenBy = (db: Db, who: Viewer, classId: number, periodId: number) =>
  classesFollowedBy(db, who)
    .innerJoin("period as p", "p.school_year_id", "c.school_year_id")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").onRef("cp.period_id", "=", "p.id"),
    )
    .where("c.id", "=", classId)
    .where("p.id", "=", periodId)
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
    ])
    .executeTakeFirst()

export type ClassPeriod = NonNullable<Awaited<ReturnType<typeof classPeriodSeenBy>>>
