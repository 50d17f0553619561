import { type Assessment, codeOf, type Id, rulesOf } from "./averages.ts"
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  fractionText,
  isZero,
  multiply,
  parseFraction,
  plainText,
  type Shown,
  shown,
  ZERO,
} from "./fraction.ts"
import type { Mark, PeriodResult } from "./period.ts"
import type { GradingProfile, Status } from "./profile.ts"
import type { StudentResult, Subject } from "./student.ts"

// How an average was made, step by step, for the page that an average links to. The steps are worked out again from
// the marks with fractions only, apart from the quick calculation of a whole class: the two must agree.
// Texts have a point for decimal separator; a value that no decimal says exactly is a fraction, "43/3".

export type MarkStep = {
  assessment: Id
  /** in hundredths, null with a status */
  value: number | null
  max: number
  status: Status | null
  /** what the profile makes of it: a mark that counts, a zero, nothing, or a subject that must wait */
  use: "counted" | "zero" | "excluded" | "incomplete"
  /** brought to the profile's scale; null when it does not count */
  onScale: string | null
  weight: string
}

export type CategoryStep = {
  code: string
  label: string
  weight: string
  marks: MarkStep[]
  /** Σ mark × weight, and Σ weight, of the marks that count */
  sum: string
  weights: string
  average: Shown | null
}

export type SubjectExplanation = {
  subject: string
  status: "OK" | "DISPENSE" | "NON_NOTE" | "INCOMPLET"
  categories: CategoryStep[]
  /** Σ category average × weight, and Σ weight, of the categories that have one */
  sum: string
  weights: string
  average: Shown | null
  coefficient: string
  /** the general average takes `average × coefficient`, or for an optional subject what exceeds the threshold */
  optional: { threshold: string } | null
  points: Shown | null
  decimals: number
  /** true when each step is rounded before the next, false when only what is shown is */
  eachStage: boolean
}

export type SubjectQuestion = {
  profile: GradingProfile
  subject: Subject
  /** those of the class, period and subject, in the order to show */
  assessments: readonly Assessment[]
  /** of the one student */
  marks: Iterable<Pick<Mark, "assessment" | "value" | "status">>
  exempt: boolean
}

/** The steps of one student's average in one subject (domain.md §3.2, steps 1 to 4). */
export function explainSubject(question: SubjectQuestion): SubjectExplanation {
  const { profile, subject, exempt } = question
  const rules = rulesOf(profile)
  const given = new Map([...question.marks].map((mark) => [mark.assessment, mark]))
  const round = (exact: Fraction): Shown => rounded(profile, exact)
  const categories = profile.categories.map((category): CategoryStep => {
    const mine = question.assessments.filter(
      (assessment) => assessment.subject === subject.code && assessment.category === category.code,
    )
    const steps = mine.map((assessment) => markStep(profile, assessment, given.get(assessment.id)))
    const counted = steps.filter((step) => step.scaled !== null)
    const sum = total(counted.map((step) => multiply(step.scaled as Fraction, step.weight)))
    const weights = total(counted.map((step) => step.weight))
    return {
      code: category.code,
      label: category.label ?? category.code,
      weight: category.weight,
      marks: steps.map((step) => step.shown),
      sum: plainText(sum),
      weights: plainText(weights),
      average: exempt || isZero(weights) ? null : round(divide(sum, weights)),
    }
  })
  const shares = profile.categories.map((category) => parseFraction(category.weight))
  const present = categories.flatMap(({ average }, i) =>
    average && !isZero(shares[i] as Fraction)
      ? [{ average: average.exact, weight: shares[i] as Fraction }]
      : [],
  )
  const sum = total(present.map(({ average, weight }) => multiply(average, weight)))
  const weights = total(present.map(({ weight }) => weight))
  const status = exempt ? "DISPENSE" : statusOf(profile, categories, present.length)
  const average = status === "OK" ? round(divide(sum, weights)) : null
  const counting = subject.optional ? above(average, rules.bonusAbove) : (average?.exact ?? null)
  return {
    subject: subject.code,
    status,
    categories,
    sum: plainText(sum),
    weights: plainText(weights),
    average,
    coefficient: plainText(subject.coefficient),
    optional: subject.optional ? { threshold: profile.optional.threshold } : null,
    points: counting && round(multiply(counting, subject.coefficient)),
    decimals: profile.rounding.decimals,
    eachStage: profile.rounding.stage === "each_stage",
  }
}

