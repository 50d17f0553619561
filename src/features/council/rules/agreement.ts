// Gender agreement of the school's phrases: « Élève {sérieux|sérieuse} », the boy's form first. Pure.

export type Sex = "M" | "F"

type Part = { m: string; f: string }

/** A choice between braces; inside it neither braces nor a second bar. */
const CHOICE = /\{([^{}|]*)\|([^{}|]*)\}/g

function partsOf(phrase: string): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { 0: whole, 1: m = "", 2: f = "", index } of phrase.matchAll(CHOICE)) {
    const before = phrase.slice(at, index)
    if (before) parts.push({ m: before, f: before })
    parts.push({ m, f })
    at = index + whole.length
  }
  const rest = phrase.slice(at)
  return rest ? [...parts, { m: rest, f: rest }] : parts
}

/** The phrase as it is said of a boy or a girl; of who has no sex on record both forms stand: « appliqué(e) ». */
export function agree(phrase: string, sex: Sex | null): string {
  return partsOf(phrase)
    .map(({ m, f }) => (sex === "M" ? m : sex === "F" ? f : both(m, f)))
    .join("")
}

function both(m: string, f: string): string {
  if (m === f) return m
  if (f.startsWith(m)) return `${m}(${f.slice(m.length)})`
  return `${m}/${f}`
}

export const formsOf = (phrase: string) => ({ m: agree(phrase, "M"), f: agree(phrase, "F") })

/** A French sentence about what is wrong with the braces, or null. */
export function agreementProblem(phrase: string): string | null {
  const rest = phrase.replace(CHOICE, "")
  if (/\{[^{}]*\}/.test(rest))
    return "Entre accolades, écrivez les deux formes séparées par une seule barre : {sérieux|sérieuse}."
  if (/[{}]/.test(rest)) return "Une accolade n’est pas fermée, ou pas ouverte : {sérieux|sérieuse}."
  if (rest.includes("|"))
    return "Mettez les deux formes entre accolades, celle du garçon d’abord : {sérieux|sérieuse}."
  const { m, f } = formsOf(phrase)
  if (!m.trim() || !f.trim()) return "La phrase est vide pour un garçon ou pour une fille."
  return null
}
