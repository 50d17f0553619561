// What a school year and its periods must be. Pure: days are ISO texts, weights hundredths.
import { addDays, daysBetween } from "../../web/days.ts"
import type { Problem } from "../../web/form.ts"
import type { PeriodPlan } from "./countries.ts"

export type Span = { starts_on: string; ends_on: string }
export type Period = Span & { code: string; label: string; weight: number }
/** A period with the row of the form it came from. */
export type PeriodRow = Period & { row: number; id: number | null }

/** The same day a year later; 29 February becomes the 28th. */
export function yearLater(day: string): string {
  const later = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
  return later.endsWith("02-29") ? later.replace("02-29", "02-28") : later
}

const PLANS: Record<PeriodPlan, { code: string; label: string }[]> = {
  T3: [
    { code: "T1", label: "1er trimestre" },
    { code: "T2", label: "2e trimestre" },
    { code: "T3", label: "3e trimestre" },
  ],
  S2: [
    { code: "S1", label: "1er semestre" },
    { code: "S2", label: "2e semestre" },
  ],
}

export const isPlan = (word: string): word is PeriodPlan => word in PLANS

/** Periods of the same length that fill the year, to start from: the school moves the dates afterwards. */
export function plannedPeriods({ starts_on, ends_on }: Span, plan: PeriodPlan): Period[] {
  const names = PLANS[plan]
  const days = daysBetween(starts_on, ends_on) + 1
  return names.map((name, n) => ({
    ...name,
    weight: 100,
    starts_on: addDays(starts_on, Math.floor((days * n) / names.length)),
    ends_on: addDays(starts_on, Math.floor((days * (n + 1)) / names.length) - 1),
  }))
}

/** The school year a new school most likely opens for: from July on the one that begins this autumn. */
export function likelyYear(today: string, begins: string, ends: string): Span {
  const [year, month] = today.split("-").map(Number) as [number, number]
  const first = month >= 7 ? year : year - 1
  return { starts_on: `${first}-${begins}`, ends_on: `${first + 1}-${ends}` }
}

/** « 2026-2027 »; of a year that begins and ends in the same calendar year, « 2026 ». */
export const yearLabel = ({ starts_on, ends_on }: Span) =>
  [...new Set([starts_on.slice(0, 4), ends_on.slice(0, 4)])].join("-")

/** What is wrong with a school year, field by field; `others` are the school's other years. */
export function yearProblems(
  year: Span & { label: string },
  others: readonly (Span & { label: string })[],
): Problem[] {
  if (year.ends_on <= year.starts_on) {
    return [{ field: "ends_on", text: "L’année doit se terminer après avoir commencé." }]
  }
  if (daysBetween(year.starts_on, year.ends_on) > 400) {
    return [{ field: "ends_on", text: "Une année scolaire dure 400 jours au plus." }]
  }
  if (others.some(({ label }) => label === year.label)) {
    return [{ field: "label", text: `L’année ${year.label} existe déjà.` }]
  }
  const met = others.find((other) => other.starts_on <= year.ends_on && year.starts_on <= other.ends_on)
  return met ? [{ field: "starts_on", text: `Ces dates chevauchent l’année ${met.label}.` }] : []
}

/** What is wrong with a year's periods, in the order given: inside the year, one after the other, codes apart. */
export function periodProblems(year: Span, periods: readonly PeriodRow[]): Problem[] {
  if (periods.length === 0) return [{ field: "code_1", text: "Une année compte au moins une période." }]
  const problems: Problem[] = []
  for (const [n, period] of periods.entries()) {
    const before = periods[n - 1]
    const { row, code, starts_on, ends_on } = period
    if (periods.some((other) => other.row < row && other.code === code)) {
      problems.push({ field: `code_${row}`, text: `Le code ${code} est donné deux fois.` })
    }
    if (ends_on < starts_on) {
      problems.push({ field: `ends_${row}`, text: `${period.label} : la fin est avant le début.` })
    } else if (starts_on < year.starts_on || ends_on > year.ends_on) {
      const field = starts_on < year.starts_on ? `starts_${row}` : `ends_${row}`
      problems.push({ field, text: `${period.label} sort de l’année scolaire.` })
    } else if (before && starts_on <= before.ends_on) {
      const text =
        ends_on < before.starts_on
          ? `${period.label} vient avant ${before.label} : rangez les périodes dans l’ordre.`
          : `${period.label} commence avant la fin de ${before.label}.`
      problems.push({ field: `starts_${row}`, text })
    }
  }
  if (periods.every(({ weight }) => weight === 0)) {
    problems.push({ field: `weight_${periods[0]?.row}`, text: "Une période au moins doit avoir un poids." })
  }
  return problems
}

/** A logo drawn for print may be heavy; what is kept of it weighs 20 kB at most. */
export const MOST_LOGO_BYTES = 5_000_000
