import type { Generated } from "kysely"

export interface ProgressTables {
  progress_deadline: {
    period_id: number
    /** "" for every level without a day of its own */
    level_code: string
    /** the last day on which marks are still in time */
    due_on: string
    changed_at: string
    changed_by: number | null
  }
  progress_routine: {
    period_id: number
    /** days before the deadline from which one reminder leaves by itself; null: none */
    days_before: number | null
    /** days between reminders that leave by themselves after the deadline; null: none */
    every_days: number | null
    changed_at: string
    changed_by: number | null
  }
  progress_reminder: {
    id: Generated<number>
    staff_id: number
    period_id: number
    /** the school's own day */
    sent_on: string
    sent_at: string
    /** null: it left by itself */
    sent_by: number | null
    /** subjects that were not locked that day */
    subjects: number
    /** the message's unique_key in the outbox */
    message_key: string
  }
  progress_seen: {
    class_id: number
    period_id: number
    /** what was found, where: « extreme:12.345 » */
    finding: string
    /** what it said that day; another figure is another finding */
    figure: string
    student_id: number | null
    remark: string | null
    seen_at: string
    seen_by: number
  }
}
