import type { Request, Response } from "express"
import { type ReadForm, refused } from "../../../web/form.ts"
import { date } from "../../../web/french.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { t } from "../../../web/strings.ts"
import { CHANNELS } from "../choices.ts"
import {
  type ContactField,
  type ContactFields,
  type Contacts,
  contactsAsFields,
  contactsIn,
} from "../contacts.ts"
import { studentForm, versionForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import { answersOf, PHOTO } from "../queries/consents.ts"
import { contactsOf } from "../queries/contacts.ts"
import { type ClassChoice, enrolmentsOf } from "../queries/enrolments.ts"
import { guardiansOf } from "../queries/guardians.ts"
import { historyOf } from "../queries/history.ts"
import { maybeSiblings, siblingsOf } from "../queries/siblings.ts"
import {
  changeStudent,
  type FoundStudent,
  holderOf,
  type StudentDetails,
  type StudentRow,
} from "../queries/students.ts"
import { birthText, missingOf, studentName, typedBirth, typedRow, usualMatricule } from "../rules.ts"
import { viewer } from "../scope.ts"
import { studentTabs } from "../tabs.ts"
import { toldEntry } from "../told.ts"
import { planFor, studentFor, todayFor } from "./asking.ts"
import { conflictOn } from "./conflicts.ts"

const HISTORY_SIZE = 50

export const taken = (read: { typed: Record<string, string> }) =>
  refused(read, "matricule", t("people.matricule_taken"))

export const oddMatricule = (matricule: string | null) =>
  matricule && !usualMatricule(matricule) ? t("people.matricule_unusual", { matricule }) : ""

/** A sentence when one more student is more than the class can hold. */
export const crowded = ({ label, size, capacity }: ClassChoice) =>
  capacity && Number(size) + 1 > capacity
    ? t("people.class_full", { class: label, size: Number(size) + 1, capacity })
    : ""

export type StudentValues = Extract<
  ReturnType<ReturnType<typeof studentForm>["read"]>,
  { ok: true }
>["values"]

/** The fields of the emergency contacts, with what else was typed left out. */
export const contactFields = (values: StudentValues) =>
  Object.fromEntries(
    Object.keys(contactsAsFields([])).map((field) => [field, values[field as ContactField]]),
  ) as ContactFields

export function rowOf(values: StudentValues): StudentRow & StudentDetails {
  const { birth, birth_approximate, repeating: _repeating, regime: _regime, ...rest } = values
  const own = Object.fromEntries(
    Object.entries(rest).filter(([field]) => !Object.hasOwn(contactsAsFields([]), field)),
  ) as Omit<typeof rest, ContactField>
  const approximate = birth.birth_approximate || (birth.birth_date && birth_approximate ? 1 : 0)
  return { ...own, ...birth, birth_approximate: approximate }
}

export async function show(req: Request, res: Response) {
  const { db } = req.school
  const student = await studentFor(req)
  const known = req.can("people.guardians")
  const guardians = known ? await guardiansOf(db, student.id) : []
  const who = viewer(req)
  const siblings = await siblingsOf(
    db,
    who,
    student.id,
    guardians.map(({ id }) => id),
  )
  const numbers = guardians.flatMap(({ phone, phone2 }) => [phone ?? [], phone2 ?? []].flat())
  const maybe = req.can("people.guardians_change") ? await maybeSiblings(db, who, student, numbers) : []
  const enrolments = await enrolmentsOf(db, student.id)
  const consents = await answersOf(db, student.id)
  const contacts = known ? await contactsOf(db, student.id) : []
  const photo = consents.find(({ code }) => code === PHOTO)?.answer ?? null
  const reached = guardians.filter(({ phone, may_see }) => phone && may_see).length
  const card = { guardians: guardians.length, reached, contacts: contacts.length, photo }
  res.page("people/show", {
    student,
    guardians,
    siblings,
    maybe,
    enrolments,
    contacts,
    photo,
    consents: known ? consents : [],
    missing: known ? missingOf({ ...student, ...card }) : [],
    channels: CHANNELS,
    phone: (e164: string | null) => phoneText(e164, planFor(req)),
    birthText,
    studentName,
    tabs: studentTabs(req, student.id, "card"),
    arrived: req.query.arrived === "1",
  })
}

/** A card as its form types it. */
function typedOf(student: FoundStudent, contacts: Contacts, req: Request): Record<string, string> {
  const plan = planFor(req)
  const fields = contactsAsFields(contacts.map((one) => ({ ...one, phone: phoneText(one.phone, plan) })))
  return {
    ...typedRow({ ...student, ...fields }),
    birth: typedBirth(student),
    phone: phoneText(student.phone, plan),
    entered_on: student.entered_on ? date(student.entered_on) : "",
    repeated_before: String(student.repeated_before ?? ""),
  }
}

export async function editPage(req: Request, res: Response) {
  const student = await studentFor(req)
  const contacts = await contactsOf(req.school.db, student.id)
  edit(req, res, student, { typed: typedOf(student, contacts, req), problems: [] })
}

function edit(req: Request, res: Response, student: FoundStudent, form: object, extra: object = {}) {
  const matriculeOpen = !student.matricule || req.can("people.matricule")
  res.page("people/edit", {
    ...{ student, form, matriculeOpen, channels: CHANNELS, studentName, birthText },
    ...extra,
  })
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
  const after = contactsIn(contactFields(read.values))
  const contacts = { before: await contactsOf(db, student.id), after }
  const edited = { student, version, row, notes, contacts, now: req.now }
  const outcome = await changeStudent(db, req.member, edited)
  if (outcome === "taken") {
    const holder = await holderOf(db, row.matricule ?? "", student.id)
    return edit(req, res.status(422), student, taken(read), { holder })
  }
  if (outcome === "conflict") {
    const now = await studentFor(req)
    const present = await contactsOf(db, student.id)
    const card = {
      subject: "student",
      id: student.id,
      version,
      row: { ...now, ...contactsAsFields(present) },
      typed: { ...row, ...notes, ...contactsAsFields(after) },
    } as const
    const { conflicts, form } = await conflictOn(db, card, read, typedOf(now, present, req))
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
