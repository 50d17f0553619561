import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // What a guardian says is wrong on a child's card or their own.
    table(db, "correction")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("guardian_id", "integer", (c) => c.notNull().references("guardian.id"))
      .addColumn("state", "text", (c) => c.notNull()) // waiting | decided
      .addColumn("waiting_key", "text", (c) => c.unique()) // the child and the guardian while it waits: one at most
      .addColumn("source", "text", (c) => c.notNull()) // account | link
      .addColumn("remark", "text")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("sent_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("decided_at", "text")
      .addColumn("decided_by", "integer"),
    index(db, "correction", ["state", "id"]),
    index(db, "correction", ["student_id"]),
    index(db, "correction", ["guardian_id"]),
    bareTable(db, "correction_field")
      .addColumn("correction_id", "integer", (c) => c.notNull().references("correction.id"))
      .addColumn("field", "text", (c) => c.notNull())
      .addColumn("held", "text") // as the school had it that day
      .addColumn("proposed", "text", (c) => c.notNull())
      .addColumn("decision", "text") // accepted | refused
      .addColumn("reason", "text")
      .addPrimaryKeyConstraint("correction_field_key", ["correction_id", "field"]),
    // Every sending, the first and those that change it: so many a day.
    table(db, "correction_sending")
      .addColumn("correction_id", "integer", (c) => c.notNull().references("correction.id"))
      .addColumn("guardian_id", "integer", (c) => c.notNull())
      .addColumn("sent_at", "text", (c) => c.notNull()),
    index(db, "correction_sending", ["guardian_id", "sent_at"]),
    index(db, "correction_sending", ["correction_id"]),
  )
}
