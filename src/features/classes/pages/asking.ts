// What the pages about classes ask of a request: the year and the row named in the address.
import type { Request } from "express"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { viewer } from "../../people/scope.ts"
import { findClass } from "../queries/classes.ts"

/** The year under way, for what cannot be done without one. */
export function yearOf(req: Request) {
  const { year } = req.school
  if (!year)
    throw new Refusal(
      409,
      "Aucune année scolaire n’est ouverte : créez-la d’abord dans les réglages de l’école.",
    )
  return year
}

/** The class in the address, among those this person may see. */
export async function classFor(req: Request) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  return one
}
