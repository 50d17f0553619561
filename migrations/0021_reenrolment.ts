import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  // Numbers of classes are no references here: an empty class may be deleted whatever was once planned for it.
  await make(
    // Where a series leads in the next level; no row for a series: to every series of that level.
    bareTable(db, "reenrolment_path")
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("series_code", "text", (c) => c.notNull())
      .addColumn("to_series_code", "text", (c) => c.notNull())
      .addPrimaryKeyConstraint("reenrolment_path_key", ["level_code", "series_code", "to_series_code"]),
    // A class of the year that ends, made ready for the next one.
    bareTable(db, "reenrolment_class")
      .addColumn("class_id", "integer", (c) => c.primaryKey())
      .addColumn("prepared_at", "text", (c) => c.notNull())
      .addColumn("prepared_by", "integer")
      .addColumn("pass_class_id", "integer") // where those who pass go, unless said otherwise
      .addColumn("repeat_class_id", "integer"),
    // The year's results as they were when the class was made ready.
    bareTable(db, "reenrolment_result")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_id", "integer", (c) => c.notNull())
      .addColumn("average", "text") // as it is written: "11,42"
      .addColumn("proposal", "text") // the rule's words; null where it proposes nothing
      .addColumn("unsettled", "text") // why no rule can speak yet
      .addPrimaryKeyConstraint("reenrolment_result_key", ["student_id", "class_id"]),
    index(db, "reenrolment_result", ["class_id"]),
    // What a person decided for a student at the end of a year.
    bareTable(db, "reenrolment_choice")
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("kind", "text", (c) => c.notNull()) // pass | repeat | leave | wait
      .addColumn("ending", "text") // of who leaves: graduated | excluded | transferred | withdrawn
      .addColumn("to_class_id", "integer")
      .addColumn("remark", "text")
      .addColumn("against", "text") // what was proposed when it was decided: "council: Redouble"
      .addColumn("decided_at", "text", (c) => c.notNull())
      .addColumn("decided_by", "integer")
      .addPrimaryKeyConstraint("reenrolment_choice_key", ["student_id", "school_year_id"]),
    table(db, "reenrolment_run")
      .addColumn("from_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("to_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("run_at", "text", (c) => c.notNull())
      .addColumn("run_by", "integer")
      .addColumn("undone_at", "text")
      .addColumn("undone_by", "integer"),
    index(db, "reenrolment_run", ["from_year_id"]),
    table(db, "reenrolment_case")
      .addColumn("run_id", "integer", (c) => c.notNull().references("reenrolment_run.id"))
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("class_id", "integer", (c) => c.notNull()) // of the year that ends
      .addColumn("outcome", "text", (c) => c.notNull()) // enrolled | leaving | waiting
      .addColumn("source", "text") // council | rule | typed
      .addColumn("said", "text", (c) => c.notNull()) // the decision in words
      .addColumn("average", "text")
      .addColumn("to_class_id", "integer")
      .addColumn("enrolment_id", "integer") // made in the new year, or the one of the old year that a departure closes
      .addColumn("ending", "text")
      .addColumn("effective_on", "text") // of who leaves: the first day out of the school
      .addColumn("settled_at", "text") // when the departure was written; null until that day
      .addColumn("before", "text") // JSON
      .addColumn("after", "text"), // JSON
    index(db, "reenrolment_case", ["run_id"]),
    index(db, "reenrolment_case", ["student_id"]),
    index(db, "reenrolment_case", ["class_id"]),
    // Classes split or merged during the year.
    table(db, "placement_run")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("class_id", "integer", (c) => c.notNull()) // the class split, or the one others joined
      .addColumn("kind", "text", (c) => c.notNull()) // split | merge
      .addColumn("on_day", "text", (c) => c.notNull())
      .addColumn("made_classes", "text", (c) => c.notNull()) // JSON: the numbers of the classes it made
      .addColumn("made_at", "text", (c) => c.notNull())
      .addColumn("made_by", "integer")
      .addColumn("undone_at", "text")
      .addColumn("undone_by", "integer"),
    index(db, "placement_run", ["class_id"]),
    table(db, "placement_move")
      .addColumn("run_id", "integer", (c) => c.notNull().references("placement_run.id"))
      .addColumn("student_id", "integer", (c) => c.notNull().references("student.id"))
      .addColumn("from_class_id", "integer", (c) => c.notNull())
      .addColumn("to_class_id", "integer", (c) => c.notNull())
      .addColumn("from_enrolment_id", "integer", (c) => c.notNull())
      .addColumn("to_enrolment_id", "integer", (c) => c.notNull()),
    index(db, "placement_move", ["run_id"]),
    index(db, "placement_move", ["student_id"]),
  )
}
