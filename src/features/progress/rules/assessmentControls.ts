// What is odd in one column of marks, or in two that are the same. Pure.
import { decimal, short } from "../../../web/french.ts"
import { isEntered } from "../../grades/cells.ts"
import { type ControlAssessment, type Controlled, type Stay, subjectSaid } from "./controlled.ts"
import { type Finding, finding, some } from "./findings.ts"
import { farValues, twiceMedian } from "./spread.ts"

/** One assessment with the class's marks in it: students of the roll who are not exempt. */
export type Column = {
  assessment: ControlAssessment
  due: Stay[]
  marks: { stay: Stay; value: number }[]
  blank: Stay[]
}

export function columnOf(about: Controlled, assessment: ControlAssessment): Column {
  const due = about.roll.filter(({ student }) => !about.isExempt(student, assessment.classSubject))
  const cells = about.byAssessment.get(assessment.id)
  return {
    assessment,
    due,
    marks: due.flatMap((stay) => {
      const value = cells?.get(stay.student)?.value ?? null
      return value === null ? [] : [{ stay, value }]
    }),
    blank: due.filter(({ student }) => !isEntered(cells?.get(student))),
  }
}

export function assessmentFindings(about: Controlled): Finding[] {
  if (about.roll.length === 0) return []
  const columns = about.assessments.map((assessment) => columnOf(about, assessment))
  return [
    ...columns.flatMap((column) => [
      ...blanks(about, column),
      ...oneValue(about, column),
      ...scales(about, column),
      ...extremes(about, column),
    ]),
    ...copies(about, columns),
  ]
}

/** What every finding of a column says of its place. */
const placed = (about: Controlled, { id, classSubject }: ControlAssessment) => ({
  subject: subjectSaid(about.subject(classSubject)),
  student: null,
  path: about.grid(classSubject, id),
})

const named = ({ label }: ControlAssessment) => `« ${label} »`

/** Nobody's mark, or too many missing for a list of names; one student's own is told with the student. */
function blanks(about: Controlled, { assessment, due, blank }: Column): Finding[] {
  if (due.length === 0 || blank.length === 0) return []
  if (assessment.held_on !== null && assessment.held_on > about.today) return []
  const said = { ...placed(about, assessment), severity: "blocks", figure: [blank.length] } as const
  if (blank.length === due.length) {
    const text = `${named(assessment)} n’a encore aucune note.`
    return [finding({ ...said, key: `empty:${assessment.id}`, text })]
  }
  if (isOwnBlank(about, { due, blank })) return []
  const text = `${some(blank.length, "note")} sur ${due.length} ${blank.length > 1 ? "manquent" : "manque"} à ${named(assessment)}.`
  return [finding({ ...said, key: `gaps:${assessment.id}`, text })]
}

/** Most of the class has a mark: a blank is a matter of one student. */
export const isOwnBlank = (about: Controlled, { due, blank }: Pick<Column, "due" | "blank">) =>
  100 * (due.length - blank.length) >= about.thresholds.most * due.length

/** The same mark for everybody. */
function oneValue(about: Controlled, { assessment, marks }: Column): Finding[] {
  const [first] = marks
  if (!first || marks.length < about.thresholds.fewest || !isConstant(marks)) return []
  const text = `Les ${marks.length} notes de ${named(assessment)} sont toutes ${short(first.value) || "0"}.`
  const said = { ...placed(about, assessment), severity: "look" } as const
  return [finding({ ...said, key: `constant:${assessment.id}`, figure: [first.value, marks.length], text })]
}

const isConstant = (marks: Column["marks"]) => marks.every(({ value }) => value === marks[0]?.value)

