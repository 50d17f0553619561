import type { Generated } from "kysely"

export interface PhotosTables {
  /** A portrait of a student or of a member of staff. The one shown is the one that the card names. */
  photo: {
    id: Generated<number>
    student_id: number | null
    staff_id: number | null
    /** of the file, and of the picture in its address: another picture has another */
    name: string
    /** in the school's folder */
    path: string
    bytes: number
    created_at: string
    created_by: number | null
    /** when it was replaced or removed; the sweep of the next night takes it away */
    removed_at: string | null
  }
}
