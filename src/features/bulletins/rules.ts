// What a bulletin says of the rule it was made by. Pure.
import type { GradingProfile } from "../grades/profile.ts"

/** « Moyenne d’une matière = (Note de classe + 2 × Composition) / 3 » (domain.md §1.3). */
export function ruleText({ categories, conduct }: GradingProfile): string {
  const terms = categories.map(({ code, label, weight }) => {
    const times = Number(weight) === 1 ? "" : `${weight.replace(".", ",")} × `
    return `${times}${label ?? code}`
  })
  const total = categories.reduce((sum, { weight }) => sum + Number(weight), 0)
  const subject =
    terms.length === 1 ? terms[0] : `(${terms.join(" + ")}) / ${String(total).replace(".", ",")}`
  const counted = conduct.mode === "subject" ? ", conduite comprise" : ""
  return `Moyenne d’une matière = ${subject}. Moyenne générale = somme des (moyenne × coefficient) / somme des coefficients${counted}.`
}

const DECIMALS = ["à l’unité", "au dixième", "au centième", "au millième", "au dix-millième"]

/** « Arrondi au centième, la moitié vers le haut, à l’affichage seulement. » */
export function roundingText({ rounding }: GradingProfile): string {
  const when = rounding.stage === "each_stage" ? "à chaque étape du calcul" : "à l’affichage seulement"
  return `Arrondi ${DECIMALS[rounding.decimals]}, la moitié vers le haut, ${when}.`
}

/** Where a class stands in a period (domain.md §3.3), from what is recorded. */
export type PeriodState = "open" | "locked" | "checked" | "published"

export function periodState(
  recorded: "checked" | "published" | null,
  subjects: { total: number; locked: number },
): PeriodState {
  if (recorded) return recorded
  return subjects.total > 0 && subjects.locked === subjects.total ? "locked" : "open"
}
