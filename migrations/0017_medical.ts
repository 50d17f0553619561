import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // What the school must know of a student's health, as it stands; one row a student.
    bareTable(db, "medical_note")
      .addColumn("student_id", "integer", (c) => c.primaryKey().references("student.id"))
      .addColumn("allergies", "text")
      .addColumn("conditions", "text")
      .addColumn("treatment", "text")
      .addColumn("medicine", "text") // given at school
      .addColumn("blood_group", "text")
      .addColumn("doctor", "text")
      .addColumn("doctor_phone", "text")
      .addColumn("vaccinations", "text")
      .addColumn("insurance", "text")
      .addColumn("sports", "text") // fit | partial | unfit
      .addColumn("sports_note", "text")
      .addColumn("emergency", "text")
      .addColumn("instruction", "text") // one sentence for teachers
      .addColumn("instruction_shown", "integer", (c) => c.notNull().defaultTo(0))
      .addColumn("note", "text")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("updated_by", "integer"),
    // Every state the notes had: the audit trail says only that they changed.
    bareTable(db, "medical_version")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("content", "text", (c) => c.notNull()) // JSON: the columns of medical_note
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer")
      .addPrimaryKeyConstraint("medical_version_key", ["student_id", "version"]),
    table(db, "medical_measure")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("measured_on", "text", (c) => c.notNull())
      .addColumn("weight", "integer") // hundredths of a kilogram
      .addColumn("height", "integer") // centimetres
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("account_id", "integer"),
    index(db, "medical_measure", ["student_id"]),
    // The register of looks: who opened whose notes, when, and until when the pages were shown without asking again.
    table(db, "medical_look")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("account_id", "integer", (c) => c.notNull())
      .addColumn("at", "text", (c) => c.notNull())
      .addColumn("until", "text", (c) => c.notNull())
      .addColumn("session", "text", (c) => c.notNull())
      .addColumn("reason", "text"),
    index(db, "medical_look", ["student_id", "session"]),
    index(db, "medical_look", ["at"]),
  )
}
