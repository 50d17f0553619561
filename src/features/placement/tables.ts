import type { Generated } from "kysely"

export interface PlacementTables {
  placement_run: {
    id: Generated<number>
    school_year_id: number
    /** the class split, or the one that others joined */
    class_id: number
    kind: "split" | "merge"
    on_day: string
    /** JSON: the numbers of the classes it made */
    made_classes: string
    made_at: string
    made_by: number | null
    undone_at: string | null
    undone_by: number | null
  }
  placement_move: {
    id: Generated<number>
    run_id: number
    student_id: number
    from_class_id: number
    to_class_id: number
    from_enrolment_id: number
    to_enrolment_id: number
  }
}
