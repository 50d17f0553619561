import type { Generated } from "kysely"

export type Sports = "fit" | "partial" | "unfit"

export interface MedicalTables {
  medical_note: {
    student_id: number
    allergies: string | null
    conditions: string | null
    treatment: string | null
    /** given at school */
    medicine: string | null
    blood_group: string | null
    doctor: string | null
    doctor_phone: string | null
    vaccinations: string | null
    insurance: string | null
    sports: Sports | null
    sports_note: string | null
    emergency: string | null
    /** one sentence for the class's teachers, told to them only where `instruction_shown` is 1 */
    instruction: string | null
    instruction_shown: Generated<number>
    note: string | null
    version: Generated<number>
    updated_at: string
    updated_by: number | null
  }
  medical_version: {
    student_id: number
    version: number
    /** JSON: the columns of `medical_note` that a person writes */
    content: string
    at: string
    account_id: number | null
  }
  medical_measure: {
    id: Generated<number>
    student_id: number
    measured_on: string
    /** hundredths of a kilogram */
    weight: number | null
    /** centimetres */
    height: number | null
    at: string
    account_id: number | null
  }
  medical_look: {
    id: Generated<number>
    student_id: number
    account_id: number
    at: string
    until: string
    /** the session that opened the notes: no other shows them by this look */
    session: string
    reason: string | null
  }
}
