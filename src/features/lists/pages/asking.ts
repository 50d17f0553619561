// What every page about lists asks of a request.
import type { Request } from "express"
import { yearId } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import type { Asking } from "../queries/students.ts"
import type { Rights } from "../rules/asked.ts"

/**
 * Published averages are for who may open bulletins, or sees the marks of the whole school; which classes, the
 * scope of marks decides.
 */
const rightsOf = (req: Request): Rights => ({
  guardians: req.can("people.guardians"),
  academic: req.can("bulletins.see") || (req.can("grades.see") && req.can("people.all")),
})

export const askingOf = (req: Request): Asking => ({
  who: viewer(req),
  rights: rightsOf(req),
  currentYear: yearId(req),
})

/** Whoever made a list changes it; what everybody sees, who may share changes too. */
export const mayChange = (req: Request, list: { account_id: number; shared: number }) =>
  list.account_id === req.member.id || (list.shared === 1 && req.can("lists.share"))
