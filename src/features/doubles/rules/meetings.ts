// Rows of both cards of which the kept card may have only one: what becomes of each two. Pure.
import type { Row } from "../../people/conflict.ts"
import type { Side } from "./fields.ts"

export type Shape = {
  table: string
  /** the column that names the person */
  column: string
  key: readonly string[]
  columns: readonly string[]
  label: string
}

/**
 * aside: the other card's row goes into the journal, the kept one stays as it is. fill: the same, and the kept row
 * gets what it lacks. stay: both stay where they are. append: the other row moves to the end. close: the other
 * stays, closed. choice: somebody says which one counts. blocked: it must be settled first.
 */
export type Outcome = "aside" | "fill" | "stay" | "append" | "close" | "choice" | "blocked"

export type Meeting = {
  /** names the choice in the form */
  name: string
  shape: Shape
  kept: Row
  other: Row
  outcome: Outcome
  /** the columns in which they differ */
  differing: string[]
}

/** Who wrote a row and when, and how often: no part of what it says. */
const BOOKKEEPING = /^(version|at|account_id|.*_at|.*_by)$/

/** Tables whose columns say things apart from each other: what one row lacks is taken from the other. */
const FILLED = new Set(["student_period", "medical_note"])
/** What only those may read who have the right: nobody else chooses between two of them. */
const RESTRICTED = new Set(["medical_note"])

const blank = (value: Row[string] | undefined) =>
  value === undefined || value === null || value === "" || value === 0

/** The columns that say something, apart from the key and who wrote them. */
export const contentOf = ({ columns, key, column }: Shape, unique: readonly string[] = []) =>
  columns.filter(
    (one) =>
      one !== "id" && one !== column && !key.includes(one) && !unique.includes(one) && !BOOKKEEPING.test(one),
  )

/** What becomes of two rows that agree in the columns of a unique key, but for the person. */
export function meetingOf(shape: Shape, unique: readonly string[], kept: Row, other: Row): Meeting {
  const rest = unique.filter((column) => column !== shape.column)
  const content = contentOf(shape, rest)
  const differing = content.filter((column) => (kept[column] ?? null) !== (other[column] ?? null))
  const name = [shape.table, shape.column, ...rest.map((column) => String(other[column]))].join(".")
  return { name, shape, kept, other, differing, outcome: outcomeOf(shape, rest, { kept, other, differing }) }
}

function outcomeOf(
  { table, key, column }: Shape,
  rest: readonly string[],
  { kept, other, differing }: { kept: Row; other: Row; differing: string[] },
): Outcome {
  if (table === "enrolment") return kept.class_id === other.class_id ? "close" : "blocked"
  if (table === "account") return servesOther(other, column) ? "blocked" : "close"
  if (rest.join() === "version") return "stay"
  if (!key.includes(column)) return rest.join() === "position" && differing.length > 0 ? "append" : "stay"
  if (differing.length === 0) return "aside"
  const completes = differing.every((one) => blank(kept[one]) || blank(other[one]))
  const saysNothing = differing.every((one) => blank(other[one]))
  if (saysNothing && FILLED.has(table)) return "aside"
  if (completes && FILLED.has(table)) return "fill"
  return RESTRICTED.has(table) ? "blocked" : "choice"
}

/** An account that somebody also uses as another kind of person. */
const servesOther = (account: Row, column: string) =>
  ["student_id", "guardian_id", "staff_id"].some((one) => one !== column && !blank(account[one]))

/** What the kept row becomes; null where it stays as it is. */
export function settledRow({ shape, kept, other, outcome }: Meeting, side: Side): Row | null {
  if (outcome === "fill") {
    const lacking = contentOf(shape).filter((column) => blank(kept[column]) && !blank(other[column]))
    return Object.fromEntries(lacking.map((column) => [column, other[column] ?? null]))
  }
  if (outcome !== "choice" || side === "kept") return null
  const written = shape.columns.filter((column) => !shape.key.includes(column) && column !== "version")
  const row = Object.fromEntries(written.map((column) => [column, other[column] ?? null]))
  return "version" in kept ? { ...row, version: Number(kept.version) + 1 } : row
}
