import type { Generated } from "kysely"

export interface PeopleTables {
  student: {
    id: Generated<number>
    matricule: string | null
    surname: string
    given_names: string
    /** surname, given names and matricule, folded: what a search looks into */
    folded: string
    /** folded surname and given names: the order of lists */
    sort_name: string
    sex: "M" | "F" | null
    birth_date: string | null
    birth_year: number | null
    birth_approximate: Generated<number>
    birth_place: string | null
    phone: string | null
    address: string | null
    nationality: string | null
    father_name: string | null
    mother_name: string | null
    /** the school's own number, by its format; null for who came before it gave any */
    internal_number: string | null
    previous_school: string | null
    /** first day in this school (ISO), when it is known */
    entered_on: string | null
    status: Generated<string>
    version: Generated<number>
    created_at: string
    updated_at: string
  }
  enrolment: {
    id: Generated<number>
    student_id: number
    class_id: number
    school_year_id: number
    starts_on: string
    ends_on: string | null
    end_reason: string | null
    repeating: Generated<number>
    regime: string | null
  }
  guardian: {
    id: Generated<number>
    name: string
    folded: string
    phone: string | null
    phone2: string | null
    email: string | null
    /** 1 yes, 0 no, null never asked: null is never a yes */
    sms_consent: number | null
    consent_at: string | null
    consent_source: string | null
    language: Generated<string>
    version: Generated<number>
    created_at: string
    updated_at: string
  }
  guardianship: {
    guardian_id: number
    student_id: number
    link: "PERE" | "MERE" | "TUTEUR"
    informed: Generated<number>
  }
  staff: {
    id: Generated<number>
    surname: string
    given_names: string
    folded: string
    sex: "M" | "F" | null
    position: string
    teaching: Generated<number>
    employee_number: string | null
    phone: string | null
    email: string | null
    active: Generated<number>
    version: Generated<number>
    created_at: string
    updated_at: string
  }
}
