import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // A list of annual averages of exam candidates: what it says is frozen when it is drawn up, and signed twice.
    table(db, "average_list")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("state", "text", (c) => c.notNull()) // draft | checked | signed | replaced | dropped
      .addColumn("exam", "text", (c) => c.notNull())
      .addColumn("content", "text", (c) => c.notNull()) // JSON: AverageListContent
      .addColumn("hash", "text", (c) => c.notNull()) // sha256 of the content, to the letter
      .addColumn("made_at", "text", (c) => c.notNull())
      .addColumn("made_by", "integer", (c) => c.notNull())
      .addColumn("checked_at", "text")
      .addColumn("checked_by", "integer")
      .addColumn("checked_as", "text") // name and function, as printed
      .addColumn("signed_at", "text")
      .addColumn("signed_by", "integer")
      .addColumn("signed_as", "text")
      .addColumn("number", "integer") // given when it is signed
      .addColumn("reference", "text", (c) => c.unique())
      .addColumn("code", "text", (c) => c.unique()) // printed, typed by who checks
      .addColumn("replaces_id", "integer", (c) => c.references("average_list.id"))
      .addColumn("reason", "text") // why it replaces another
      .addColumn("dropped_at", "text")
      .addColumn("dropped_by", "integer"),
    index(db, "average_list", ["school_year_id"]),
    index(db, "average_list", ["replaces_id"]),
    // Whose class a list is about: one that stands for a class at a time.
    bareTable(db, "average_list_class")
      .addColumn("list_id", "integer", (c) => c.notNull().references("average_list.id"))
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addPrimaryKeyConstraint("average_list_class_key", ["list_id", "class_id"]),
    index(db, "average_list_class", ["class_id"]),
    // Who stands on a list, at which line from 1.
    bareTable(db, "average_list_line")
      .addColumn("list_id", "integer", (c) => c.notNull().references("average_list.id"))
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("average", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("average_list_line_key", ["list_id", "position"]),
    index(db, "average_list_line", ["student_id"]),
  )
}
