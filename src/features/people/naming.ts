// How names are folded for search, split and written (domain.md §1.10): NOM in capitals, then given names.

const BAMBARA: Record<string, string> = { ɛ: "e", ɔ: "o", ɲ: "n", ŋ: "n", œ: "oe", æ: "ae", ß: "ss", ø: "o" }

const PLAIN = /^[a-z0-9 ]*$/

/**
 * What a search compares: lower case, no marks, ɛ ɔ ɲ ŋ as e o n n, every apostrophe and dash a space,
 * single spaces. « KEÏTA » and « keita », « ɲare » and « nare », « N’DIAYE » and « n diaye » become one.
 */
export function fold(text: string): string {
  let folded = text.toLowerCase()
  if (!PLAIN.test(folded)) {
    folded = folded
      .normalize("NFD")
      .replace(/\p{M}+/gu, "")
      .replace(/[ɛɔɲŋœæßø]/g, (letter) => BAMBARA[letter] as string)
      .replace(/[\p{Z}\s'’‘ʼ`´\-‐‑–_]+/gu, " ")
  }
  return folded.replace(/ {2,}/g, " ").trim()
}

/** What lists are sorted by: folded family name, then folded given names. */
export const sortName = (surname: string, givenNames: string) => `${fold(surname)} ${fold(givenNames)}`.trim()

/** « Keïta » -> « KEÏTA »: accents stay as they are written. */
export const upperCase = (text: string) => text.toLocaleUpperCase("fr")

/** « kadia marie-claire » -> « Kadia Marie-Claire »; what has a capital already is left as it was written. */
export const capitalized = (text: string) =>
  text === text.toLocaleLowerCase("fr")
    ? text.replace(/(^|[\s\-'’])(\p{L})/gu, (_, before, letter) => before + upperCase(letter))
    : text

/** Single spaces, no space around, composed accents; what it says is left alone. */
export function tidy(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, "")
    .replace(/[\p{Z}\s]+/gu, " ")
    .trim()
}

/** At least two letters and none in lower case: « KONÉ », « N'DIAYE », « BA »; not « A. » nor « Bâ ». */
export function isCapitals(word: string): boolean {
  const letters = word.match(/\p{L}/gu)
  return letters !== null && letters.length >= 2 && word === upperCase(word)
}

export const hasMarks = (text: string) => /\p{M}|[ɛɔɲŋƐƆƝŊ]/u.test(text.normalize("NFD"))

export type NameOrder = "surname_first" | "given_first"

export interface SplitName {
  surname: string
  givenNames: string
  order: NameOrder
  /** false when nothing in the text itself tells the family name: only the order that was assumed */
  certain: boolean
}

/**
 * A full name in two. The words in capitals are the family name, wherever they stand: « KONÉ Awa » and
 * « Awa KONÉ ». All in capitals, or none: one word of family name, at the start unless `assumed` says
 * that given names come first (test/examples/import/README.md, rule 6).
 */
export function splitFullName(text: string, assumed: NameOrder = "surname_first"): SplitName {
  const words = tidy(text).split(" ").filter(Boolean)
  const capitals = words.map(isCapitals)
  const first = capitals.indexOf(true)
  const last = capitals.lastIndexOf(true)
  const contiguous = first !== -1 && !capitals.slice(first, last + 1).includes(false)
  if (contiguous && last - first + 1 < words.length && (first === 0 || last === words.length - 1)) {
    const order = first === 0 ? "surname_first" : "given_first"
    const surname = words.slice(first, last + 1)
    const given = order === "surname_first" ? words.slice(last + 1) : words.slice(0, first)
    return { surname: surname.join(" "), givenNames: given.join(" "), order, certain: true }
  }
  const surname = assumed === "surname_first" ? words.slice(0, 1) : words.slice(-1)
  const given = assumed === "surname_first" ? words.slice(1) : words.slice(0, -1)
  return { surname: surname.join(" "), givenNames: given.join(" "), order: assumed, certain: false }
}

/** « KONÉ Awa », as every list, choice and paper writes a person. */
export const fullName = (surname: string, givenNames: string) => `${surname} ${givenNames}`.trim()

/** Same family name and same given names, without regard to case, accents or apostrophes. */
export function sameName(a: { nom: string; prenom: string }, b: { nom: string; prenom: string }): boolean {
  return fold(a.nom) === fold(b.nom) && fold(a.prenom) === fold(b.prenom)
}
