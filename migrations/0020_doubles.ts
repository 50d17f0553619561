import { type Kysely, sql } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  // The card kept in place of this one; such a card is shown nowhere.
  for (const name of ["student", "guardian", "staff"]) {
    await make(
      db.schema.alterTable(name).addColumn("merged_into", "integer", (c) => c.references(`${name}.id`)),
      // only of the few absorbed cards: a list asks for the others and must not be led here
      index(db, name, ["merged_into"]).where(sql.ref("merged_into"), "is not", null),
    )
  }
  await make(
    // Two cards that somebody said are two persons; the lower number first.
    bareTable(db, "not_double")
      .addColumn("kind", "text", (c) => c.notNull()) // student | guardian | staff
      .addColumn("one_id", "integer", (c) => c.notNull())
      .addColumn("other_id", "integer", (c) => c.notNull())
      .addColumn("said_at", "text", (c) => c.notNull())
      .addColumn("said_by", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("not_double_pair", ["kind", "one_id", "other_id"]),
    // Two cards made one. One of the first three names the card that was kept.
    table(db, "merge")
      .addColumn("student_id", "integer")
      .addColumn("guardian_id", "integer")
      .addColumn("staff_id", "integer")
      .addColumn("absorbed_id", "integer", (c) => c.notNull()) // the other card, of the same kind
      .addColumn("kept_name", "text", (c) => c.notNull()) // both as they were called that day
      .addColumn("absorbed_name", "text", (c) => c.notNull())
      .addColumn("merged_at", "text", (c) => c.notNull())
      .addColumn("merged_by", "integer", (c) => c.notNull())
      .addColumn("undone_at", "text")
      .addColumn("undone_by", "integer")
      .addColumn("report", "text"), // JSON: what the undo left as it was, in words
    index(db, "merge", ["student_id"]),
    index(db, "merge", ["guardian_id"]),
    index(db, "merge", ["staff_id"]),
    // What the merge wrote, row by row and in order, so that it can be undone.
    table(db, "merge_row")
      .addColumn("merge_id", "integer", (c) => c.notNull().references("merge.id"))
      .addColumn("table_name", "text", (c) => c.notNull())
      .addColumn("row_key", "text", (c) => c.notNull()) // JSON: the key as the merge left it
      .addColumn("before", "text", (c) => c.notNull()) // JSON: the columns written, or the whole row
      .addColumn("after", "text"), // JSON; null: the row was put aside, into this journal
    index(db, "merge_row", ["merge_id"]),
  )
}
