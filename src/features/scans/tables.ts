import type { Generated } from "kysely"

export interface ScansTables {
  /** A paper about a student or a member of staff, scanned. */
  scan: {
    id: Generated<number>
    student_id: number | null
    staff_id: number | null
    /** the line of the enrolment checklist it answers, if any */
    document_id: number | null
    /** what it is, as it was called when it was handed in */
    label: string
    format: "pdf" | "jpeg"
    /** in the school's folder */
    path: string
    bytes: number
    created_at: string
    created_by: number | null
    /** in the bin since then; swept after thirty days */
    deleted_at: string | null
    deleted_by: number | null
    delete_reason: string | null
  }
}
