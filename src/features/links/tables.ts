import type { Generated } from "kysely"

export interface LinksTables {
  page_link: {
    id: Generated<number>
    student_id: number
    guardian_id: number
    purpose: "bulletin"
    created_at: string
    expires_at: string
    revoked_at: string | null
    revoked_by: number | null
    first_browser: string | null
    wrong_answers: Generated<number>
  }
  page_link_opening: {
    id: Generated<number>
    page_link_id: number
    at: string
    browser: string
    device: string
    outcome: string
  }
}
