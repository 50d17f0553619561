import type { Db } from "../../../db/index.ts"
import type { BulletinData } from "../../bulletins/contract.ts"
import type { RecordYear } from "../../papers/records.ts"
import { recordYear } from "../rules/records.ts"

export type YearRead = { id: number; record: RecordYear; ruleText: string; complete: boolean }

/**
 * A student's school years as far as families may read them at a moment, the first one first: of each period the newest
 * bulletin. Two questions whatever the years.
 */
export async function yearsRead(db: Db, studentId: number, now: Date): Promise<YearRead[]> {
  const at = now.toISOString()
  const bulletins = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("b.student_id", "=", studentId)
    .where("p.visible_at", "<=", at)
    .select(["b.content", "p.period_id"])
    .orderBy("p.id")
    .execute()
  const newest = new Map(bulletins.map(({ period_id, content }) => [period_id, content]))
  const periods = await db
    .selectFrom("period")
    .innerJoin("school_year as y", "y.id", "period.school_year_id")
    .where("y.id", "in", (eb) =>
      eb
        .selectFrom("period as own")
        .where("own.id", "in", [...newest.keys(), -1])
        .select("own.school_year_id"),
    )
    .select(["period.id", "period.label", "y.id as year_id", "y.label as year"])
    .orderBy("y.starts_on")
    .orderBy("period.position")
    .execute()
  return [...new Set(periods.map(({ year_id }) => year_id))].flatMap((id) => {
    const own = periods.filter(({ year_id }) => year_id === id)
    const read = own.map((period) => {
      const json = newest.get(period.id)
      return { label: period.label, content: json ? (JSON.parse(json) as BulletinData) : null }
    })
    const record = recordYear(own[0]?.year ?? "", read)
    const last = read.findLast(({ content }) => content)?.content
    const complete = read.every(({ content }) => content !== null)
    return record && last ? [{ id, record, ruleText: last.ruleText, complete }] : []
  })
}
