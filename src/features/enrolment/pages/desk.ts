// The secretary's side: the same questions at the window, quick by keyboard; and a file corrected.
import type { Request, Response } from "express"
import { Refusal } from "../../../web/refusal.ts"
import { t } from "../../../web/strings.ts"
import { conflictsOf, type Row } from "../../people/conflict.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { birthText, studentName, usualMatricule } from "../../people/rules.ts"
import { type ApplicationValues, readApplication, versionForm } from "../forms.ts"
import {
  type Application,
  changeApplication,
  columnsOf,
  guardiansOfApplication,
  guardianTexts,
} from "../queries/applications.ts"
import { documentKinds } from "../queries/documents.ts"
import { editsSince } from "../queries/history.ts"
import { addApplication } from "../queries/making.ts"
import { isOpen } from "../rules/states.ts"
import { fieldLabel, valueText } from "../told.ts"
import {
  documentChoices,
  fileFor,
  type IntakeYear,
  linkOptions,
  readingOf,
  typedFile,
  yearFor,
} from "./asking.ts"

export async function newPage(req: Request, res: Response) {
  await creationPage(req, res, await yearFor(req), { typed: {}, problems: [] })
}

async function creationPage(req: Request, res: Response, year: IntakeYear, form: object) {
  const { options, places: offered } = await readingOf(req, year, true)
  const documents = documentChoices(await documentKinds(req.school.db), offered)
  res.page("enrolment/new", { year, places: options, documents, form, links: linkOptions, desk: true })
}

export async function create(req: Request, res: Response) {
  const year = await yearFor(req)
  const { reading } = await readingOf(req, year, true)
  const read = readApplication(req.body, reading)
  if (!read.ok) return creationPage(req, res.status(422), year, read)
  const given = { source: "desk", year: year.id, today: todayFor(req), sentFrom: null } as const
  const made = await addApplication(req.school.db, req.member, { ...read.values, ...given }, req.now)
  if (!made) throw new Error("the desk has no limit")
  const values = { name: studentName(read.values.row), reference: made.reference, note: "" }
  res.flash("enrolment.made", values).redirect(303, `/enrolment/${made.id}`)
}

export async function editPage(req: Request, res: Response) {
  const file = await openFile(req)
  const guardians = await guardiansOfApplication(req.school.db, file.id)
  await edit(req, res, file, { typed: typedFile(file, guardians, req), problems: [] })
}

/** What a student is asked no more: the card of a student is changed where students are. */
async function openFile(req: Request): Promise<Application> {
  const file = await fileFor(req)
  if (isOpen(file.state)) return file
  throw new Refusal(
    409,
    file.state === "active"
      ? "L’élève est inscrit : c’est sa fiche d’élève qui se modifie maintenant."
      : "Ce dossier est clos : rouvrez-le avant de le modifier.",
  )
}

async function edit(req: Request, res: Response, file: Application, form: object, extra: object = {}) {
  const { options } = await readingOf(req, yearOfFile(file), true)
  res.page("enrolment/edit", {
    file,
    places: options,
    form,
    links: linkOptions,
    desk: true,
    studentName,
    ...extra,
  })
}

const yearOfFile = (file: Application): IntakeYear => ({
  id: file.school_year_id,
  label: file.year_label,
  starts_on: file.year_starts_on,
})

export async function change(req: Request, res: Response) {
  const file = await openFile(req)
  const { reading } = await readingOf(req, yearOfFile(file), true)
  const asked = `${file.level_code}/${file.series_code}`
  const read = readApplication(req.body, { ...reading, places: [...reading.places, asked] })
  if (!read.ok) return edit(req, res.status(422), file, read)
  const guardians = await guardiansOfApplication(req.school.db, file.id)
  const version = versionOf(req)
  const values = read.values
  const changed = { file, guardians, version, values, now: req.now }
  const outcome = await changeApplication(req.school.db, req.member, changed)
  if (outcome === "conflict") return conflict(req, res, { version, typed: read.typed, values })
  const odd = values.row.matricule !== file.matricule && oddMatricule(values.row.matricule)
  const note = odd ? ` ${odd}` : ""
  res.flash("enrolment.changed", { note }, note ? "warning" : "done").redirect(303, `/enrolment/${file.id}`)
}

export const versionOf = (req: Request): number => {
  const read = versionForm.read(req.body)
  return read.ok ? read.values.version : 0
}

/** A sentence for a matricule of another shape than the ministry's usual one: a warning, never a refusal. */
export const oddMatricule = (matricule: string | null) =>
  matricule && !usualMatricule(matricule) ? t("enrolment.matricule_unusual", { matricule }) : ""

/** Columns that one field of the form writes together. */
const ONE_FIELD: Record<string, string> = {
  birth_date: "birth",
  birth_year: "birth",
  birth_approximate: "birth",
  level_code: "place",
  series_code: "place",
}

/** The form again at 409: what only the other changed is taken over, what both changed is shown side by side. */
async function conflict(
  req: Request,
  res: Response,
  { version, typed, values }: { version: number; typed: Record<string, string>; values: ApplicationValues },
) {
  const { db } = req.school
  const file = await openFile(req)
  const guardians = await guardiansOfApplication(db, file.id)
  const present = typedFile(file, guardians, req)
  const { changes, by, at } = await editsSince(db, file.id, version)
  const now: Row = { ...columnsOf(file), ...guardianTexts(guardians) }
  const mine: Row = { ...values.row, ...guardianTexts(values.guardians) }
  const fields = conflictsOf(changes, now, mine)
  const kept: Record<string, string> = { ...typed, version: String(file.version) }
  for (const { field, untouched } of fields) {
    const name = ONE_FIELD[field] ?? field
    if (untouched) kept[name] = present[name] ?? ""
  }
  const told = fields.map(({ field, was, now: theirs, typed: own, untouched }) => ({
    label: fieldLabel(field),
    was: valueText(field, was),
    now: valueText(field, theirs),
    mine: untouched ? null : valueText(field, own),
  }))
  const conflicts = { by, at, fields: told }
  await edit(req, res.status(409), file, { typed: kept, problems: [] }, { conflicts, birthText })
}
