// One class in one period as its controls look at it. Pure.
import type { Mark } from "../../grades/period.ts"
import type { Thresholds } from "./thresholds.ts"

export type ControlSubject = {
  id: number
  label: string
  short: string
  teacher: string | null
  /** hundredths */
  coefficient: number
  /** averages of the class in this period and in the one before, in hundredths */
  mean: number | null
  meanBefore: number | null
}

export type ControlAssessment = {
  id: number
  classSubject: number
  category: string
  label: string
  held_on: string | null
  /** hundredths */
  max: number
  /** hundredths */
  weight: number
}

/** One stay of a student in the class: `ends_on` is the first day out of it. */
export type Stay = {
  student: number
  /** « KEÏTA Moussa », with what tells namesakes apart */
  name: string
  starts_on: string
  ends_on: string | null
  end_reason: string | null
}

export type ControlInput = {
  classId: number
  period: { id: number; starts_on: string; ends_on: string }
  /** the school's day: what is held later is not missing yet */
  today: string
  /** hundredths: 2000 */
  scale: number
  conduct: "none" | "displayed" | "subject"
  subjects: readonly ControlSubject[]
  assessments: readonly ControlAssessment[]
  /** of the whole year, those of who left too */
  stays: readonly Stay[]
  marks: readonly Mark[]
  /** « student.classSubject » */
  exempt: ReadonlySet<string>
  /** the conduct mark of each student who has one */
  conducts: ReadonlyMap<number, number>
}

/** The same rows, looked up by what the rules ask. */
export type Controlled = ControlInput & {
  thresholds: Thresholds
  /** in the class on the last day of the period, in the order of the stays */
  roll: Stay[]
  /** were in the class and no longer are on that day */
  gone: Stay[]
  /** by assessment, then by student */
  byAssessment: Map<number, Map<number, Mark>>
  subject: (id: number) => ControlSubject
  isExempt: (student: number, classSubject: number) => boolean
  /** the grid of a subject, at one assessment */
  grid: (classSubject: number, assessment?: number) => string
}

export function controlled(input: ControlInput, thresholds: Thresholds): Controlled {
  const { ends_on } = input.period
  const there = ({ starts_on, ends_on: left }: Stay) =>
    starts_on <= ends_on && (left === null || left > ends_on)
  const roll = [...new Map(input.stays.filter(there).map((stay) => [stay.student, stay])).values()]
  const onRoll = new Set(roll.map(({ student }) => student))
  // of several stays of one who left, the last one tells
  const gone = new Map(
    input.stays.filter(({ student }) => !onRoll.has(student)).map((stay) => [stay.student, stay]),
  )
  const byAssessment = new Map<number, Map<number, Mark>>()
  for (const { id } of input.assessments) byAssessment.set(id, new Map())
  for (const mark of input.marks) byAssessment.get(Number(mark.assessment))?.set(Number(mark.student), mark)
  const subjects = new Map(input.subjects.map((subject) => [subject.id, subject]))
  return {
    ...input,
    thresholds,
    roll,
    gone: [...gone.values()],
    byAssessment,
    subject: (id) => subjects.get(id) as ControlSubject,
    isExempt: (student, classSubject) => input.exempt.has(`${student}.${classSubject}`),
    grid: (classSubject, assessment) =>
      `/grades/${classSubject}/${input.period.id}${assessment ? `?assessment=${assessment}` : ""}`,
  }
}

/** A subject as a finding names it. */
export const subjectSaid = ({ id, label, teacher }: ControlSubject) => ({ id, label, teacher })
