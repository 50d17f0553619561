import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // One portrait each of a student or a member of staff; the former one stays until the next night.
    table(db, "photo")
      .addColumn("student_id", "integer", (c) => c.references("student.id").onDelete("cascade"))
      .addColumn("staff_id", "integer", (c) => c.references("staff.id").onDelete("cascade"))
      .addColumn("name", "text", (c) => c.notNull().unique()) // of the file, and of the picture in its address
      .addColumn("path", "text", (c) => c.notNull()) // in the school's folder
      .addColumn("bytes", "integer", (c) => c.notNull())
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer")
      .addColumn("removed_at", "text"), // replaced or removed; null: shown
    index(db, "photo", ["student_id"]),
    index(db, "photo", ["staff_id"]),
    index(db, "photo", ["removed_at"]),
    // the name of the photo shown, so that lists and cards know it without asking for it
    db.schema.alterTable("student").addColumn("photo", "text"),
    db.schema.alterTable("staff").addColumn("photo", "text"),
  )
}
