import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    bareTable(db, "setting")
      .addColumn("key", "text", (c) => c.primaryKey())
      .addColumn("value", "text", (c) => c.notNull()),
    // The first answer to each form that creates something, given again to a second submission.
    bareTable(db, "form_answer")
      .addColumn("key", "text", (c) => c.primaryKey())
      .addColumn("claimed_at", "text", (c) => c.notNull())
      .addColumn("location", "text")
      .addColumn("flash", "text"),
    index(db, "form_answer", ["claimed_at"]),
    bareTable(db, "job_run")
      .addColumn("job", "text", (c) => c.notNull())
      .addColumn("slot", "text", (c) => c.notNull())
      .addColumn("started_at", "text", (c) => c.notNull())
      .addColumn("ended_at", "text")
      .addColumn("outcome", "text")
      .addColumn("failed", "integer", (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint("job_run_slot", ["job", "slot"]),
    // Who changed what, when, before and after; never updated, never deleted by the product's pages.
    table(db, "audit")
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer")
      .addColumn("subject", "text", (c) => c.notNull())
      .addColumn("subject_id", "integer", (c) => c.notNull())
      .addColumn("action", "text", (c) => c.notNull())
      .addColumn("before", "text")
      .addColumn("after", "text")
      .addColumn("reason", "text"),
    index(db, "audit", ["subject", "subject_id"]),
    index(db, "audit", ["at"]),
  )
}
