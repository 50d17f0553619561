import { Refusal } from "../../../web/refusal.ts"
import type { Limits } from "./bytes.ts"

export interface SheetText {
  name: string
  /** one entry per row of the sheet, empty ones included */
  rows: string[][]
}

/** What an archive may unpack to: a workbook of text shrinks by ten or twenty, a bomb by a thousand. */
const LARGEST_UNPACKED = 150_000_000

/** The sheets of an XLSX in their order, each cell as the text one would have typed. */
export async function readSheets(bytes: Uint8Array, limits: Limits): Promise<SheetText[]> {
  const data = Buffer.from(bytes)
  if (unpackedSize(data) > LARGEST_UNPACKED) {
    throw new Refusal(
      413,
      "Ce classeur est trop grand une fois décompressé. Enregistrez en CSV la seule feuille à importer.",
    )
  }
  // loaded with the first workbook: most servers read CSV for weeks
  const { default: readWorkbook } = await import("read-excel-file/node")
  let sheets: Awaited<ReturnType<typeof readWorkbook>>
  try {
    sheets = await readWorkbook(data)
  } catch {
    throw new Refusal(
      415,
      "Ce classeur Excel est endommagé ou protégé par un mot de passe : il n’a pas pu être lu.",
    )
  }
  const read = sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }))
  const filled = read.filter(({ rows }) => rows.length > 0)
  if (filled.reduce((sum, { rows }) => sum + rows.length, 0) > limits.maxLines) {
    throw new Refusal(413, `Ce classeur a plus de ${limits.maxLines} lignes : importez-le en plusieurs fois.`)
  }
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

/** The sum that the archive's own directory announces. */
function unpackedSize(data: Buffer): number {
  let total = 0
  for (let at = data.indexOf("PK\x01\x02", 0, "latin1"); at !== -1 && at + 46 <= data.length; ) {
    total += data.readUInt32LE(at + 24)
    at = data.indexOf("PK\x01\x02", at + 46, "latin1")
  }
  return total
}
