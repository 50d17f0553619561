// An import as its tables keep it: JSON columns in, objects out, and back.
import type { Columns, Mappings } from "./columns.ts"
import type { ImportResult, Outcome } from "./outcomes.ts"
import type { Answer } from "./resolve.ts"
import type { ImportKind } from "./spellings.ts"

/** What a person said of the whole file before its lines were read. */
export interface ImportContext {
  yearId: number
  /** « 2026-2027 » */
  schoolYear: string
  /** the class of lines under no other; the class of a sheet of marks */
  classId: number | null
  /** students are enrolled from the first day of the year, or from the day of the commit */
  from: "year" | "today"
  /** classes that the file names and the year has not: the class meant, or a new one */
  classes: Record<string, number | "new">
  periodId: number | null
  /** where each column of marks goes, chosen by a person; null: nowhere */
  targets: Record<string, Target | null>
  /** columns chosen for this file, by signature */
  mappings: Mappings
}

/** The assessment that a column of marks fills: an existing one, or (null) a new one of this category. */
export interface Target {
  classSubject: number
  category: string
  assessment: number | null
}

const EMPTY: ImportContext = {
  yearId: 0,
  schoolYear: "",
  classId: null,
  from: "year",
  classes: {},
  periodId: null,
  targets: {},
  mappings: {},
}

export const readContext = (json: string): ImportContext => ({ ...EMPTY, ...JSON.parse(json) })

export const emptyContext = (): ImportContext => structuredClone(EMPTY)

export const readColumns = (json: string): Columns[] => JSON.parse(json).columns ?? []

/** An outcome, with what only a comparison with the school can say. */
export interface Settled extends Outcome {
  /** a student the school has who is in no class this year: the class to be enrolled in */
  enrol?: string
  /** what a person chose to put on the card of a student the school has */
  set?: Partial<Record<UpdatedField, string>>
  /** marks that stand in the school and differ from the file's, as text, by column */
  marked?: Record<string, string>
  /** columns whose mark of the file replaces the school's, as a person chose */
  replaces?: string[]
}

/** The fields of a card that an import may correct when a person says so. */
export const UPDATED = ["naissance", "sexe", "lieu", "telephone"] as const
export type UpdatedField = (typeof UPDATED)[number]

/** What a person answered about one line: the reader's answer, and what only the school can settle. */
export type LineAnswer = Answer & {
  /** put the file's values on the card of the student chosen */
  update?: boolean
  /** columns whose mark of the file replaces the school's */
  replaces?: string[]
}

export type StoredAnswer = LineAnswer & { by: number; at: string }

export interface StoredLine {
  line: number
  outcome: Settled
  answer: StoredAnswer | null
}

export type LineRow = { line: number; raw: string; outcome: string; resolution: string | null }

export const readLine = ({ line, raw, outcome, resolution }: LineRow): StoredLine => ({
  line,
  outcome: { ...JSON.parse(outcome), raw: JSON.parse(raw) },
  answer: resolution === null ? null : JSON.parse(resolution),
})

/**
 * Where a line is listed: its action; `cells` for marks of which some ask for a person; `unplaced` for a line
 * whose class the school has not, which one answer about the class settles for all.
 */
export type Shelf = Outcome["action"] | "cells" | "unplaced"

/** Shelves of lines that ask for a person one by one. */
export const ASKING: readonly Shelf[] = ["review", "cells"]

export const CLASS_NOT_IN_SCHOOL = "class_not_in_school"

export function shelfOf(outcome: Settled): Shelf {
  if (outcome.reason === CLASS_NOT_IN_SCHOOL) return "unplaced"
  if (outcome.action !== "marks") return outcome.action
  return heldCells(outcome).length > 0 ? "cells" : "marks"
}

/** The columns of a line of marks in which a person must decide. */
export const heldCells = ({ cells = {}, marked = {} }: Settled): string[] =>
  Object.keys(cells).filter((key) => "reason" in (cells[key] ?? {}) || key in marked)

export function lineRow(importId: number, outcome: Settled) {
  const { raw, ...told } = outcome
  return {
    import_id: importId,
    line: outcome.line,
    raw: JSON.stringify(raw),
    action: shelfOf(outcome),
    outcome: JSON.stringify(told),
  }
}

export type SettledResult = Omit<ImportResult, "outcomes" | "counts"> & {
  outcomes: Settled[]
  counts: Partial<Record<Shelf, number>>
}

export function countShelves(outcomes: readonly Settled[]): SettledResult["counts"] {
  const counts: SettledResult["counts"] = {}
  for (const outcome of outcomes) {
    const shelf = shelfOf(outcome)
    counts[shelf] = (counts[shelf] ?? 0) + 1
  }
  return counts
}

export const KINDS = ["students", "guardians", "marks"] as const satisfies readonly ImportKind[]
export const isKind = (word: unknown): word is ImportKind => (KINDS as readonly unknown[]).includes(word)
