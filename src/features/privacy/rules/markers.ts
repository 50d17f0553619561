// Recognising a person in free text: what is theirs and nobody else's. Pure.
import { fold } from "../../people/naming.ts"

/** What names or reaches a person: exact texts as they are stored. */
export type Identity = {
  /** « KEÏTA Moussa », « Moussa KEÏTA »: with these a homonym may be meant */
  names: string[]
  /** phones, addresses, numbers, e-mails, parents' names: with these somebody who shares them may be meant */
  values: string[]
}

const SHORTEST = 5

type Card = Record<string, string | number | null>

/** Columns of a card that say nothing of who it is about. */
const PLAIN = new Set([
  "id",
  "sex",
  "status",
  "nationality",
  "birth_date",
  "birth_year",
  "birth_place",
  "language",
  "created_at",
  "updated_at",
  "entered_on",
  "position",
  "channel",
  "consent_at",
  "email_consent_at",
  "whatsapp_consent_at",
  "quartier",
  "commune",
  "contract",
  "grade",
  "surname",
  "given_names",
  "name",
  "folded",
  "sort_name",
])

/** What is looked for after a card is erased: each of its texts that may tell who it was. */
export function identityOf(card: Card): Identity {
  const { surname, given_names, name } = card
  const names =
    typeof name === "string"
      ? [name]
      : [`${surname} ${given_names}`.trim(), `${given_names} ${surname}`.trim()]
  const values = Object.entries(card)
    .filter(([column, value]) => !PLAIN.has(column) && typeof value === "string" && value.length >= SHORTEST)
    .map(([, value]) => value as string)
  return { names: [...new Set(names)].filter((one) => one.length >= SHORTEST), values: [...new Set(values)] }
}

/** Letters and digits only, folded: « 70 00-00.01 » and « KEÏTA;Moussa » as they would be found in any file. */
export const squeezed = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "")

/** A phone as it may stand in a file, without the country's prefix; null for what is no phone. */
export const localDigits = (value: string, prefix: string) =>
  value.startsWith(prefix) && /^\+\d+$/.test(value) ? value.slice(prefix.length) : null

/** Says whether a text speaks of one of these persons, however it is written. */
export function finder(markers: readonly string[], prefix: string): (text: string | null) => boolean {
  const sought = [...new Set(markers.map((one) => squeezed(localDigits(one, prefix) ?? one)))].filter(
    ({ length }) => length >= SHORTEST,
  )
  return (text) => {
    if (!text) return false
    const within = squeezed(text)
    return sought.some((one) => within.includes(one))
  }
}

/** The words of a name that are long enough to tell one family from another. */
export const nameWords = (name: string) =>
  fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(({ length }) => length >= SHORTEST)

/** Says whether a text has one of these words: what somebody typed into a search is often a family name alone. */
export function wordFinder(words: ReadonlySet<string>): (text: string | null) => boolean {
  return (text) => text !== null && nameWords(text).some((word) => words.has(word))
}

/** The markers that nobody who stays shares: `held` are the texts of every card left. */
export const ownMarkers = ({ names, values }: Identity, held: ReadonlySet<string>): string[] =>
  [...names, ...values].filter((one) => !held.has(squeezed(one)))
