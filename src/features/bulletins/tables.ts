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
    /** families see it from this moment on */
    visible_at: string | null
    /** families were told; null: not yet, or replaced before it was seen */
    announced_at: string | null
  }
  bulletin: {
    id: Generated<number>
    publication_id: number
    student_id: number
    code: string
    content: string
    hash: string
    /** 0: says the same as the version before it, but for its code and its date */
    changed: Generated<number>
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
    /** 1: of the class only the bulletins that changed */
    only_changed: Generated<number>
    /** 1: black on white, nothing filled */
    economy: Generated<number>
  }
  bulletin_model: {
    id: Generated<number>
    school_year_id: number
    /** null: the whole school */
    level_code: string | null
    version: number
    /** JSON: BulletinModel; null: from then on none of its own */
    config: string | null
    created_at: string
    created_by: number | null
  }
  bulletin_duplicate: {
    id: Generated<number>
    bulletin_id: number
    /** 1 for the first after the original */
    number: number
    reason: string
    made_at: string
    made_by: number
  }
  bulletin_batch: {
    id: Generated<number>
    period_id: number
    state: "running" | "done" | "cancelled"
    visible_at: string | null
    reason: string | null
    asked_by: number
    asked_at: string
    ended_at: string | null
  }
  bulletin_batch_class: {
    batch_id: number
    class_id: number
    seen_version: number
    state: "waiting" | "done" | "refused" | "cancelled"
    publication_id: number | null
    problem: string | null
  }
}
