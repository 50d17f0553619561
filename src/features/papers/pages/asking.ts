// The rows that an address names, among those this person may see; else 404.
import type { Request } from "express"
import { today } from "../../../web/french.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findStudent } from "../../people/queries.ts"
import { viewer } from "../../people/scope.ts"
import { findPaper } from "../queries.ts"

export async function studentFor(req: Request) {
  const { db, year } = req.school
  const student = await findStudent(db, viewer(req), rowNumber(req.params.student), year?.id ?? 0)
  if (!student) throw notFound()
  return student
}

export async function paperFor(req: Request) {
  const paper = await findPaper(req.school.db, viewer(req), rowNumber(req.params.paper))
  if (!paper) throw notFound()
  return paper
}

export const todayFor = (req: Request) => today(req.now, req.school.settings.timeZone)
