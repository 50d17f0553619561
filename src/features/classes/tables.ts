import type { Generated } from "kysely"

export interface ClassesTables {
  level: { id: Generated<number>; code: string; label: string; cycle: string; position: number }
  series: { id: Generated<number>; code: string; label: string; level_code: string; position: number }
  class_alias: { alias: string; level_code: string | null; series_code: string | null }
  subject: {
    id: Generated<number>
    code: string
    label: string
    short_label: string
    position: number
    active: Generated<number>
  }
  coefficient: {
    id: Generated<number>
    school_year_id: number
    level_code: string
    series_code: string
    subject_id: number
    /** hundredths */
    coefficient: number
    group_code: string
    optional: "bonus_above" | null
    position: number
    /** where the value comes from, and how sure it is (domain.md §1.2) */
    source: string | null
    confidence: "H" | "M" | "L" | null
  }
  class: {
    id: Generated<number>
    school_year_id: number
    level_code: string
    series_code: string
    section: Generated<string>
    label: string
    folded: string
    position: number
    capacity: number | null
    room: string | null
    form_teacher_id: number | null
  }
  class_subject: {
    id: Generated<number>
    class_id: number
    subject_id: number
    /** hundredths */
    coefficient: number
    group_code: string
    optional: "bonus_above" | null
    position: number
    /** staff */
    teacher_id: number | null
  }
}
