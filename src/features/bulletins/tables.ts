import type { Generated } from "kysely"

export interface BulletinsTables {
  class_period: {
    class_id: number
    period_id: number
    state: "checked" | "published"
    changed_at: string
    changed_by: number | null
  }
  publication: {
    id: Generated<number>
    class_id: number
    period_id: number
    version: number
    published_at: string
    published_by: number
    reason: string | null
    profile_id: number
    input: string
    stats: string
    hash: string
  }
  bulletin: {
    id: Generated<number>
    publication_id: number
    student_id: number
    code: string
    content: string
    hash: string
  }
  bulletin_file: {
    id: Generated<number>
    publication_id: number
    student_id: number | null
    layout: "single" | "double"
    state: "waiting" | "running" | "done" | "failed"
    pages_done: Generated<number>
    pages: number
    attempts: Generated<number>
    next_at: string
    path: string | null
    bytes: number | null
    problem: string | null
    asked_by: number | null
    created_at: string
    done_at: string | null
  }
}
