import { type Kysely, sql } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    db.schema.alterTable("student").addColumn("internal_number", "text"), // the school's own, by its format
    db.schema.alterTable("student").addColumn("previous_school", "text"),
    db.schema.alterTable("student").addColumn("entered_on", "text"), // first day in this school
    db.schema.createIndex("student_internal_number").unique().on("student").column("internal_number"),

    // Someone who asks to become a student, from the first contact to the class.
    table(db, "application")
      .addColumn("reference", "text", (c) => c.notNull().unique()) // D-2026-0042
      .addColumn("code", "text", (c) => c.notNull().unique()) // by which the family follows it
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("state", "text", (c) => c.notNull())
      .addColumn("source", "text", (c) => c.notNull()) // site | desk
      .addColumn("surname", "text", (c) => c.notNull())
      .addColumn("given_names", "text", (c) => c.notNull())
      .addColumn("sort_name", "text", (c) => c.notNull())
      .addColumn("folded", "text", (c) => c.notNull()) // names, matricule, reference and number as searched
      .addColumn("sex", "text")
      .addColumn("birth_date", "text")
      .addColumn("birth_year", "integer")
      .addColumn("birth_approximate", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("birth_place", "text")
      .addColumn("nationality", "text")
      .addColumn("address", "text")
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("series_code", "text", (c) => c.notNull()) // "" while it is not decided
      .addColumn("previous_school", "text")
      .addColumn("matricule", "text") // the ministry's, as given
      .addColumn("remark", "text")
      .addColumn("internal_number", "text", (c) => c.unique())
      .addColumn("fee_due", "integer") // whole units of the school's money (cents for the euro), once active
      .addColumn("student_id", "integer") // without foreign key, as in outbox: an import undone takes its students away
      .addColumn("sent_from", "text") // signature of the network a visitor sent it from, for the limit only
      .addColumn("created_by", "integer")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull()),
    index(db, "application", ["school_year_id", "state"]),
    index(db, "application", ["sort_name"]),
    index(db, "application", ["student_id"]),
    index(db, "application", ["sent_from", "created_at"]),
    table(db, "application_guardian")
      .addColumn("application_id", "integer", (c) => c.notNull().references("application.id"))
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("phone", "text")
      .addColumn("link", "text", (c) => c.notNull()) // PERE | MERE | TUTEUR
      .addColumn("sms_consent", "integer") // 1 yes, 0 no, null never asked
      .addUniqueConstraint("application_guardian_place", ["application_id", "position"]),
    index(db, "application_guardian", ["phone"]),

    // What a file must hold, level by level; no line in enrolment_document_level: every level.
    table(db, "enrolment_document")
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("required", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("active", "integer", (c) => c.notNull().defaultTo(1)),
    bareTable(db, "enrolment_document_level")
      .addColumn("document_id", "integer", (c) => c.notNull().references("enrolment_document.id"))
      .addColumn("level_code", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("enrolment_document_level_key", ["document_id", "level_code"]),
    bareTable(db, "application_document")
      .addColumn("application_id", "integer", (c) => c.notNull().references("application.id"))
      .addColumn("document_id", "integer", (c) => c.notNull().references("enrolment_document.id"))
      .addColumn("claimed", "integer", (c) => c.notNull().defaultTo(0)) // the family says it has it
      .addColumn("given_on", "text") // null: not handed in
      .addPrimaryKeyConstraint("application_document_key", ["application_id", "document_id"]),

    bareTable(db, "enrolment_fee")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("amount", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("enrolment_fee_key", ["school_year_id", "level_code"]),
    // The last number given under each name; taken inside the transaction of what it numbers.
    bareTable(db, "enrolment_counter")
      .addColumn("name", "text", (c) => c.primaryKey())
      .addColumn("value", "integer", (c) => c.notNull()),

    table(db, "application_event")
      .addColumn("application_id", "integer", (c) => c.notNull().references("application.id"))
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer") // null: the family
      .addColumn("action", "text", (c) => c.notNull())
      .addColumn("from_state", "text")
      .addColumn("to_state", "text", (c) => c.notNull())
      .addColumn("reason", "text")
      .addColumn("details", "text", (c) => c.notNull().defaultTo("{}"))
      .addColumn("undone", "integer", (c) => c.notNull().defaultTo(0)),
    index(db, "application_event", ["application_id"]),
  )
  // What a Malian lycée usually asks for; the school changes it on its settings page.
  for (const [n, [label, required]] of USUAL.entries()) {
    await db
      .insertInto("enrolment_document")
      .values({ label, required, position: n + 1 })
      .execute()
  }
  const attestation = await db
    .selectFrom("enrolment_document")
    .select("id")
    .where("label", "=", DEF)
    .executeTakeFirstOrThrow()
  await sql`insert into enrolment_document_level (document_id, level_code) values (${attestation.id}, '10')`.execute(
    db,
  )
}

const DEF = "Attestation du DEF"
const USUAL: readonly (readonly [string, number])[] = [
  ["Extrait d’acte de naissance", 1],
  ["Bulletins de l’année précédente", 1],
  [DEF, 1],
  ["4 photos d’identité", 1],
  ["Certificat médical", 0],
  ["Autorisation parentale", 0],
]
