import { type Kysely, sql } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  const add = (name: string, column: string, type: "text" | "integer") =>
    db.schema.alterTable(name).addColumn(column, type)
  await make(
    add("student", "national_number", "text"), // Mali: NINA
    add("student", "quartier", "text"),
    add("student", "commune", "text"),
    add("student", "home", "text"), // folded address and quartier: who lives at the same place
    add("student", "transport_stop", "text"),
    add("student", "channel", "text"), // how the family came to the school
    add("student", "repeated_before", "integer"), // years repeated before this school
    add("student", "exam_number", "text"), // in the register of a national examination
    add("student", "exam_centre", "text"),
    index(db, "student", ["home"]),

    add("guardian", "address", "text"),
    add("guardian", "quartier", "text"),
    add("guardian", "money_phone", "integer"), // 1: mobile money is on the first number, 2: on the second
    add("guardian", "email_consent", "integer"), // as sms_consent: 1, 0, null never asked
    add("guardian", "email_consent_at", "text"),
    add("guardian", "email_consent_source", "text"),
    add("guardian", "whatsapp_consent", "integer"),
    add("guardian", "whatsapp_consent_at", "text"),
    add("guardian", "whatsapp_consent_source", "text"),
    index(db, "guardian", ["phone2"]),

    // 0: nothing about this child is shown or sent to this guardian
    db.schema.alterTable("guardianship").addColumn("may_see", "integer", (c) => c.notNull().defaultTo(1)),
    add("guardianship", "unseen_reason", "text"), // a court's decision
    add("guardianship", "lives_with", "integer"), // 1, 0, null not known

    add("staff", "grade", "text"),
    add("staff", "diplomas", "text"),
    add("staff", "specialities", "text"),
    add("staff", "availability", "text"),
    add("staff", "entered_on", "text"),
    add("staff", "contract", "text"),

    table(db, "student_contact") // whom to call in an emergency, in this order
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("relation", "text") // what they are to the child: « tante »
      .addColumn("phone", "text")
      .addUniqueConstraint("student_contact_place", ["student_id", "position"]),

    bareTable(db, "consent_kind")
      .addColumn("code", "text", (c) => c.primaryKey())
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull()),
    // Every answer is a row and stays; the last one written counts.
    table(db, "student_consent")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("kind", "text", (c) => c.notNull().references("consent_kind.code"))
      .addColumn("answer", "integer", (c) => c.notNull()) // 1 yes, 0 no; no row: never asked
      .addColumn("given_on", "text", (c) => c.notNull())
      .addColumn("source", "text", (c) => c.notNull()) // « Fiche signée par la mère »
      .addColumn("recorded_by", "integer", (c) => c.notNull())
      .addColumn("recorded_at", "text", (c) => c.notNull()),
    index(db, "student_consent", ["student_id", "kind", "id"]),

    // Two students of whom somebody said that they are not of one family; the lower number first.
    bareTable(db, "not_family")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("other_student_id", "integer", (c) => c.notNull()) // without foreign key: an import undone takes its students away
      .addColumn("account_id", "integer", (c) => c.notNull())
      .addColumn("at", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("not_family_pair", ["student_id", "other_student_id"]),
    index(db, "not_family", ["other_student_id"]),
  )
  for (const [n, [code, label]] of KINDS.entries()) {
    await db
      .insertInto("consent_kind")
      .values({ code, label, position: n + 1 })
      .execute()
  }
  const addresses = await db
    .selectFrom("student")
    .select("address")
    .distinct()
    .where("address", "is not", null)
    .execute()
  for (const { address } of addresses) {
    await sql`update student set home = ${`${folded(address)}|`} where address = ${address}`.execute(db)
  }
}

const KINDS = [
  ["photo", "Publication de photos"],
  ["outing", "Sorties et voyages"],
  ["phone", "Téléphone dans les groupes de la classe"],
] as const

/** As the program folds what it compares: lower case, no marks, every apostrophe and dash a space. */
const folded = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(
      /[ɛɔɲŋœæßø]/g,
      (letter) => ({ ɛ: "e", ɔ: "o", ɲ: "n", ŋ: "n", œ: "oe", æ: "ae", ß: "ss", ø: "o" })[letter] as string,
    )
    .replace(/[\p{Z}\s'’‘ʼ`´\-‐‑–_]+/gu, " ")
    .trim()
