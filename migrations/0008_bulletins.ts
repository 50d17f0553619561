import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // Only what was decided: no row means open. checked | published; locks are per subject.
    bareTable(db, "class_period")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer")
      .addPrimaryKeyConstraint("class_period_key", ["class_id", "period_id"]),
    table(db, "publication")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("published_at", "text", (c) => c.notNull())
      .addColumn("published_by", "integer", (c) => c.notNull())
      .addColumn("reason", "text")
      .addColumn("profile_id", "integer", (c) => c.notNull().references("grading_profile.id"))
      .addColumn("input", "text", (c) => c.notNull()) // JSON: the marks and profile of that day
      .addColumn("stats", "text", (c) => c.notNull()) // JSON
      .addColumn("hash", "text", (c) => c.notNull()) // sha256 of all its bulletins, in order
      .addUniqueConstraint("publication_version", ["class_id", "period_id", "version"]),
    table(db, "bulletin")
      .addColumn("publication_id", "integer", (c) => c.notNull().references("publication.id"))
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("code", "text", (c) => c.notNull().unique()) // printed, typed by who checks
      .addColumn("content", "text", (c) => c.notNull()) // JSON: BulletinData
      .addColumn("hash", "text", (c) => c.notNull())
      .addUniqueConstraint("bulletin_student", ["publication_id", "student_id"]),
    index(db, "bulletin", ["student_id"]),
    // Files to make in the background, and made.
    table(db, "bulletin_file")
      .addColumn("publication_id", "integer", (c) => c.notNull().references("publication.id"))
      .addColumn("student_id", "integer") // null: the whole class
      .addColumn("layout", "text", (c) => c.notNull()) // single | double
      .addColumn("state", "text", (c) => c.notNull()) // waiting | running | done | failed
      .addColumn("pages_done", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("pages", "integer", (c) => c.notNull())
      .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("next_at", "text", (c) => c.notNull())
      .addColumn("path", "text") // inside the school's folder
      .addColumn("bytes", "integer")
      .addColumn("problem", "text")
      .addColumn("asked_by", "integer")
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("done_at", "text"),
    index(db, "bulletin_file", ["publication_id"]),
    index(db, "bulletin_file", ["state"]),
  )
}
