// Where a column of marks goes: a subject of the class, a category of the profile, an assessment. Pure.
import { fold } from "../people/naming.ts"
import { categoryOf } from "./columns.ts"
import type { FrameAssessment, PlacesFrame } from "./queries/marks.ts"
import type { Target } from "./stored.ts"

type Frame = Pick<PlacesFrame, "subjects" | "categories" | "assessments" | "scale" | "closed">

/** Why nothing of a column can be written; null when it can. */
export type ColumnProblem = "no_target" | "not_mine" | "locked" | "closed" | "other_scale" | "same_target"

export type PlacedColumn = {
  key: string
  target: Target | null
  /** the label of the assessment, existing or to be made */
  label: string
  problem: ColumnProblem | null
}

/** Every column of marks with its place: the one chosen, else the one its head tells; and what is in the way. */
export function placeColumns(
  keys: readonly string[],
  frame: Frame,
  chosen: Record<string, Target | null>,
): PlacedColumn[] {
  const taken = new Set<string>()
  return keys.map((key) => {
    const target = chosen[key] === undefined ? guessTarget(key, frame) : known(chosen[key], frame)
    const label = target ? labelOf(key, target, frame) : ""
    const place = target && `${target.classSubject}|${target.assessment ?? `${target.category}|${label}`}`
    const twice = place !== null && taken.has(place)
    if (place) taken.add(place)
    return { key, target, label, problem: twice ? "same_target" : problemOf(target, frame) }
  })
}

function problemOf(target: Target | null, frame: Frame): ColumnProblem | null {
  if (!target) return "no_target"
  const subject = frame.subjects.find(({ id }) => id === target.classSubject)
  if (!subject) return "no_target"
  if (!subject.mine) return "not_mine"
  if (frame.closed) return "closed"
  if (subject.locked) return "locked"
  const assessment = frame.assessments.find(({ id }) => id === target.assessment)
  return assessment && assessment.max !== frame.scale * 100 ? "other_scale" : null
}

/** A choice made earlier, without an assessment that was deleted since. */
function known(target: Target | null, { assessments, subjects, categories }: Frame): Target | null {
  if (!target || !subjects.some(({ id }) => id === target.classSubject)) return null
  const assessment = assessments.find(({ id }) => id === target.assessment)
  if (target.assessment !== null && assessment?.class_subject_id !== target.classSubject) return null
  return categories.some(({ code }) => code === target.category) || assessment ? target : null
}

/**
 * « MATHS.CL » is the class mark of the subject that « maths » names, if one does. Into the assessment an
 * earlier import made, or the only one of its category; where there are several a person chooses.
 */
export function guessTarget(key: string, frame: Frame): Target | null {
  const { name, category: short } = partsOf(key)
  const subject = subjectNamed(name, frame)
  const category = categoryFor(short, frame)
  if (!subject || !category) return null
  const target = { classSubject: subject.id, category, assessment: null }
  const there = frame.assessments.filter(
    (one) => one.class_subject_id === subject.id && one.category === category,
  )
  const own = there.find(({ label }) => label === newLabel(key, category, frame))
  if (own) return { ...target, assessment: own.id }
  if (short === null || there.length === 0) return target
  return there.length === 1 ? { ...target, assessment: (there[0] as FrameAssessment).id } : null
}

/** « FRANÇAIS.CL » -> FRANÇAIS and CL; « CO » -> no subject and CO; « DEVOIR 1 » -> its own name, no category. */
export function partsOf(key: string): { name: string; category: string | null } {
  const whole = categoryOf(key)
  if (whole) return { name: "", category: whole }
  const at = key.lastIndexOf(".")
  const category = at === -1 ? null : categoryOf(key.slice(at + 1))
  return category ? { name: key.slice(0, at), category } : { name: key, category: null }
}

/** By code, label or short label; else the only one whose words begin so; without a name, the only one of mine. */
function subjectNamed(name: string, { subjects }: Frame) {
  const mine = subjects.filter((subject) => subject.mine)
  if (name === "") return mine.length === 1 ? mine[0] : undefined
  const typed = words(name)
  const names = (subject: Frame["subjects"][number]) =>
    [subject.code, subject.label, subject.short_label].map(words)
  const exact = subjects.find((subject) => names(subject).some((one) => one.join(" ") === typed.join(" ")))
  if (exact) return exact
  const close = subjects.filter((subject) =>
    names(subject).some(
      (one) => one.length === typed.length && typed.every((word, at) => one[at]?.startsWith(word)),
    ),
  )
  return close.length === 1 ? close[0] : undefined
}

const words = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")

const CLASS_MARK = /^(?:classe|note de classe|moyenne de classe|devoir|mensuel|evaluation|controle)/
const EXAM_MARK = /^(?:compo|examen)/

function categoryFor(short: string | null, { categories }: Frame): string | null {
  if (categories.length === 1) return (categories[0] as { code: string }).code
  if (short === null) return null
  const pattern = short === "CO" ? EXAM_MARK : CLASS_MARK
  const found = categories.filter(({ code, label }) =>
    [code, label ?? ""].some((one) => pattern.test(fold(one))),
  )
  return found.length === 1 ? (found[0] as { code: string }).code : null
}

const labelOf = (key: string, target: Target, frame: Frame) =>
  frame.assessments.find(({ id }) => id === target.assessment)?.label ?? newLabel(key, target.category, frame)

/** What a new assessment is called: « Note de classe (import) », « Composition (import) », « Devoir 1 (import) ». */
function newLabel(key: string, category: string, { categories }: Frame): string {
  const { name, category: short } = partsOf(key)
  const own = short === "CL" ? "Note de classe" : short === "CO" ? "Composition" : sentence(name)
  const label = own || (categories.find(({ code }) => code === category)?.label ?? category)
  return `${label.slice(0, 60)} (import)`
}

const sentence = (name: string) => name.slice(0, 1) + name.slice(1).toLocaleLowerCase("fr")
