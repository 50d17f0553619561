import type { Db } from "../../../db/index.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { newestVersion } from "../../bulletins/queries/publications.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"
import { type Standing, standingsOf } from "../rules/standing.ts"

/** Each student's published averages of a year, in the classes of which this person may see every mark. */
export async function publishedStandings(db: Db, who: Viewer, year: number): Promise<Map<number, Standing>> {
  const rows = await db
    .selectFrom("publication as p")
    .innerJoin("period", "period.id", "p.period_id")
    .where("period.school_year_id", "=", year)
    .where("p.class_id", "in", classesFollowedBy(db, who).select("c.id"))
    .where(newestVersion)
    .select(["period.position", "p.stats"])
    .orderBy("p.id")
    .execute()
  return standingsOf(
    rows.flatMap(({ position, stats }) => {
      const { students = {} } = JSON.parse(stats) as { students?: Record<string, string | null> }
      return Object.entries(students).map(([student, exact]) => ({
        student: rowNumber(student),
        period: position,
        exact,
      }))
    }),
  )
}
