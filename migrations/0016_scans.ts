import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // Papers about a student or a member of staff, scanned; a deleted one can be taken back for thirty days.
    table(db, "scan")
      .addColumn("student_id", "integer", (c) => c.references("student.id").onDelete("cascade"))
      .addColumn("staff_id", "integer", (c) => c.references("staff.id").onDelete("cascade"))
      .addColumn("document_id", "integer") // enrolment_document, without foreign key: the school may stop asking for it
      .addColumn("label", "text", (c) => c.notNull()) // what it is, as it was called then
      .addColumn("format", "text", (c) => c.notNull()) // pdf | jpeg
      .addColumn("path", "text", (c) => c.notNull()) // in the school's folder
      .addColumn("bytes", "integer", (c) => c.notNull())
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer")
      .addColumn("deleted_at", "text")
      .addColumn("deleted_by", "integer")
      .addColumn("delete_reason", "text"),
    index(db, "scan", ["student_id"]),
    index(db, "scan", ["staff_id"]),
    index(db, "scan", ["deleted_at"]),
  )
}
