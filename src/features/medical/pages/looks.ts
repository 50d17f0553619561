import type { Request, Response } from "express"
import { pageNumber } from "../../../web/rowNumber.ts"
import { studentFor, yearId } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { studentTabs } from "../../people/tabs.ts"
import { lookForm } from "../forms.ts"
import { LOOKS_PAGE, looksFound, recordLook } from "../queries/looks.ts"
import { instructionsSeen } from "../queries/notes.ts"
import { unkept } from "./asking.ts"

/**
 * Opens the notes: this is where a look is recorded. A page that is merely read writes nothing in this program, so
 * the tab shows a button, and the notes stand behind it for ten minutes in this session. One gesture a student is
 * bearable for who meets the child in the sick-room; the reason is left to who has one, because a field that must
 * be filled at every look is soon filled with a full stop.
 */
export async function open(req: Request, res: Response) {
  unkept(res)
  const student = await studentFor(req)
  const read = lookForm.read(req.body)
  const reason = read.ok ? read.values.reason : (read.typed.reason ?? "").slice(0, 200)
  await recordLook(req.school.db, req.member, student.id, { reason, now: req.now })
  res.redirect(303, `/students/${student.id}/medical`)
}

export async function ofStudent(req: Request, res: Response) {
  unkept(res)
  const student = await studentFor(req)
  const page = pageNumber(req.query.page)
  const found = await looksFound(req.school.db, viewer(req), { student: student.id, page })
  const tabs = studentTabs(req, student.id, "medical")
  res.page("medical/looks", { ...found, student, studentName, page, size: LOOKS_PAGE, query: {}, tabs })
}

export async function register(req: Request, res: Response) {
  unkept(res)
  const page = pageNumber(req.query.page)
  const found = await looksFound(req.school.db, viewer(req), { page })
  res.page("medical/looks", { ...found, student: null, studentName, page, size: LOOKS_PAGE, query: {} })
}

/** For teachers: the one sentence of each of their students that was chosen for them. */
export async function instructions(req: Request, res: Response) {
  unkept(res)
  const lines = await instructionsSeen(req.school.db, viewer(req), yearId(req))
  res.page("medical/instructions", { lines, studentName })
}
