import type { Request, Response } from "express"
import { pageNumber } from "../../../web/rowNumber.ts"
import type { Verdict } from "../undo/verdicts.ts"
import { type UndoReport, undoImport, verdictsOf, whatIs } from "../undo.ts"
import { KIND_LABELS, ownImport } from "./asking.ts"

const SIZE = 100

export async function undoPage(req: Request, res: Response) {
  const found = await ownImport(req)
  const verdicts = found.state === "committed" ? await verdictsOf(req.school.db, found.id) : []
  const rows = byLine(verdicts)
  const page = pageNumber(req.query.page)
  res.page("imports/undo", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    undoable: verdicts.filter(({ why }) => why === null).length,
    kept: verdicts.filter(({ why }) => why !== null).length,
    rows: rows.slice((page - 1) * SIZE, page * SIZE),
    report: found.undo_report ? (JSON.parse(found.undo_report) as UndoReport) : null,
    page,
    size: SIZE,
    total: rows.length,
  })
}

type Row = { line: number; undone: string[]; kept: { what: string; why: string }[] }

/** One row a line of the file, those of which something stays first. */
function byLine(verdicts: readonly Verdict[]): Row[] {
  const rows = new Map<number, Row>()
  for (const one of verdicts) {
    const { line } = one.change
    const row = rows.get(line) ?? { line, undone: [], kept: [] }
    rows.set(line, row)
    if (one.why === null) row.undone.push(whatIs(one))
    else row.kept.push({ what: whatIs(one), why: one.why })
  }
  const stays = (row: Row) => (row.kept.length > 0 ? 0 : 1)
  return [...rows.values()].sort((a, b) => stays(a) - stays(b) || a.line - b.line)
}

export async function undo(req: Request, res: Response) {
  const found = await ownImport(req)
  const report = await undoImport(req.school.db, found, req.member, req.now)
  const n = report.kept.length
  if (n === 0) res.flash("imports.undone")
  else res.flash("imports.undone_partly", { n }, "warning")
  res.redirect(303, `/imports/${found.id}`)
}
