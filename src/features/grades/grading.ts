// What the arithmetic needs of one class, read from the database in few queries, and what it says of it.
import type { Db } from "../../db/index.ts"
import { gradeYear, type YearResult } from "./annual.ts"
import type { Assessment } from "./averages.ts"
import { type CouncilWord, councilWord } from "./councilWord.ts"
import { fraction, plainText } from "./fraction.ts"
import { type GradingRows, readRows } from "./gradingRows.ts"
import { gradePeriod, type Mark, type PeriodInput, type PeriodResult } from "./period.ts"
import type { GradingProfile } from "./profile.ts"
import { profileFor, publishedProfiles, type StoredProfile } from "./profiles.ts"
import type { Sex } from "./ranking.ts"

export type GradedPeriod = {
  id: number
  code: string
  label: string
  /** hundredths */
  weight: number
  position: number
  starts_on: string
  ends_on: string
}

export type GradedClass = {
  id: number
  label: string
  level_code: string
  series_code: string
  school_year_id: number
  form_teacher_id: number | null
}

/** One subject of the class, in the order of its bulletins; its `code` is the subject's in the arithmetic. */
export type GradedSubject = {
  classSubject: number
  code: string
  label: string
  short: string
  /** hundredths */
  coefficient: number
  group: string
  optional: boolean
  teacherId: number | null
  /** « Awa SANOGO », null where nobody teaches it yet */
  teacher: string | null
}

export type GradedAssessment = {
  id: number
  classSubject: number
  period: number
  category: string
  label: string
  held_on: string | null
  /** hundredths */
  max: number
  /** hundredths */
  weight: number
}

/** A student of the class in a period, with what is told beside the marks; conduct in hundredths. */
export type GradedStudent = {
  id: number
  matricule: string | null
  surname: string
  given_names: string
  sort_name: string
  sex: Sex | null
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  repeating: boolean
  regime: string | null
  conduct: number | null
  absent_justified: number | null
  absent_unjustified: number | null
  late_count: number | null
  appreciation: string | null
  award: string | null
  decision: string | null
  /** null before the class council has spoken of the student */
  council: CouncilWord | null
}

/** One class and period: its rows, and the same as the arithmetic takes them. */
export type ClassGrading = {
  class: GradedClass
  period: GradedPeriod
  /** every period of the school year, in order */
  periods: GradedPeriod[]
  profile: StoredProfile
  subjects: GradedSubject[]
  assessments: GradedAssessment[]
  /** in roll order */
  students: GradedStudent[]
  /** what a teacher wrote of a student in a subject, under `remarkKey` */
  remarks: Map<string, string>
  input: PeriodInput
}

export type GradedClassPeriod = ClassGrading & { result: PeriodResult }

export const remarkKey = (student: number, classSubject: number) => `${student}.${classSubject}`

/** The input of `gradePeriod` for one class and period, with its rows; null where there is no such pair. */
export async function loadGrading(db: Db, classId: number, periodId: number): Promise<ClassGrading | null> {
  return (await loadGradings(db, classId, (period) => period.id === periodId))[0] ?? null
}

/** One class and period, worked out: rows and results. */
export async function gradesOfClass(
  db: Db,
  classId: number,
  periodId: number,
): Promise<GradedClassPeriod | null> {
  const grading = await loadGrading(db, classId, periodId)
  return grading && { ...grading, result: gradePeriod(grading.input) }
}

export type GradedYear = {
  /** one entry per period up to the one asked for, in order */
  periods: GradedClassPeriod[]
  /** null where the profile makes no annual average */
  year: YearResult | null
}

/**
 * Every period of the class's year up to `lastPeriodId` (all without it), and the year they make. The students of
 * the year are those of the last period. Asks as many questions as one period does, one fewer without the
 * teachers' remarks.
 */
export async function gradesOfYear(
  db: Db,
  classId: number,
  lastPeriodId?: number,
  { remarks = true }: { remarks?: boolean } = {},
): Promise<GradedYear | null> {
  const upTo: Wanted = (period, last) => !last || period.position <= last
  const all = await loadGradings(db, classId, upTo, { lastPeriodId, remarks })
  const periods = all.map((grading) => ({ ...grading, result: gradePeriod(grading.input) }))
  const last = periods.at(-1)
  if (!last) return null
  const byCode = new Map(periods.map((graded) => [graded.period.code, graded.result]))
  const year = gradeYear({
    profile: last.input.profile,
    students: last.students.map(({ id, sex, repeating }) => ({ id, sex, repeating })),
    averageOf: (period, student) => byCode.get(period)?.byStudent.get(student)?.general ?? null,
  })
  return { periods, year }
}

type Wanted = (period: GradedPeriod, lastPosition: number | undefined) => boolean

