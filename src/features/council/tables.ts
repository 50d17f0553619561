import type { Generated } from "kysely"

export type SessionState = "prepared" | "open" | "closed"
export type PhraseKind = "appreciation" | "decision" | "reason"
/** What a decision of the year's end makes of a student. */
export type Effect = "promoted" | "repeats" | "leaves"

export interface CouncilTables {
  council_session: {
    class_id: number
    period_id: number
    state: SessionState
    held_on: string | null
    /** « 16:30 » */
    held_at: string | null
    place: string | null
    president: string | null
    secretary: string | null
    remarks: string | null
    opened_at: string | null
    opened_by: number | null
    closed_at: string | null
    closed_by: number | null
    reopen_reason: string | null
    version: Generated<number>
    updated_at: string
    updated_by: number | null
  }
  council_attendee: {
    id: Generated<number>
    class_id: number
    period_id: number
    staff_id: number | null
    name: string
    quality: string | null
    present: number
  }
  council_minutes: {
    id: Generated<number>
    class_id: number
    period_id: number
    version: number
    /** JSON: MinutesData */
    content: string
    hash: string
    closed_at: string
    closed_by: number
  }
  council_phrase: {
    id: Generated<number>
    kind: PhraseKind
    text: string
    /** hundredths on 20 */
    from_mark: number | null
    below_mark: number | null
    effect: Effect | null
    position: number
    active: Generated<number>
    updated_at: string | null
    updated_by: number | null
  }
}
