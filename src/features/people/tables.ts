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
    quartier: string | null
    commune: string | null
    /** folded address and quartier: who lives at the same place; null when neither is known */
    home: string | null
    /** the line and stop of the transport the student takes, in words */
    transport_stop: string | null
    nationality: string | null
    /** of the civil register (Mali: NINA) */
    national_number: string | null
    father_name: string | null
    mother_name: string | null
    /** the school's own number, by its format; null for who came before it gave any */
    internal_number: string | null
    previous_school: string | null
    /** first day in this school (ISO), when it is known */
    entered_on: string | null
    /** a word of CHANNELS (choices.ts): how the family came to the school */
    channel: string | null
    /** years repeated before this school; null when nobody asked */
    repeated_before: number | null
    /** in the register of a national examination, and where it is sat */
    exam_number: string | null
    exam_centre: string | null
    /** the name of the portrait shown (photos) */
    photo: string | null
    status: Generated<string>
    /** the card kept in place of this one, which is shown nowhere; null for every other */
    merged_into: number | null
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
    address: string | null
    quartier: string | null
    /** the first number receives SMS; mobile money is on number 1 or 2, null when nobody said */
    money_phone: number | null
    /** 1 yes, 0 no, null never asked: null is never a yes; so for e-mail and WhatsApp */
    sms_consent: number | null
    consent_at: string | null
    consent_source: string | null
    email_consent: number | null
    email_consent_at: string | null
    email_consent_source: string | null
    whatsapp_consent: number | null
    whatsapp_consent_at: string | null
    whatsapp_consent_source: string | null
    language: Generated<string>
    /** the card kept in place of this one, which is shown nowhere; null for every other */
    merged_into: number | null
    version: Generated<number>
    created_at: string
    updated_at: string
  }
  guardianship: {
    guardian_id: number
    student_id: number
    link: "PERE" | "MERE" | "TUTEUR"
    informed: Generated<number>
    /** 0: nothing about this child is shown or sent to this guardian, whatever else is said */
    may_see: Generated<number>
    /** why not: only for who may change guardians */
    unseen_reason: string | null
    /** 1 yes, 0 no, null not known */
    lives_with: number | null
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
    grade: string | null
    diplomas: string | null
    specialities: string | null
    /** in words: « pas le vendredi » */
    availability: string | null
    entered_on: string | null
    /** a word of CONTRACTS (choices.ts) */
    contract: string | null
    /** the name of the portrait shown (photos) */
    photo: string | null
    active: Generated<number>
    /** the card kept in place of this one, which is shown nowhere; null for every other */
    merged_into: number | null
    version: Generated<number>
    created_at: string
    updated_at: string
  }
  /** whom to call in an emergency, in the order of `position` from 1 */
  student_contact: {
    id: Generated<number>
    student_id: number
    position: number
    name: string
    relation: string | null
    phone: string | null
  }
  /** what a family may be asked to allow */
  consent_kind: {
    code: string
    label: string
    position: number
  }
  /** every answer ever given; the last one written counts, no row is no answer */
  student_consent: {
    id: Generated<number>
    student_id: number
    kind: string
    answer: number
    given_on: string
    source: string
    recorded_by: number
    recorded_at: string
  }
  /** two students who are not of one family, the lower number first */
  not_family: {
    student_id: number
    other_student_id: number
    account_id: number
    at: string
  }
}
