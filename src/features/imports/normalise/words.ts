import { fold } from "../../people/naming.ts"
import { isMissing } from "./missing.ts"

const words = (text: string) => new Set(text.split(" "))

const MALE = words("m masculin masc h homme g garcon garcons 1 male mr monsieur")
const FEMALE = words("f feminin feminine fem fille filles femme 2 female mme mlle")

/** M or F; null when the cell is empty, undefined when it says something else. 1 is M, 2 is F, as in the ministry's lists. */
export function readSex(typed: string): "M" | "F" | null | undefined {
  if (/^[\s\p{P}]*$/u.test(typed)) return null
  const word = fold(typed).replace(/\.$/, "")
  if (MALE.has(word)) return "M"
  return FEMALE.has(word) ? "F" : undefined
}

const YES = words("oui ok yes o y vrai 1 accepte accord accorde favorable")
const NO = words("non no n faux 0 refuse refus defavorable")

/** Consent: yes, no, or null when it was not asked or not answered. Null must never be treated as yes. */
export function readConsent(typed: string): boolean | null | undefined {
  if (typed.trim() === "") return null
  const first = fold(typed).match(/[a-z0-9]+/)?.[0] ?? ""
  if (/^d ?accord\b/.test(fold(typed))) return true
  if (YES.has(first)) return true
  if (NO.has(first)) return false
  return isMissing(typed) ? null : undefined
}

const FATHER = words("pere papa father")
const MOTHER = words("mere maman mother")

/** Père and papa are PERE, mère and maman MERE, everyone else TUTEUR. */
export function readLink(typed: string): "PERE" | "MERE" | "TUTEUR" {
  const word = fold(typed).replace(/^(?:le|la|son|sa|mon|ma) /, "")
  if (FATHER.has(word)) return "PERE"
  return MOTHER.has(word) ? "MERE" : "TUTEUR"
}

/** A repeater, yes or no; undefined when the cell says something else. */
export function readRepeating(typed: string): boolean | null | undefined {
  const word = fold(typed)
  if (/^(?:r|red|redoublant|redoublante|redoublant\(e\)|oui|o|x)$/.test(word)) return true
  if (isMissing(typed)) return null
  return /^(?:n|p|nr|nouveau|nouvelle|passant|passante|non|np)$/.test(word) ? false : undefined
}