function rounded(profile: GradingProfile, exact: Fraction): Shown {
  const { decimals, stage } = profile.rounding
  const value = shown(exact, decimals)
  return stage === "each_stage" ? { ...value, exact: fraction(value.rounded, 10 ** decimals) } : value
}

function above(average: Shown | null, threshold: Fraction): Fraction | null {
  if (!average) return null
  return compare(average.exact, threshold) > 0 ? add(average.exact, multiply(threshold, fraction(-1))) : ZERO
}

const total = (terms: Fraction[]) => terms.reduce(add, ZERO)

function statusOf(
  profile: GradingProfile,
  categories: CategoryStep[],
  present: number,
): "OK" | "NON_NOTE" | "INCOMPLET" {
  if (present === 0) return "NON_NOTE"
  const waiting = categories.some(({ marks }) => marks.some((mark) => mark.use === "incomplete"))
  const lacking = categories.some(({ average, weight }) => average === null && Number(weight) > 0)
  return waiting || (lacking && profile.missing_category === "require") ? "INCOMPLET" : "OK"
}

function markStep(
  profile: GradingProfile,
  assessment: Assessment,
  mark: Pick<Mark, "value" | "status"> | undefined,
): { scaled: Fraction | null; weight: Fraction; shown: MarkStep } {
  const value = mark?.value ?? null
  const status = value === null ? (mark?.status ?? "NE") : null
  const policy = status && rulesOf(profile).policy(codeOf(status))
  const use = policy === null ? "counted" : policy === "exclude" ? "excluded" : policy
  const scaled =
    use === "counted"
      ? divide(multiply(fraction(value ?? 0), rulesOf(profile).max), fraction(assessment.max))
      : use === "zero"
        ? ZERO
        : null
  return {
    scaled,
    weight: assessment.weight,
    shown: {
      assessment: assessment.id,
      value,
      max: assessment.max,
      status,
      use,
      onScale: scaled && plainText(scaled),
      weight: plainText(assessment.weight),
    },
  }
}

export type GeneralExplanation = {
  /** what enters the sum: subjects with an average, conduct where it counts */
  terms: { subject: string; average: Shown; coefficient: string; points: Shown }[]
  conduct: { mark: Shown; coefficient: string; points: Shown } | null
  /** optional subjects: points without a coefficient */
  bonuses: { subject: string; average: Shown; threshold: string; points: Shown }[]
  /** subjects that do not enter, and why */
  out: { subject: string; status: "DISPENSE" | "NON_NOTE" | "INCOMPLET" }[]
  /** exact: Σ points, the bonus, Σ coefficients, their quotient before any cap or rounding */
  points: string
  bonus: string
  coefficients: string
  quotient: string | null
  /** the quotient went above the scale and was brought back to it */
  capped: boolean
  general: Shown | null
  eachStage: boolean
}

/** The steps of one student's general average (domain.md §3.2, step 5). */
export function explainGeneral({ profile }: PeriodResult, student: StudentResult): GeneralExplanation {
  const made = student.lines.flatMap((line) =>
    line.average && line.points ? [{ ...line, average: line.average, points: line.points }] : [],
  )
  const terms = made.filter((line) => !line.optional)
  const bonuses = made.filter((line) => line.optional)
  const conduct = student.conduct?.points
    ? {
        mark: student.conduct.mark,
        coefficient: plainText(student.conduct.coefficient),
        points: student.conduct.points,
      }
    : null
  const points = add(
    total(terms.map((line) => line.points.exact)),
    conduct ? conduct.points.exact : ZERO, //
  )
  const bonus = total(bonuses.map((line) => line.points.exact))
  const quotient = isZero(student.totalCoefficients)
    ? null
    : divide(add(points, bonus), student.totalCoefficients)
  return {
    terms: terms.map((line) => ({
      subject: line.subject,
      average: line.average,
      coefficient: plainText(line.coefficient),
      points: line.points,
    })),
    conduct,
    bonuses: bonuses.map((line) => ({
      subject: line.subject,
      average: line.average,
      threshold: profile.optional.threshold,
      points: line.points,
    })),
    out: student.lines.flatMap((line) =>
      line.status === "OK" ? [] : [{ subject: line.subject, status: line.status }],
    ),
    points: fractionText(points),
    bonus: fractionText(bonus),
    coefficients: plainText(student.totalCoefficients),
    quotient: quotient && fractionText(quotient),
    capped: quotient !== null && compare(quotient, rulesOf(profile).max) > 0,
    general: student.general,
    eachStage: profile.rounding.stage === "each_stage",
  }
}
