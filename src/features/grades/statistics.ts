import type { Rules } from "./averages.ts"
import { add, divide, type Fraction, fraction, type Shown, shown, ZERO } from "./fraction.ts"
import type { Subject } from "./student.ts"

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

/** `averages` holds one list per subject, in the same order: an entry per student, null for no average. */
export function subjectStats(
  rules: Rules,
  subjects: readonly Subject[],
  averages: readonly (readonly (Shown | null)[])[],
): Map<string, SubjectStats> {
  return new Map(
    subjects.map((subject, s) => {
      const some = (averages[s] ?? []).filter((average) => average !== null)
      return [subject.code, { ...spread(rules, some), n: some.length }]
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
  const byDenominator = new Map<number | bigint, Fraction[]>()
  for (const { exact } of averages) {
    const same = byDenominator.get(exact.d)
    if (same) same.push(exact)
    else byDenominator.set(exact.d, [exact])
  }
  let total = ZERO
  for (const [d, same] of byDenominator) {
    let n = 0
    for (const exact of same) n += Number(exact.n)
    const together =
      Number.isSafeInteger(n) && typeof d === "number" ? fraction(n, d) : same.reduce(add, ZERO)
    total = add(total, together)
  }
  return total
}
