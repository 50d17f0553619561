import { ceiling, parseFraction, type Shown } from "./fraction.ts"
import type { GradingProfile } from "./profile.ts"

// Every threshold is compared with the rounded value: a paper that says 10,00 is a pass (domain.md §3.2).
// `rounded` values and compiled thresholds count units of 10^-decimals of the profile.

type Ladder = readonly { min: number; label: string }[]
type Award = {
  min: number | null
  below: number | null
  conduct: number | null
  each: number | null
  label: string
}
type Decision = Pick<Award, "min" | "below" | "label"> & { none: boolean; repeating: boolean | null }

export type Thresholds = {
  pass: number
  appreciations: Ladder
  mentions: Ladder
  awards: readonly Award[]
  decisions: readonly Decision[]
}

export function thresholds(profile: GradingProfile): Thresholds {
  const units = (decimal: string) => ceiling(parseFraction(decimal), profile.rounding.decimals)
  const maybe = (decimal: string | undefined) => (decimal === undefined ? null : units(decimal))
  const ladder = (steps: GradingProfile["mentions"]) =>
    steps.map((step) => ({ min: units(step.min), label: step.label }))
  return {
    pass: units(profile.pass_mark),
    appreciations: ladder(profile.appreciations),
    mentions: ladder(profile.mentions),
    awards: profile.awards.map((award) => ({
      min: maybe(award.min),
      below: maybe(award.below),
      conduct: maybe(award.min_conduct),
      each: maybe(award.min_each_subject),
      label: award.label,
    })),
    decisions: profile.decisions.map((decision) => ({
      min: maybe(decision.min),
      below: maybe(decision.below),
      none: decision.if_none ?? false,
      repeating: decision.if_repeating ?? null,
      label: decision.label,
    })),
  }
}

/** The first label whose minimum is reached; null below the lowest. */
export function labelOf(ladder: Ladder, rounded: number): string | null {
  for (const step of ladder) if (rounded >= step.min) return step.label
  return null
}

const within = (rule: { min: number | null; below: number | null }, rounded: number) =>
  (rule.min === null || rounded >= rule.min) && (rule.below === null || rounded < rule.below)

/**
 * The first award (or warning) whose conditions all hold. `conduct` is the student's conduct mark, null when it is
 * missing (a minimum is then not met), undefined where the school gives none (the minimum is then moot).
 * `subjects` are the averages that count in the general average.
 */
export function awardOf(
  awards: readonly Award[],
  rounded: number,
  conduct: number | null | undefined,
  subjects: () => readonly Shown[],
): string | null {
  for (const award of awards) {
    if (!within(award, rounded)) continue
    if (award.conduct !== null && conduct !== undefined && (conduct === null || conduct < award.conduct))
      continue
    const least = award.each
    if (least !== null && subjects().some((average) => average.rounded < least)) continue
    return award.label
  }
  return null
}

/** What the averages propose to the class council, which alone decides (domain.md §1.4); null when no rule fits. */
export function decisionOf(
  decisions: readonly Decision[],
  rounded: number | null,
  repeating: boolean,
): string | null {
  for (const decision of decisions) {
    if (decision.repeating !== null && decision.repeating !== repeating) continue
    if (rounded === null ? decision.none : !decision.none && within(decision, rounded)) return decision.label
  }
  return null
}
