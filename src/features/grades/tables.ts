import type { Generated } from "kysely"

export interface GradesTables {
  grading_profile: {
    id: Generated<number>
    school_year_id: number
    level_code: string | null
    version: number
    label: string
    config: string
    created_at: string
    created_by: number | null
    reason: string | null
    frozen_at: string | null
  }
  assessment: {
    id: Generated<number>
    class_subject_id: number
    period_id: number
    category: string
    label: string
    held_on: string | null
    /** hundredths */
    max: number
    /** hundredths */
    weight: number
    position: number
    created_at: string
    created_by: number | null
  }
  mark: {
    assessment_id: number
    student_id: number
    /** hundredths on the assessment's own scale; null with a status */
    value: number | null
    status: "ABS_J" | "ABS_NJ" | "DISP" | "NE" | null
    remark: string | null
    version: Generated<number>
    updated_at: string
    updated_by: number | null
  }
  student_period: {
    student_id: number
    class_id: number
    period_id: number
    /** hundredths */
    conduct: number | null
    absent_justified: number | null
    absent_unjustified: number | null
    late_count: number | null
    appreciation: string | null
    /** the council's; an empty text: none; null: not decided, the rule's stands */
    award: string | null
    decision: string | null
    /** what the rule proposed when the council decided, and the averages it saw: « 12.50 » */
    proposed_award: string | null
    proposed_decision: string | null
    decided_average: string | null
    decided_annual: string | null
    overruled_reason: string | null
    decided_at: string | null
    decided_by: number | null
    version: Generated<number>
    updated_at: string
    updated_by: number | null
  }
  exemption: {
    student_id: number
    class_subject_id: number
    period_id: number
    reason: string | null
    created_at: string
    created_by: number | null
  }
  subject_remark: {
    student_id: number
    class_subject_id: number
    period_id: number
    text: string
    updated_at: string
    updated_by: number | null
  }
  subject_lock: { class_subject_id: number; period_id: number; locked_at: string; locked_by: number | null }
}
