// What becomes of a line once a person has answered, against the school as it stands now. Pure.

import { type CardValues, type Takes, takenOf } from "./cards.ts"
import type { Columns } from "./columns.ts"
import {
  cardOfGuardian,
  cardOfStaff,
  cardOfStudent,
  meetStaff,
  meetStudent,
  placeStudent,
  staffOf,
  studentOf,
} from "./meeting.ts"
import { compareMarks, type Known, markKeys } from "./preview.ts"
import {
  leftOut,
  type Resolution,
  resolveGuardian,
  resolveMarks,
  resolveStaff,
  resolveStudent,
} from "./resolve.ts"
import { Roster } from "./roster.ts"
import type { ImportKind } from "./spellings.ts"
import type { ImportContext, LineAnswer, Settled, StoredLine } from "./stored.ts"
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
  if (asked.kind === "marks") return settleMarks(asked, outcome, answer)
  if (answer.as === "left_out") return leftOut(outcome)
  if (answer.as === "line") return settleElder(asked, outcome, answer)
  if (answer.as === "student") return settleKnown(asked, outcome, answer)
  return settleNew(asked, outcome, answer)
}

const rosters = new WeakMap<Known, Roster>()

function rosterOf(known: Known): Roster {
  const there = rosters.get(known)
  if (there) return there
  const roster = new Roster(known.students, known.classes.customs)
  rosters.set(known, roster)
  return roster
}

/** Somebody of its own. */
function settleNew(asked: Asked, outcome: Settled, answer: LineAnswer & { as: "new" }): Settlement {
  const { context, known } = asked
  const { customs } = known.classes
  if (asked.kind === "guardians") {
    const { card, fields, duplicate_of, ...own } = outcome
    const read = resolveGuardian(outcome, answer, rosterOf(known))
    if (!read.ok || card === undefined) return read
    const { action, canonical, warnings, student } = read.outcome
    return { ok: true, outcome: { ...own, action, canonical, warnings, student } }
  }
  if (asked.kind === "staff") {
    const read = resolveStaff(outcome, answer, customs)
    const number = read.ok ? read.outcome.canonical?.matricule : null
    return number && known.staff?.some(({ matricule }) => matricule === number) ? taken("number_taken") : read
  }
  const className = known.classes.labelOf(context.classId)
  const read = resolveStudent(outcome, answer, { className, schoolYear: context.schoolYear, customs })
  if (!read.ok) return read
  const placed = placeStudent(read.outcome, known)
  if (placed.action === "review") return { ok: false, reasons: [placed.reason as string] }
  const matricule = placed.canonical?.matricule
  const holder = typeof matricule === "string" && rosterOf(known).byMatricule(matricule) !== null
  return holder ? taken("matricule_taken") : { ok: true, outcome: placed }
}

const taken = (reason: string): Settlement => ({ ok: false, reasons: [reason] })

/** The person of an earlier line, who gets what was chosen of this one. */
function settleElder(
  { context }: Asked,
  outcome: Settled,
  { line: elder, takes = {} }: LineAnswer & { as: "line" },
): Settlement {
  if (outcome.conflicts_with !== elder) return taken("line_not_compared")
  const { line, raw, fields = [] } = outcome
  const set = takenOf(fields, takes, context.replace)
  return { ok: true, outcome: { line, raw, action: "duplicate", duplicate_of: elder, elder, set } }
}

/** Somebody the school has: nobody is made, and the card says what was chosen, field by field. */
function settleKnown(asked: Asked, outcome: Settled, answer: LineAnswer & { as: "student" }): Settlement {
  if (asked.kind === "guardians" && outcome.action !== "duplicate") {
    return resolveGuardian(outcome, answer, rosterOf(asked.known))
  }
  const met = meetAgain(asked, outcome, answer)
  return met.ok ? chosen(asked, met.outcome, answer.takes ?? {}) : met
}

/** The line beside the card as it stands now; refused when the card changed under the eyes of who chose. */
function meetAgain(
  { kind, known }: Asked,
  outcome: Settled,
  { student: id }: { student: number | string },
): Resolution {
  const same = outcome.action === "duplicate"
  const mine = same && id === (outcome.card ?? outcome.student)
  if (same && !mine) return { ok: false, reasons: ["student_not_found"] }
  const card = cardNow(kind, known, outcome, id)
  if (!card) return { ok: false, reasons: ["student_not_found"] }
  if (same) {
    const changed = (outcome.fields ?? []).some(
      ({ field, before, line }) => line === undefined && (card[field] ?? null) !== before,
    )
    return changed ? { ok: false, reasons: ["card_changed"] } : { ok: true, outcome }
  }
  if (kind === "staff") {
    const one = staffOf(known, id)
    return one
      ? { ok: true, outcome: meetStaff(outcome, one) }
      : { ok: false, reasons: ["student_not_found"] }
  }
  const student = studentOf(known, id)
  const met = student && meetStudent(outcome, student, known)
  if (!met || met.action === "review") return { ok: false, reasons: [met?.reason ?? "student_not_found"] }
  return { ok: true, outcome: met }
}

function cardNow(kind: ImportKind, known: Known, outcome: Settled, id: unknown): CardValues | null {
  if (kind === "guardians") {
    const link = known.links?.find((one) => one.id === id && one.student_id === outcome.student)
    return link ? cardOfGuardian(link) : null
  }
  if (kind === "staff") {
    const one = staffOf(known, id)
    return one ? cardOfStaff(one) : null
  }
  const student = studentOf(known, id)
  return student ? cardOfStudent(student) : null
}

/** A matricule belongs to one person, and correcting one that a card has is not everybody's. */
function chosen({ kind, context, known }: Asked, outcome: Settled, takes: Takes): Settlement {
  const set = takenOf(outcome.fields ?? [], takes, context.replace)
  const number = set.find(({ field }) => field === "matricule")
  if (number && kind === "students") {
    if (rosterOf(known).byMatricule(number.after)) return taken("matricule_taken")
    if (number.before !== null && !known.correctsMatricules) return taken("matricule_not_yours")
  }
  if (number && kind === "staff" && known.staff?.some(({ matricule }) => matricule === number.after)) {
    return taken("number_taken")
  }
  return { ok: true, outcome: { ...outcome, set } }
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
  if (!answer && outcome.action === "review") return null
  if (!answer && !outcome.fields) return outcome
  const settled = answer ? settle(asked, outcome, answer) : chosen(asked, outcome, {})
  return settled.ok ? settled.outcome : null
}
