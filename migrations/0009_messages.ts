import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "outbox")
      .addColumn("channel", "text", (c) => c.notNull()) // sms
      .addColumn("recipient", "text", (c) => c.notNull()) // +223…
      .addColumn("guardian_id", "integer")
      .addColumn("student_id", "integer")
      .addColumn("event", "text", (c) => c.notNull()) // bulletin.published
      .addColumn("unique_key", "text", (c) => c.notNull().unique()) // one message per event and person
      .addColumn("body", "text", (c) => c.notNull())
      .addColumn("segments", "integer", (c) => c.notNull())
      .addColumn("encoding", "text", (c) => c.notNull()) // gsm7 | ucs2
      .addColumn("state", "text", (c) => c.notNull()) // waiting | sent | failed | cancelled
      .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("next_at", "text", (c) => c.notNull())
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("sent_at", "text")
      .addColumn("problem", "text"),
    index(db, "outbox", ["state", "next_at"]),
    index(db, "outbox", ["student_id"]),
    index(db, "outbox", ["guardian_id"]),
  )
}
