// What a student's family allows: each answer with its day and source, none of them ever written over.
import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { consentForm } from "../forms.ts"
import { answersOf, consentKinds, consentsOf, recordConsent } from "../queries/consents.ts"
import type { FoundStudent } from "../queries/students.ts"
import { studentName } from "../rules.ts"
import { studentTabs } from "../tabs.ts"
import { studentFor, todayFor } from "./asking.ts"

export async function index(req: Request, res: Response) {
  const student = await studentFor(req)
  await consents(req, res, student, { typed: { given_on: date(todayFor(req)) }, problems: [] })
}

async function consents(req: Request, res: Response, student: FoundStudent, form: object) {
  const { db } = req.school
  res.page("people/consents", {
    student,
    form,
    answers: await answersOf(db, student.id),
    given: await consentsOf(db, student.id),
    studentName,
    tabs: studentTabs(req, student.id, "consents"),
  })
}

/** A new answer, or one taken back: a row more. */
export async function create(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const kinds = await consentKinds(db)
  const codes = kinds.map(({ code }) => code)
  const read = consentForm(codes, todayFor(req)).read(req.body)
  if (!read.ok) return consents(req, res.status(422), student, read)
  const label = kinds.find(({ code }) => code === read.values.kind)?.label ?? ""
  await recordConsent(db, req.member, student.id, { ...read.values, label }, req.now)
  const answer = read.values.answer ? "oui" : "non"
  res.flash("people.consent_recorded", { answer, kind: label })
  res.redirect(303, `/students/${student.id}/consents`)
}
