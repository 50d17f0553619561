import { setImmediate } from "node:timers/promises"
import type { Request, Response } from "express"
import { csvText } from "../../../documents/csv.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import { attach, TYPES, ticketFor, ticketIn } from "../../../web/download.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { planFor, todayFor } from "../../people/pages/asking.ts"
import { exportForm } from "../forms.ts"
import { EXPORTS_PAGE, exportsRecorded, recordExport } from "../queries/exports.ts"
import { optionsOf } from "../queries/options.ts"
import { allListed, countListed, yearMeant } from "../queries/students.ts"
import { inItsYear, keptQuery, pathOf, readAsked } from "../rules/asked.ts"
import { chipsOf, filtersInWords } from "../rules/chips.ts"
import type { ColumnKey, StudentLine } from "../rules/columns.ts"
import { csvRows, headOf, sheetOf, sheetRows, type Writing } from "../rules/file.ts"
import { askingOf } from "./asking.ts"

/** Records the export, then leads to its file. Asked twice it is two exports: the form carries no once number. */
export async function create(req: Request, res: Response) {
  const { db } = req.school
  const read = exportForm.read(req.body)
  if (!read.ok) return res.redirect(303, "/students")
  const asking = askingOf(req)
  const given = readAsked(read.values.query, asking.rights)
  const options = await optionsOf(db, asking.who, yearMeant(given, asking.currentYear))
  const asked = inItsYear(given, options)
  const { format } = read.values
  const [query, masked] = [keptQuery(asked), Number(!req.can("lists.personal"))]
  const row = {
    format,
    query,
    filters: filtersInWords(chipsOf(asked, options)),
    columns: headOf(asked.columns).join(", "),
    rows: await countListed(db, asking, asked),
    masked,
  }
  await recordExport(db, req.member, row, req.now)
  res.redirect(303, `/lists/file?${ticketFor(req, "list", { query, format, masked: String(masked) })}`)
}

/** Lines written at a turn: three thousand take a while, others are answered in between. */
const AT_A_TURN = 500

/** The rows of a file, made a few hundred at a time. */
async function inTurns<T>(
  lines: readonly StudentLine[],
  write: (some: readonly StudentLine[]) => T[],
): Promise<T[]> {
  const rows: T[][] = []
  for (let start = 0; start < lines.length; start += AT_A_TURN) {
    await setImmediate()
    rows.push(write(lines.slice(start, start + AT_A_TURN)))
  }
  await setImmediate()
  return rows.flat()
}

type Bytes = (
  lines: readonly StudentLine[],
  columns: readonly ColumnKey[],
  writing: Writing,
) => Promise<Buffer>

const BYTES: Record<"csv" | "xlsx", Bytes> = {
  csv: async (lines, columns, writing) => {
    const rows = await inTurns(lines, (some) => csvRows(some, columns, writing))
    return Buffer.from(csvText([headOf(columns), ...rows]))
  },
  xlsx: async (lines, columns, writing) => {
    const rows = await inTurns(lines, (some) => sheetRows(some, columns, writing))
    return Buffer.from(await renderInWorker("workbook", { ...sheetOf(columns), rows }))
  },
}

/** The file itself, for who has just asked for it. */
export async function file(req: Request, res: Response) {
  const ticket = ticketIn(req, "list", ["query", "format", "masked"])
  if (!ticket) return res.flash("lists.file_expired", {}, "warning").redirect(303, "/students")
  const asking = askingOf(req)
  const asked = readAsked(ticket.query, asking.rights)
  const lines = await allListed(req.school.db, asking, asked)
  const writing = { plan: planFor(req), masked: ticket.masked !== "0" || !req.can("lists.personal") }
  const kind = ticket.format === "xlsx" ? "xlsx" : "csv"
  const bytes = await BYTES[kind](lines, asked.columns, writing)
  attach(res, TYPES[kind], `eleves-${todayFor(req)}.${kind}`, bytes)
}

/** The register of exports, for who answers for personal data. */
export async function register(req: Request, res: Response) {
  const page = pageNumber(req.query.page)
  const { rows, total } = await exportsRecorded(req.school.db, page)
  const exports = rows.map((row) => ({ ...row, path: pathOf(row.query) }))
  res.page("lists/exports", { exports, total, page, size: EXPORTS_PAGE, query: {} })
}
