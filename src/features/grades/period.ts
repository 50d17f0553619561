import { type Assessment, codeOf, type Id, NOT_ENTERED, planSubject, rulesOf } from "./averages.ts"
import { add, compare, multiply, ZERO } from "./fraction.ts"
import { CONDUCT, type GradingProfile, type Status } from "./profile.ts"
import { rank } from "./ranking.ts"
import { type PeriodStats, periodStats, type SubjectStats, subjectStats } from "./statistics.ts"
import {
  type ClassPlan,
  gradeStudent,
  type PeriodStudent,
  type StudentResult,
  type Subject,
  type SubjectLine,
} from "./student.ts"

/** `value` in hundredths on the assessment's own scale; null with a status, and null without one is not entered. */
export type Mark = { student: Id; assessment: Id; value: number | null; status: Status | null }

export type PeriodInput = {
  profile: GradingProfile
  subjects: readonly Subject[]
  /** those of this class and period */
  assessments: readonly Assessment[]
  /** those enrolled in this period */
  students: readonly PeriodStudent[]
  marks: Iterable<Mark>
}

export type PeriodResult = {
  profile: GradingProfile
  /** in the order of the input */
  students: StudentResult[]
  byStudent: Map<Id, StudentResult>
  provisional: boolean
  /** null when the profile shows no statistics */
  stats: PeriodStats | null
  subjectStats: Map<string, SubjectStats>
}

/** Everything a class's bulletins say of one period (domain.md §3.2, steps 1 to 8). */
export function gradePeriod(input: PeriodInput): PeriodResult {
  const plan = planClass(input)
  const { rules } = plan
  const { output } = input.profile
  const width = input.assessments.length
  const marks = tabulate(input, width)
  const students = input.students.map((student, i) => gradeStudent(plan, student, marks, i * width))

  const averages = plan.subjects.map((_, s) => students.map((student) => averageIn(student, s)))
  if (output.rank) {
    averages.forEach((ofSubject, s) => {
      const places = rank(ofSubject, input.profile.rank)
      for (let i = 0; i < students.length; i++)
        lineOf(students[i] as StudentResult, s).rank = places[i] ?? null
    })
  }
  const ranked = students.map((student, i) =>
    isRanked(plan, student, input.students[i] as PeriodStudent) ? student.general : null,
  )
  const classed = ranked.filter((average) => average !== null)
  const places = output.rank ? rank(ranked, input.profile.rank) : []
  students.forEach((student, i) => {
    student.rank = places[i] ?? null
    student.outOf = classed.length
  })
  return {
    profile: input.profile,
    students,
    byStudent: new Map(students.map((student) => [student.student, student])),
    provisional: students.some((student) => student.provisional),
    stats: output.stats ? periodStats(rules, students.length, classed) : null,
    subjectStats: output.stats ? subjectStats(rules, input.subjects, averages) : new Map(),
  }
}

const lineOf = (student: StudentResult, subject: number) => student.lines[subject] as SubjectLine
const averageIn = (student: StudentResult, subject: number) => lineOf(student, subject).average

function planClass({ profile, subjects, assessments }: PeriodInput): ClassPlan {
  const rules = rulesOf(profile)
  const columns = new Map(assessments.map((assessment, index) => [assessment.id, index]))
  return {
    rules,
    assessments,
    subjects: subjects.map((subject) => ({
      subject,
      plan: planSubject(
        rules,
        assessments.filter((assessment) => assessment.subject === subject.code),
        (id) => columns.get(id) as number,
      ),
    })),
    groups: profile.groups.map((group) => ({
      code: group.code,
      members: subjects.flatMap((subject, s) =>
        !subject.optional && (group.subjects.includes(subject.code) || subject.group === group.code)
          ? [s]
          : [],
      ),
      conduct: group.subjects.includes(CONDUCT),
    })),
  }
}

/** One row of `width` cells per student; what nobody entered is NOT_ENTERED. Marks of others are passed over. */
function tabulate({ students, assessments, marks }: PeriodInput, width: number): Float64Array {
  const cells = new Float64Array(students.length * width).fill(NOT_ENTERED)
  const rows = new Map(students.map((student, index) => [student.id, index * width]))
  const columns = new Map(assessments.map((assessment, index) => [assessment.id, index]))
  for (const mark of marks) {
    const row = rows.get(mark.student)
    const column = columns.get(mark.assessment)
    if (row === undefined || column === undefined) continue
    cells[row + column] = mark.value ?? codeOf(mark.status ?? "NE")
  }
  return cells
}

/**
 * Whether the coefficients that counted are a large enough share of those the student was due: subjects assessed in
 * the period, without optional ones and exemptions, and conduct where it counts.
 */
function isRanked({ rules, subjects }: ClassPlan, result: StudentResult, student: PeriodStudent): boolean {
  if (!result.general) return false
  let due = rules.profile.conduct.mode === "subject" ? rules.conductCoefficient : ZERO
  for (const { subject, plan } of subjects) {
    if (subject.optional || plan.columns.length === 0 || student.exempt.includes(subject.code)) continue
    due = add(due, subject.coefficient)
  }
  return compare(result.totalCoefficients, multiply(rules.minShare, due)) >= 0
}
