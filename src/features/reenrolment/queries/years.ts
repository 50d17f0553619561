import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"

export type YearRow = {
  id: number
  label: string
  starts_on: string
  ends_on: string
  current: number
  /** where its councils write their decisions; null before it has periods */
  lastPeriod: number | null
}

/** The year that ends and the one that follows it, null while it is not made. */
export type Passage = { from: YearRow; to: YearRow | null }

/** Every pair of years one after the other, the newest first. */
export async function passagesOf(db: Db): Promise<Passage[]> {
  const years = await db
    .selectFrom("school_year as y")
    .select(["y.id", "y.label", "y.starts_on", "y.ends_on", "y.current"])
    .select(
      sql<number | null>`(select p.id from period p where p.school_year_id = y.id
        order by p.position desc limit 1)`.as("lastPeriod"),
    )
    .orderBy("y.starts_on")
    .execute()
  return years.map((from, n) => ({ from, to: years[n + 1] ?? null })).reverse()
}
