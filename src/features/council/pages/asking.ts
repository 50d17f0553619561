// What an address names, found among what the person asking may see, and what the person may do there.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import { type CouncilClass, type CouncilStudent, councilOf } from "../classroom.ts"
import { type CouncilSession, sessionSeenBy } from "../queries/sessions.ts"
import { around, inOrder, type Order } from "../rules/order.ts"
import { isOpen } from "../rules/session.ts"

/** The class and period of the address with the council's session, or a 404. */
export async function sessionFor(req: Request) {
  const { class: classId, period } = req.params
  const found = await sessionSeenBy(req.school.db, viewer(req), rowNumber(classId), rowNumber(period))
  if (!found) throw notFound()
  return { ...found, path: `/council/${found.class_id}/${found.period_id}`, open: isOpen(found) }
}

export type SessionAsked = Awaited<ReturnType<typeof sessionFor>>

/** The same with the class before its council. */
export async function councilFor(req: Request): Promise<{ about: SessionAsked; council: CouncilClass }> {
  const about = await sessionFor(req)
  const council = await councilOf(req.school.db, about)
  if (!council) throw notFound()
  return { about, council }
}

/** The student of the address, on the class's roll; a 404 otherwise. */
export function studentIn(req: Request, { students }: CouncilClass): CouncilStudent {
  const id = rowNumber(req.params.student)
  const student = students.find((one) => one.id === id)
  if (!student) throw notFound()
  return student
}

/**
 * What this person may do in the class's session: run it; or write appreciations, which a form teacher does in the
 * class led. Before the session is open, nothing.
 */
export function rightsIn(req: Request, { open, form_teacher_id }: CouncilSession & { open: boolean }) {
  const who = viewer(req)
  const follows = seesAll(who) || (who.staffId !== null && who.staffId === form_teacher_id)
  return {
    run: open && req.can("council.run"),
    write: open && follows && req.can("grades.appreciation"),
  }
}

export type Rights = ReturnType<typeof rightsIn>

export const orderIn = (req: Request): Order =>
  (req.query.order ?? req.body?.order) === "name" ? "name" : "rank"

/** The address of one student's page, the order kept. */
export const studentPath = (about: SessionAsked, id: number, order: Order) =>
  `${about.path}/session/${id}${order === "name" ? "?order=name" : ""}`

export const tablePath = (about: SessionAsked) => `${about.path}/session?view=table`

export function placeIn(council: CouncilClass, student: CouncilStudent, order: Order) {
  return around(inOrder(council.students, order), student.id)
}

export { inOrder, type Order }
