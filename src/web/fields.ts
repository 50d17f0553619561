// The kinds of fields that forms are made of, each with its French sentence.
import * as v from "valibot"

const spaces = (text: string) => text.replace(/\s+/g, " ").trim()

/** One line of text, required. */
export const line = (max = 100) =>
  v.pipe(
    v.string(),
    v.transform(spaces),
    v.nonEmpty("Remplissez ce champ."),
    v.maxLength(max, `${max} caractères au plus.`),
  )

/** One line of text, or null. */
export const optionalLine = (max = 100) =>
  v.pipe(
    v.string(),
    v.transform(spaces),
    v.maxLength(max, `${max} caractères au plus.`),
    v.transform((text) => text || null),
  )

/** Several lines of text, or null. */
export const optionalText = (max = 1000) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\r\n?/g, "\n").trim()),
    v.maxLength(max, `${max} caractères au plus.`),
    v.transform((text) => text || null),
  )

/** One of the words given. */
export const choice = <const T extends readonly string[]>(words: T) =>
  v.picklist(words, "Choisissez dans la liste.")

/** One of the words given, or null. */
export const optionalChoice = <const T extends readonly string[]>(words: T) =>
  v.union(
    [
      v.pipe(
        v.literal(""),
        v.transform(() => null),
      ),
      v.picklist(words),
    ],
    "Choisissez dans la liste.",
  )

/** A ticked box: true; anything else: false. */
export const checkbox = () =>
  v.pipe(
    v.string(),
    v.transform((text) => text === "1" || text === "on"),
  )

/** A whole number within bounds. */
export const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,9}$/, `Écrivez un nombre entier de ${min} à ${max}.`),
    v.transform(Number),
    v.minValue(min, `Écrivez un nombre entier de ${min} à ${max}.`),
    v.maxValue(max, `Écrivez un nombre entier de ${min} à ${max}.`),
  )

/** A whole number within bounds, or null. */
export const optionalWholeNumber = (min: number, max: number) =>
  v.union(
    [
      v.pipe(
        v.string(),
        v.trim(),
        v.literal(""),
        v.transform(() => null),
      ),
      wholeNumber(min, max),
    ],
    `Écrivez un nombre entier de ${min} à ${max}, ou laissez vide.`,
  )

/** « 2,5 » -> 250: a number with at most two decimals, in hundredths. */
export const hundredths = (min: number, max: number) => {
  const sentence = `Écrivez un nombre de ${min / 100} à ${max / 100}, avec deux décimales au plus.`
  return v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,5}([.,]\d{1,2})?$/, sentence),
    v.transform((text) => {
      const [units = "0", decimals = ""] = text.split(/[.,]/)
      return Number(units) * 100 + Number(decimals.padEnd(2, "0"))
    }),
    v.minValue(min, sentence),
    v.maxValue(max, sentence),
  )
}

/** « 05/10/2026 », « 5-10-2026 » or « 2026-10-05 » -> « 2026-10-05 »; null when it is no day of the calendar. */
export function readDay(text: string): string | null {
  const iso = text.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/)
  const french = text.match(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/)
  const parts = iso ? [iso[1], iso[2], iso[3]] : french ? [french[3], french[2], french[1]] : null
  if (!parts) return null
  const [year, month, day] = parts.map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900 || year > 2100) return null
  return date.toISOString().slice(0, 10)
}

const DAY_SENTENCE = "Écrivez une date comme 05/10/2026."

/** A day, as ISO text. */
export const day = () =>
  v.pipe(
    v.string(),
    v.trim(),
    v.transform(readDay),
    v.check((iso) => iso !== null, DAY_SENTENCE),
    v.transform((iso) => iso as string),
  )

/** A day as ISO text, or null. */
export const optionalDay = () =>
  v.union(
    [
      v.pipe(
        v.string(),
        v.trim(),
        v.literal(""),
        v.transform(() => null),
      ),
      day(),
    ],
    DAY_SENTENCE,
  )

const EMAIL_SENTENCE = "Écrivez une adresse comme nom@exemple.org, ou laissez vide."

/** An e-mail address in lower case, or null. */
export const optionalEmail = () =>
  v.union(
    [
      v.pipe(
        v.string(),
        v.trim(),
        v.literal(""),
        v.transform(() => null),
      ),
      v.pipe(
        v.string(),
        v.trim(),
        v.toLowerCase(),
        v.email(EMAIL_SENTENCE),
        v.maxLength(200, EMAIL_SENTENCE),
      ),
    ],
    EMAIL_SENTENCE,
  )
