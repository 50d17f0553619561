// What a bulletin says of the rule it was made by. Pure.
import { addDays } from "../../web/days.ts"
import { formulaOf, roundingOf } from "../grades/description.ts"
import { compare, type Fraction, fraction, multiply, parseFraction } from "../grades/fraction.ts"
import type { GradingProfile } from "../grades/profile.ts"
import type { BulletinData } from "./contract.ts"

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

/** The period asked for, or the one of the day: the first that has not ended, else the last. */
export function periodShown<P extends { id: number; ends_on: string }>(
  periods: readonly P[],
  { asked, day }: { asked: number; day: string },
): P | null {
  return (
    periods.find(({ id }) => id === asked) ??
    periods.find(({ ends_on }) => ends_on >= day) ??
    periods.at(-1) ??
    null
  )
}

/** What every version has of its own: its code, its number and the day it was made; and how it looks. */
const OF_A_VERSION = [
  ...["publicCode", "verifyUrl", "publishedAt", "publicationVersion", "placeAndDate"],
  ...["model", "logo"],
]

/** Whether a new version tells a family anything that the one before it did not. */
export function saysTheSame(content: BulletinData, before: BulletinData | undefined): boolean {
  if (!before) return false
  const said = (one: BulletinData) =>
    JSON.stringify(one, (key, value) => (OF_A_VERSION.includes(key) ? undefined : value))
  return said(content) === said(before)
}

/** Whether the publication of the month is due: its day has come, and it has not happened this month. `day` is ISO. */
export function monthIsDue(
  { publishDay, publishedMonth }: { publishDay: string; publishedMonth: string },
  day: string,
): boolean {
  if (publishDay === "" || publishedMonth === day.slice(0, 7)) return false
  return Number(day.slice(8, 10)) >= Number(publishDay)
}

/** The same day of the next week, ISO: what the form proposes for the families' day. */
export const weekLater = (day: string) => addDays(day, 7)

/** Whether a published average is below a threshold on 20; never where there is no average or no threshold. */
export function isBelow(
  { generalAverage, scaleMax }: Pick<BulletinData, "generalAverage" | "scaleMax">,
  warnBelow: string,
): boolean {
  if (warnBelow === "" || !generalAverage) return false
  const [average, limit, scale] = [generalAverage, warnBelow, scaleMax].map((text) =>
    parseFraction(text.replace(",", ".")),
  ) as [Fraction, Fraction, Fraction]
  return compare(multiply(average, fraction(20)), multiply(limit, scale)) < 0
}
