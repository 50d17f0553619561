import {
  type Assessment,
  averageSubject,
  type Id,
  type Rules,
  type SubjectPlan,
  stage,
  statusOf,
} from "./averages.ts"
import { awardOf, labelOf } from "./awards.ts"
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  isZero,
  multiply,
  type Shown,
  shown,
  smaller,
  subtract,
  ZERO,
} from "./fraction.ts"
import type { Status } from "./profile.ts"
import type { Rank, Sex } from "./ranking.ts"

/** `optional` is the bonus kind: points above a threshold, coefficient never added. `group` is a group's code. */
export type Subject = { code: string; coefficient: Fraction; optional?: boolean; group?: string | null }
/** `conduct` in hundredths; `exempt` lists the codes of the subjects the student is dispensed from this period. */
export type PeriodStudent = { id: Id; sex: Sex | null; conduct: number | null; exempt: readonly string[] }

export type SubjectLine = {
  subject: string
  /** only OK has an average; DISPENSE is an exemption, INCOMPLET waits for a mark or lacks a required category */
  status: "OK" | "DISPENSE" | "NON_NOTE" | "INCOMPLET"
  /** in the order of the profile's categories; empty for DISPENSE */
  categories: (Shown | null)[]
  average: Shown | null
  /** what enters Σ coefficients: zero when the subject is out or only a bonus */
  coefficient: Fraction
  optional: boolean
  points: Shown | null
  rank: Rank | null
  appreciation: string | null
  /** assessments that hold a status in place of a mark */
  flags: readonly { assessment: Id; status: Status }[]
}

export type GroupLine = { group: string; points: Shown; coefficient: Fraction; average: Shown | null }

export type StudentResult = {
  student: Id
  sex: Sex | null
  lines: SubjectLine[]
  /** null when the profile has none or the mark is missing; points only where conduct counts as a subject */
  conduct: { mark: Shown; coefficient: Fraction; points: Shown | null } | null
  groups: GroupLine[]
  /** Σ points without the bonus */
  totalPoints: Shown
  bonus: Shown
  totalCoefficients: Fraction
  /** null when no subject counts, or when the profile shows no general average */
  general: Shown | null
  /** null for « non classé », and when the profile shows no rank */
  rank: Rank | null
  outOf: number
  /** a mark is still not entered */
  provisional: boolean
  mention: string | null
  award: string | null
}

/** A class made ready: which columns make each subject, which subjects make each group. */
export type ClassPlan = {
  rules: Rules
  assessments: readonly Assessment[]
  subjects: { subject: Subject; plan: SubjectPlan }[]
  groups: { code: string; members: number[]; conduct: boolean }[]
}

/** One student's whole period, but for ranks, which need the others. The student's marks start at `offset`. */
export function gradeStudent(
  plan: ClassPlan,
  student: PeriodStudent,
  marks: Float64Array,
  offset: number,
): StudentResult {
  const { rules } = plan
  const { profile } = rules
  let points = ZERO
  let bonus = ZERO
  let coefficients = ZERO
  let counted = false
  let provisional = false
  const lines: SubjectLine[] = []
  for (const { subject, plan: subjectPlan } of plan.subjects) {
    if (student.exempt.includes(subject.code)) {
      lines.push(exemptLine(subject))
      continue
    }
    const made = averageSubject(rules, subjectPlan, marks, offset)
    if (made.waiting) provisional = true
    const optional = subject.optional === true
    const line: SubjectLine = {
      subject: subject.code,
      status: made.status,
      categories: made.categories,
      average: made.average,
      coefficient: ZERO,
      optional,
      points: null,
      rank: null,
      appreciation: made.average && labelOf(rules.appreciations, made.average.rounded),
      flags:
        made.statuses.length === 0
          ? NO_FLAGS
          : made.statuses.map((column) => ({
              assessment: (plan.assessments[column] as Assessment).id,
              status: statusOf(marks[offset + column] as number),
            })),
    }
    lines.push(line)
    if (made.average === null) continue
    if (optional) {
      line.points = bonusPoints(rules, made.average, subject.coefficient)
      bonus = add(bonus, line.points.exact)
    } else {
      line.points = stage(rules, multiply(made.average.exact, subject.coefficient))
      line.coefficient = subject.coefficient
      points = add(points, line.points.exact)
      coefficients = add(coefficients, subject.coefficient)
      if (!isZero(subject.coefficient)) counted = true
    }
  }
  const conduct = gradeConduct(rules, student.conduct)
  if (conduct?.points) {
    points = add(points, conduct.points.exact)
    coefficients = add(coefficients, conduct.coefficient)
  }
  const general =
    profile.output.average && counted && !isZero(coefficients)
      ? stage(rules, smaller(divide(add(points, bonus), coefficients), rules.max))
      : null
  const result: StudentResult = {
    student: student.id,
    sex: student.sex,
    lines,
    conduct,
    groups: plan.groups.map((group) => gradeGroup(rules, group, lines, conduct)),
    totalPoints: shown(points, rules.decimals),
    bonus: shown(bonus, rules.decimals),
    totalCoefficients: coefficients,
    general,
    rank: null,
    outOf: 0,
    provisional,
    mention: general && labelOf(rules.mentions, general.rounded),
    award: null,
  }
  if (general) {
    const mark = profile.conduct.mode === "none" ? undefined : (conduct?.mark.rounded ?? null)
    result.award = awardOf(rules.awards, general.rounded, mark, () => countedAverages(lines))
  }
  return result
}

const NO_FLAGS: SubjectLine["flags"] = []

const countedAverages = (lines: SubjectLine[]): Shown[] =>
  lines.flatMap((line) => (line.average && !line.optional ? [line.average] : []))

const exemptLine = (subject: Subject): SubjectLine => ({
  subject: subject.code,
  status: "DISPENSE",
  categories: [],
  average: null,
  coefficient: ZERO,
  optional: subject.optional === true,
  points: null,
  rank: null,
  appreciation: null,
  flags: NO_FLAGS,
})

/** What an optional subject adds: (average − threshold) × coefficient, never below zero. */
export function bonusPoints(rules: Rules, average: Shown, coefficient: Fraction): Shown {
  const above = subtract(average.exact, rules.bonusAbove)
  return stage(rules, compare(above, ZERO) > 0 ? multiply(above, coefficient) : ZERO)
}

function gradeConduct(rules: Rules, hundredths: number | null): StudentResult["conduct"] {
  const { mode } = rules.profile.conduct
  if (mode === "none" || hundredths === null) return null
  const mark = shown(fraction(hundredths, 100), rules.decimals)
  if (mode === "displayed") return { mark, coefficient: ZERO, points: null }
  const coefficient = rules.conductCoefficient
  return { mark, coefficient, points: stage(rules, multiply(mark.exact, coefficient)) }
}

function gradeGroup(
  rules: Rules,
  group: ClassPlan["groups"][number],
  lines: SubjectLine[],
  conduct: StudentResult["conduct"],
): GroupLine {
  let points = ZERO
  let coefficient = ZERO
  for (const index of group.members) {
    const line = lines[index] as SubjectLine
    if (!line.points) continue
    points = add(points, line.points.exact)
    coefficient = add(coefficient, line.coefficient)
  }
  if (group.conduct && conduct?.points) {
    points = add(points, conduct.points.exact)
    coefficient = add(coefficient, conduct.coefficient)
  }
  return {
    group: group.code,
    points: shown(points, rules.decimals),
    coefficient,
    average: isZero(coefficient) ? null : stage(rules, divide(points, coefficient)),
  }
}
