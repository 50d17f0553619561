// The guardians of one student: found or made, linked, changed, unlinked.
import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { LINKS, linkForm, newGuardianForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import {
  addGuardian,
  guardiansOf,
  linkGuardian,
  listGuardians,
  sameGuardian,
  unlinkGuardian,
} from "../queries/guardians.ts"
import type { FoundStudent } from "../queries/students.ts"
import { searchTerms, studentName } from "../rules.ts"
import { viewer } from "../scope.ts"
import { guardianFor, planFor, studentFor } from "./asking.ts"

const MOST_FOUND = 20
const FIRST = { informed: "1", link: "", sms_consent: "unasked" }

/** Guardians found by name or number to link, and below them the form of a new one. */
export async function newPage(req: Request, res: Response) {
  await adding(req, res, await studentFor(req), { typed: FIRST, problems: [] })
}

async function adding(req: Request, res: Response, student: FoundStudent, form: object, extra: object = {}) {
  const q = String(req.query.q ?? "").slice(0, 100)
  const terms = searchTerms(q)
  const asked = { terms, consent: "", page: 1, size: MOST_FOUND } as const
  const found =
    terms.length > 0 ? await listGuardians(req.school.db, viewer(req), asked) : { guardians: [], total: 0 }
  const had = new Set((await guardiansOf(req.school.db, student.id)).map(({ id }) => id))
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/guardian_new", {
    student,
    ...found,
    had,
    q,
    form,
    phone,
    links: LINKS,
    studentName,
    ...extra,
  })
}

export async function create(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const read = newGuardianForm(planFor(req)).read(req.body)
  if (!read.ok) return adding(req, res.status(422), student, read)
  const { link, informed, confirmed, ...row } = read.values
  const same = confirmed ? undefined : await sameGuardian(db, row)
  if (same) return adding(req, res.status(422), student, { ...read, problems: [] }, { same })
  await addGuardian(db, req.member, row, { ...childOf(student), link, informed }, req.now)
  res.flash("people.guardian_added", { name: row.name }).redirect(303, `/students/${student.id}`)
}

const childOf = (student: FoundStudent) => ({ studentId: student.id, studentName: studentName(student) })

/** Links a guardian who is in the school's files already, or changes an existing link. */
export async function link(req: Request, res: Response) {
  const student = await studentFor(req)
  const guardian = await guardianFor(req)
  const read = linkForm.read(req.body)
  if (!read.ok) {
    return adding(req, res.status(422), student, refused(read, "link", "Choisissez le lien avec l’élève."))
  }
  await linkGuardian(req.school.db, req.member, guardian, { ...childOf(student), ...read.values }, req.now)
  res.flash("people.guardian_linked", { name: guardian.name }).redirect(303, `/students/${student.id}`)
}

/** The link between a guardian and a student: what it is, whether news is sent, or to take it away. */
export async function linkPage(req: Request, res: Response) {
  const { student, guardian } = await linked(req)
  const typed = { link: guardian.link, informed: guardian.informed ? "1" : "" }
  res.page("people/guardianship", {
    student,
    guardian,
    links: LINKS,
    studentName,
    form: { typed, problems: [] },
  })
}

async function linked(req: Request) {
  const student = await studentFor(req)
  const { id } = await guardianFor(req)
  const guardian = (await guardiansOf(req.school.db, student.id)).find((one) => one.id === id)
  if (!guardian) throw notFound()
  return { student, guardian }
}

export async function unlink(req: Request, res: Response) {
  const { student, guardian } = await linked(req)
  await unlinkGuardian(req.school.db, req.member, guardian, childOf(student), req.now)
  res.flash("people.guardian_unlinked", { name: guardian.name }).redirect(303, `/students/${student.id}`)
}
