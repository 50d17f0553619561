// What is wrong with a class or one of its subjects, before any single mark. Pure.
import { decimal, short } from "../../../web/french.ts"
import { type ControlAssessment, type Controlled, type ControlSubject, subjectSaid } from "./controlled.ts"
import { type Finding, finding, some } from "./findings.ts"
import { twiceMedian } from "./spread.ts"

export function classFindings(about: Controlled): Finding[] {
  const { classId, period, roll, subjects, conduct, conducts } = about
  const whole = { severity: "blocks", subject: null, student: null } as const
  if (roll.length === 0) {
    const text = "La classe n’a aucun élève à la fin de la période : il n’y a pas de bulletin à faire."
    return [finding({ ...whole, key: "students", figure: [0], text, path: `/classes/${classId}` })]
  }
  const found: Finding[] = []
  if (subjects.length === 0) {
    const text = "La classe n’a aucune matière."
    found.push(finding({ ...whole, key: "subjects", figure: [0], text, path: `/classes/${classId}` }))
  }
  const without = conduct === "none" ? [] : roll.filter(({ student }) => !conducts.has(student))
  if (without.length > 0) {
    const names = without.slice(0, 3).map(({ name }) => name)
    const others = without.length - names.length
    const who = `${names.join(", ")}${others > 0 ? ` et ${some(others, "autre")}` : ""}`
    found.push(
      finding({
        ...whole,
        key: "conduct",
        figure: without.map(({ student }) => student),
        severity: conduct === "subject" ? "blocks" : "look",
        text: `${some(without.length, "élève")} sans note de conduite : ${who}.`,
        path: `/grades/${classId}/${period.id}/students`,
      }),
    )
  }
  return found
}

export function subjectFindings(about: Controlled): Finding[] {
  if (about.roll.length === 0) return []
  return about.subjects.flatMap((subject) => [
    ...setting(about, subject),
    ...weights(about, subject),
    ...jump(about, subject),
  ])
}

/** A teacher, a coefficient, something to make an average of. */
function setting({ assessments, classId, grid }: Controlled, subject: ControlSubject): Finding[] {
  const said = { subject: subjectSaid(subject), student: null, figure: [0] }
  const found: Finding[] = []
  if (!subject.teacher) {
    const text = "Aucun professeur n’est attribué à la matière : personne ne répond de ces notes."
    const key = `teacher:${subject.id}`
    found.push(finding({ ...said, key, severity: "look", text, path: `/classes/${classId}` }))
  }
  if (!(subject.coefficient > 0)) {
    const text = "Le coefficient est 0 : la matière ne compte pas dans la moyenne générale."
    const key = `coefficient:${subject.id}`
    found.push(finding({ ...said, key, severity: "blocks", text, path: `/classes/${classId}` }))
  }
  if (!assessments.some(({ classSubject }) => classSubject === subject.id)) {
    const text = "Aucune évaluation n’existe pour la période : la matière n’aura pas de moyenne."
    const key = `unassessed:${subject.id}`
    found.push(finding({ ...said, key, severity: "blocks", text, path: grid(subject.id) }))
  }
  return found
}

/** Assessments of one category that do not weigh the same. */
function weights({ assessments, grid }: Controlled, subject: ControlSubject): Finding[] {
  const byCategory = new Map<string, ControlAssessment[]>()
  for (const one of assessments) {
    if (one.classSubject !== subject.id) continue
    byCategory.set(one.category, [...(byCategory.get(one.category) ?? []), one])
  }
  return [...byCategory].flatMap(([category, some]) => {
    if (new Set(some.map(({ weight }) => weight)).size < 2) return []
    const list = some.map(({ label, weight }) => `« ${label} » ${short(weight)}`).join(", ")
    return [
      finding({
        key: `weights:${subject.id}.${category}`,
        figure: some.map(({ id, weight }) => `${id}=${weight}`),
        severity: "look",
        subject: subjectSaid(subject),
        student: null,
        text: `Les évaluations d’une même catégorie n’ont pas le même poids : ${list}.`,
        path: grid(subject.id),
      }),
    ]
  })
}

const signed = (hundredths: number) => `${hundredths > 0 ? "+" : "−"}${decimal(Math.abs(hundredths))}`

/** The class average moves by too much since the period before, or otherwise than those of the other subjects. */
function jump(about: Controlled, subject: ControlSubject): Finding[] {
  const { mean, meanBefore } = subject
  if (mean === null || meanBefore === null) return []
  const move = mean - meanBefore
  const others = about.subjects.flatMap((one) =>
    one.id === subject.id || one.mean === null || one.meanBefore === null ? [] : [one.mean - one.meanBefore],
  )
  const twice = twiceMedian(others)
  const usual = twice === null ? null : Math.round(twice / 2)
  const { jump: limit } = about.thresholds
  const apart = usual !== null && Math.abs(2 * move - (twice as number)) > 2 * limit
  if (Math.abs(move) <= limit && !apart) return []
  const beside = usual === null ? "" : `, quand les autres matières changent de ${signed(usual)}`
  return [
    finding({
      key: `jump:${subject.id}`,
      figure: [mean, meanBefore],
      severity: "look",
      subject: subjectSaid(subject),
      student: null,
      text: `La moyenne de la classe passe de ${decimal(meanBefore)} à ${decimal(mean)} (${signed(move)})${beside}.`,
      path: `/grades/${about.classId}/${about.period.id}/averages`,
    }),
  ]
}
