// The class and the period of an address, found among the classes the person follows whole; else 404.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { classFollowed, periodOfYear } from "../queries/periods.ts"

/** May this person see every subject of the class, and so its bulletins? */
export const followsClass = async (req: Request, id: number) =>
  (await classFollowed(req.school.db, viewer(req), id)) !== undefined

export async function classPeriodAsked(req: Request) {
  const { db } = req.school
  const schoolClass = await classFollowed(db, viewer(req), rowNumber(req.params.class))
  if (!schoolClass) throw notFound()
  const period = await periodOfYear(db, schoolClass.school_year_id, rowNumber(req.params.period))
  if (!period) throw notFound()
  return { schoolClass, period, of: { classId: schoolClass.id, periodId: period.id } }
}
