import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "import")
      .addColumn("kind", "text", (c) => c.notNull()) // students | guardians | marks
      .addColumn("state", "text", (c) => c.notNull()) // previewed | committed | undone
      .addColumn("file_name", "text", (c) => c.notNull())
      .addColumn("file_hash", "text", (c) => c.notNull())
      .addColumn("file_path", "text", (c) => c.notNull()) // inside the school's folder
      .addColumn("encoding", "text", (c) => c.notNull())
      .addColumn("separator", "text", (c) => c.notNull())
      .addColumn("context", "text", (c) => c.notNull()) // JSON: {classId, schoolYearId, periodId…}
      .addColumn("mapping", "text", (c) => c.notNull()) // JSON: column index -> field
      .addColumn("counts", "text", (c) => c.notNull()) // JSON: action -> lines
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer", (c) => c.notNull())
      .addColumn("committed_at", "text")
      .addColumn("undone_at", "text")
      .addColumn("undo_report", "text"),
    table(db, "import_line")
      .addColumn("import_id", "integer", (c) => c.notNull().references("import.id"))
      .addColumn("line", "integer", (c) => c.notNull()) // physical line, from 1
      .addColumn("raw", "text", (c) => c.notNull())
      .addColumn("action", "text", (c) => c.notNull())
      .addColumn("outcome", "text", (c) => c.notNull()) // JSON of the whole outcome
      .addColumn("resolution", "text") // JSON: what a person answered to a review
      .addUniqueConstraint("import_line_number", ["import_id", "line"]),
    index(db, "import_line", ["import_id", "action"]),
    // What a commit did, row by row, so that it can be undone row by row.
    table(db, "import_change")
      .addColumn("import_id", "integer", (c) => c.notNull().references("import.id"))
      .addColumn("line", "integer", (c) => c.notNull())
      .addColumn("table_name", "text", (c) => c.notNull())
      .addColumn("row_key", "text", (c) => c.notNull()) // JSON of the key columns
      .addColumn("before", "text") // JSON, null where the row was made
      .addColumn("after", "text", (c) => c.notNull()),
    index(db, "import_change", ["import_id"]),
    bareTable(db, "import_mapping")
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("signature", "text", (c) => c.notNull()) // the folded header
      .addColumn("mapping", "text", (c) => c.notNull())
      .addColumn("used_at", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("import_mapping_signature", ["kind", "signature"]),
  )
}
