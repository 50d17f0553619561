// What the pages about classes ask of a request: the year and the row named in the address.
import type { Request } from "express"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { findClass } from "../queries/classes.ts"

/** The class in the address, among those this person may see. */
export async function classFor(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  return one
}

/** The same, refused where its year is over: what was is kept as it was. */
export async function classToChange(req: Request) {
  const one = await classFor(req)
  if (!one.year_current && one.year_ends_on < todayFor(req)) {
    const kept = `La classe ${one.label} est de l’année ${one.year_label}, qui est terminée : elle ne se modifie plus.`
    throw new Refusal(409, kept)
  }
  return one
}
