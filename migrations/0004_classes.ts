import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    table(db, "level")
      .addColumn("code", "text", (c) => c.notNull().unique()) // "10", "11", "12"
      .addColumn("label", "text", (c) => c.notNull()) // "10ème"
      .addColumn("cycle", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull()),
    table(db, "series")
      .addColumn("code", "text", (c) => c.notNull().unique()) // "CG", "TSE"
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull()),
    // Other spellings, folded, of a level ("terminale") or a series ("tseco").
    bareTable(db, "class_alias")
      .addColumn("alias", "text", (c) => c.primaryKey())
      .addColumn("level_code", "text")
      .addColumn("series_code", "text"),
    table(db, "subject")
      .addColumn("code", "text", (c) => c.notNull().unique())
      .addColumn("label", "text", (c) => c.notNull())
      .addColumn("short_label", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("active", "integer", (c) => c.notNull().defaultTo(1)),
    // The template: one line per school year, level, series and subject (domain.md §1.2).
    table(db, "coefficient")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("series_code", "text", (c) => c.notNull())
      .addColumn("subject_id", "integer", (c) => c.notNull().references("subject.id"))
      .addColumn("coefficient", "integer", (c) => c.notNull()) // hundredths
      .addColumn("group_code", "text", (c) => c.notNull())
      .addColumn("optional", "text") // null or "bonus_above"
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("source", "text")
      .addColumn("confidence", "text") // H | M | L
      .addUniqueConstraint("coefficient_line", ["school_year_id", "level_code", "series_code", "subject_id"]),
    table(db, "class")
      .addColumn("school_year_id", "integer", (c) => c.notNull().references("school_year.id"))
      .addColumn("level_code", "text", (c) => c.notNull())
      .addColumn("series_code", "text", (c) => c.notNull())
      .addColumn("section", "text", (c) => c.notNull().defaultTo("")) // "3", or "" where there is one
      .addColumn("label", "text", (c) => c.notNull()) // "10ème CG 3"
      .addColumn("folded", "text", (c) => c.notNull())
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("capacity", "integer")
      .addColumn("room", "text")
      .addColumn("form_teacher_id", "integer")
      .addUniqueConstraint("class_label", ["school_year_id", "label"]),
    index(db, "class", ["form_teacher_id"]),
    table(db, "class_subject")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id"))
      .addColumn("subject_id", "integer", (c) => c.notNull().references("subject.id"))
      .addColumn("coefficient", "integer", (c) => c.notNull()) // hundredths
      .addColumn("group_code", "text", (c) => c.notNull())
      .addColumn("optional", "text")
      .addColumn("position", "integer", (c) => c.notNull())
      .addColumn("teacher_id", "integer") // staff
      .addUniqueConstraint("class_subject_pair", ["class_id", "subject_id"]),
    index(db, "class_subject", ["teacher_id"]),
  )
}
