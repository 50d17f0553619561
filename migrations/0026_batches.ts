import { type Kysely, sql } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // Families see a publication from this moment on, and are told then.
    db.schema.alterTable("publication").addColumn("visible_at", "text"),
    db.schema.alterTable("publication").addColumn("announced_at", "text"),
    // 0: says the same as the version before it, but for its code and its date
    db.schema.alterTable("bulletin").addColumn("changed", "integer", (c) => c.notNull().defaultTo(1)),
    // 1: of the class only the bulletins that changed
    db.schema
      .alterTable("bulletin_file")
      .addColumn("only_changed", "integer", (c) => c.notNull().defaultTo(0)),
    index(db, "publication", ["announced_at"]),
    // what is held about one student names these files too
    index(db, "bulletin_file", ["student_id"]),

    // Several classes published in one go, one after the other, in the background.
    table(db, "bulletin_batch")
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("state", "text", (c) => c.notNull()) // running | done | cancelled
      .addColumn("visible_at", "text") // null: as each class is published
      .addColumn("reason", "text")
      .addColumn("asked_by", "integer", (c) => c.notNull())
      .addColumn("asked_at", "text", (c) => c.notNull())
      .addColumn("ended_at", "text"),
    index(db, "bulletin_batch", ["state"]),
    bareTable(db, "bulletin_batch_class")
      .addColumn("batch_id", "integer", (c) => c.notNull().references("bulletin_batch.id"))
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("seen_version", "integer", (c) => c.notNull()) // what was published when it was asked for
      .addColumn("state", "text", (c) => c.notNull()) // waiting | done | refused | cancelled
      .addColumn("publication_id", "integer")
      .addColumn("problem", "text")
      .addPrimaryKeyConstraint("bulletin_batch_class_key", ["batch_id", "class_id"]),
  )
  await sql`update publication set visible_at = published_at, announced_at = published_at`.execute(db)
}
