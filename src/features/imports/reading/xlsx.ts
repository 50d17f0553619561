import { Refusal } from "../../../web/refusal.ts"
import { safeWorkbook } from "./archive.ts"
import type { Limits } from "./bytes.ts"

export interface SheetText {
  name: string
  /** one entry per row of the sheet, empty ones included */
  rows: string[][]
}

/** Letters of all cells: one text of a megabyte may stand in every cell of a small file. */
const MOST_LETTERS = 30_000_000

const UNFIT = {
  too_large:
    "Ce classeur est trop grand une fois décompressé. Enregistrez en CSV la seule feuille à importer.",
  too_wide:
    "Ce classeur a des cellules très loin de son tableau. Supprimez les lignes et les colonnes qui ne servent pas, ou enregistrez en CSV la seule feuille à importer.",
  damaged: "Ce classeur Excel est endommagé ou protégé par un mot de passe : il n’a pas pu être lu.",
} as const

const refusal = (why: keyof typeof UNFIT) => new Refusal(why === "damaged" ? 415 : 413, UNFIT[why])

/** The sheets of an XLSX in their order, each cell as the text one would have typed. */
export async function readSheets(bytes: Uint8Array, limits: Limits): Promise<SheetText[]> {
  const data = safeWorkbook(Buffer.from(bytes))
  if (typeof data === "string") throw refusal(data)
  // loaded with the first workbook: most servers read CSV for weeks
  const { default: readWorkbook } = await import("read-excel-file/node")
  let sheets: Awaited<ReturnType<typeof readWorkbook>>
  try {
    sheets = await readWorkbook(data)
  } catch {
    throw refusal("damaged")
  }
  const read = sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
  const filled = read.filter(({ rows }) => rows.length > 0)
  if (filled.reduce((sum, { rows }) => sum + rows.length, 0) > limits.maxLines) {
    throw new Refusal(413, `Ce classeur a plus de ${limits.maxLines} lignes : importez-le en plusieurs fois.`)
  }
  if (lettersIn(filled) > MOST_LETTERS) throw refusal("too_large")
  return filled
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return ""
    const [year, month, day] = value.toISOString().slice(0, 10).split("-")
    return `${day}/${month}/${year}`
  }
  if (typeof value === "boolean") return value ? "VRAI" : "FAUX"
  return String(value)
}

function lettersIn(sheets: readonly SheetText[]): number {
  let letters = 0
  for (const { rows } of sheets) for (const row of rows) for (const cell of row) letters += cell.length
  return letters
}
