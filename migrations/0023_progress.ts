import type { Kysely } from "kysely"
import { bareTable, index, make, table } from "./_column.ts"

export async function up(db: Kysely<any>): Promise<void> {
  await make(
    // The day by which the marks of a period are to be locked; without a row, the period's last day.
    bareTable(db, "progress_deadline")
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id").onDelete("cascade"))
      .addColumn("level_code", "text", (c) => c.notNull()) // "": every level without a row of its own
      .addColumn("due_on", "text", (c) => c.notNull())
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer")
      .addPrimaryKeyConstraint("progress_deadline_key", ["period_id", "level_code"]),
    // Reminders that leave by themselves; no row, or no number: none.
    bareTable(db, "progress_routine")
      .addColumn("period_id", "integer", (c) => c.primaryKey().references("period.id").onDelete("cascade"))
      .addColumn("days_before", "integer")
      .addColumn("every_days", "integer") // after the deadline
      .addColumn("changed_at", "text", (c) => c.notNull())
      .addColumn("changed_by", "integer"),
    // Who was reminded; one reminder a teacher, period and day, whoever clicks.
    table(db, "progress_reminder")
      .addColumn("staff_id", "integer", (c) => c.notNull().references("staff.id"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id").onDelete("cascade"))
      .addColumn("sent_on", "text", (c) => c.notNull()) // the school's own day
      .addColumn("sent_at", "text", (c) => c.notNull())
      .addColumn("sent_by", "integer") // null: by itself
      .addColumn("subjects", "integer", (c) => c.notNull()) // how many were not locked that day
      .addColumn("message_key", "text", (c) => c.notNull()) // the message's unique_key in the outbox
      .addUniqueConstraint("progress_reminder_day", ["staff_id", "period_id", "sent_on"]),
    index(db, "progress_reminder", ["period_id"]),
    // A finding of the controls that somebody looked at and left as it is, while its figure stays the same.
    bareTable(db, "progress_seen")
      .addColumn("class_id", "integer", (c) => c.notNull().references("class.id").onDelete("cascade"))
      .addColumn("period_id", "integer", (c) => c.notNull().references("period.id").onDelete("cascade"))
      .addColumn("finding", "text", (c) => c.notNull()) // "extreme:12.345"
      .addColumn("figure", "text", (c) => c.notNull())
      .addColumn("student_id", "integer", (c) => c.references("student.id").onDelete("cascade")) // null: not about one student
      .addColumn("remark", "text")
      .addColumn("seen_at", "text", (c) => c.notNull())
      .addColumn("seen_by", "integer", (c) => c.notNull())
      .addPrimaryKeyConstraint("progress_seen_key", ["class_id", "period_id", "finding"]),
    index(db, "progress_seen", ["student_id"]),
    // the board asks for all of a period, whatever the subject
    index(db, "assessment", ["period_id", "class_subject_id"]),
  )
}
