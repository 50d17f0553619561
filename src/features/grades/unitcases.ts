import { weightedMean } from "./annual.ts"
import { examRescue } from "./exam.ts"
import {
  type Fraction,
  fraction,
  fractionText,
  french,
  parseFraction,
  plainText,
  roundHalfUp,
  shown,
  unitsText,
} from "./fraction.ts"
import { type MarkReading, readMark } from "./marking.ts"
import { ordinal, rank, rankLabel, type Sex } from "./ranking.ts"

// Files of single cases: each list holds questions and, under `expected`, their answer.

type Case = Record<string, unknown> & { expected?: unknown }
type Cases = Record<string, Case[]>
type Typed = { typed: string; max?: string }

const MARKS_ON = "20"
const mean = (values: Fraction[], weights: number[]): Fraction =>
  weightedMean(values.map((value, i) => ({ value, weight: fraction(weights[i] ?? 1) }))) as Fraction
const numbers = (texts: unknown) => (texts as string[]).map(parseFraction)

const answers: Record<string, (asked: Case) => Partial<Case>> = {
  rounding_half_up: ({ value, decimals }) => ({
    expected: unitsText(roundHalfUp(parseFraction(String(value)), Number(decimals)), Number(decimals)),
  }),
  subject_average_1_2: ({ classe, compo }) => {
    const average = mean(numbers([classe, compo]), [1, 2])
    return { expected: shown(average, 2).text, exact: fractionText(average) }
  },
  rank_ordinals: ({ averages }) => ({
    expected: rank(
      numbers(averages).map((average) => shown(average, 2)),
      { method: "competition", compare: "displayed" },
    ).map((place) => rankLabel(place)),
  }),
  exam_rescue_mali: ({ exam, annual }) => ({
    expected: examRescue(parseFraction(String(exam)), annual === null ? null : parseFraction(String(annual))),
  }),
  period_annual_lycee: ({ p1, p2 }) => ({ expected: shown(mean(numbers([p1, p2]), [1, 1]), 2).text }),
  weighted_annual_1_2_2: ({ t }) => ({ expected: shown(mean(numbers(t), [1, 2, 2]), 2).text }),
  mark_entry_parsing: (asked) => {
    const { typed, max = MARKS_ON } = asked as Typed
    return { expected: readingText(readMark(typed, { max: roundHalfUp(parseFraction(max), 2) }), typed, max) }
  },
  ordinals_fr: ({ n, sex }) => ({ expected: ordinal(Number(n), sex as Sex) }),
}

/** Whether a document is made of such lists. */
export function isUnitCases(json: unknown): json is Cases {
  if (typeof json !== "object" || json === null || "input" in json) return false
  return Object.entries(json).some(([name, cases]) => name in answers && Array.isArray(cases))
}

/** The same document with every answer worked out anew; lists of an unknown kind are left out. */
export function gradeUnitCases(cases: Cases): Cases {
  const known = Object.entries(cases).filter(([name]) => name in answers)
  return Object.fromEntries(
    known.map(([name, list]) => [
      name,
      list.map((asked) => ({ ...asked, ...(answers[name] as (asked: Case) => Partial<Case>)(asked) })),
    ]),
  )
}

/** A reading in the short form of these files: "14 (7 on 10)", "ABS_NJ?ask", "ERROR:>20 (12,5?)". */
function readingText(reading: MarkReading, typed: string, max: string): string {
  if (reading.kind === "status") return reading.status
  if (reading.kind === "ask") return "ABS_NJ?ask"
  if (reading.kind === "value") {
    const value = plainText(fraction(reading.hundredths, 100))
    return reading.note ? `${value} (${reading.note})` : value
  }
  const meant = reading.suggestion ? ` (${french(reading.suggestion)}?)` : ""
  const decimals = /[.,]\s*(\d+)/.exec(typed)?.[1]?.length
  const said = {
    above_max: `>${max}`,
    negative: "<0",
    letter_o: "letter O",
    too_many_decimals: `${decimals} decimals`,
    unreadable: "unreadable",
  }
  return `ERROR:${said[reading.reason]}${meant}`
}
