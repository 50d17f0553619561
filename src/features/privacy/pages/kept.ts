// The identities kept of erased students.
import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { birthText, studentName } from "../../people/rules.ts"
import { KEPT_PAGE, keptFound, keptRecord } from "../queries/kept.ts"
import { tabsOf } from "./asking.ts"

export async function index(req: Request, res: Response) {
  const q = String(req.query.q ?? "").slice(0, 100)
  const page = pageNumber(req.query.page)
  const found = await keptFound(req.school.db, q, page)
  const query = q ? { q } : {}
  res.setHeader("Cache-Control", "no-store")
  res.page("privacy/kept", {
    ...found,
    q,
    query,
    page,
    size: KEPT_PAGE,
    studentName,
    birthText,
    tabs: tabsOf(req, "kept"),
  })
}

export async function show(req: Request, res: Response) {
  const found = await keptRecord(req.school.db, rowNumber(req.params.kept))
  if (!found) throw notFound()
  res.setHeader("Cache-Control", "no-store")
  res.page("privacy/kept_record", { ...found, studentName, birthText, tabs: tabsOf(req, "kept") })
}