/** Marks that look as if they were on half the scale; a scale that is no usual one. */
function scales(about: Controlled, { assessment, marks }: Column): Finding[] {
  const { max } = assessment
  const said = { ...placed(about, assessment), severity: "look" } as const
  const found: Finding[] = []
  if (![about.scale, about.scale / 2, about.scale * 2].includes(max)) {
    const text = `${named(assessment)} est sur ${short(max)}, quand le barème est sur ${short(about.scale)}.`
    found.push(finding({ ...said, key: `scale:${assessment.id}`, figure: [max], text }))
  }
  const highest = Math.max(0, ...marks.map(({ value }) => value))
  if (marks.length >= about.thresholds.fewest && highest > 0 && 2 * highest <= max) {
    const text = `Aucune note de ${named(assessment)}, sur ${short(max)}, ne dépasse ${short(max / 2)} : ont-elles été données sur ${short(max / 2)} ?`
    found.push(finding({ ...said, key: `half:${assessment.id}`, figure: [highest, max], text }))
  }
  return found
}

/** As many of one kind are told one by one; more are one finding. */
const ONE_BY_ONE = 3

/** Zeros, full marks, and marks far from all others. */
function extremes(about: Controlled, { assessment, marks }: Column): Finding[] {
  const { max } = assessment
  if (marks.length >= about.thresholds.fewest && isConstant(marks)) return []
  const values = marks.map(({ value }) => value)
  const far =
    values.length < about.thresholds.fewest
      ? new Set<number>()
      : farValues(values, { deviations: about.thresholds.deviations, least: max / 20 })
  const median = Math.round((twiceMedian(values) ?? 0) / 2)
  const kinds = [
    { kind: "zero", of: (value: number) => value === 0 },
    { kind: "full", of: (value: number) => value === max },
    { kind: "far", of: (value: number) => value > 0 && value < max && far.has(value) },
  ]
  return kinds.flatMap(({ kind, of }) => {
    const odd = marks.filter(({ value }) => of(value))
    if (odd.length > ONE_BY_ONE) return [together(about, assessment, { kind, odd })]
    return odd.map(({ stay, value }) =>
      finding({
        ...placed(about, assessment),
        key: `${kind}:${assessment.id}.${stay.student}`,
        figure: [value],
        severity: "look",
        student: stay.student,
        text: `${stay.name} a ${short(value) || "0"} sur ${short(max)} à ${named(assessment)} ; la médiane de la classe est ${decimal(median)}.`,
        path: `/grades/marks/${assessment.id}/${stay.student}`,
      }),
    )
  })
}

const TOGETHER: Record<string, (count: string, name: string) => string> = {
  zero: (count, name) => `${count} ont 0 à ${name}.`,
  full: (count, name) => `${count} ont la note maximale à ${name}.`,
  far: (count, name) => `${count} ont à ${name} une note très éloignée de celles de la classe.`,
}

function together(
  about: Controlled,
  assessment: ControlAssessment,
  { kind, odd }: { kind: string; odd: Column["marks"] },
): Finding {
  const say = TOGETHER[kind] as (count: string, name: string) => string
  return finding({
    ...placed(about, assessment),
    key: `${kind}:${assessment.id}`,
    figure: odd.map(({ stay, value }) => `${stay.student}=${value}`),
    severity: "look",
    text: say(some(odd.length, "élève"), named(assessment)),
  })
}

/** Two columns with the same marks for the whole class: one was copied from the other. */
function copies(about: Controlled, columns: readonly Column[]): Finding[] {
  const first = new Map<string, Column>()
  return columns.flatMap((column) => {
    const { assessment, marks } = column
    if (marks.length < about.thresholds.fewest || isConstant(marks)) return []
    const told = `${assessment.max}|${marks.map(({ stay, value }) => `${stay.student}=${value}`).join("|")}`
    const same = first.get(told)
    if (!same) {
      first.set(told, column)
      return []
    }
    const other = about.subject(same.assessment.classSubject)
    const where = other.id === assessment.classSubject ? "" : ` de ${other.label}`
    return [
      finding({
        ...placed(about, assessment),
        key: `same:${same.assessment.id}.${assessment.id}`,
        figure: [told],
        severity: "look",
        text: `${named(assessment)} a exactement les mêmes notes que ${named(same.assessment)}${where}, pour ${some(marks.length, "élève")}.`,
      }),
    ]
  })
}
