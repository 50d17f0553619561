import type { Tables } from "./db/tables.ts"

export type Person = "student" | "guardian" | "staff"

type ColumnOf<T extends keyof Tables> = keyof Tables[T] & string

/** Rows that belong to a row: `column` of `table` holds that row's `id`. */
export type Part<T extends keyof Tables = keyof Tables> = T extends keyof Tables
  ? { table: T; column: ColumnOf<T>; label: string }
  : never

/**
 * Rows of one table that are about a person. What each feature declares here is what the export of a person's data
 * reads, what erasure takes away or keeps, and what the merge of two cards of one person carries over; a test
 * looks for columns that name a person and are not declared.
 */
export type Holding<T extends keyof Tables = keyof Tables> = {
  table: T
  person: Person
  /** names the person: `student_id` */
  column: ColumnOf<T>
  /** the columns of the table's key, where it is not `id` */
  key?: readonly ColumnOf<T>[]
  /** French heading in the export */
  label: string
  /** columns that the export leaves out: secrets, and what repeats other columns for searching */
  hidden?: readonly ColumnOf<T>[]
  /** the column with the path of a file in the school's folder: it goes with the row and is part of the export */
  file?: ColumnOf<T>
  parts?: readonly Part[]
  /**
   * When the time to keep it is over: the rows go, or no longer name the person, or stay because law or the books
   * oblige to (`why`).
   */
  erasure: "delete" | "unset" | "keep"
  why?: string
}

/** A holding whose columns the compiler checks against its table. */
export function holding<const T extends keyof Tables>(held: Holding<T>): Holding {
  return held as unknown as Holding
}
