import { type Thresholds, thresholds } from "./awards.ts"
import {
  add,
  divide,
  type Fraction,
  fraction,
  fromUnits,
  multiply,
  parseFraction,
  type Shown,
  shown,
  ZERO,
} from "./fraction.ts"
import type { GradingProfile, Status } from "./profile.ts"

export type Id = string | number

/** An assessment of one period. `max` in hundredths (20 is 2000); `weight` inside its category. */
export type Assessment = { id: Id; subject: string; category: string; max: number; weight: Fraction }

// A class is held as one row of integers per student, one column per assessment: the mark in hundredths, or a
// negative code for a status.
export const NOT_ENTERED = -1
const CODES: Record<Status, number> = { NE: NOT_ENTERED, ABS_J: -2, ABS_NJ: -3, DISP: -4 }
const STATUS_OF: Record<number, Status> = { [-1]: "NE", [-2]: "ABS_J", [-3]: "ABS_NJ", [-4]: "DISP" }

export const codeOf = (status: Status): number => CODES[status]
export const statusOf = (code: number): Status => STATUS_OF[code] ?? "NE"

/** A profile made ready for computing: numbers as fractions, thresholds as rounded units. */
export type Rules = Thresholds & {
  profile: GradingProfile
  decimals: number
  eachStage: boolean
  max: Fraction
  /** of the categories, as integers in the same proportions */
  weights: number[]
  bonusAbove: Fraction
  minShare: Fraction
  conductCoefficient: Fraction
  policy: (code: number) => "exclude" | "zero" | "incomplete"
}

const compiled = new WeakMap<GradingProfile, Rules>()

/** Compiled once per profile object; a profile is never changed in place. */
export function rulesOf(profile: GradingProfile): Rules {
  let rules = compiled.get(profile)
  if (!rules) {
    rules = {
      ...thresholds(profile),
      profile,
      decimals: profile.rounding.decimals,
      eachStage: profile.rounding.stage === "each_stage",
      max: parseFraction(profile.scale.max),
      weights: toIntegers(profile.categories.map((category) => parseFraction(category.weight))).integers,
      bonusAbove: parseFraction(profile.optional.threshold),
      minShare: parseFraction(profile.rank.min_coef_share),
      conductCoefficient: parseFraction(profile.conduct.coef),
      policy: (code) => profile.absence[statusOf(code)],
    }
    compiled.set(profile, rules)
  }
  return rules
}

/** An exact value with what is read of it, rounded already here when the profile rounds at each stage. */
export function stage(rules: Rules, exact: Fraction): Shown {
  const value = shown(exact, rules.decimals)
  return rules.eachStage ? { ...value, exact: fromUnits(value.rounded, rules.decimals) } : value
}

/**
 * The assessments of one category of one subject, with integers in place of fractions: a category's average is
 * Σ mark × times / (over × Σ weight), marks in hundredths.
 */
type Basket = { columns: number[]; times: number[]; weights: number[]; over: number }
export type SubjectPlan = { columns: number[]; baskets: (Basket | null)[] }

/** What one subject's average is made from; `column` says where each assessment stands in a student's row. */
export function planSubject(
  rules: Rules,
  assessments: readonly Assessment[],
  column: (id: Id) => number,
): SubjectPlan {
  return {
    columns: assessments.map((assessment) => column(assessment.id)),
    baskets: rules.profile.categories.map((category) => {
      const mine = assessments.filter((assessment) => assessment.category === category.code)
      return mine.length === 0 ? null : basket(rules, mine, column)
    }),
  }
}

function basket(rules: Rules, assessments: readonly Assessment[], column: (id: Id) => number): Basket {
  const scaled = assessments.map((assessment) =>
    multiply(assessment.weight, divide(rules.max, fraction(assessment.max, 100))),
  )
  const weights = toIntegers(assessments.map((assessment) => assessment.weight))
  const times = toIntegers(scaled)
  // Σ mark·times/common(times) ÷ Σ weight/common(weights), and hundredths to units: one fixed ratio for all.
  const ratio = divide(fraction(weights.common), fraction(times.common * 100))
  return {
    columns: assessments.map((assessment) => column(assessment.id)),
    times: times.integers.map((n) => safe(n * Number(ratio.n))),
    weights: weights.integers,
    over: safe(Number(ratio.d)),
  }
}

