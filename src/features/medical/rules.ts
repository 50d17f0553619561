// What medical notes are made of and how they are told. Pure.
import { hasString, t } from "../../web/strings.ts"
import { conflictsOf, type Row } from "../people/conflict.ts"

export const BLOOD_GROUPS = ["A+", "A−", "B+", "B−", "AB+", "AB−", "O+", "O−"] as const
export const SPORTS = ["fit", "partial", "unfit"] as const

/** What a person writes, in the order of the page. */
export const FIELDS = [
  "emergency",
  "allergies",
  "conditions",
  "treatment",
  "medicine",
  "blood_group",
  "doctor",
  "doctor_phone",
  "vaccinations",
  "insurance",
  "sports",
  "sports_note",
  "instruction",
  "instruction_shown",
  "note",
] as const
export type Field = (typeof FIELDS)[number]
export type Notes = Record<Field, string | number | null>

/** How long one recorded look shows the notes in the session that asked for it. */
export const LOOK_MINUTES = 10
export const lookEnds = (now: Date) => new Date(now.getTime() + LOOK_MINUTES * 60_000).toISOString()

/** The written columns of a row, nothing else; every one of them, whatever an old version lacks. */
export const notesIn = (row: Partial<Record<Field, unknown>>): Notes =>
  Object.fromEntries(FIELDS.map((field) => [field, (row[field] as string | number | null) ?? null])) as Notes

export const NOTHING: Notes = { ...notesIn({}), instruction_shown: 0 }

export const labelOf = (field: string) => t(`medical.field.${field}`)

/** A stored value as a person reads it; « – » for none. */
export function textOf(field: string, value: unknown, phone: (e164: string) => string): string {
  if (field === "instruction_shown") return Number(value) ? "oui" : "non"
  if (value === null || value === undefined || value === "") return "–"
  if (field === "doctor_phone") return phone(String(value))
  const word = `medical.${field}.${value}`
  return hasString(word) ? t(word) : String(value)
}

/** What differs between two states of the notes, field by field, ready to print. */
export function changesBetween(before: Notes, after: Notes, phone: (e164: string) => string) {
  return FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    label: labelOf(field),
    before: textOf(field, before[field], phone),
    after: textOf(field, after[field], phone),
  }))
}

/** What the other person changed since this one opened the form: `seen` was shown, `present` is kept now. */
export const conflictsBetween = (seen: Notes, present: Notes, typed: Notes) =>
  conflictsOf([{ before: seen as Row, after: {} }], present, typed)
