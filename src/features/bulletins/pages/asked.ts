// The class and the period of an address, found among the classes the person follows whole; else 404.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import { viewer } from "../../people/scope.ts"

const followed = (req: Request, id: number) =>
  classesFollowedBy(req.school.db, viewer(req))
    .select(["c.id", "c.label", "c.school_year_id"])
    .where("c.id", "=", id)
    .executeTakeFirst()

/** May this person see every subject of the class, and so its bulletins? */
export const followsClass = async (req: Request, id: number) => (await followed(req, id)) !== undefined

export async function classPeriodAsked(req: Request) {
  const schoolClass = await followed(req, rowNumber(req.params.class))
  if (!schoolClass) throw notFound()
  const period = await req.school.db
    .selectFrom("period")
    .select(["id", "code", "label", "ends_on"])
    .where("id", "=", rowNumber(req.params.period))
    .where("school_year_id", "=", schoolClass.school_year_id)
    .executeTakeFirst()
  if (!period) throw notFound()
  return { schoolClass, period, of: { classId: schoolClass.id, periodId: period.id } }
}
