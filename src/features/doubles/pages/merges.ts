// The merges made so far, what each moved, and its undo.
import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { KINDS } from "../kinds.ts"
import { tablesOf } from "../queries/cards.ts"
import { holdingLabels } from "../queries/hanging.ts"
import { type FoundMerge, findMerge, listMerges, writtenBy } from "../queries/merges.ts"
import { undoMerge } from "../queries/undoing.ts"
import { toldTo } from "./asking.ts"
import { kindsFor, tabsFor } from "./list.ts"

const PAGE_SIZE = 50

export async function index(req: Request, res: Response) {
  const page = pageNumber(req.query.page)
  const found = await listMerges(req.school.db, kindsFor(req), page, PAGE_SIZE)
  res.page("doubles/merges", { ...found, page, kinds: KINDS, tabs: tabsFor(req, "merges") })
}

async function mergeFor(req: Request): Promise<FoundMerge> {
  const merge = await findMerge(req.school.db, rowNumber(req.params.merge))
  if (!merge || !kindsFor(req).includes(merge.kind)) throw notFound()
  return merge
}

export async function show(req: Request, res: Response) {
  const merge = await mergeFor(req)
  const labels = holdingLabels(merge.kind, toldTo(req))
  const written = (await writtenBy(req.school.db, merge.id))
    .filter(({ table_name }) => labels.has(table_name) && table_name !== merge.kind)
    .map(({ table_name, rows, kept }) => ({
      label: labels.get(table_name) ?? "",
      moved: Number(kept),
      aside: Number(rows) - Number(kept),
    }))
  const report: string[] = merge.report ? JSON.parse(merge.report) : []
  res.page("doubles/merge", { merge, written, report, path: KINDS[merge.kind].path })
}

export async function undo(req: Request, res: Response) {
  const merge = await mergeFor(req)
  const catalogue = await tablesOf(req.school)
  const left = await undoMerge(req.school.db, req.member, { merge, catalogue, now: req.now })
  if (left.length > 0) res.flash("doubles.undone_partly", {}, "warning")
  else res.flash("doubles.undone")
  res.redirect(303, `/doubles/merges/${merge.id}`)
}
