// A file read against the school as it stands: what its readers say, then what only the school can add.
import type { Db } from "../../db/index.ts"
import { holds } from "../../permissions.ts"
import { classesOf } from "../classes/queries.ts"
import { cellKey, isEntered, sameMark } from "../grades/cells.ts"
import { fold } from "../people/naming.ts"
import type { Viewer } from "../people/scope.ts"
import { type Customs, MALIAN, readClass } from "./customs.ts"
import { readGuardians } from "./guardians.ts"
import { readMarks } from "./marks.ts"
import { compareLines, meetGuardian, placeStaff, placeStudent } from "./meeting.ts"
import type { ImportResult, Outcome } from "./outcomes.ts"
import { type MarksFrame, marksFrame } from "./queries/marks.ts"
import {
  customsFor,
  type KnownLink,
  knownLinks,
  linksOf,
  type SchoolStaff,
  type SchoolStudent,
  staffOfSchool,
  studentsOf,
} from "./queries/school.ts"
import type { Table } from "./reading/table.ts"
import type { ImportKind } from "./spellings.ts"
import { readStaff } from "./staff.ts"
import { countShelves, type ImportContext, type Settled, type SettledResult } from "./stored.ts"
import { readStudents } from "./students.ts"
import { placeColumns } from "./targets.ts"
import { markOf, markText } from "./values.ts"

/** What a kind of import is compared with; read once for a preview, an answer or a commit. */
export type Known = {
  students: SchoolStudent[]
  classes: SchoolClasses
  /** guardians only: whom the students have already */
  links?: KnownLink[]
  /** staff only */
  staff?: SchoolStaff[]
  /** this person may correct a matricule that a card has */
  correctsMatricules: boolean
  /** marks only */
  frame: MarksFrame | null
}

export async function knownFor(
  db: Db,
  who: Viewer,
  { kind, context }: { kind: ImportKind; context: ImportContext },
): Promise<Known> {
  const people = await peopleFor(db, who, { kind, context })
  return kind === "marks" ? { ...people, frame: await marksFrame(db, who, context) } : people
}

/** The same without the marks: whom a line may be about. Of a sheet of marks, the students of its class. */
export async function peopleFor(
  db: Db,
  who: Viewer,
  { kind, context }: { kind: ImportKind; context: ImportContext },
): Promise<Known> {
  const { yearId, classId } = context
  const all = await classesOf(db, yearId)
  // marks are of students found already: only reading a file needs to know how the school writes
  const customs = kind === "marks" ? MALIAN : await customsFor(db, all)
  const classes = new SchoolClasses(all, context.classes, customs)
  const correctsMatricules = holds(who.permissions, who.roles, "people.matricule")
  const known = { classes, correctsMatricules, frame: null }
  if (kind === "staff") return { ...known, students: [], staff: await staffOfSchool(db) }
  const students = await studentsOf(db, yearId, kind === "marks" ? (classId ?? 0) : undefined)
  return kind === "guardians" ? { ...known, students, links: await knownLinks(db) } : { ...known, students }
}

/** The classes of the year by any spelling of their label, with what a person said of those it has not. */
export class SchoolClasses {
  readonly all: { id: number; label: string }[]
  readonly customs: Customs
  readonly #ids = new Map<string, number>()
  readonly #chosen: ImportContext["classes"]

  constructor(
    all: { id: number; label: string }[],
    chosen: ImportContext["classes"] = {},
    customs: Customs = MALIAN,
  ) {
    this.all = all
    this.customs = customs
    this.#chosen = chosen
    for (const { id, label } of all) {
      this.#ids.set(fold(label), id)
      this.#ids.set(fold(readClass(label, customs) ?? label), id)
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
  const { mappings, replace } = context
  const customs = kind === "marks" ? await customsFor(db, known.classes.all) : known.classes.customs
  const className = known.classes.labelOf(context.classId)
  if (kind === "students") {
    const { schoolYear } = context
    const read = readStudents(table, { className, schoolYear, existing: known.students, mappings, customs })
    return settled(read, replace, (outcome) => placeStudent(outcome, known))
  }
  if (kind === "staff") {
    const read = readStaff(table, { existing: known.staff ?? [], mappings, customs })
    return settled(read, replace, (outcome) => placeStaff(outcome, known))
  }
  if (kind === "guardians") {
    const existing = await linksOf(db)
    const read = readGuardians(table, known.students, { className, existing, mappings, customs })
    return settled(read, replace, (outcome) => meetGuardian(outcome, known, read.columns))
  }
  const { frame } = known
  const read = readMarks(table, known.students, { className, mappings, customs, scale: frame?.scale })
  if (!frame) return settled(read, replace)
  const columns = placeColumns(markKeys(read.columns), frame, context.targets)
  return settled(read, replace, (outcome) => compareMarks(outcome, columns, frame))
}

function settled(
  { outcomes, columns }: ImportResult,
  replace: ImportContext["replace"],
  settle: (outcome: Outcome) => Settled = (one) => one,
): SettledResult {
  const all = compareLines(outcomes.map(settle))
  return { outcomes: all, columns, counts: countShelves(all, replace) }
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
