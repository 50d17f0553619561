import type { Generated } from "kysely"

export interface CorrectionsTables {
  correction: {
    id: Generated<number>
    student_id: number
    guardian_id: number
    state: "waiting" | "decided"
    /** names the child and the guardian while it waits, so that there is one at most; null once decided */
    waiting_key: string | null
    source: "account" | "link"
    remark: string | null
    version: Generated<number>
    sent_at: string
    updated_at: string
    decided_at: string | null
    decided_by: number | null
  }
  correction_field: {
    correction_id: number
    field: string
    held: string | null
    proposed: string
    decision: "accepted" | "refused" | null
    reason: string | null
  }
  correction_sending: {
    id: Generated<number>
    correction_id: number
    guardian_id: number
    sent_at: string
  }
}
