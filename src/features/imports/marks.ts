import { readMark } from "../grades/marking.ts"
import { fold, fullName, splitFullName } from "../people/naming.ts"
import type { Columns, Mappings } from "./columns.ts"
import { type Customs, readClass } from "./customs.ts"
import { type Row, sortLines } from "./lines.ts"
import { readMatricule } from "./normalise/matricule.ts"
import { type CellOutcome, countOutcomes, type ImportResult, type Outcome } from "./outcomes.ts"
import type { Table } from "./reading/table.ts"
import { type Enrolled, isNameOf, nameKeys, Roster, type RosterEntry } from "./roster.ts"

export interface MarkContext {
  /** what marks are on when the cell does not say, in whole points: 20 */
  scale?: number
  /** the class chosen before the import; a class named in the file comes first */
  className?: string | null
  mappings?: Mappings
  customs?: Customs
}

/** A sheet of marks of students the school already has: one outcome per physical line, one result per cell. */
export function readMarks(
  table: Table,
  roster: readonly Enrolled[],
  context: MarkContext = {},
): ImportResult {
  const { sorted, columns } = sortLines(table, { kind: "marks", ...context })
  const students = new Roster(roster, context.customs)
  const met = new Map<RosterEntry, { line: number; cells: string }>()
  const max = (context.scale ?? 20) * 100
  const outcomes = sorted.map((one) =>
    "outcome" in one ? one.outcome : marksOutcome(one.row, students, met, max),
  )
  return { counts: countOutcomes(outcomes), outcomes, columns }
}

type Met = Map<RosterEntry, { line: number; cells: string }>

function marksOutcome(row: Row, roster: Roster, met: Met, max: number): Outcome {
  const line = row.line.number
  const raw = row.line.cells
  const found = findStudent(row, roster)
  const cells = readCells(row.columns, raw, max)
  const outcome: Outcome = {
    line,
    action: "marks",
    matricule: found.matricule,
    cells,
    student: found.student?.id,
    raw,
  }
  if (row.line.warnings.length > 0) outcome.warnings = [...row.line.warnings]
  if (found.byName) outcome.match_by = "name+class"
  if (found.note) outcome.note = found.note
  if (found.reason) {
    outcome.action = "review"
    outcome.reason = found.reason
    if (found.suggestion) outcome.suggestion = found.suggestion
    return outcome
  }
  const { student } = found
  if (!student) return outcome
  const earlier = met.get(student)
  const told = JSON.stringify(cells)
  if (!earlier) met.set(student, { line, cells: told })
  else if (earlier.cells === told)
    return { line, action: "duplicate", duplicate_of: earlier.line, student: student.id, raw }
  else return { ...outcome, action: "review", reason: "same_student_twice", conflicts_with: earlier.line }
  return outcome
}

/** One result per mark column: a bad cell is held alone, its neighbours are kept. */
export function readCells(
  columns: Columns,
  cells: readonly string[],
  max: number,
): Record<string, CellOutcome> {
  const results: Record<string, CellOutcome> = {}
  columns.roles.forEach((role, at) => {
    if (role?.startsWith("mark:")) results[role.slice("mark:".length)] = readCell(cells[at] ?? "", max)
  })
  return results
}

/** `max` in hundredths; the value is a decimal string with a point: « 14.5 ». */
export function readCell(typed: string, max: number): CellOutcome {
  const mark = readMark(typed, { max })
  switch (mark.kind) {
    case "value":
      return mark.note
        ? { value: decimalOf(mark.hundredths), note: mark.note }
        : { value: decimalOf(mark.hundredths) }
    case "status":
      return { status: mark.status }
    case "ask":
      return { status: "ask", reason: mark.reason }
    case "error":
      return mark.suggestion
        ? { status: "error", reason: mark.reason, suggestion: mark.suggestion }
        : { status: "error", reason: mark.reason }
  }
}

const decimalOf = (hundredths: number) =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`.replace(/\.?0+$/, "")

interface FoundStudent {
  student?: RosterEntry
  /** the student's own, or what was typed when nobody was found */
  matricule: string | null
  byName?: boolean
  note?: string
  reason?: string
  suggestion?: string
}

function findStudent(row: Row, roster: Roster): FoundStudent {
  const name = typedName(row)
  const typedClass = row.cell("class")
  const classe = (typedClass && readClass(typedClass, roster.customs)) || row.classe
  const read = readMatricule(row.cell("matricule"))
  const typed = read.kind === "missing" ? null : read.value
  const namesakes = roster.named(name, classe)
  const only = namesakes.length === 1 ? namesakes[0] : undefined

  if (typed === null) {
    if (only)
      return { student: only, matricule: only.matricule, byName: true, note: orderNote(name, only, "name") }
    const reason = namesakes.length > 1 ? "several_students_of_that_name" : "student_not_found"
    return { matricule: null, reason }
  }
  const owner = roster.byMatricule(typed)
  const inClass = owner && (!classe || owner.classe === undefined || owner.classe === classe)
  if (!inClass) {
    const suggestion = only?.matricule ?? undefined
    return { matricule: suggestion ?? typed, reason: "matricule_not_in_class_list", suggestion }
  }
  if (name !== "" && !isNameOf(name, owner)) {
    return {
      matricule: typed,
      reason: "matricule_of_another_student",
      suggestion: only?.matricule ?? undefined,
    }
  }
  return { student: owner, matricule: owner.matricule, note: orderNote(name, owner, "matricule") }
}

const typedName = (row: Row) =>
  row.cell("full_name") ||
  row.cell("full_name_given_first") ||
  fullName(row.cell("surname"), row.cell("given_names"))

/** The name stands the other way round in the sheet: said, so that nobody thinks it was changed. */
function orderNote(name: string, student: Enrolled, by: "name" | "matricule"): string | undefined {
  const [surnameFirst, givenFirst] = nameKeys(student.nom, student.prenom)
  const reversed = fold(name) === givenFirst && givenFirst !== surnameFirst
  return reversed && splitFullName(name).order === "given_first"
    ? `first name first; matched by ${by}`
    : undefined
}
