// Where each subject of each class stands in a period, and who is late. Pure.
import { daysBetween } from "../../../web/days.ts"
import type { Progress } from "../../grades/queries/overview.ts"
import type { PeriodState } from "../../grades/sheet.ts"

/** The last day on which marks are in time: the period's own, and those of the levels that have another one. */
export type Deadlines = { whole: string; levels: ReadonlyMap<string, string> }

export const dueOn = ({ whole, levels }: Deadlines, level: string) => levels.get(level) ?? whole

/** One subject of one class as the board shows it. */
export type Line = Progress & {
  state: PeriodState
  dueOn: string
  /** 0 while in time, or once it is locked */
  lateDays: number
  missing: number
  /** assessments whose day is still to come */
  planned: number
}

type Known = { deadlines: Deadlines; planned: ReadonlyMap<number, number>; today: string }

export function linesOf(rows: readonly Progress[], { deadlines, planned, today }: Known): Line[] {
  return rows.map((row) => {
    const state = row.classState ?? (row.locked ? "locked" : "open")
    const due = dueOn(deadlines, row.levelCode)
    return {
      ...row,
      state,
      dueOn: due,
      lateDays: state === "open" && today > due ? daysBetween(due, today) : 0,
      missing: Math.max(0, row.expected - row.entered),
      planned: planned.get(row.classSubject) ?? 0,
    }
  })
}

const ORDER: Record<PeriodState, number> = { open: 0, locked: 1, checked: 2, published: 3 }

/** The latest first, then what is still open by what is missing; what is finished at the end, by class. */
export const byLateness = (lines: readonly Line[]): Line[] =>
  [...lines].sort(
    (one, other) =>
      other.lateDays - one.lateDays ||
      ORDER[one.state] - ORDER[other.state] ||
      (one.state === "open" ? toDo(other) - toDo(one) : 0),
  )

/** A subject without any assessment has everything to do. */
const toDo = ({ assessments, missing }: Line) => (assessments === 0 ? Number.MAX_SAFE_INTEGER : missing)

export type Filter = { classId: number; teacherId: number | "none" | null; late: boolean }

export const kept = (lines: readonly Line[], { classId, teacherId, late }: Filter) =>
  lines.filter(
    (line) =>
      (classId === 0 || line.classId === classId) &&
      (teacherId === null ||
        (teacherId === "none" ? line.teacherId === null : line.teacherId === teacherId)) &&
      (!late || line.lateDays > 0),
  )

export function totals(lines: readonly Line[]) {
  const standing = (state: PeriodState) => lines.filter((line) => line.state === state).length
  return {
    subjects: lines.length,
    entered: lines.reduce((sum, { entered }) => sum + entered, 0),
    missing: lines.reduce((sum, { missing }) => sum + missing, 0),
    untouched: lines.filter(({ state, assessments }) => state === "open" && assessments === 0).length,
    late: lines.filter(({ lateDays }) => lateDays > 0).length,
    open: standing("open"),
    locked: standing("locked"),
    checked: standing("checked"),
    published: standing("published"),
  }
}

/** A teacher with the subjects that are still open. */
export type Owing = {
  id: number
  name: string
  lines: Line[]
  missing: number
  lateDays: number
}

/** Who has still something to give, the latest first; what nobody teaches is left out. */
export function owing(lines: readonly Line[]): Owing[] {
  const found = new Map<number, Owing>()
  for (const line of lines) {
    if (line.state !== "open" || line.teacherId === null) continue
    const known = found.get(line.teacherId)
    const one = known ?? {
      id: line.teacherId,
      name: line.teacher ?? "",
      lines: [],
      missing: 0,
      lateDays: 0,
    }
    one.lines.push(line)
    one.missing += line.missing
    one.lateDays = Math.max(one.lateDays, line.lateDays)
    if (!known) found.set(line.teacherId, one)
  }
  return [...found.values()].sort(
    (one, other) =>
      other.lateDays - one.lateDays ||
      other.missing - one.missing ||
      one.name.localeCompare(other.name, "fr"),
  )
}
