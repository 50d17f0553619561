import type { Request, Response } from "express"
import { viewer } from "../../people/scope.ts"
import { yearsReported } from "../queries/figures.ts"

/** Where each report is asked for, and the years that have some. */
export async function show(req: Request, res: Response) {
  res.page("reports/index", { years: await yearsReported(req.school.db, viewer(req)) })
}
