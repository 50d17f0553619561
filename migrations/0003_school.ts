import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "school_year")
      .addColumn("label", "text", (c) => c.notNull().unique())
      .addColumn("starts_on", "text", (c) => c.notNull())
      .addColumn("ends_on", "text", (c) => c.notNull())
      .addColumn("current", "integer", (c) => c.notNull().defaultTo(0)),
    table(db, "period")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("code", "text", (c) => c.notNull())
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("weight", "integer", (c) => c.notNull()) // hundredths
      .addColumn("starts_on", "text", (c) => c.notNull())
      .addColumn("ends_on", "text", (c) => c.notNull())
      .addUniqueConstraint("period_code", ["school_year_id", "code"]),
    index(db, "period", ["school_year_id"]),
  )
}
