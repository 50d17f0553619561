import type { Generated } from "kysely"
import type { Person } from "../../personal.ts"

export interface DoublesTables {
  not_double: {
    kind: Person
    one_id: number
    other_id: number
    said_at: string
    said_by: number
  }
  merge: {
    id: Generated<number>
    /** the card kept: one of the three */
    student_id: number | null
    guardian_id: number | null
    staff_id: number | null
    absorbed_id: number
    kept_name: string
    absorbed_name: string
    merged_at: string
    merged_by: number
    undone_at: string | null
    undone_by: number | null
    /** JSON: the sentences of what the undo left as it was */
    report: string | null
  }
  merge_row: {
    id: Generated<number>
    merge_id: number
    table_name: string
    /** JSON: the key columns as the merge left them */
    row_key: string
    /** JSON: the columns written, as they were; of a row put aside, all of them */
    before: string
    /** JSON: the same columns as the merge wrote them; null for a row put aside */
    after: string | null
  }
}
