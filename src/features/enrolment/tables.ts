import type { Generated } from "kysely"
import type { GuardianLink } from "../people/forms.ts"
import type { Action, State } from "./rules/states.ts"

export interface EnrolmentTables {
  application: {
    id: Generated<number>
    /** « D-2026-0042 » */
    reference: string
    /** by which the family follows it: « K7QM2-XRDTF » */
    code: string
    school_year_id: number
    state: State
    source: "site" | "desk"
    surname: string
    given_names: string
    sort_name: string
    /** names, matricule, reference and number: what a search looks into */
    folded: string
    sex: "M" | "F" | null
    birth_date: string | null
    birth_year: number | null
    birth_approximate: Generated<number>
    birth_place: string | null
    nationality: string | null
    address: string | null
    level_code: string
    /** "" while it is not decided */
    series_code: string
    previous_school: string | null
    /** the ministry's, as given */
    matricule: string | null
    remark: string | null
    /** the school's own number, from the step « matricule » on */
    internal_number: string | null
    /** frozen when the student becomes active */
    fee_due: number | null
    /** the known student, from the step « matricule » on; a new one's, once active */
    student_id: number | null
    sent_from: string | null
    created_by: number | null
    version: Generated<number>
    created_at: string
    updated_at: string
  }
  application_guardian: {
    id: Generated<number>
    application_id: number
    position: number
    name: string
    phone: string | null
    link: GuardianLink
    sms_consent: number | null
  }
  enrolment_document: {
    id: Generated<number>
    label: string
    required: Generated<number>
    position: number
    active: Generated<number>
  }
  enrolment_document_level: { document_id: number; level_code: string }
  application_document: {
    application_id: number
    document_id: number
    /** the family says it has it */
    claimed: Generated<number>
    /** ISO day it was handed in; null: not yet */
    given_on: string | null
  }
  enrolment_fee: { school_year_id: number; level_code: string; amount: number }
  enrolment_counter: { name: string; value: number }
  application_event: {
    id: Generated<number>
    application_id: number
    at: string
    account_id: number | null
    action: Action
    from_state: State | null
    to_state: State
    reason: string | null
    /** JSON: what an undo needs to know */
    details: Generated<string>
    undone: Generated<number>
  }
}
