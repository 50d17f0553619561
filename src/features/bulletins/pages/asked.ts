// The class and the period of an address, found among those the person may see; else 404.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { classesSeenBy, viewer } from "../../people/scope.ts"

export async function classAsked(req: Request) {
  const found = await classesSeenBy(req.school.db, viewer(req))
    .select(["class.id", "class.label", "class.school_year_id"])
    .where("class.id", "=", Number(req.params.class) || 0)
    .executeTakeFirst()
  if (!found) throw notFound()
  return found
}

export async function classPeriodAsked(req: Request) {
  const schoolClass = await classAsked(req)
  const period = await req.school.db
    .selectFrom("period")
    .select(["id", "code", "label", "position"])
    .where("id", "=", Number(req.params.period) || 0)
    .where("school_year_id", "=", schoolClass.school_year_id)
    .executeTakeFirst()
  if (!period) throw notFound()
  return { schoolClass, period, of: { classId: schoolClass.id, periodId: period.id } }
}
