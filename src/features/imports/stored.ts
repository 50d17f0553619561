// An import as its tables keep it: JSON columns in, objects out, and back.
import { type CardField, type Difference, needsChoice, type Takes, takenByItself } from "./cards.ts"
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
  /** fields of which the file's value replaces the card's on every line where nobody chose otherwise */
  replace: CardField[]
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
  replace: [],
}

export const readContext = (json: string): ImportContext => ({ ...EMPTY, ...JSON.parse(json) })

export const emptyContext = (): ImportContext => structuredClone(EMPTY)

export const readColumns = (json: string): Columns[] => JSON.parse(json).columns ?? []

/** How many lines say another value of a field than the card does. */
export type Differing = Partial<Record<CardField, number>>

export const readDiffering = (json: string): Differing => JSON.parse(json).differing ?? {}

export function countDiffering(outcomes: readonly Settled[]): Differing {
  const counts: Differing = {}
  for (const { action, fields = [] } of outcomes) {
    if (action !== "duplicate") continue
    for (const one of fields) {
      if (!takenByItself(one, [])) counts[one.field] = (counts[one.field] ?? 0) + 1
    }
  }
  return counts
}

/** An outcome, with what only a comparison with the school can say. */
export interface Settled extends Outcome {
  /** a student the school has who is in no class this year: the class to be enrolled in */
  enrol?: string
  /** the guardian or member of the staff whose card the line is about; a student's key is `student` */
  card?: number
  /** what the person of that card is called */
  named?: string
  /** what the line says otherwise than the card, or than the line it conflicts with */
  fields?: Difference[]
  /** what is written of these fields, once settled */
  set?: Difference[]
  /** the earlier line of this file that the same person was read from */
  elder?: number
  /** marks that stand in the school and differ from the file's, as text, by column */
  marked?: Record<string, string>
  /** columns whose mark of the file replaces the school's, as a person chose */
  replaces?: string[]
}

/** What a person answered about one line: the reader's answer, and what only the school can settle. */
export type LineAnswer = Answer & {
  /** fields whose value of the file is taken, or not, whatever is usual */
  takes?: Takes
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
 * whose class the school has not, which one answer about the class settles for all; `differs` for somebody the
 * school has of whom the file says something else, `fill` when it only says more, `enrol` for one to be enrolled.
 */
export type Shelf = Outcome["action"] | "cells" | "unplaced" | "differs" | "fill" | "enrol"

/** Shelves of lines that ask for a person one by one. */
export const ASKING: readonly Shelf[] = ["review", "cells", "differs"]

/** Shelves of lines that change nothing. */
export const UNCHANGED: readonly Shelf[] = ["duplicate", "ignore", "header", "section"]

export const CLASS_NOT_IN_SCHOOL = "class_not_in_school"

/** `replace`: fields that were decided for the whole file, which ask nobody any more. */
export function shelfOf(outcome: Settled, replace: readonly CardField[] = []): Shelf {
  if (outcome.reason === CLASS_NOT_IN_SCHOOL) return "unplaced"
  if (outcome.action === "duplicate" && outcome.fields?.length) {
    return needsChoice(outcome.fields, replace) ? "differs" : "fill"
  }
  if (outcome.enrol) return "enrol"
  if (outcome.action !== "marks") return outcome.action
  return heldCells(outcome).length > 0 ? "cells" : "marks"
}

/** The columns of a line of marks in which a person must decide. */
export const heldCells = ({ cells = {}, marked = {} }: Settled): string[] =>
  Object.keys(cells).filter((key) => "reason" in (cells[key] ?? {}) || key in marked)

export function lineRow(importId: number, outcome: Settled, replace: readonly CardField[] = []) {
  const { raw, ...told } = outcome
  return {
    import_id: importId,
    line: outcome.line,
    raw: JSON.stringify(raw),
    action: shelfOf(outcome, replace),
    outcome: JSON.stringify(told),
  }
}

export type SettledResult = Omit<ImportResult, "outcomes" | "counts"> & {
  outcomes: Settled[]
  counts: Partial<Record<Shelf, number>>
}

export function countShelves(
  outcomes: readonly Settled[],
  replace: readonly CardField[] = [],
): SettledResult["counts"] {
  const counts: SettledResult["counts"] = {}
  for (const outcome of outcomes) {
    const shelf = shelfOf(outcome, replace)
    counts[shelf] = (counts[shelf] ?? 0) + 1
  }
  return counts
}

export const KINDS = ["students", "guardians", "staff", "marks"] as const satisfies readonly ImportKind[]
export const isKind = (word: unknown): word is ImportKind => (KINDS as readonly unknown[]).includes(word)
