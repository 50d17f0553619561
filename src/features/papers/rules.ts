// Numbers, stays, words and times of the papers. Pure.
import { addDays } from "../../web/days.ts"
import { endingOf, kindOf } from "../reenrolment/rules/decisions.ts"
import { agree, type Sex } from "./wording.ts"

/** « CS-2026-0001 »: the kind, the year in which the school year begins, the number without holes. */
export const reference = (prefix: string, year: number, number: number) =>
  `${prefix}-${year}-${String(number).padStart(4, "0")}`

const MONTHS = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
]

/** « 1er octobre 2026 » of an ISO date. */
export function dayInWords(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number) as [number, number, number]
  return `${day === 1 ? "1er" : day} ${MONTHS[month - 1]} ${year}`
}

/** « le 4 mars 2011 », « vers 2008 »; null when nothing is known (domain.md §1.10). */
export function birthInWords(born: {
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
}): string | null {
  if (born.birth_date && !born.birth_approximate) return `le ${dayInWords(born.birth_date)}`
  return born.birth_year ? `vers ${born.birth_year}` : null
}

const VOWEL = /^[aeiouàâäéèêëîïôöùûüœæɛɔ]/i

/** « de Mamadou », « d’Awa ». */
export const of = (name: string) => (VOWEL.test(name) ? `d’${name}` : `de ${name}`)

/** « de Mamadou KEÏTA et d’Awa DIALLO »; null when neither is known. */
export function ofParents(father: string | null, mother: string | null): string | null {
  const known = [father, mother].filter((name) => name !== null)
  return known.length > 0 ? known.map(of).join(" et ") : null
}

const MASCULINE = /^(lycée|collège|groupe|complexe|centre|cours|campus|pôle|prytanée|petit|grand)(?=\s)/i
const FEMININE = /^(fondation|maison|cité)(?=\s)/i
const ELIDED = /^(école|institut|institution|académie|établissement|ensemble)(?=\s)/i

/** « du Lycée Kalanso », « de l’École Faso »; a bare name keeps clear of the article: « de l’établissement Kalanso ». */
export function ofSchool(name: string): string {
  const plain = name.normalize("NFC").replace(/^(?:le|la|les)\s+/i, "")
  if (MASCULINE.test(plain)) return `du ${plain}`
  if (FEMININE.test(plain)) return `de la ${plain}`
  if (ELIDED.test(plain) || /^l[’']/i.test(plain)) return `de l’${plain.replace(/^l[’']/i, "")}`
  return `de l’établissement ${name}`
}

export type EnrolmentRow = {
  class_label: string
  starts_on: string
  /** the first day out of the class */
  ends_on: string | null
  end_reason: string | null
  year_id: number
  year_label: string
  year_ends: string
  current: number
}

/** A student's year at the school: the last class of it, from the first day to the last. */
export type Stay = {
  yearId: number
  yearLabel: string
  className: string
  from: string
  /** last day there; null while the student is there */
  until: string | null
  /** first day out; null while there */
  leftOn: string | null
  endReason: string | null
}

/** One stay for each school year; `rows` come latest first. */
export function staysOf(rows: readonly EnrolmentRow[]): Stay[] {
  const stays = new Map<number, Stay>()
  for (const row of rows) {
    const later = stays.get(row.year_id)
    if (later) {
      if (row.starts_on < later.from) later.from = row.starts_on
      continue
    }
    stays.set(row.year_id, {
      yearId: row.year_id,
      yearLabel: row.year_label,
      className: row.class_label,
      from: row.starts_on,
      until: row.ends_on ? addDays(row.ends_on, -1) : row.current ? null : row.year_ends,
      leftOn: row.ends_on,
      endReason: row.end_reason,
    })
  }
  return [...stays.values()]
}

/** « depuis le 1er octobre 2026 », « du 1er octobre 2025 au 30 juin 2026 ». */
export const periodInWords = ({ from, until }: Stay) =>
  until ? `du ${dayInWords(from)} au ${dayInWords(until)}` : `depuis le ${dayInWords(from)}`

/** « né », « née », « né(e) ». */
export const born = (sex: Sex) => agree("né", "née", sex)

/** Whether a council's words let the student pass, or end the school's years. */
export function succeeded(decision: string | null): boolean {
  if (decision === null) return false
  const kind = kindOf(decision)
  return kind === "pass" || (kind === "leave" && endingOf(decision) === "graduated")
}

/** A print is served again for an hour: a jammed printer, a power cut. After that only another duplicate is. */
export const PRINTABLE_MINUTES = 60

export const printable = (printedAt: string, now: Date) =>
  now.getTime() - Date.parse(printedAt) < PRINTABLE_MINUTES * 60_000
