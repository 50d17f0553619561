// What becomes of a line once a person has answered, against the school as it stands now. Pure.

import { fullName } from "../people/naming.ts"
import type { Columns } from "./columns.ts"
import { compareMarks, type Known, markKeys, placeStudent } from "./preview.ts"
import { resolveGuardian, resolveMarks, resolveStudent } from "./resolve.ts"
import { Roster } from "./roster.ts"
import type { ImportKind } from "./spellings.ts"
import { type ImportContext, type LineAnswer, type Settled, type StoredLine, UPDATED } from "./stored.ts"
import { placeColumns } from "./targets.ts"

export type Settlement = { ok: true; outcome: Settled } | { ok: false; reasons: string[] }

export type Asked = {
  kind: ImportKind
  context: ImportContext
  columns: readonly Columns[]
  known: Known
}

/** One line's outcome with its answer applied; `reasons` when the answer does not settle it. */
export function settle(asked: Asked, outcome: Settled, answer: LineAnswer): Settlement {
  if (asked.kind === "students") return settleStudent(asked, outcome, answer)
  if (asked.kind === "marks") return settleMarks(asked, outcome, answer)
  return resolveGuardian(outcome, answer, rosterOf(asked.known))
}

const rosters = new WeakMap<Known, Roster>()

function rosterOf(known: Known): Roster {
  const there = rosters.get(known)
  if (there) return there
  const roster = new Roster(known.students)
  rosters.set(known, roster)
  return roster
}

function settleStudent({ context, known }: Asked, outcome: Settled, answer: LineAnswer): Settlement {
  const { schoolYear } = context
  const className = known.classes.labelOf(context.classId)
  if (answer.as === "student") return settleSame(known, outcome, answer)
  const read = resolveStudent(outcome, answer, { className, schoolYear })
  if (!read.ok || answer.as === "left_out") return read
  const placed = placeStudent(read.outcome, known)
  if (placed.action === "review") return { ok: false, reasons: [placed.reason as string] }
  const matricule = placed.canonical?.matricule
  const taken = typeof matricule === "string" && rosterOf(known).byMatricule(matricule) !== null
  return taken ? { ok: false, reasons: ["matricule_taken"] } : { ok: true, outcome: placed }
}

/** The line is about a student the school has: nobody is made, the card is corrected when the person says so. */
function settleSame(known: Known, outcome: Settled, answer: LineAnswer & { as: "student" }): Settlement {
  const student = known.students.find(({ id }) => id === answer.student)
  if (!student) return { ok: false, reasons: ["student_not_found"] }
  const { line, raw, canonical = {} } = outcome
  const reference = student.matricule ?? fullName(student.nom, student.prenom)
  const told: Settled = { line, action: "duplicate", duplicate_of: reference, student: student.id, raw }
  if (typeof canonical.classe === "string") told.extra = { ...outcome.extra, class: canonical.classe }
  const placed = placeStudent(told, known)
  if (placed.action === "review") return { ok: false, reasons: [placed.reason as string] }
  if (!answer.update) return { ok: true, outcome: placed }
  const set: Settled["set"] = {}
  for (const field of UPDATED) {
    const value = canonical[field]
    if (typeof value === "string" && value !== student[field]) set[field] = value
  }
  return { ok: true, outcome: { ...placed, set } }
}

function settleMarks({ context, columns, known }: Asked, outcome: Settled, answer: LineAnswer): Settlement {
  const { frame } = known
  if (!frame) return { ok: false, reasons: ["student_not_found"] }
  const read = resolveMarks(outcome, answer, rosterOf(known), frame.scale * 100)
  if (!read.ok || read.outcome.action !== "marks") return read
  const { marked: _marked, ...plain } = read.outcome as Settled
  const placed = placeColumns(markKeys([...columns]), frame, context.targets)
  const compared = compareMarks(plain, placed, frame)
  const replaces = (answer.replaces ?? []).filter((key) => compared.marked && key in compared.marked)
  return { ok: true, outcome: { ...compared, replaces } }
}

/** The line as it will be written; null while it waits for a person, or when its answer no longer holds. */
export function settledLine(asked: Asked, { outcome, answer }: StoredLine): Settled | null {
  if (!answer) return outcome.action === "review" ? null : outcome
  const settled = settle(asked, outcome, answer)
  return settled.ok ? settled.outcome : null
}
