import type { Request, Response } from "express"
import { type ReadForm, refused } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { phoneFor, planFor, studentFor, todayFor } from "../../people/pages/asking.ts"
import { versionOf } from "../../people/pages/students.ts"
import { studentName, typedRow } from "../../people/rules.ts"
import { studentTabs } from "../../people/tabs.ts"
import { measureForm, noteForm } from "../forms.ts"
import { lookUnderWay, recordLook } from "../queries/looks.ts"
import {
  addMeasure,
  measuresOf,
  notesAt,
  notesOf,
  removeMeasure,
  saveNotes,
  signOf,
  versionsOf,
} from "../queries/notes.ts"
import {
  BLOOD_GROUPS,
  changesBetween,
  conflictsBetween,
  labelOf,
  NOTHING,
  type Notes,
  SPORTS,
  textOf,
} from "../rules.ts"
import { studentInLook, unkept } from "./asking.ts"

type Student = Awaited<ReturnType<typeof studentFor>>

/** Outside a look, whether there is anything to look at; within one, the notes. */
export async function show(req: Request, res: Response) {
  unkept(res)
  const student = await studentFor(req)
  const look = await lookUnderWay(req.school.db, req.member, student.id, req.now)
  if (look) return notesPage(req, res, student, look)
  const sign = await signOf(req.school.db, student.id)
  res.page("medical/door", { student, studentName, sign, tabs: studentTabs(req, student.id, "medical") })
}

async function notesPage(req: Request, res: Response, student: Student, look: object, extra: object = {}) {
  const { db } = req.school
  const { notes, ...last } = await notesOf(db, student.id)
  res.page("medical/show", {
    student,
    studentName,
    look,
    notes,
    last,
    labelOf,
    textOf: (field: keyof Notes) => textOf(field, notes[field], phoneFor(req)),
    measures: await measuresOf(db, student.id),
    tabs: studentTabs(req, student.id, "medical"),
    ...extra,
  })
}

const typedOf = (req: Request, notes: Notes, version: number): Record<string, string> => ({
  ...typedRow(notes),
  doctor_phone: phoneFor(req)(notes.doctor_phone as string | null),
  version: String(version),
})

export async function editPage(req: Request, res: Response) {
  const found = await studentInLook(req, res)
  if (!found) return
  const { notes, version } = await notesOf(req.school.db, found.student.id)
  edit(res, found.student, { typed: typedOf(req, notes, version), problems: [] })
}

function edit(res: Response, student: Student, form: object, extra: object = {}) {
  const groups = BLOOD_GROUPS.map((group) => ({ value: group, label: group }))
  const sports = SPORTS.map((word) => ({ value: word, label: textOf("sports", word, String) }))
  res.page("medical/edit", { student, studentName, form, groups, sports, labelOf, ...extra })
}

const UNSAID = "Écrivez la consigne à montrer, ou décochez la case."

/** A form sent after its look ran out is not lost: writing is itself recorded as a look. */
export async function change(req: Request, res: Response) {
  unkept(res)
  const { db } = req.school
  const student = await studentFor(req)
  const read = readNotes(req)
  if (!read.ok) return edit(res.status(422), student, read)
  const notes: Notes = { ...read.values, instruction_shown: read.values.instruction_shown ? 1 : 0 }
  const version = versionOf(req)
  await recordLook(db, req.member, student.id, { reason: "Modification des notes", now: req.now })
  const outcome = await saveNotes(db, req.member, { student: student.id, version, notes, now: req.now })
  if (outcome === "conflict") return conflict(req, res, student, { version, notes, typed: read.typed })
  res.flash(outcome === "saved" ? "medical.saved" : "medical.same")
  res.redirect(303, `/students/${student.id}/medical`)
}

function readNotes(req: Request) {
  const read = noteForm(planFor(req)).read(req.body)
  if (read.ok && read.values.instruction_shown && !read.values.instruction) {
    return refused(read, "instruction", UNSAID)
  }
  return read
}

type Tried = { version: number; notes: Notes; typed: Record<string, string> }

/** The form again, both states in it: what only the other changed is taken, what both did is shown side by side. */
async function conflict(req: Request, res: Response, student: Student, { version, notes, typed }: Tried) {
  const { db } = req.school
  const present = await notesOf(db, student.id)
  const fields = conflictsBetween(await notesAt(db, student.id, version), present.notes, notes)
  const now = typedOf(req, present.notes, present.version)
  const merged: Record<string, string> = { ...typed, version: String(present.version) }
  for (const { field, untouched } of fields) if (untouched) merged[field] = now[field] ?? ""
  const text = (field: string, value: unknown) => textOf(field, value, phoneFor(req))
  const told = fields.map(({ field, was, now: is, typed: mine, untouched }) => ({
    label: labelOf(field),
    was: text(field, was),
    now: text(field, is),
    mine: untouched ? null : text(field, mine),
  }))
  const conflicts = { by: present.by, at: present.at, fields: told }
  edit(res.status(409), student, { typed: merged, problems: [] }, { conflicts })
}

export async function versions(req: Request, res: Response) {
  const found = await studentInLook(req, res)
  if (!found) return
  const { student } = found
  const all = await versionsOf(req.school.db, student.id)
  const entries = all.map(({ at, by, notes }, n) => ({
    at,
    by,
    changes: changesBetween(all[n + 1]?.notes ?? NOTHING, notes, phoneFor(req)),
  }))
  res.page("medical/versions", {
    student,
    studentName,
    entries,
    tabs: studentTabs(req, student.id, "medical"),
  })
}

export async function measure(req: Request, res: Response) {
  unkept(res)
  const { db } = req.school
  const student = await studentFor(req)
  const read = readMeasure(req)
  await recordLook(db, req.member, student.id, { reason: "Nouvelle mesure", now: req.now })
  const look = await lookUnderWay(db, req.member, student.id, req.now)
  if (!read.ok) return notesPage(req, res.status(422), student, look as object, { form: read })
  await addMeasure(db, req.member, student.id, read.values, req.now)
  res.flash("medical.measured").redirect(303, `/students/${student.id}/medical`)
}

type Measured = { measured_on: string; weight: number | null; height: number | null }

function readMeasure(req: Request): ReadForm<Measured> {
  const read = measureForm.read(req.body)
  if (!read.ok) return read
  const { measured_on, weight, height } = read.values
  if (measured_on > todayFor(req)) return refused(read, "measured_on", "Cette date n’est pas encore venue.")
  if (weight === null && height === null)
    return refused(read, "weight", "Écrivez le poids, la taille ou les deux.")
  return read
}

export async function unmeasure(req: Request, res: Response) {
  unkept(res)
  const student = await studentFor(req)
  const gone = await removeMeasure(
    req.school.db,
    req.member,
    student.id,
    rowNumber(req.body.measure),
    req.now,
  )
  if (!gone) throw notFound()
  res.flash("medical.unmeasured").redirect(303, `/students/${student.id}/medical`)
}
