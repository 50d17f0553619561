// Two students who may be of one family: what linking them would do, confirmed or dismissed by a person.
import type { Request, Response } from "express"
import { typedIn } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { familyPlan } from "../family.ts"
import { phoneText } from "../phone.ts"
import { dismissFamily, joinFamily, relativesOf } from "../queries/siblings.ts"
import { findStudent } from "../queries/students.ts"
import { studentName } from "../rules.ts"
import { viewer } from "../scope.ts"
import { planFor, studentFor, yearId } from "./asking.ts"

/** The student and the other one in the address, both among those this person may see, with what could be done. */
async function both(req: Request) {
  const { db } = req.school
  const student = await studentFor(req)
  const sibling = await findStudent(db, viewer(req), rowNumber(req.params.sibling), yearId(req))
  if (!sibling || sibling.id === student.id) throw notFound()
  const one = { id: student.id, guardians: await relativesOf(db, student.id) }
  const other = { id: sibling.id, guardians: await relativesOf(db, sibling.id) }
  const shared = one.guardians.filter(({ id }) => other.guardians.some((theirs) => theirs.id === id))
  return { student, sibling, steps: familyPlan(one, other), shared }
}

export async function confirmPage(req: Request, res: Response) {
  const found = await both(req)
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/family", { ...found, phone, studentName })
}

/** Makes the links that were ticked, as long as they still can be made. */
export async function join(req: Request, res: Response) {
  const { student, sibling, steps } = await both(req)
  const ticked = typedIn(req.body)
  const chosen = steps.filter(({ key }) => ticked[`step-${key}`] === "1")
  if (chosen.length > 0) await joinFamily(req.school.db, req.member, chosen, [student, sibling], req.now)
  if (chosen.length > 0) res.flash("people.family_linked", { name: studentName(student) })
  else res.flash("people.family_unchanged", {}, "warning")
  res.redirect(303, `/students/${student.id}`)
}

export async function dismiss(req: Request, res: Response) {
  const { student, sibling } = await both(req)
  await dismissFamily(req.school.db, req.member, student, sibling, req.now)
  res.flash("people.family_dismissed", { name: studentName(student), other: studentName(sibling) })
  res.redirect(303, `/students/${student.id}`)
}
