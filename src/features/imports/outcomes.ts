import type { Columns } from "./columns.ts"

/** What becomes of one physical line (test/examples/import/README.md). */
export type Action =
  | "header"
  | "section"
  | "ignore"
  | "create"
  | "duplicate"
  | "review"
  | "marks"
  | "payment"
  | "candidate"
  | "block"

/** What one mark cell says: a value as a decimal on the scale, a status, a question or an error. */
export type CellOutcome =
  | { value: string; note?: string }
  | { status: "ABS_J" | "ABS_NJ" | "DISP" | "NE" }
  | { status: "ask"; reason: string }
  | { status: "error"; reason: string; suggestion?: string }

/** A line of this file, or the key of somebody the school already has. */
export type Reference = number | string

export type Canonical = Record<string, string | boolean | null>

export interface Outcome {
  line: number
  action: Action
  /** exact values to store */
  canonical?: Canonical
  /** shown, they stop nothing */
  warnings?: string[]
  reason?: string
  duplicate_of?: Reference
  conflicts_with?: Reference
  suggestion?: string
  note?: string
  /** the class a `section` line announces */
  classe?: string
  matricule?: string | null
  match_by?: "name+class"
  same_guardian_as?: number | null
  cells?: Record<string, CellOutcome>

  // What follows is kept for the pages and the commit, and not printed by the terminal verb.
  /** the cells as they stand in the file: what a person sees when deciding */
  raw: string[]
  /** the student of the roster that the line was matched with: its key */
  student?: Reference
  /** the fields in which this line differs from the one it conflicts with */
  differs?: string[]
  /** read besides the canonical values, free to store: father, mother, address */
  extra?: Record<string, string>
  /** what a line of somebody known says, to be compared with the card; not kept with the line */
  read?: Canonical
}

export interface ImportResult {
  counts: Partial<Record<Action, number>>
  outcomes: Outcome[]
  /** every header found, with the mapping guessed or chosen */
  columns: Columns[]
}

const PRINTED = [
  "line",
  "action",
  "warnings",
  "canonical",
  "classe",
  "matricule",
  "cells",
  "match_by",
  "same_guardian_as",
  "reason",
  "suggestion",
  "duplicate_of",
  "conflicts_with",
  "note",
] as const satisfies (keyof Outcome)[]

export function countOutcomes(outcomes: readonly Outcome[]): ImportResult["counts"] {
  const counts: ImportResult["counts"] = {}
  for (const { action } of outcomes) counts[action] = (counts[action] ?? 0) + 1
  return counts
}

/** The outcome as the terminal prints it: what does not apply is left out. */
export function printed(outcome: Outcome): Partial<Outcome> {
  return Object.fromEntries(
    PRINTED.filter((key) => outcome[key] !== undefined).map((key) => [key, outcome[key]]),
  )
}
