// A list as a file: the same rows for a CSV and for a workbook. Pure.
import type { CellValue, WorkbookSheet } from "../../../documents/workbook.ts"
import { date, decimal } from "../../../web/french.ts"
import { type PhonePlan, phoneText } from "../../people/phone.ts"
import { type Cell, type ColumnKey, columnOf, type StudentLine } from "./columns.ts"
import { masked } from "./masking.ts"

/** How phones are read, and whether personal data is masked. */
export type Writing = { plan: PhonePlan; masked: boolean }

/** Surname and given names apart, as the register of the ministry and our own import want them. */
const NAMES = [
  { label: "Nom", width: 18 },
  { label: "Prénoms", width: 22 },
] as const

export const headOf = (columns: readonly ColumnKey[]) => [
  ...NAMES.map(({ label }) => label),
  ...columns.map((key) => columnOf(key).label),
]

function cellsOf(line: StudentLine, columns: readonly ColumnKey[], writing: Writing): Cell[] {
  const rest = columns.map((key) => {
    const { cell, mask } = columnOf(key)
    return writing.masked ? masked(cell(line), mask, writing.plan) : cell(line)
  })
  return [line.surname, line.given_names, ...rest]
}

/** « +223 70 00 00 01 », with the country: the file may be opened anywhere. */
function phoneAbroad(e164: string, plan: PhonePlan): string {
  const own = `+${plan.prefix}`
  return e164.startsWith(own) ? `${own} ${phoneText(e164, plan)}` : phoneText(e164, plan)
}

/** A cell as a person reads it; `none` where there is nothing. */
export function cellText(cell: Cell, phone: (e164: string) => string, none = ""): string {
  if (cell === null || cell === "") return none
  if (typeof cell !== "object") return String(cell)
  if ("day" in cell) return date(cell.day)
  if ("hundredths" in cell) return decimal(cell.hundredths)
  return cell.phones.map(phone).join(" / ")
}

/** The rows of a CSV, without the heads. */
export function csvRows(lines: readonly StudentLine[], columns: readonly ColumnKey[], writing: Writing) {
  const phone = (e164: string) => phoneAbroad(e164, writing.plan)
  return lines.map((line) => cellsOf(line, columns, writing).map((cell) => cellText(cell, phone)))
}

/** The same list as a sheet of a workbook, still without its rows. */
export const sheetOf = (columns: readonly ColumnKey[]): Omit<WorkbookSheet, "rows"> => ({
  name: "Élèves",
  head: headOf(columns),
  widths: [...NAMES.map(({ width }) => width), ...columns.map((key) => columnOf(key).width)],
})

/** The rows of the sheet: days are days, numbers are numbers, phones are texts. */
export function sheetRows(
  lines: readonly StudentLine[],
  columns: readonly ColumnKey[],
  writing: Writing,
): CellValue[][] {
  const value = (cell: Cell): CellValue => {
    if (cell === null || typeof cell !== "object") return cell
    if ("phones" in cell) return cell.phones.map((one) => phoneAbroad(one, writing.plan)).join(" / ")
    return "day" in cell ? { day: cell.day } : { hundredths: cell.hundredths }
  }
  return lines.map((line) => cellsOf(line, columns, writing).map(value))
}
