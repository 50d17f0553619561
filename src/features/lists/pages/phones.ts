import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { planFor, todayFor } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { guardianPhonesOf } from "../queries/phones.ts"

/** A sheet on which a class's numbers are corrected by hand: every guardian's numbers, and room beside them. */
export async function sheet(req: Request, res: Response) {
  const one = await findClass(req.school.db, viewer(req), rowNumber(req.params.class))
  if (!one) throw notFound()
  const lines = await guardianPhonesOf(req.school.db, one.id)
  const students = [...new Set(lines.map(({ id }) => id))].map((id) => lines.filter((line) => line.id === id))
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  // two dots a digit, in pairs, as numbers are written here
  const blank = Array(Math.ceil(planFor(req).digits / 2))
    .fill("……")
    .join(" ")
  const day = todayFor(req)
  res.page("lists/phones", { layout: "print", one, students, studentName, phone, blank, today: day })
}
