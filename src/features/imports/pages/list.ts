import type { Request, Response } from "express"
import { pageNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { listImports } from "../queries/imports.ts"
import { countOf, TABS } from "../rows.ts"
import { KIND_LABELS, kindsFor } from "./asking.ts"

const SIZE = 50

export async function index(req: Request, res: Response) {
  const page = pageNumber(req.query.page)
  const found = await listImports(req.school.db, viewer(req), { page, size: SIZE })
  res.page("imports/index", {
    ...found,
    page,
    size: SIZE,
    kinds: KIND_LABELS,
    mayMake: kindsFor(req).length > 0,
    countOf,
    shelves: TABS,
  })
}
