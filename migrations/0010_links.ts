import type { Kysely } from "kysely"
import { index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // A signed link to the page of one child. The token itself is not stored: it is the id and its HMAC.
    table(db, "page_link")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("guardian_id", "integer", (c) => c.notNull().references("guardian.id"))
      .addColumn("purpose", "text", (c) => c.notNull()) // bulletin
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("expires_at", "text", (c) => c.notNull())
      .addColumn("revoked_at", "text")
      .addColumn("revoked_by", "integer")
      .addColumn("first_browser", "text") // sha256 of the cookie of the browser that opened it first
      .addColumn("wrong_answers", "integer", (c) => c.notNull().defaultTo(0)),
    index(db, "page_link", ["student_id"]),
    table(db, "page_link_opening")
      .addColumn("page_link_id", "integer", (c) => c.notNull().references("page_link.id"))
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("browser", "text", (c) => c.notNull()) // sha256 of the cookie
      .addColumn("device", "text", (c) => c.notNull())
      .addColumn("outcome", "text", (c) => c.notNull()), // shown | asked | answered | wrong | expired | revoked
    index(db, "page_link_opening", ["page_link_id"]),
  )
}
