import type { Generated } from "kysely"
import type { Person } from "../../personal.ts"

export type DetailKey = "declaration" | "declared_on" | "contact" | "contact_phone" | "contact_email"

export interface PrivacyTables {
  retention: {
    kind: string
    /** years or days, as the kind says */
    amount: number
    /** 1: a text forbids to erase before the term */
    obliged: Generated<number>
    source: string | null
    changed_at: string
    changed_by: number | null
  }
  privacy_detail: { key: DetailKey; value: string; changed_at: string; changed_by: number | null }
  privacy_export: {
    id: Generated<number>
    at: string
    account_id: number
    person: Person | "consents"
    person_id: number
    format: "json" | "xlsx" | "csv"
    rows: number
    medical: number
  }
  erasure: {
    id: Generated<number>
    at: string
    account_id: number
    person: Person | "application"
    person_id: number
    reason: string | null
    report: string
  }
  kept_record: {
    id: Generated<number>
    student_id: number
    surname: string
    given_names: string
    folded: string
    sex: "M" | "F" | null
    birth_date: string | null
    birth_year: number | null
    birth_approximate: number
    birth_place: string | null
    matricule: string | null
    internal_number: string | null
    kept_at: string
  }
  file_to_remove: { path: string; since: string }
  processing: {
    id: Generated<number>
    code: string
    version: number
    removed: Generated<number>
    title: string
    purpose: string
    basis: string
    persons: string
    categories: string
    recipients: string
    duration: string
    measures: string
    at: string
    account_id: number
  }
}
