// The only file that writes Excel workbooks. 3,000 rows take a second: the worker does it (pool.ts).
import writeWorkbook, { type Cell, type SheetData } from "write-excel-file/node"

export type CellValue = string | number | { day: string } | { hundredths: number } | null

/** One sheet, as plain values that may cross over to the worker. */
export type WorkbookSheet = {
  name: string
  head: string[]
  /** in characters, one a column */
  widths: number[]
  rows: CellValue[][]
}

function cellOf(value: CellValue): Cell {
  if (value === null || value === "") return null
  if (typeof value === "string") return { value, type: String }
  if (typeof value === "number") return { value, type: Number }
  if ("day" in value)
    return { value: new Date(`${value.day}T00:00:00.000Z`), type: Date, format: "dd/mm/yyyy" }
  return { value: value.hundredths / 100, type: Number, format: "0.00" }
}

function sheetOf({ name, head, widths, rows }: WorkbookSheet) {
  const heads = head.map((value): Cell => ({ value, type: String, fontWeight: "bold" }))
  const data: SheetData = [heads, ...rows.map((row) => row.map(cellOf))]
  return { data, sheet: name, columns: widths.map((width) => ({ width })), stickyRowsCount: 1 }
}

/** The bytes of an XLSX with one sheet: heads bold and kept in sight, texts as texts whatever they begin with. */
export async function renderWorkbook(sheet: WorkbookSheet): Promise<Uint8Array> {
  const { data, ...options } = sheetOf(sheet)
  return writeWorkbook(data, options).toBuffer()
}

/** The same with several sheets, in this order. */
export const renderSheets = async (sheets: WorkbookSheet[]): Promise<Uint8Array> =>
  writeWorkbook(sheets.map(sheetOf)).toBuffer()
