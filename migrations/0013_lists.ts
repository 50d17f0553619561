import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // What an address of the students' list asks for, under a name.
    table(db, "saved_list")
      .addColumn("account_id", "integer", (c) => c.notNull().references("account.id"))
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("query", "text", (c) => c.notNull()) // "class=4&sex=F&col=matricule.birth"
      .addColumn("shared", "integer", (c) => c.notNull().defaultTo(0)) // with everybody who sees the list
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addUniqueConstraint("saved_list_name", ["account_id", "name"]),
    // The register of what left the school as a file.
    table(db, "list_export")
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer", (c) => c.notNull().references("account.id"))
      .addColumn("format", "text", (c) => c.notNull()) // csv | xlsx
      .addColumn("query", "text", (c) => c.notNull())
      .addColumn("filters", "text", (c) => c.notNull()) // in words, as they were that day
      .addColumn("columns", "text", (c) => c.notNull()) // in words
      .addColumn("rows", "integer", (c) => c.notNull())
      .addColumn("masked", "integer", (c) => c.notNull()),
    index(db, "list_export", ["at"]),
  )
}
