// Tables as text files that French Excel opens as they are meant.
import Papa from "papaparse"

/** What a spreadsheet would run: = + - @, tab, carriage return. */
export const FORMULAS = /^[=+\-@\t\r]/

/** What it would not leave as it stands: formulas, and numbers that lose leading zeros, last digits or a letter E. */
const CHANGED = new RegExp(`${FORMULAS.source}|^(?:0[\\d ]+|\\d{12,}|\\d+[eE]\\d+)$`)

/** BOM, semicolons, CRLF; an apostrophe before a cell that a spreadsheet would change keeps it a text. */
export const csvText = (rows: readonly (readonly string[])[], kept: RegExp = CHANGED): string =>
  `\ufeff${Papa.unparse(rows as string[][], { delimiter: ";", newline: "\r\n", escapeFormulae: kept })}\r\n`
