// The paper that an address names, among those this person may see; else 404.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { findPaper } from "../queries.ts"

export async function paperFor(req: Request) {
  const paper = await findPaper(req.school.db, viewer(req), rowNumber(req.params.paper))
  if (!paper) throw notFound()
  return paper
}
