import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // What bulletins look like, of a year: of the whole school, or of a level. The newest version is in force.
    table(db, "bulletin_model")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("level_code", "text") // null: the whole school
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("config", "text") // JSON; null: from then on none of its own
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer"),
    index(db, "bulletin_model", ["school_year_id"]),

    // Each duplicate that was printed; its number stands on it.
    table(db, "bulletin_duplicate")
      .addColumn("bulletin_id", "integer", (c) => c.notNull().references("bulletin.id"))
      .addColumn("number", "integer", (c) => c.notNull())
      .addColumn("reason", "text", (c) => c.notNull())
      .addColumn("made_at", "text", (c) => c.notNull())
      .addColumn("made_by", "integer", (c) => c.notNull())
      .addUniqueConstraint("bulletin_duplicate_number", ["bulletin_id", "number"]),

    // 1: black on white, nothing filled
    db.schema.alterTable("bulletin_file").addColumn("economy", "integer", (c) => c.notNull().defaultTo(0)),
  )
}
