import { Refusal } from "../../../web/refusal.ts"
import { tidy } from "../../people/naming.ts"
import { formatOf, LIMITS, type Limits } from "./bytes.ts"
import { decode, type Encoding, repairDoubleEncoding } from "./encoding.ts"
import { physicalLines, records } from "./records.ts"
import { type Separator, separatorOf } from "./separator.ts"
import { readSheets } from "./xlsx.ts"

export type LineWarning = "double_encoding_repaired" | "nul_bytes_removed" | "formula_kept_as_text"

/** One physical line of a text file, or one row of a sheet. */
export interface TableLine {
  /** from 1, through all sheets */
  number: number
  /** as in the file, tidied: single spaces, composed accents; empty text where nothing stands */
  cells: string[]
  warnings: LineWarning[]
  /** the line on which the record began, when a quoted cell carried it over to this one */
  continues?: number
  /** the name of its sheet, in a workbook of several */
  sheet?: string
}

export interface Table {
  encoding: Encoding | "xlsx"
  separator: Separator | null
  lines: TableLine[]
}

/**
 * Any file a school may hand in, as lines of text cells; `lines.length` is the number of physical lines.
 * Refuses with 413 or 415 and a French sentence what is too large or no table.
 */
export async function readTable(bytes: Uint8Array, limits: Limits = LIMITS): Promise<Table> {
  const table =
    formatOf(bytes, limits) === "xlsx" ? await workbookTable(bytes, limits) : textTable(bytes, limits)
  if (table.lines.length > limits.maxLines) throw tooMany(table.lines.length, limits.maxLines, "lignes")
  let width = 0
  for (const line of table.lines) width = Math.max(width, usedWidth(line.cells))
  if (width > limits.maxColumns) throw tooMany(width, limits.maxColumns, "colonnes")
  return table
}

const tooMany = (count: number, limit: number, what: string) =>
  new Refusal(
    413,
    `Ce fichier a ${count} ${what} ; on peut en importer ${limit} au plus. Rien n’a été importé.`,
  )

function textTable(bytes: Uint8Array, limits: Limits): Table {
  const { text, encoding } = decode(bytes)
  const lines = physicalLines(text)
  if (lines.length > limits.maxLines) throw tooMany(lines.length, limits.maxLines, "lignes")
  const separator = separatorOf(text)
  const table: Table = { encoding, separator, lines: [] }
  for (const record of records(lines, separator)) {
    table.lines.push(tableLine(record.line, record.cells))
    for (let next = 1; next < record.spans; next++) {
      table.lines.push({ number: record.line + next, cells: [], warnings: [], continues: record.line })
    }
  }
  return table
}

async function workbookTable(bytes: Uint8Array, limits: Limits): Promise<Table> {
  const sheets = await readSheets(bytes, limits)
  const table: Table = { encoding: "xlsx", separator: null, lines: [] }
  for (const sheet of sheets) {
    for (const row of sheet.rows) {
      const line = tableLine(table.lines.length + 1, row)
      table.lines.push(sheets.length > 1 ? { ...line, sheet: sheet.name } : line)
    }
  }
  return table
}

function tableLine(number: number, typed: string[]): TableLine {
  const warnings = new Set<LineWarning>()
  const cells = typed.slice(0, usedWidth(typed)).map((cell) => readCell(cell, warnings))
  return { number, cells, warnings: [...warnings] }
}

const ORDINARY = /^[\x21-\x3c\x3e-\x7e]*$/

function readCell(typed: string, warnings: Set<LineWarning>): string {
  if (ORDINARY.test(typed)) return typed
  let text = typed
  if (text.includes("\0")) {
    text = text.replaceAll("\0", "")
    warnings.add("nul_bytes_removed")
  }
  const repaired = repairDoubleEncoding(text)
  if (repaired !== text) warnings.add("double_encoding_repaired")
  text = tidy(repaired)
  // ="0012" is how a table keeps a number as text: not a formula.
  const textNumber = /^="([^"]*)"$/.exec(text)
  if (textNumber) return tidy(textNumber[1] as string)
  if (/^[=@]./.test(text)) warnings.add("formula_kept_as_text")
  return text
}

/** How many cells up to the last one in which something stands. */
function usedWidth(cells: readonly string[]): number {
  let width = cells.length
  while (width > 0 && (cells[width - 1] as string).trim() === "") width--
  return width
}
