// Cells of a marks grid as a form sends them, and what becomes of each: no I/O.
import { markProblem, readMark } from "./marking.ts"
import type { Status } from "./profile.ts"

/** A mark as it is kept: hundredths on the assessment's scale, or a status; NE (or no row) is a blank cell. */
export type MarkValue = { value: number | null; status: Status | null }
export type StoredMark = MarkValue & { remark: string | null; version: number; updated_by: number | null }

export type TypedCell = {
  assessment: number
  student: number
  /** the version that the page showed; 0 for a cell that never held anything */
  seen: number
  typed: string
  /** what was answered to a question in the cell: ABS_J, ABS_NJ, theirs, or mine.<version> */
  choice: string | null
}

export const BLANK: StoredMark = { value: null, status: "NE", remark: null, version: 0, updated_by: null }

export const cellKey = (assessment: number, student: number) => `${assessment}.${student}`

export const sameMark = (one: MarkValue, other: MarkValue) =>
  one.value === other.value && (one.value !== null || (one.status ?? "NE") === (other.status ?? "NE"))

/** Holds a mark, or a status that somebody chose. */
export const isEntered = (mark: MarkValue | undefined) =>
  mark !== undefined && (mark.value !== null || (mark.status !== null && mark.status !== "NE"))

export type Decision =
  | { kind: "same" }
  | { kind: "write"; after: MarkValue & { remark: string | null } }
  | { kind: "refused"; why: string }
  | { kind: "ask"; why: string }
  | { kind: "conflict"; wanted: MarkValue }

/**
 * What becomes of one cell. `was` is what the cell held in the version that the page showed, undefined when that is
 * no longer known. A cell that the person left as it was, or typed to what is stored, changes nothing; one that
 * somebody else has changed meanwhile is a conflict until the person says which one stays.
 */
export function decide(
  cell: TypedCell,
  stored: StoredMark,
  was: MarkValue | undefined,
  max: number,
): Decision {
  if (cell.choice === "theirs") return { kind: "same" }
  const reading = readMark(cell.typed, { max })
  const why = markProblem(reading, max) ?? ""
  if (reading.kind === "error") return { kind: "refused", why }
  const chosen = cell.choice === "ABS_J" || cell.choice === "ABS_NJ" ? cell.choice : null
  if (reading.kind === "ask" && !chosen) return { kind: "ask", why }
  const wanted: MarkValue =
    reading.kind === "value"
      ? { value: reading.hundredths, status: null }
      : { value: null, status: reading.kind === "status" ? reading.status : chosen }
  if (sameMark(wanted, stored)) return { kind: "same" }
  const insisted = cell.choice === `mine.${stored.version}`
  if (cell.seen !== stored.version && !insisted) {
    return was && sameMark(wanted, was) ? { kind: "same" } : { kind: "conflict", wanted }
  }
  const remark = reading.kind === "value" ? (reading.remark ?? stored.remark) : stored.remark
  return { kind: "write", after: { ...wanted, remark } }
}
