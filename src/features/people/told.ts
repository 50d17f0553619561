// The audit trail of persons in words: what was done, field by field, before and after. Pure.
import { date } from "../../web/french.ts"
import { hasString, t } from "../../web/strings.ts"
import { CHANNELS, CONTRACTS, LANGUAGES } from "./choices.ts"
import type { Row } from "./conflict.ts"

const YES_NO = new Set([
  "repeating",
  "informed",
  "may_see",
  "lives_with",
  "teaching",
  "active",
  "birth_approximate",
  "sms_consent",
  "email_consent",
  "whatsapp_consent",
  "answer",
])
const WORDS: Record<string, Record<string, string>> = {
  sex: { F: "féminin", M: "masculin" },
  regime: { ETAT: "État", PRIVE: "privé" },
  link: { PERE: "père", MERE: "mère", TUTEUR: "tuteur" },
  status: { active: "inscrit", withdrawn: "parti", pending: "sans classe" },
  channel: CHANNELS,
  language: LANGUAGES,
  money_phone: { 1: "premier téléphone", 2: "second téléphone" },
  contract: CONTRACTS,
}

/** The French name of a column; null for one that only the program needs. */
export const fieldLabel = (field: string) =>
  hasString(`people.field.${field}`) ? t(`people.field.${field}`) : null

/** A stored value as a person reads it; « – » for none. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "–"
  if (YES_NO.has(field)) return Number(value) ? "oui" : "non"
  const text = String(value)
  return WORDS[field]?.[text] ?? (/^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : text)
}

export type Entry = {
  action: string
  at: string
  by: string | null
  reason: string | null
  before: Row
  after: Row
}

/** One line of a card's history, ready to print. */
export function toldEntry({ action, at, by, reason, before, after }: Entry) {
  const key = `people.action.${action}`
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return {
    at,
    by,
    reason,
    done: hasString(key) ? t(key) : "Autre changement",
    fields: fields
      .filter((field) => fieldLabel(field) !== null)
      .filter((field) => action !== "created" || (after[field] ?? "") !== "")
      .map((field) => ({
        label: fieldLabel(field) ?? "",
        before: field in before ? valueText(field, before[field]) : null,
        after: valueText(field, after[field]),
      })),
  }
}
