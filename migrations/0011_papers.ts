import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // The school's own wording of a kind of paper; no row: the product's.
    bareTable(db, "paper_template")
      .addColumn("kind", "text", (c) => c.primaryKey())
      .addColumn("title", "text", (c) => c.notNull())
      .addColumn("body", "text", (c) => c.notNull())
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer"),
    // The last number given. Its row is held by who takes the next one: no doubles, and no holes after a failure.
    bareTable(db, "paper_counter")
      .addColumn("kind", "text", (c) => c.notNull())
      .addColumn("year", "integer", (c) => c.notNull()) // in which the school year begins
      .addColumn("last", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("paper_counter_key", ["kind", "year"]),
    table(db, "paper")
      .addColumn("kind", "text", (c) => c.notNull()) // enrolment | attendance | withdrawal | transfer
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("year", "integer", (c) => c.notNull())
      .addColumn("number", "integer", (c) => c.notNull())
      .addColumn("reference", "text", (c) => c.notNull().unique()) // CS-2026-0001
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("code", "text", (c) => c.notNull().unique()) // printed, typed by who checks
      .addColumn("folded", "text", (c) => c.notNull())
      .addColumn("content", "text", (c) => c.notNull()) // JSON: PaperData
      .addColumn("hash", "text", (c) => c.notNull())
      .addColumn("issued_at", "text", (c) => c.notNull())
      .addColumn("issued_by", "integer", (c) => c.notNull())
      .addColumn("duplicates", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("cancelled_at", "text")
      .addColumn("cancelled_by", "integer")
      .addColumn("cancel_reason", "text")
      .addUniqueConstraint("paper_number", ["kind", "year", "number"]),
    index(db, "paper", ["student_id"]),
    index(db, "paper", ["issued_at"]),
    // Every print after the original.
    bareTable(db, "paper_duplicate")
      .addColumn("paper_id", "integer", (c) => c.notNull().references("paper.id"))
      .addColumn("number", "integer", (c) => c.notNull())
      .addColumn("printed_at", "text", (c) => c.notNull())
      .addColumn("printed_by", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("paper_duplicate_key", ["paper_id", "number"]),
  )
}
