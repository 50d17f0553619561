import { type Id, rulesOf } from "./averages.ts"
import { decisionOf, labelOf } from "./awards.ts"
import {
  add,
  divide,
  type Fraction,
  fromUnits,
  multiply,
  parseFraction,
  type Shown,
  shown,
  ZERO,
} from "./fraction.ts"
import type { GradingProfile } from "./profile.ts"
import { type Rank, rank, type Sex } from "./ranking.ts"
import { type PeriodStats, periodStats } from "./statistics.ts"

export type YearStudent = { id: Id; sex: Sex | null; repeating: boolean }

export type YearInput = {
  profile: GradingProfile
  students: readonly YearStudent[]
  /** The general average of a student in a period (its code), null where there is none. */
  averageOf: (period: string, student: Id) => Shown | null
}

export type YearLine = {
  student: Id
  sex: Sex | null
  periods: { code: string; average: Shown | null }[]
  /** periods without an average: the council must see an arrival in the year */
  missing: string[]
  average: Shown | null
  rank: Rank | null
  mention: string | null
  decision: string | null
}

export type YearResult = { students: YearLine[]; byStudent: Map<Id, YearLine>; stats: PeriodStats | null }

/**
 * The weighted mean of the period averages, from what was displayed or from the exact ones, and the decision it
 * proposes (domain.md §3.1 `annual`, `decisions`). Null when the profile makes no annual average.
 */
export function gradeYear({ profile, students, averageOf }: YearInput): YearResult | null {
  if (!profile.annual) return null
  const { use, missing_period } = profile.annual
  const rules = rulesOf(profile)
  const periods = profile.periods.map((period) => ({
    code: period.code,
    weight: parseFraction(period.weight),
  }))
  const lines = students.map((student): YearLine => {
    const averages = periods.map(({ code }) => ({ code, average: averageOf(code, student.id) }))
    const missing = averages.filter(({ average }) => average === null).map(({ code }) => code)
    const terms = averages.map(({ average }, p): Term => {
      const weight = (periods[p] as { weight: Fraction }).weight
      if (average === null) return { value: null, weight }
      return {
        value: use === "exact" ? average.exact : fromUnits(average.rounded, rules.decimals),
        weight,
      }
    })
    const mean = weightedMean(terms, missing_period)
    const average = mean && shown(mean, rules.decimals)
    return {
      student: student.id,
      sex: student.sex,
      periods: averages,
      missing,
      average,
      rank: null,
      mention: average && labelOf(rules.mentions, average.rounded),
      decision: decisionOf(rules.decisions, average?.rounded ?? null, student.repeating),
    }
  })
  const averages = lines.map((line) => line.average)
  if (profile.output.rank) {
    rank(averages, profile.rank).forEach((place, i) => {
      ;(lines[i] as YearLine).rank = place
    })
  }
  return {
    students: lines,
    byStudent: new Map(lines.map((line) => [line.student, line])),
    stats: profile.output.stats
      ? periodStats(
          rules,
          students.length,
          averages.filter((average) => average !== null),
        )
      : null,
  }
}

export type Term = { value: Fraction | null; weight: Fraction }

/**
 * Σ value × weight / Σ weight. Where a value is missing: left out (`renormalise`), no mean at all (`incomplete`), or
 * counted as zero. Null when nothing is there to average.
 */
export function weightedMean(
  terms: readonly Term[],
  missing: "renormalise" | "incomplete" | "zero" = "renormalise",
): Fraction | null {
  let sum = ZERO
  let weight = ZERO
  let present = false
  for (const term of terms) {
    if (term.weight.n === 0) continue
    if (term.value === null) {
      if (missing === "incomplete") return null
      if (missing === "renormalise") continue
    } else {
      present = true
      sum = add(sum, multiply(term.value, term.weight))
    }
    weight = add(weight, term.weight)
  }
  return present ? divide(sum, weight) : null
}
