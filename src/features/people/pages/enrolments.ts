import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { date } from "../../../web/french.ts"
import { Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { WITHDRAWALS } from "../choices.ts"
import { moveForm, withdrawalForm } from "../forms.ts"
import {
  classChoices,
  marksLeftIn,
  moveStudent,
  placeStudent,
  withdrawStudent,
} from "../queries/enrolments.ts"
import type { FoundStudent } from "../queries/students.ts"
import { studentName } from "../rules.ts"
import { viewer } from "../scope.ts"
import { entryDay, studentFor, yearOf } from "./asking.ts"
import { crowded } from "./students.ts"

const MEANWHILE =
  "La classe de cet élève a été changée entre-temps, par quelqu’un d’autre ou dans un autre onglet. Revenez à sa fiche : rien n’a été enregistré."

/** The class page of a student: a change of class, or a first or new one for who has none. */
export async function movePage(req: Request, res: Response) {
  const student = await studentFor(req)
  await choosing(req, res, student, { typed: { on: date(entryDay(req)) }, problems: [] })
}

async function choosing(req: Request, res: Response, student: FoundStudent, form: object) {
  const { db } = req.school
  const classes = (await classChoices(db, viewer(req), yearOf(req).id)).filter(
    ({ id }) => id !== student.class_id,
  )
  const marks = student.class_id ? await marksLeftIn(db, student.id, student.class_id) : 0
  res.page("people/move", { student, classes, marks, form, studentName })
}

export async function move(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const read = moveForm.read(req.body)
  if (!read.ok) return choosing(req, res.status(422), student, read)
  const chosen = (await classChoices(db, viewer(req), yearOf(req).id)).find(
    ({ id }) => id === rowNumber(read.values.class) && id !== student.class_id,
  )
  if (!chosen)
    return choosing(req, res.status(422), student, refused(read, "class", "Choisissez une autre classe."))
  const wrong = wrongDay(req, student, read.values.on)
  if (wrong) return choosing(req, res.status(422), student, refused(read, "on", wrong))
  const to = { class: chosen.id, year: yearOf(req).id, on: read.values.on }
  if (rowNumber(req.body.enrolment) !== (student.enrolment_id ?? 0)) throw new Refusal(409, MEANWHILE)
  const from = openOf(student)
  const done = from
    ? await moveStudent(db, req.member, from, to, req.now)
    : await placeStudent(db, req.member, student.id, { ...to, repeating: false, regime: null }, req.now)
  if (!done) throw new Refusal(409, MEANWHILE)
  const note = crowded(chosen)
  const values = { name: studentName(student), class: chosen.label, note: note && ` ${note}` }
  res.flash("people.moved", values, note ? "warning" : "done").redirect(303, `/students/${student.id}`)
}

/** A change is told when it has happened: not before the entry, not in the future (but a year may not have begun). */
function wrongDay(req: Request, student: FoundStudent, on: string): string | null {
  if (on > entryDay(req)) return "Cette date n’est pas encore venue."
  if (student.enrolled_on && on < student.enrolled_on) {
    return `Cette date est avant l’entrée dans la classe actuelle, le ${date(student.enrolled_on)}.`
  }
  if (on < `${Number(yearOf(req).starts_on.slice(0, 4))}-01-01`)
    return "Cette date n’est pas de cette année scolaire."
  return null
}

function openOf(student: FoundStudent) {
  if (!student.enrolment_id) return null
  return {
    id: student.enrolment_id,
    studentId: student.id,
    classLabel: student.class_label ?? "",
    repeating: student.repeating ?? 0,
    regime: student.regime,
  }
}

export async function withdrawPage(req: Request, res: Response) {
  const student = await studentFor(req)
  if (student.status === "withdrawn") throw new Refusal(409, "Cet élève est déjà parti.")
  leaving(res, student, { typed: { on: date(entryDay(req)) }, problems: [] })
}

function leaving(res: Response, student: FoundStudent, form: object) {
  res.page("people/withdraw", { student, form, reasons: WITHDRAWALS, studentName })
}

export async function withdraw(req: Request, res: Response) {
  const student = await studentFor(req)
  const read = withdrawalForm.read(req.body)
  if (!read.ok) return leaving(res.status(422), student, read)
  const wrong = wrongDay(req, student, read.values.on)
  if (wrong) return leaving(res.status(422), student, refused(read, "on", wrong))
  const { on, reason, remark } = read.values
  const sentence = [WITHDRAWALS[reason], remark].filter(Boolean).join(" : ")
  const from = { studentId: student.id, enrolment: openOf(student) }
  const ending = reason === "transferred" ? "transferred" : "withdrawn"
  const said = { on, reason: ending, sentence, now: req.now }
  if (!(await withdrawStudent(req.school.db, req.member, from, said))) throw new Refusal(409, MEANWHILE)
  res.flash("people.withdrawn", { name: studentName(student), date: date(on) })
  res.redirect(303, `/students/${student.id}`)
}
