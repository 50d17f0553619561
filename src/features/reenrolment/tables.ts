import type { Generated } from "kysely"
import type { Ending, Kind, Source } from "./rules/decisions.ts"

export interface ReenrolmentTables {
  reenrolment_path: { level_code: string; series_code: string; to_series_code: string }
  reenrolment_class: {
    class_id: number
    prepared_at: string
    prepared_by: number | null
    pass_class_id: number | null
    repeat_class_id: number | null
  }
  reenrolment_result: {
    student_id: number
    class_id: number
    /** as it is written: « 11,42 » */
    average: string | null
    proposal: string | null
    unsettled: string | null
  }
  reenrolment_choice: {
    student_id: number
    /** the year that ends */
    school_year_id: number
    kind: Kind
    ending: Ending | null
    to_class_id: number | null
    remark: string | null
    /** what was proposed when it was decided, as `proposalKey` says it */
    against: string | null
    decided_at: string
    decided_by: number | null
  }
  reenrolment_run: {
    id: Generated<number>
    from_year_id: number
    to_year_id: number
    run_at: string
    run_by: number | null
    undone_at: string | null
    undone_by: number | null
  }
  reenrolment_case: {
    id: Generated<number>
    run_id: number
    student_id: number
    /** of the year that ends */
    class_id: number
    outcome: "enrolled" | "leaving" | "waiting"
    source: Source | null
    said: string
    average: string | null
    to_class_id: number | null
    /** the one made in the new year; of a departure, the one it closes */
    enrolment_id: number | null
    ending: Ending | null
    /** the first day out of the school */
    effective_on: string | null
    /** when a departure was written; null until its day */
    settled_at: string | null
    before: string | null
    after: string | null
  }
}
