// A file read against the school as it stands: what its readers say, then what only the school can add.
import type { Db } from "../../db/index.ts"
import { canonicalClass } from "../classes/naming.ts"
import { classesOf } from "../classes/queries.ts"
import { cellKey, isEntered, sameMark } from "../grades/cells.ts"
import { fold } from "../people/naming.ts"
import type { Viewer } from "../people/scope.ts"
import { readGuardians } from "./guardians.ts"
import { readMarks } from "./marks.ts"
import type { ImportResult, Outcome } from "./outcomes.ts"
import { type MarksFrame, marksFrame } from "./queries/marks.ts"
import { linksOf, type SchoolStudent, studentsOf } from "./queries/school.ts"
import type { Table } from "./reading/table.ts"
import type { ImportKind } from "./spellings.ts"
import {
  CLASS_NOT_IN_SCHOOL,
  countShelves,
  type ImportContext,
  type Settled,
  type SettledResult,
} from "./stored.ts"
import { readStudents } from "./students.ts"
import { placeColumns } from "./targets.ts"
import { markOf, markText } from "./values.ts"

/** What a kind of import is compared with; read once for a preview, an answer or a commit. */
export type Known = {
  students: SchoolStudent[]
  classes: SchoolClasses
  /** marks only */
  frame: MarksFrame | null
}

export async function knownFor(
  db: Db,
  who: Viewer,
  { kind, context }: { kind: ImportKind; context: ImportContext },
): Promise<Known> {
  const people = await peopleFor(db, { kind, context })
  return kind === "marks" ? { ...people, frame: await marksFrame(db, who, context) } : people
}

/** The same without the marks: whom a line may be about. Of a sheet of marks, the students of its class. */
export async function peopleFor(
  db: Db,
  { kind, context }: { kind: ImportKind; context: ImportContext },
): Promise<Known> {
  const { yearId, classId } = context
  const classes = new SchoolClasses(await classesOf(db, yearId), context.classes)
  const students = await studentsOf(db, yearId, kind === "marks" ? (classId ?? 0) : undefined)
  return { students, classes, frame: null }
}

/** The classes of the year by any spelling of their label, with what a person said of those it has not. */
export class SchoolClasses {
  readonly all: { id: number; label: string }[]
  readonly #ids = new Map<string, number>()
  readonly #chosen: ImportContext["classes"]

  constructor(all: { id: number; label: string }[], chosen: ImportContext["classes"] = {}) {
    this.all = all
    this.#chosen = chosen
    for (const { id, label } of all) {
      this.#ids.set(fold(label), id)
      this.#ids.set(fold(canonicalClass(label) ?? label), id)
    }
  }

  /** The class of a label as the readers write it; `new` when it is to be made, null when nobody said. */
  placeOf(label: string): number | "new" | null {
    return this.#ids.get(fold(label)) ?? this.#chosen[label] ?? null
  }

  labelOf(id: number | null): string | null {
    return this.all.find((one) => one.id === id)?.label ?? null
  }
}

/** Reads a whole file: one outcome per physical line. */
export async function readAgainst(
  db: Db,
  { kind, context, known }: { kind: ImportKind; context: ImportContext; known: Known },
  table: Table,
): Promise<SettledResult> {
  const { mappings } = context
  const className = known.classes.labelOf(context.classId)
  if (kind === "students") {
    const { schoolYear } = context
    return settled(
      readStudents(table, { className, schoolYear, existing: known.students, mappings }),
      (outcome) => placeStudent(outcome, known),
    )
  }
  if (kind === "guardians") {
    const existing = await linksOf(db)
    return settled(readGuardians(table, known.students, { className, existing, mappings }))
  }
  const { frame } = known
  const read = readMarks(table, known.students, { className, mappings, scale: frame?.scale })
  if (!frame) return settled(read)
  const columns = placeColumns(markKeys(read.columns), frame, context.targets)
  return settled(read, (outcome) => compareMarks(outcome, columns, frame))
}

function settled({ outcomes, columns }: ImportResult, settle: (outcome: Outcome) => Settled = (one) => one) {
  const all = outcomes.map(settle)
  return { outcomes: all, columns, counts: countShelves(all) }
}

/** A student goes into a class that the school has; one it has and who is in no class this year is enrolled. */
export function placeStudent(outcome: Settled, { students, classes }: Known): Settled {
  if (outcome.action === "create") {
    const label = outcome.canonical?.classe
    if (typeof label !== "string" || classes.placeOf(label) !== null) return outcome
    return { ...outcome, action: "review", reason: CLASS_NOT_IN_SCHOOL }
  }
  const label = outcome.extra?.class
  if (outcome.action !== "duplicate" || outcome.student === undefined || !label) return outcome
  const student = students.find(({ id }) => id === outcome.student)
  if (!student || student.class_id !== null) return outcome
  if (classes.placeOf(label) === null) return { ...outcome, action: "review", reason: CLASS_NOT_IN_SCHOOL }
  return { ...outcome, enrol: label }
}

/** The columns of marks of all headers, in order. */
export const markKeys = (columns: ImportResult["columns"]): string[] => [
  ...new Set(
    columns.flatMap(({ roles }) =>
      roles.flatMap((role) => (role?.startsWith("mark:") ? [role.slice("mark:".length)] : [])),
    ),
  ),
]

/** Marks that the school has already: the same ones are nothing new, other ones wait for a person. */
export function compareMarks(
  outcome: Settled,
  columns: ReturnType<typeof placeColumns>,
  { marks }: Pick<MarksFrame, "marks">,
): Settled {
  if (outcome.action !== "marks" || typeof outcome.student !== "number") return outcome
  const marked: Record<string, string> = {}
  let fresh = 0
  let known = 0
  for (const { key, target } of columns) {
    const cell = outcome.cells?.[key]
    const value = cell && markOf(cell)
    if (!value || !isEntered(value)) {
      if (cell && "reason" in cell) fresh++
      continue
    }
    const stored = target?.assessment ? marks.get(cellKey(target.assessment, outcome.student)) : undefined
    if (!stored || !isEntered(stored)) fresh++
    else if (sameMark(stored, value)) known++
    else marked[key] = markText(stored)
  }
  if (Object.keys(marked).length > 0) return { ...outcome, marked }
  if (known === 0 || fresh > 0) return outcome
  return { ...outcome, action: "duplicate", duplicate_of: "les notes déjà enregistrées" }
}
