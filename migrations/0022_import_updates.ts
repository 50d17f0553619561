import type { Kysely } from "kysely"
import { index, make } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // Which import wrote this row of that table: asked for every guardian's link when parents' contacts come again.
    index(db, "import_change", ["table_name", "row_key"]),
  )
}
