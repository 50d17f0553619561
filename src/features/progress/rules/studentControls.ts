// What concerns one student: a blank, absences, an exemption, an arrival or a departure in the period. Pure.
import { date } from "../../../web/french.ts"
import { isEntered } from "../../grades/cells.ts"
import { type Column, columnOf, isOwnBlank } from "./assessmentControls.ts"
import { type ControlAssessment, type Controlled, type Stay, subjectSaid } from "./controlled.ts"
import { type Finding, finding, some } from "./findings.ts"

export function studentFindings(about: Controlled): Finding[] {
  const columns = about.assessments
    .filter(({ held_on }) => held_on === null || held_on <= about.today)
    .map((assessment) => columnOf(about, assessment))
  return [
    ...about.roll.flatMap((stay) => [
      ...blanksOf(about, stay, columns),
      ...absencesOf(about, stay),
      ...exemptMarks(about, stay),
    ]),
    ...about.gone.flatMap((stay) => marksOfGone(about, stay)),
  ]
}

/** What every finding of a student says. */
const ofStudent = ({ student }: Stay) => ({ subject: null, student })

const isBlank = (column: Column, { student }: Stay) => column.blank.some((one) => one.student === student)

const list = (assessments: readonly ControlAssessment[], about: Controlled) =>
  assessments
    .slice(0, 3)
    .map(({ classSubject, label }) => `« ${label} » de ${about.subject(classSubject).short}`)
    .join(", ") + (assessments.length > 3 ? "…" : "")

/** Marks missing for this student while most have them. */
function blanksOf(about: Controlled, stay: Stay, columns: readonly Column[]): Finding[] {
  const missing = columns.filter((column) => isBlank(column, stay) && column.blank.length < column.due.length)
  if (missing.length === 0) return []
  const due = columns.filter(({ due: those }) => those.some(({ student }) => student === stay.student))
  const said = { ...ofStudent(stay), severity: "blocks" } as const
  const arrived = stay.starts_on > about.period.starts_on ? stay.starts_on : null
  if (due.length > 1 && due.every((column) => isBlank(column, stay))) {
    const since = arrived ? `, dans la classe depuis le ${date(arrived)},` : ""
    const text = `${stay.name}${since} n’a aucune note dans la période.`
    const path = `/grades/${about.classId}/${about.period.id}/averages/${stay.student}`
    return [finding({ ...said, key: `nothing:${stay.student}`, figure: [due.length], text, path })]
  }
  const before = missing
    .filter(({ assessment }) => isBefore(assessment, arrived))
    .map(({ assessment }) => assessment)
  const [first] = before
  const own = missing.filter((column) => !before.includes(column.assessment) && isOwnBlank(about, column))
  return [
    ...(first
      ? [
          finding({
            ...said,
            key: `arrived:${stay.student}`,
            figure: before.map(({ id }) => id),
            text: `${stay.name} est arrivé(e) dans la classe le ${date(arrived)} : ${some(before.length, "évaluation")} d’avant n’${before.length > 1 ? "ont" : "a"} rien pour cet élève (${list(before, about)}). Écrivez « disp » ou « abs j ».`,
            path: about.grid(first.classSubject, first.id),
          }),
        ]
      : []),
    ...own.map(({ assessment, due: those, blank }) =>
      finding({
        ...said,
        subject: subjectSaid(about.subject(assessment.classSubject)),
        key: `missing:${assessment.id}.${stay.student}`,
        figure: [0],
        text: `${stay.name} n’a ni note ni absence à « ${assessment.label} » ; ${those.length - blank.length} élèves sur ${those.length} en ont.`,
        path: about.grid(assessment.classSubject, assessment.id),
      }),
    ),
  ]
}

const isBefore = ({ held_on }: ControlAssessment, day: string | null) =>
  day !== null && held_on !== null && held_on < day

/** Absences at assessments that nobody has justified. */
function absencesOf(about: Controlled, stay: Stay): Finding[] {
  const absent = about.assessments.filter(
    ({ id }) => about.byAssessment.get(id)?.get(stay.student)?.status === "ABS_NJ",
  )
  if (absent.length < about.thresholds.absences) return []
  return [
    finding({
      ...ofStudent(stay),
      key: `absences:${stay.student}`,
      figure: absent.map(({ id }) => id),
      severity: "look",
      text: `${stay.name} a ${some(absent.length, "absence")} sans motif aux évaluations : ${list(absent, about)}.`,
      path: `/grades/${about.classId}/${about.period.id}/averages/${stay.student}`,
    }),
  ]
}

/** Marks of a subject from which the student is exempt: they do not count. */
function exemptMarks(about: Controlled, stay: Stay): Finding[] {
  return about.subjects.flatMap((subject) => {
    if (!about.isExempt(stay.student, subject.id)) return []
    const marked = about.assessments.filter(({ id, classSubject }) => {
      const mark = about.byAssessment.get(id)?.get(stay.student)
      return classSubject === subject.id && (mark?.value ?? null) !== null
    })
    if (marked.length === 0) return []
    const text = `${stay.name} est dispensé(e), mais a ${some(marked.length, "note")} : ${marked.length > 1 ? "elles ne comptent pas" : "elle ne compte pas"}.`
    return [
      finding({
        ...ofStudent(stay),
        subject: subjectSaid(subject),
        key: `exempt:${subject.id}.${stay.student}`,
        figure: marked.map(({ id }) => id),
        severity: "look",
        text,
        path: `/grades/${subject.id}/${about.period.id}/exemptions`,
      }),
    ]
  })
}

/** Marks here of who left the class: given after the departure, or before it and without effect since. */
function marksOfGone(about: Controlled, stay: Stay): Finding[] {
  const marked = about.assessments.filter(({ id }) =>
    isEntered(about.byAssessment.get(id)?.get(stay.student)),
  )
  const left = stay.ends_on
  if (marked.length === 0 || left === null) return []
  const after = marked.filter(({ held_on }) => held_on !== null && held_on >= left)
  const [first] = after.length > 0 ? after : marked
  const moved = stay.end_reason === "moved" ? "a changé de classe" : "a quitté la classe"
  const here =
    after.length > 0
      ? `${some(after.length, "note")} d’évaluations d’après son départ`
      : some(marked.length, "note")
  return [
    finding({
      ...ofStudent(stay),
      key: `gone:${stay.student}`,
      figure: [left, after.length, ...marked.map(({ id }) => id)],
      severity: "look",
      text: `${stay.name} ${moved} le ${date(left)} et garde ici ${here} : rien n’en compte, et rien ne suit dans une autre classe.`,
      path: `/grades/marks/${(first as ControlAssessment).id}/${stay.student}`,
    }),
  ]
}
