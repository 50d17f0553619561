// What a bulletin says of the rule it was made by. Pure.
import { formulaOf, roundingOf } from "../grades/description.ts"
import type { GradingProfile } from "../grades/profile.ts"

/** « Moyenne d’une matière = (Note de classe + 2 × Composition) ÷ 3 » (domain.md §1.3). */
export function ruleText(profile: GradingProfile): string {
  const counted = profile.conduct.mode === "subject" ? ", conduite comprise" : ""
  return `Moyenne d’une matière = ${formulaOf(profile)}. Moyenne générale = somme des (moyenne × coefficient) / somme des coefficients${counted}.`
}

/** « Arrondi au centième, demi vers le haut, seulement ce qui est affiché. » */
export const roundingText = (profile: GradingProfile) => `Arrondi ${roundingOf(profile)}.`

/** Where a class stands in a period (domain.md §3.3), from what is recorded. */
export type PeriodState = "open" | "locked" | "checked" | "published"

export function periodState(
  recorded: "checked" | "published" | null,
  subjects: { total: number; locked: number },
): PeriodState {
  if (recorded) return recorded
  return subjects.total > 0 && subjects.locked === subjects.total ? "locked" : "open"
}
