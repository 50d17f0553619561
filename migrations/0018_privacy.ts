import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // How long each kind of thing is kept; no row: the product's proposal for the country.
    bareTable(db, "retention")
      .addColumn("kind", "text", (c) => c.primaryKey())
      .addColumn("amount", "integer", (c) => c.notNull()) // years or days, as the kind says
      .addColumn("obliged", "integer", (c) => c.notNull().defaultTo(0)) // 1: a text forbids to erase before
      .addColumn("source", "text")
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer"),
    // Whom to write to, and under which number the school declared what it holds.
    bareTable(db, "privacy_detail")
      .addColumn("key", "text", (c) => c.primaryKey())
      .addColumn("value", "text", (c) => c.notNull())
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer"),

    // Everything about one person that left the school as a file.
    table(db, "privacy_export")
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer", (c) => c.notNull())
      .addColumn("person", "text", (c) => c.notNull()) // student | guardian | staff | consents
      .addColumn("person_id", "integer", (c) => c.notNull()) // 0: several
      .addColumn("format", "text", (c) => c.notNull()) // json | xlsx | csv
      .addColumn("rows", "integer", (c) => c.notNull())
      .addColumn("medical", "integer", (c) => c.notNull()), // 1: with the notes on health
    index(db, "privacy_export", ["at"]),
    index(db, "privacy_export", ["person", "person_id"]),

    // Who was erased, when and why: without a name.
    table(db, "erasure")
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer", (c) => c.notNull())
      .addColumn("person", "text", (c) => c.notNull()) // student | guardian | staff | application
      .addColumn("person_id", "integer", (c) => c.notNull())
      .addColumn("reason", "text") // null: its time was over
      .addColumn("report", "text", (c) => c.notNull()), // JSON: rows gone and kept, by heading
    index(db, "erasure", ["person", "person_id"]),
    // The civil identity without which the schooling of an erased student could not be attested.
    table(db, "kept_record")
      .addColumn("student_id", "integer", (c) => c.notNull().unique().references("student.id"))
      .addColumn("surname", "text", (c) => c.notNull())
      .addColumn("given_names", "text", (c) => c.notNull())
      .addColumn("folded", "text", (c) => c.notNull()) // names and matricules as searched
      .addColumn("sex", "text")
      .addColumn("birth_date", "text")
      .addColumn("birth_year", "integer")
      .addColumn("birth_approximate", "integer", (c) => c.notNull())
      .addColumn("birth_place", "text")
      .addColumn("matricule", "text")
      .addColumn("internal_number", "text")
      .addColumn("kept_at", "text", (c) => c.notNull()),
    index(db, "kept_record", ["folded"]),
    // Files whose rows are gone: taken away after the transaction, or by the next night's job.
    bareTable(db, "file_to_remove")
      .addColumn("path", "text", (c) => c.primaryKey())
      .addColumn("since", "text", (c) => c.notNull()),

    // The school's own wording of a line of the register of processing; no row: the product's.
    table(db, "processing")
      .addColumn("code", "text", (c) => c.notNull()) // a feature's or the school's own: « own-3 »
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("removed", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("title", "text", (c) => c.notNull())
      .addColumn("purpose", "text", (c) => c.notNull())
      .addColumn("basis", "text", (c) => c.notNull())
      .addColumn("persons", "text", (c) => c.notNull())
      .addColumn("categories", "text", (c) => c.notNull())
      .addColumn("recipients", "text", (c) => c.notNull())
      .addColumn("duration", "text", (c) => c.notNull())
      .addColumn("measures", "text", (c) => c.notNull())
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer", (c) => c.notNull())
      .addUniqueConstraint("processing_version", ["code", "version"]),
  )
}
