import type { Generated } from "kysely"

export type ListState = "draft" | "checked" | "signed" | "replaced" | "dropped"

export interface ReportsTables {
  average_list: {
    id: Generated<number>
    school_year_id: number
    state: ListState
    exam: string
    /** JSON: AverageListContent */
    content: string
    /** sha256 of the content, to the letter */
    hash: string
    made_at: string
    made_by: number
    checked_at: string | null
    checked_by: number | null
    /** JSON: name and function, as printed */
    checked_as: string | null
    signed_at: string | null
    signed_by: number | null
    signed_as: string | null
    number: number | null
    reference: string | null
    code: string | null
    replaces_id: number | null
    reason: string | null
    dropped_at: string | null
    dropped_by: number | null
  }
  average_list_class: { list_id: number; class_id: number }
  average_list_line: { list_id: number; position: number; student_id: number; average: string }
}
