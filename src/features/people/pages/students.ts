import type { Request, Response } from "express"
import { type ReadForm, refused } from "../../../web/form.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { t } from "../../../web/strings.ts"
import { placeForm, studentForm, versionForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import { type ClassChoice, classChoices, enrolmentsOf } from "../queries/enrolments.ts"
import { guardiansOf, siblingsOf } from "../queries/guardians.ts"
import { historyOf } from "../queries/history.ts"
import {
  addStudent,
  changeStudent,
  doublesOf,
  type FoundStudent,
  holderOf,
  type StudentRow,
} from "../queries/students.ts"
import { birthText, studentName, typedBirth, typedRow, usualMatricule } from "../rules.ts"
import { viewer } from "../scope.ts"
import { studentTabs } from "../tabs.ts"
import { toldEntry } from "../told.ts"
import { entryDay, planFor, studentFor, todayFor, yearId, yearOf } from "./asking.ts"
import { conflictOn } from "./conflicts.ts"

const HISTORY_SIZE = 50

export async function newPage(req: Request, res: Response) {
  yearOf(req)
  const chosen = { class: String(rowNumber(req.query.class) || "") }
  await creationPage(req, res, { typed: chosen, problems: [] })
}

async function creationPage(req: Request, res: Response, form: object, extra: object = {}) {
  const classes = await classChoices(req.school.db, viewer(req), yearId(req))
  res.page("people/new", { form, classes, matriculeOpen: true, birthText, ...extra })
}

export async function create(req: Request, res: Response) {
  const { db } = req.school
  const read = studentForm(planFor(req), todayFor(req)).read(req.body)
  const place = placeForm.read(req.body)
  if (!read.ok || !place.ok) return creationPage(req, res.status(422), read.ok ? place : read)
  const row = rowOf(read.values)
  const holder = row.matricule ? await holderOf(db, row.matricule) : undefined
  if (holder) return creationPage(req, res.status(422), taken(read), { holder })
  const classes = await classChoices(db, viewer(req), yearOf(req).id)
  const chosen = classes.find(({ id }) => id === rowNumber(place.values.class))
  if (place.values.class && !chosen) {
    return creationPage(req, res.status(422), refused(read, "class", "Choisissez la classe dans la liste."))
  }
  const doubles = place.values.confirmed ? [] : await doublesOf(db, row)
  if (doubles.length > 0) return creationPage(req, res.status(422), { ...read, problems: [] }, { doubles })
  const id = await addStudent(
    db,
    req.member,
    row,
    chosen ? placementOf(req, chosen, read.values) : null,
    req.now,
  )
  if (!id) return creationPage(req, res.status(422), taken(read))
  const note = [oddMatricule(row.matricule), chosen && crowded(chosen)].filter(Boolean).join(" ")
  const said = chosen ? "people.student_added" : "people.student_added_unplaced"
  const values = { name: studentName(row), class: chosen?.label ?? "", note: note && ` ${note}` }
  res.flash(said, values, note ? "warning" : "done").redirect(303, `/students/${id}`)
}

const taken = (read: { typed: Record<string, string> }) =>
  refused(read, "matricule", t("people.matricule_taken"))

const oddMatricule = (matricule: string | null) =>
  matricule && !usualMatricule(matricule) ? t("people.matricule_unusual", { matricule }) : ""

/** A sentence when one more student is more than the class can hold. */
export const crowded = ({ label, size, capacity }: ClassChoice) =>
  capacity && Number(size) + 1 > capacity
    ? t("people.class_full", { class: label, size: Number(size) + 1, capacity })
    : ""

type StudentValues = Extract<ReturnType<ReturnType<typeof studentForm>["read"]>, { ok: true }>["values"]

function rowOf({
  birth,
  birth_approximate,
  repeating: _repeating,
  regime: _regime,
  ...values
}: StudentValues): StudentRow {
  const approximate = birth.birth_approximate || (birth.birth_date && birth_approximate ? 1 : 0)
  return { ...values, ...birth, birth_approximate: approximate }
}

const placementOf = (req: Request, chosen: ClassChoice, values: StudentValues) => ({
  class: chosen.id,
  year: yearOf(req).id,
  on: entryDay(req),
  repeating: values.repeating,
  regime: values.regime,
})

export async function show(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const guardians = req.can("people.guardians") ? await guardiansOf(db, student.id) : []
  const siblings = await siblingsOf(
    db,
    viewer(req),
    student.id,
    guardians.map(({ id }) => id),
  )
  const enrolments = await enrolmentsOf(db, student.id)
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  const tabs = studentTabs(req, student.id, "card")
  res.page("people/show", {
    student,
    guardians,
    siblings,
    enrolments,
    phone,
    birthText,
    studentName,
    tabs,
  })
}

const typedOf = (student: FoundStudent, req: Request): Record<string, string> => ({
  ...typedRow(student),
  birth: typedBirth(student),
  phone: phoneText(student.phone, planFor(req)),
})

export async function editPage(req: Request, res: Response) {
  const student = await studentFor(req)
  edit(req, res, student, { typed: typedOf(student, req), problems: [] })
}

function edit(req: Request, res: Response, student: FoundStudent, form: object, extra: object = {}) {
  const matriculeOpen = !student.matricule || req.can("people.matricule")
  res.page("people/edit", { student, form, matriculeOpen, studentName, birthText, ...extra })
}

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const read = studentForm(planFor(req), todayFor(req)).read(withMatricule(req, student))
  if (!read.ok) return edit(req, res.status(422), student, read)
  const row = rowOf(read.values)
  const notes = student.enrolment_id
    ? { repeating: read.values.repeating ? 1 : 0, regime: read.values.regime }
    : null
  const version = versionOf(req)
  const outcome = await changeStudent(db, req.member, { student, version, row, notes, now: req.now })
  if (outcome === "taken") {
    const holder = await holderOf(db, row.matricule ?? "", student.id)
    return edit(req, res.status(422), student, taken(read), { holder })
  }
  if (outcome === "conflict") {
    const now = await studentFor(req)
    const card = {
      subject: "student",
      id: student.id,
      version,
      row: now,
      typed: { ...row, ...notes },
    } as const
    const { conflicts, form } = await conflictOn(db, card, read, typedOf(now, req))
    return edit(req, res.status(409), now, form, { conflicts })
  }
  const note = row.matricule === student.matricule ? "" : oddMatricule(row.matricule)
  res.flash("people.changed", { note: note && ` ${note}` }, note ? "warning" : "done")
  res.redirect(303, `/students/${student.id}`)
}

/** Once set, a matricule is only changed by those who may: whatever else is sent, it stays. */
function withMatricule(req: Request, student: FoundStudent) {
  if (!student.matricule || req.can("people.matricule")) return req.body
  return { ...req.body, matricule: student.matricule }
}

export function versionOf(req: Request): number {
  const read: ReadForm<{ version: number }> = versionForm.read(req.body)
  return read.ok ? read.values.version : 0
}

export async function history(req: Request, res: Response) {
  const student = await studentFor(req)
  const page = pageNumber(req.query.page)
  const told = await historyOf(req.school.db, "student", student.id, page, HISTORY_SIZE)
  res.page("people/history", {
    entries: told.entries.map(toldEntry),
    more: told.more,
    page,
    heading: studentName(student),
    place: `/students/${student.id}`,
    tabs: studentTabs(req, student.id, "history"),
    back: { label: "Élèves", path: "/students" },
  })
}
