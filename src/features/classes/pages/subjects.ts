import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { yearId } from "../../people/pages/asking.ts"
import { typedRow } from "../../people/rules.ts"
import { subjectForm } from "../forms.ts"
import {
  addSubject,
  changeSubject,
  type FoundSubject,
  findSubject,
  listSubjects,
} from "../queries/subjects.ts"
import { outdated, seenOf } from "../seen.ts"

export async function index(req: Request, res: Response) {
  const subjects = await listSubjects(req.school.db, yearId(req))
  res.page("classes/subject_list", { subjects })
}

export async function newPage(req: Request, res: Response) {
  const subjects = await listSubjects(req.school.db, 0)
  const position = String(Math.max(0, ...subjects.map((one) => one.position)) + 1)
  res.page("classes/subject_edit", { form: { typed: { position, active: "1" }, problems: [] } })
}

export async function create(req: Request, res: Response) {
  const read = subjectForm.read(req.body)
  if (!read.ok) return res.status(422).page("classes/subject_edit", { form: read })
  const row = { ...read.values, active: read.values.active ? 1 : 0 }
  const made = await addSubject(req.school.db, req.member, row, req.now)
  if (!made) {
    const form = refused(read, "code", `Le code ${row.code} est celui d’une autre matière.`)
    return res.status(422).page("classes/subject_edit", { form })
  }
  res.flash("classes.subject_added", { subject: row.label }).redirect(303, "/subjects")
}

async function subjectFor(req: Request): Promise<FoundSubject> {
  const subject = await findSubject(req.school.db, rowNumber(req.params.subject))
  if (!subject) throw notFound()
  return subject
}

const editing = (res: Response, subject: FoundSubject, form: object) =>
  res.page("classes/subject_edit", { subject, form, seen: seenOf(subject) })

export async function editPage(req: Request, res: Response) {
  const subject = await subjectFor(req)
  editing(res, subject, { typed: typedRow(subject), problems: [] })
}

export async function change(req: Request, res: Response) {
  const subject = await subjectFor(req)
  const read = subjectForm.read({ ...req.body, code: subject.code })
  if (!read.ok) return editing(res.status(422), subject, read)
  if (outdated(req, subject)) {
    const text = `Cette matière a été modifiée entre-temps : elle s’appelle maintenant « ${subject.label} » (${subject.short_label}). Enregistrez de nouveau pour garder votre saisie.`
    return editing(res.status(409), subject, refused(read, "label", text))
  }
  const { code: _code, ...row } = { ...read.values, active: read.values.active ? 1 : 0 }
  await changeSubject(req.school.db, req.member, subject, row, req.now)
  res.flash("classes.subject_changed", { subject: row.label }).redirect(303, "/subjects")
}
