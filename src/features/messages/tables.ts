import type { Generated } from "kysely"

export interface MessagesTables {
  outbox: {
    id: Generated<number>
    channel: "sms"
    recipient: string
    guardian_id: number | null
    student_id: number | null
    event: string
    unique_key: string
    body: string
    segments: number
    encoding: "gsm7" | "ucs2"
    state: "waiting" | "sent" | "failed" | "cancelled"
    attempts: Generated<number>
    next_at: string
    created_at: string
    sent_at: string | null
    problem: string | null
  }
}
