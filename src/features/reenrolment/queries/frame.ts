import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"

export const pathsKept = (db: Db) => db.selectFrom("reenrolment_path").selectAll().execute()

/**
 * The classes of a year as the next one may have them again: whether it has one of this label already, and how many
 * subjects its table gives the series.
 */
export async function classesToCopy(db: Db, { from, to }: { from: number; to: number }) {
  const rows = await db
    .selectFrom("class as c")
    .where("c.school_year_id", "=", from)
    .select(["c.id", "c.label", "c.level_code", "c.series_code", "c.section", "c.capacity", "c.room"])
    .select([
      sql<number>`(select count(*) from class n where n.school_year_id = ${to} and n.label = c.label)`.as(
        "there",
      ),
      sql<number>`(select count(*) from coefficient k where k.school_year_id = ${to}
        and k.level_code = c.level_code and k.series_code = c.series_code)`.as("lines"),
    ])
    .orderBy("c.position")
    .orderBy("c.label")
    .execute()
  return rows.map((row) => ({ ...row, there: Number(row.there) > 0, lines: Number(row.lines) }))
}
