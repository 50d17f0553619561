// What is decided about persons without asking anybody: names, births, matricules, doubles, searches. Pure.
import { readDay } from "../../web/fields.ts"
import { date } from "../../web/french.ts"
import { fold, fullName, upperCase } from "./naming.ts"

type Named = { surname: string; given_names: string }
type Born = { birth_date: string | null; birth_year: number | null; birth_approximate: number }

/** « KEÏTA Moussa », as every list writes a student or a member of staff. */
export const studentName = (row: Named) => fullName(row.surname, row.given_names)

/** « 04/03/2011 », « vers 2008 », « – »: the day a student was born as far as it is known. */
export function birthText({ birth_date, birth_year, birth_approximate }: Born): string {
  if (birth_year && (birth_approximate || !birth_date)) return `vers ${birth_year}`
  return date(birth_date)
}

/** « KEÏTA Moussa · RC15CG26Z9001M · 04/03/2011 »: what tells homonyms apart where only text fits. */
export const studentLabel = (row: Named & Born & { matricule: string | null }) =>
  `${studentName(row)} · ${row.matricule ?? "sans matricule"} · ${birthText(row)}`

export type Birth = { birth_date: string | null; birth_year: number | null; birth_approximate: 0 | 1 }

/** Nobody older than this is enrolled; it stops « 1911 » typed for « 2011 ». */
const OLDEST = 100

/**
 * « 04/03/2011 », « 04032011 », « vers 2008 », « 2008 » or nothing. A year alone is approximate (domain.md §1.10); a day of
 * the calendar, not after `today` (ISO), within a life. Null when it cannot be a birth.
 */
export function readBirth(typed: string, today: string): Birth | null {
  const text = typed.trim()
  if (text === "") return { birth_date: null, birth_year: null, birth_approximate: 0 }
  const about = /^(?:(?:né\(?e?\)? )?(?:en )?vers |v\. ?)?(\d{4})$/i.exec(text)
  const day = about ? null : readDay(text.replace(/^(\d\d)(\d\d)(\d{4})$/, "$1/$2/$3"))
  const year = Number(about?.[1] ?? day?.slice(0, 4) ?? 0)
  const thisYear = Number(today.slice(0, 4))
  if (year > thisYear || year < thisYear - OLDEST || (day !== null && day > today)) return null
  return { birth_date: day, birth_year: year, birth_approximate: about ? 1 : 0 }
}

/** What is wrong with a birth that `readBirth` refuses. */
export function birthProblem(typed: string): string {
  const text = typed.trim()
  if (/^\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}$/.test(text) || /^\d{6}$/.test(text)) {
    return "Écrivez l’année avec ses quatre chiffres, comme 05/06/2011."
  }
  return "Écrivez un jour passé du calendrier, comme 04/03/2011, ou « vers 2008 »."
}

/** What a form shows again of a birth: the inverse of `readBirth`. */
export const typedBirth = (row: Born) =>
  row.birth_date ? date(row.birth_date) : row.birth_year ? `vers ${row.birth_year}` : ""

/** A row as a form types it: nothing for null, and for 0, which is a box that is not ticked. */
export const typedRow = (row: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, value === 0 ? "" : String(value ?? "")]),
  )

/** Spaces out, capitals; otherwise as given, never built (domain.md §1.6). Null when there is none yet. */
export const readMatricule = (typed: string) => upperCase(typed.replace(/[\p{Z}\s]+/gu, "")) || null

/** What the ministry's matricules look like: another shape is worth a warning, never a refusal (domain.md §1.6). */
export const usualMatricule = (matricule: string) => /^RC\d{2}[A-Z]{2}\d{2}[A-Z]\d{3,4}[MF]?$/.test(matricule)

/** May be one person twice: same name, and births that do not contradict each other. */
export function probableDouble(one: Named & Omit<Born, "birth_approximate">, other: typeof one): boolean {
  if (fold(studentName(one)) !== fold(studentName(other))) return false
  if (one.birth_date && other.birth_date) return one.birth_date === other.birth_date
  return one.birth_year === null || other.birth_year === null || one.birth_year === other.birth_year
}

/** Who lives at one place: folded address and quartier; null where neither is known. */
export function homeOf(address: string | null, quartier: string | null): string | null {
  const home = `${fold(address ?? "")}|${fold(quartier ?? "")}`
  return home === "|" ? null : home
}

/** What is asked of a card, to say what it still lacks. */
export type Completeness = {
  matricule: string | null
  birth_date: string | null
  birth_year: number | null
  birth_place: string | null
  sex: string | null
  address: string | null
  quartier: string | null
  guardians: number
  /** guardians with a number who may be told of the child */
  reached: number
  contacts: number
  /** 1 yes, 0 no, null never asked */
  photo: number | null
}

/** What a card still lacks, in words, the most pressing first. */
export function missingOf(card: Completeness): string[] {
  const lacks: [boolean, string][] = [
    [card.guardians === 0, "tuteur"],
    [card.guardians > 0 && card.reached === 0, "téléphone d’un tuteur"],
    [card.contacts === 0, "contact d’urgence"],
    [card.matricule === null, "matricule"],
    [card.birth_date === null && card.birth_year === null, "naissance"],
    [card.birth_place === null, "lieu de naissance"],
    [card.sex === null, "sexe"],
    [card.address === null && card.quartier === null, "adresse"],
    [card.photo === null, "réponse sur les photos"],
  ]
  return lacks.flatMap(([lacking, what]) => (lacking ? what : []))
}

/** What a search looks for: parts of names and matricules, and parts of phone numbers however spaced. */
export type SearchTerm = { kind: "word" | "digits"; text: string }

const MOST_TERMS = 6

/**
 * « keita 70 00 00 01 » is the word keita and the digits 70000001; « +223 », « 00223 », dots and dashes are
 * how a number is written. Letters that a search pattern would take for wildcards never reach it.
 */
export function searchTerms(typed: string): SearchTerm[] {
  const terms: SearchTerm[] = []
  for (const token of fold(typed.slice(0, 100)).split(" ")) {
    const digits = /^[+\d./()]+$/.test(token) ? token.replace(/\D/g, "") : ""
    const last = terms.at(-1)
    if (digits && last?.kind === "digits") last.text += digits
    else if (digits) terms.push({ kind: "digits", text: digits })
    else {
      const text = token.replace(/[%\\_]/g, "")
      if (/[\p{L}\p{N}]/u.test(text)) terms.push({ kind: "word", text })
    }
  }
  return terms
    .map((term) => (term.kind === "digits" ? { ...term, text: term.text.replace(/^00/, "") } : term))
    .filter((term) => term.text !== "")
    .slice(0, MOST_TERMS)
}

/** « fatoumata binta » -> « Fatoumata Binta »: given names as they are written; what has capitals is left alone. */
export const capitalised = (names: string) =>
  /\p{Lu}/u.test(names)
    ? names
    : names.replace(
        /(^|[\s'’-])(\p{Ll})/gu,
        (_, before: string, letter: string) => before + upperCase(letter),
      )
