import type { Generated } from "kysely"

export interface PapersTables {
  paper_template: {
    kind: string
    title: string
    body: string
    changed_at: string
    changed_by: number | null
  }
  /** the last number given, per kind and year in which the school year begins */
  paper_counter: { kind: string; year: number; last: number }
  paper: {
    id: Generated<number>
    kind: string
    school_year_id: number
    year: number
    number: number
    reference: string
    student_id: number
    code: string
    /** name, matricule, number and code as issued, folded: what a search looks into */
    folded: string
    /** JSON: PaperData */
    content: string
    hash: string
    issued_at: string
    issued_by: number
    duplicates: Generated<number>
    cancelled_at: string | null
    cancelled_by: number | null
    cancel_reason: string | null
  }
  paper_duplicate: { paper_id: number; number: number; printed_at: string; printed_by: number }
}
