import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "grading_profile")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("level_code", "text") // null: every level of the school
      .addColumn("version", "integer", (c) => c.notNull())
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("config", "text", (c) => c.notNull()) // JSON, domain.md §3.1
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer")
      .addColumn("reason", "text")
      .addColumn("frozen_at", "text"), // first publication that used it
    index(db, "grading_profile", ["school_year_id"]),
    table(db, "assessment")
      .addColumn("class_subject_id", "integer", (c) => c.notNull().references("class_subject.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("category", "text", (c) => c.notNull()) // a category code of the profile
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("held_on", "text")
      .addColumn("max", "integer", (c) => c.notNull()) // hundredths
      .addColumn("weight", "integer", (c) => c.notNull()) // hundredths
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer"),
    index(db, "assessment", ["class_subject_id", "period_id"]),
    bareTable(db, "mark")
      .addColumn("assessment_id", "integer", (c) => c.notNull().references("assessment.id"))
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("value", "integer") // hundredths on the assessment's scale; null with a status
      .addColumn("status", "text") // ABS_J | ABS_NJ | DISP | NE
      .addColumn("remark", "text")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("updated_by", "integer")
      .addPrimaryKeyConstraint("mark_cell", ["assessment_id", "student_id"]),
    index(db, "mark", ["student_id"]),
    // What is told of a student in a class for a period beside the marks.
    bareTable(db, "student_period")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("conduct", "integer") // hundredths
      .addColumn("absent_justified", "integer") // hours
      .addColumn("absent_unjustified", "integer") // hours
      .addColumn("late_count", "integer")
      .addColumn("appreciation", "text")
      .addColumn("award", "text") // the council's, where it differs from the proposed one
      .addColumn("decision", "text")
      .addColumn("version", "integer", (c) => c.notNull().defaultTo(1))
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("updated_by", "integer")
      .addPrimaryKeyConstraint("student_period_key", ["student_id", "class_id", "period_id"]),
    index(db, "student_period", ["class_id", "period_id"]),
    bareTable(db, "exemption")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_subject_id", "integer", (c) => c.notNull().references("class_subject.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("reason", "text")
      .addColumn("created_at", "text", (c) => c.notNull())
      .addColumn("created_by", "integer")
      .addPrimaryKeyConstraint("exemption_key", ["student_id", "class_subject_id", "period_id"]),
    bareTable(db, "subject_remark")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_subject_id", "integer", (c) => c.notNull().references("class_subject.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("text", "text", (c) => c.notNull())
      .addColumn("updated_at", "text", (c) => c.notNull())
      .addColumn("updated_by", "integer")
      .addPrimaryKeyConstraint("subject_remark_key", ["student_id", "class_subject_id", "period_id"]),
    // A teacher says: my marks of this subject and period are final.
    bareTable(db, "subject_lock")
      .addColumn("class_subject_id", "integer", (c) => c.notNull().references("class_subject.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id"))
      .addColumn("locked_at", "text", (c) => c.notNull())
      .addColumn("locked_by", "integer")
      .addPrimaryKeyConstraint("subject_lock_key", ["class_subject_id", "period_id"]),
  )
}