/** The fractions as integers over their common denominator. */
function toIntegers(fractions: readonly Fraction[]): { integers: number[]; common: number } {
  // d / gcd(n, d) of n/d is the reduced denominator, so the product of two of them reduces to their lcm.
  const common = fractions.reduce((lcm, f) => safe(lcm * Number(fraction(lcm, f.d).d)), 1)
  return { integers: fractions.map((f) => safe(Number(multiply(f, fraction(common)).n))), common }
}

function safe(n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError("weights too fine to be computed exactly")
  return n
}

export type SubjectAverage = {
  status: "OK" | "NON_NOTE" | "INCOMPLET"
  categories: (Shown | null)[]
  average: Shown | null
  /** some mark of the subject is not entered */
  waiting: boolean
  /** the columns that hold a status in place of a mark */
  statuses: number[]
}

const NONE: number[] = []

/**
 * Steps 1 to 3 of domain.md §3.2 for one student and subject. `row` holds the student's marks from `offset` on.
 * INCOMPLET (no average, the coefficient leaves): a status whose policy is `incomplete`, or an empty category under
 * `require`. NON_NOTE: nothing counts at all.
 */
export function averageSubject(
  rules: Rules,
  plan: SubjectPlan,
  row: ArrayLike<number>,
  offset = 0,
): SubjectAverage {
  let incomplete = false
  let waiting = false
  let statuses = NONE
  for (const column of plan.columns) {
    const mark = row[offset + column] as number
    if (mark >= 0) continue
    if (statuses === NONE) statuses = []
    statuses.push(column)
    if (mark === NOT_ENTERED) waiting = true
    if (rules.policy(mark) === "incomplete") incomplete = true
  }

  const categories: (Shown | null)[] = []
  let counted = false
  for (let i = 0; i < plan.baskets.length; i++) {
    const average = averageBasket(rules, plan.baskets[i] as Basket | null, row, offset)
    categories.push(average)
    if (rules.weights[i] === 0) continue
    if (average !== null) counted = true
    else if (rules.profile.missing_category === "require") incomplete = true
  }
  if (!counted) return { status: "NON_NOTE", categories, average: null, waiting, statuses }
  if (incomplete) return { status: "INCOMPLET", categories, average: null, waiting, statuses }
  return {
    status: "OK",
    categories,
    average: stage(rules, meanOf(categories, rules.weights)),
    waiting,
    statuses,
  }
}

/** Σ average × weight / Σ weight over the categories that have one. */
function meanOf(categories: readonly (Shown | null)[], weights: readonly number[]): Fraction {
  // All terms are positive, so if the last product is a safe integer every one before it was.
  let n = 0
  let d = 1
  let weight = 0
  for (let i = 0; i < categories.length; i++) {
    const exact = categories[i]?.exact
    if (!exact) continue
    n = n * Number(exact.d) + d * Number(exact.n) * (weights[i] as number)
    d *= Number(exact.d)
    weight += weights[i] as number
  }
  if (Number.isSafeInteger(n) && Number.isSafeInteger(d * weight)) return fraction(n, d * weight)
  const terms = categories.map((average, i) =>
    average ? multiply(average.exact, fraction(weights[i] as number)) : ZERO,
  )
  return divide(terms.reduce(add, ZERO), fraction(weight))
}

function averageBasket(
  rules: Rules,
  basket: Basket | null,
  row: ArrayLike<number>,
  offset: number,
): Shown | null {
  if (basket === null) return null
  let sum = 0
  let weight = 0
  for (let i = 0; i < basket.columns.length; i++) {
    const mark = row[offset + (basket.columns[i] as number)] as number
    if (mark < 0 && rules.policy(mark) !== "zero") continue
    weight += basket.weights[i] as number
    if (mark > 0) sum += mark * (basket.times[i] as number)
  }
  return weight === 0 ? null : stage(rules, fraction(sum, basket.over * weight))
}
