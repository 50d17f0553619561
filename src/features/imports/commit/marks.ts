import type { Db } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { BLANK, cellKey, isEntered, sameMark } from "../../grades/cells.ts"
import { createAssessment } from "../../grades/queries/assessments.ts"
import { type MarkChange, recordMarks } from "../../grades/recording.ts"
import { markKeys } from "../preview.ts"
import type { MarksFrame } from "../queries/marks.ts"
import { type Asked, settledLine } from "../resolution.ts"
import type { Settled, StoredLine, Target } from "../stored.ts"
import { type PlacedColumn, placeColumns } from "../targets.ts"
import { markOf, remarkOf } from "../values.ts"
import type { Journal } from "./journal.ts"

type Cell = { line: number; key: string; student: number; name: string } & Pick<
  MarkChange,
  "before" | "after"
>

export type MarksPlan = {
  columns: PlacedColumn[]
  cells: Cell[]
  /** columns whose assessment is to be made */
  assessments: PlacedColumn[]
  replaced: number
  /** lines, or single cells of lines, that wait for a person */
  held: number[]
  heldCells: number
}

/** What would be written of these lines: cells that say something the school does not have yet. */
export function planMarks(asked: Asked, lines: readonly StoredLine[]): MarksPlan {
  const plan: MarksPlan = {
    columns: [],
    cells: [],
    assessments: [],
    replaced: 0,
    held: [],
    heldCells: 0,
  }
  const { frame } = asked.known
  if (!frame) return { ...plan, held: lines.map(({ line }) => line) }
  plan.columns = placeColumns(markKeys([...asked.columns]), frame, asked.context.targets)
  const names = new Map(asked.known.students.map(({ id, nom, prenom }) => [id, `${nom} ${prenom}`]))
  const students = new Set<number>()
  for (const stored of lines) {
    const outcome = settledLine(asked, stored)
    const student = Number(outcome?.student)
    if (outcome && outcome.action !== "review" && outcome.action !== "marks") continue
    if (!outcome || outcome.action === "review" || !names.has(student) || students.has(student)) {
      plan.held.push(stored.line)
      continue
    }
    students.add(student)
    planLine(plan, frame, { outcome, student, name: names.get(student) as string })
  }
  const filled = new Set(plan.cells.map(({ key }) => key))
  plan.assessments = plan.columns.filter(({ key, target }) => filled.has(key) && target?.assessment === null)
  return plan
}

function planLine(
  plan: MarksPlan,
  frame: MarksFrame,
  { outcome, student, name }: { outcome: Settled; student: number; name: string },
): void {
  for (const { key, target, problem } of plan.columns) {
    const cell = outcome.cells?.[key]
    const value = cell && markOf(cell)
    if (!cell || problem) continue
    if (!value) {
      plan.heldCells++
      continue
    }
    if (!isEntered(value)) continue
    const { classSubject, assessment } = target as Target
    const stored = assessment === null ? undefined : frame.marks.get(cellKey(assessment, student))
    if (stored && sameMark(stored, value)) continue
    const replaces = isEntered(stored) && outcome.replaces?.includes(key)
    if ((isEntered(stored) && !replaces) || frame.exempt.has(`${classSubject}.${student}`)) {
      plan.heldCells++
      continue
    }
    const before = stored ?? BLANK
    const after = { ...value, remark: remarkOf(cell) ?? before.remark }
    plan.cells.push({ line: outcome.line, key, student, name, before, after })
    if (replaces) plan.replaced++
  }
}

export async function writeMarks(
  trx: Db,
  { plan, journal, frame }: { plan: MarksPlan; journal: Journal; frame: MarksFrame },
): Promise<void> {
  const { by, at } = journal
  const into = new Map<string, number>()
  for (const { key, target } of plan.columns) if (target?.assessment) into.set(key, target.assessment)
  for (const { key, target, label } of plan.assessments) {
    const { classSubject, category } = target as Target
    const about = { id: classSubject, period_id: frame.period.id }
    const values = { label, category, held_on: null, max: frame.scale * 100, weight: 100 }
    const id = await createAssessment(trx, by, about, values, at)
    into.set(key, id)
    const subject = frame.subjects.find((one) => one.id === classSubject)?.label ?? key
    journal.wrote(0, "assessment", id, null, { ...values, title: `${label}, ${subject}` })
  }
  const changes = plan.cells.map((cell) => ({ ...cell, assessment: into.get(cell.key) as number }))
  const missed = await recordMarks(trx, by, changes, { at, reason: journal.reason })
  if (missed.size > 0) {
    throw new Refusal(
      409,
      "Quelqu’un a saisi des notes de ces colonnes pendant l’import : rien n’a été enregistré. Recommencez.",
    )
  }
  for (const { line, key, assessment, student, name, before, after } of changes) {
    const had = before.version === 0 ? null : before
    const now = { value: after.value, status: after.status, version: before.version + 1 }
    journal.wrote(line, "mark", [assessment, student], had, { ...now, label: `${key} de ${name}` })
  }
}
