// Numbers that the school gives: of an application, of a student by the school's own format. Pure.
// The ministry's matricule is never built (domain.md §1.6).
import { type SearchTerm, searchTerms } from "../../people/rules.ts"

const PLACE = /\{(\w+)(?::(\d+))?\}/g

/** What is wrong with a format of student numbers; null when nothing is. */
export function formatProblem(format: string): string | null {
  const places = [...format.matchAll(PLACE)]
  const numbers = places.filter(([, name]) => name === "n")
  if (numbers.length !== 1) return "Écrivez {n} une fois, et une seule : c’est le numéro qui avance."
  const unknown = places.find(([, name, width]) => !KNOWN.has(name as string) || (width && name !== "n"))
  if (unknown) return `« ${unknown[0]} » n’a pas de sens ici : {year}, {yy}, {level} et {n:4} en ont un.`
  const width = Number(numbers[0]?.[2] ?? 1)
  if (width < 1 || width > 8) return "{n:4} : de 1 à 8 chiffres."
  if (!/^[\p{L}\p{N}/._-]*$/u.test(format.replace(PLACE, "")))
    return "Des lettres, des chiffres et / . - _ seulement, sans espace."
  return format.length > 40 ? "40 caractères au plus." : null
}

const KNOWN = new Set(["year", "yy", "level", "n"])

/** What a number is made of besides its rank: the school year's first calendar year, the level's code. */
export type NumberContext = { year: string; level: string }

const filled = (format: string, { year, level }: NumberContext, rank: (width: number) => string) =>
  format.replace(PLACE, (_, name: string, width?: string) => {
    if (name === "year") return year
    if (name === "yy") return year.slice(-2)
    if (name === "level") return level
    return rank(Number(width ?? 1))
  })

/** « {year}-{n:4} » of 2026, 42 -> « 2026-0042 ». */
export const studentNumber = (format: string, context: NumberContext, n: number) =>
  filled(format, context, (width) => String(n).padStart(width, "0"))

/** Numbers that differ only by their rank are counted together: « {year}-{n:4} » begins at 1 again each year. */
export const counterOf = (format: string, context: NumberContext) =>
  `student:${filled(format, context, () => "#")}`

/** « D-2026-0042 »: the application's own reference, counted by calendar year. */
export const reference = (year: string, n: number) => `D-${year}-${String(n).padStart(4, "0")}`
export const referenceCounter = (year: string) => `application:${year}`

/** Letters and digits that are not taken for one another when read aloud or copied from paper. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
export const CODE_LETTERS = 10

/** « K7QM2-XRDTF » from ten random bytes: 50 bits, not to be guessed. */
export const followCode = (bytes: Uint8Array) => spelled([...bytes.slice(0, CODE_LETTERS)].map(letter))
const letter = (byte: number) => ALPHABET[byte % ALPHABET.length] as string
const spelled = (letters: string[]) => `${letters.slice(0, 5).join("")}-${letters.slice(5).join("")}`

/** A code as somebody typed it, spaces and dashes as they like; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const letters = [...typed.toUpperCase().replace(/[\s\p{Pd}.]/gu, "")]
  if (letters.length !== CODE_LETTERS || letters.some((one) => !ALPHABET.includes(one))) return null
  return spelled(letters)
}

/**
 * What a search of the board looks for: words, phone numbers, and the end of a reference or number as it is called
 * out at the window (« 0042 »), whose zeros are not those of an international prefix.
 */
export const boardTerms = (typed: string): SearchTerm[] =>
  /^\d{1,6}$/.test(typed.trim()) ? [{ kind: "digits", text: typed.trim() }] : searchTerms(typed)
