// Marks between what the readers say, what the tables keep and what a person reads. Pure.
import { short } from "../../web/french.ts"
import type { MarkValue } from "../grades/cells.ts"
import type { CellOutcome } from "./outcomes.ts"

/** « 12.5 » -> 1250 hundredths; null for a cell that is held. */
export function markOf(cell: CellOutcome): MarkValue | null {
  if ("value" in cell) {
    const [units = "0", decimals = ""] = cell.value.split(".")
    return { value: Number(units) * 100 + Number(decimals.padEnd(2, "0")), status: null }
  }
  if (cell.status === "ask" || cell.status === "error") return null
  return { value: null, status: cell.status }
}

const STATUS_WORDS = { ABS_J: "abs j", ABS_NJ: "abs nj", DISP: "disp", NE: "" } as const

/** A mark as one types it in the grid: « 12,5 », « abs j », nothing for a blank. */
export const markText = ({ value, status }: MarkValue): string =>
  value === null ? STATUS_WORDS[status ?? "NE"] : short(value)

/** What stands beside a mark and is kept: the star of « 13,5* ». */
export const remarkOf = (cell: CellOutcome): string | null =>
  "note" in cell && cell.note?.includes("asterisk") ? "*" : null
