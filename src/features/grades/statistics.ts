import type { Rules } from "./averages.ts"
import { add, divide, type Fraction, fraction, type Shown, shown, ZERO } from "./fraction.ts"
import type { StudentResult, Subject } from "./period.ts"

/** Over the ranked students; `enrolled` counts everybody. All null, and counts zero, in an empty class. */
export type PeriodStats = {
  enrolled: number
  ranked: number
  mean: Shown | null
  highest: Shown | null
  lowest: Shown | null
  /** how many reach the pass mark, as displayed */
  passed: number
}
/** Over the students who have an average in the subject. */
export type SubjectStats = { mean: Shown | null; highest: Shown | null; lowest: Shown | null; n: number }

/** The mean is that of the exact averages, rounded once (domain.md §3.2, step 8). */
export function periodStats(rules: Rules, enrolled: number, averages: readonly Shown[]): PeriodStats {
  return {
    enrolled,
    ranked: averages.length,
    ...spread(rules, averages),
    passed: averages.filter((average) => average.rounded >= rules.pass).length,
  }
}

export function subjectStats(
  rules: Rules,
  subjects: readonly Subject[],
  students: readonly StudentResult[],
): Map<string, SubjectStats> {
  return new Map(
    subjects.map((subject, s) => {
      const averages = students.flatMap((student) => student.lines[s]?.average ?? [])
      return [subject.code, { ...spread(rules, averages), n: averages.length }]
    }),
  )
}

function spread(
  rules: Rules,
  averages: readonly Shown[],
): { mean: Shown | null; highest: Shown | null; lowest: Shown | null } {
  const [first] = averages
  if (!first) return { mean: null, highest: null, lowest: null }
  let highest = first
  let lowest = first
  for (const average of averages) {
    if (average.rounded > highest.rounded) highest = average
    if (average.rounded < lowest.rounded) lowest = average
  }
  const mean = divide(sum(averages), fraction(averages.length))
  return { mean: shown(mean, rules.decimals), highest, lowest }
}

/** Adds by denominator first: a class has thousands of averages over few denominators. */
function sum(averages: readonly Shown[]): Fraction {
  const byDenominator = new Map<number | bigint, Fraction>()
  for (const { exact } of averages) {
    byDenominator.set(exact.d, add(byDenominator.get(exact.d) ?? { n: 0, d: 1 }, exact))
  }
  return [...byDenominator.values()].reduce(add, ZERO)
}