async function loadGradings(
  db: Db,
  classId: number,
  wanted: Wanted,
  { lastPeriodId, remarks = true }: { lastPeriodId?: number | undefined; remarks?: boolean } = {},
): Promise<ClassGrading[]> {
  const found = await db
    .selectFrom("class as c")
    .innerJoin("period as p", "p.school_year_id", "c.school_year_id")
    .where("c.id", "=", classId)
    .select(["c.label as class", "c.level_code", "c.series_code", "c.school_year_id", "c.form_teacher_id"])
    .select(["p.id", "p.code", "p.label", "p.weight", "p.position", "p.starts_on", "p.ends_on"])
    .orderBy("p.position")
    .execute()
  const [first] = found
  if (!first) return []
  const { level_code, series_code, school_year_id, form_teacher_id } = first
  const named = { id: classId, label: first.class }
  const gradedClass = { ...named, level_code, series_code, school_year_id, form_teacher_id }
  const periods = found.map(
    ({ class: _, level_code, series_code, school_year_id, form_teacher_id, ...period }): GradedPeriod =>
      period,
  )
  const lastPosition = periods.find((period) => period.id === lastPeriodId)?.position
  const chosen = periods.filter((period) => wanted(period, lastPosition))
  if (chosen.length === 0) return []
  const inForce = await profileFor(db, school_year_id, level_code)
  const published = await publishedProfiles(db, classId)
  const rows = await readRows(db, [classId], chosen, { remarks })
  return chosen.map((period) => {
    const profile = published.get(period.id) ?? inForce
    const rules = withPeriods(profile.profile, chosen)
    return { class: gradedClass, period, periods, profile, ...ofPeriod(rows, period, rules) }
  })
}

const calendars = new WeakMap<GradingProfile, Map<string, GradingProfile>>()

/** The profile with periods of the school's own calendar; the same object for the same calendar. */
export function withPeriods(profile: GradingProfile, periods: readonly GradedPeriod[]): GradingProfile {
  const known = calendars.get(profile) ?? new Map<string, GradingProfile>()
  calendars.set(profile, known)
  const calendar = periods.map(({ code, label, weight }) => ({
    code,
    label,
    weight: plainText(fraction(weight, 100)),
  }))
  const key = JSON.stringify(calendar)
  const made = known.get(key) ?? { ...profile, periods: calendar }
  known.set(key, made)
  return made
}

/** One class's period out of its rows. */
export function ofPeriod(rows: GradingRows, period: GradedPeriod, profile: GradingProfile) {
  const subjects = rows.subjects.map(
    ({ optional, teacherGiven, teacherSurname, ...subject }): GradedSubject => ({
      ...subject,
      optional: optional === "bonus_above",
      teacher: teacherSurname && `${teacherGiven} ${teacherSurname}`,
    }),
  )
  const assessments = rows.assessments.filter((assessment) => assessment.period === period.id)
  const told = new Map(
    rows.told.filter((row) => row.period_id === period.id).map((row) => [row.student_id, row]),
  )
  const students = new Map<number, GradedStudent>()
  for (const { starts_on, ends_on, repeating, ...student } of rows.students) {
    if (starts_on > period.ends_on || (ends_on !== null && ends_on <= period.ends_on)) continue
    const row = told.get(student.id)
    const { conduct, absent_justified, absent_unjustified, late_count, appreciation, award, decision } =
      row ?? NOTHING_TOLD
    students.set(student.id, {
      ...student,
      repeating: repeating === 1,
      conduct,
      absent_justified,
      absent_unjustified,
      late_count,
      appreciation,
      award,
      decision,
      council: row ? councilWord(row) : null,
    })
  }
  const roll = [...students.values()]
  const exempt = new Map<number, string[]>()
  for (const { student_id, period_id, code } of rows.exemptions) {
    if (period_id !== period.id) continue
    exempt.set(student_id, [...(exempt.get(student_id) ?? []), code])
  }
  const codes = new Map(subjects.map(({ classSubject, code }) => [classSubject, code]))
  const remarks = new Map(
    rows.remarks
      .filter((remark) => remark.period_id === period.id)
      .map((remark) => [remarkKey(remark.student_id, remark.class_subject_id), remark.text]),
  )
  const input: PeriodInput = {
    profile,
    subjects: subjects.map(asSubject),
    assessments: assessments.map((row) => asAssessment(row, codes.get(row.classSubject) as string)),
    students: roll.map(({ id, sex, conduct }) => ({ id, sex, conduct, exempt: exempt.get(id) ?? [] })),
    // marks of the year's other periods are passed over: their assessments are not this period's
    marks: rows.marks as Mark[],
  }
  return { subjects, assessments, students: roll, remarks, input }
}

const NOTHING_TOLD = {
  conduct: null,
  absent_justified: null,
  absent_unjustified: null,
  late_count: null,
  appreciation: null,
  award: null,
  decision: null,
}

/** A class subject as the arithmetic takes it. */
export const asSubject = (row: { code: string; coefficient: number; optional: boolean; group: string }) => ({
  code: row.code,
  coefficient: fraction(row.coefficient, 100),
  optional: row.optional,
  group: row.group,
})

/** An assessment as the arithmetic takes it. */
export const asAssessment = (
  row: { id: number; category: string; max: number; weight: number },
  subject: string,
): Assessment => ({
  id: row.id,
  subject,
  category: row.category,
  max: row.max,
  weight: fraction(row.weight, 100),
})
