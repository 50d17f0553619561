// Tables as text files that French Excel opens as they are meant.
import Papa from "papaparse"

/**
 * What a spreadsheet would not leave as it stands: a formula (= + - @, tab, carriage return), a number that would
 * lose its leading zeros, its last digits or its letter E. An apostrophe before it keeps it a text.
 */
const CHANGED = /^(?:[=+\-@\t\r]|0[\d ]+$|\d{12,}$|\d+[eE]\d+$)/

/** BOM, semicolons, CRLF. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${Papa.unparse(rows as string[][], { delimiter: ";", newline: "\r\n", escapeFormulae: CHANGED })}\r\n`
