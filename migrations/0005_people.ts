import { type Kysely, sql } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "student")
      .addColumn("matricule", "text", (c) => c.unique())
      .addColumn("surname", "text", (c) => c.notNull())
      .addColumn("given_names", "text", (c) => c.notNull())
      .addColumn("folded", "text", (c) => c.notNull()) // surname, given names and matricule as searched
      .addColumn("sort_name", "text", (c) => c.notNull()) // folded surname + given names
      .addColumn("sex", "text") // "M" | "F"
      .addColumn("birth_date", "text") // AAAA-MM-JJ when known to the day
      .addColumn("birth_year", "integer")
      .addColumn("birth_approximate", "integer", (c) => c.notNull().defaultTo(0)) // "né vers 2008"
      .addColumn("birth_place", "text")
      .addColumn("phone", "text")
      .addColumn("address", "text")
      .addColumn("nationality", "text")
      .addColumn("father_name", "text")
      .addColumn("mother_name", "text")
      .addColumn("status", "text", (c) => c.notNull().defaultTo("active")) // active | withdrawn | pending
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull()),
    index(db, "student", ["sort_name"]),
    index(db, "student", ["phone"]),
    table(db, "enrolment")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("starts_on", "text", (c) => c.notNull())
      .addColumn("ends_on", "text") // null while the student is in the class
      .addColumn("end_reason", "text") // moved | withdrawn | transferred
      .addColumn("repeating", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("regime", "text"), // ETAT | PRIVE
    // A student is in one class at a time, whatever two people click at once.
    db.schema
      .createIndex("enrolment_open")
      .unique()
      .on("enrolment")
      .columns(["student_id", "school_year_id"])
      .where(sql.ref("ends_on"), "is", null),
    index(db, "enrolment", ["class_id", "ends_on"]),
    index(db, "enrolment", ["student_id", "school_year_id", "ends_on", "class_id"]),
    table(db, "guardian")
      .addColumn("name", "text", (c) => c.notNull())
      .addColumn("folded", "text", (c) => c.notNull())
      .addColumn("phone", "text")
      .addColumn("phone2", "text")
      .addColumn("email", "text")
      .addColumn("sms_consent", "integer") // 1 yes, 0 no, null never asked: null is never a yes
      .addColumn("consent_at", "text")
      .addColumn("consent_source", "text")
      .addColumn("language", "text", (c) => c.notNull().defaultTo("fr"))
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull()),
    index(db, "guardian", ["phone"]),
    index(db, "guardian", ["folded"]),
    bareTable(db, "guardianship")
      .addColumn("guardian_id", "integer", (c) => c.notNull().references("guardian.id"))
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("link", "text", (c) => c.notNull()) // PERE | MERE | TUTEUR
      .addColumn("informed", "integer", (c) => c.notNull().defaultTo(1)) // is told of news
      .addPrimaryKeyConstraint("guardianship_pair", ["guardian_id", "student_id"]),
    index(db, "guardianship", ["student_id"]),
    table(db, "staff")
      .addColumn("surname", "text", (c) => c.notNull())
      .addColumn("given_names", "text", (c) => c.notNull())
      .addColumn("folded", "text", (c) => c.notNull())
      .addColumn("sex", "text")
      .addColumn("position", "text", (c) => c.notNull()) // "Professeur", "Secrétaire"…
      .addColumn("teaching", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("employee_number", "text", (c) => c.unique())
      .addColumn("phone", "text")
      .addColumn("email", "text")
      .addColumn("active", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull()),
    index(db, "staff", ["folded"]),
  )
}
