// What the school decides: when families may ask online, the form of its numbers, fees and documents.
import type { Request, Response } from "express"
import { refresh } from "../../../school.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { changeIdentity } from "../../school/queries.ts"
import { levelChoices, yearChoices } from "../queries/board.ts"
import { documentKinds } from "../queries/documents.ts"
import { numberToCome } from "../queries/numbers.ts"
import { changeDocuments, changeFees, feesOf } from "../queries/settings.ts"
import { opening } from "../rules/visits.ts"
import { openingForm, readDocuments, readFees, typedFee } from "../settingForms.ts"
import { type IntakeYear, intakeYear, yearFor } from "./asking.ts"

const OPENING = [
  "applications",
  "applicationsFrom",
  "applicationsUntil",
  "applicationsYear",
  "applicationsText",
  "studentNumber",
] as const

const openingOf = ({ school: { settings } }: Request) =>
  Object.fromEntries(OPENING.map((key) => [key, settings[key]]))

export async function show(req: Request, res: Response) {
  await openingPage(req, res, { typed: openingOf(req), problems: [] })
}

async function openingPage(req: Request, res: Response, form: object) {
  const { db, settings, origin } = req.school
  const year = await intakeYear(req)
  const level = (await levelChoices(db))[0]?.code ?? "10"
  const context = { year: (year?.starts_on ?? todayFor(req)).slice(0, 4), level }
  res.page("enrolment/settings", {
    form,
    years: await yearChoices(db),
    next: await numberToCome(db, settings.studentNumber, context),
    now: opening(settings, todayFor(req)),
    address: `${origin}/apply`,
  })
}

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const read = openingForm.read(req.body)
  if (!read.ok) return openingPage(req, res.status(422), read)
  const { applicationsFrom: from, applicationsUntil: until, applicationsYear, ...rest } = read.values
  if (from && until && until < from) {
    const problems = [{ field: "applicationsUntil", text: "Cette date est avant l’ouverture." }]
    return openingPage(req, res.status(422), { ...read, problems })
  }
  const years = await yearChoices(db)
  const year = years.some(({ id }) => String(id) === applicationsYear) ? applicationsYear : ""
  const after = {
    ...rest,
    applicationsFrom: from ?? "",
    applicationsUntil: until ?? "",
    applicationsYear: year,
    applicationsText: rest.applicationsText ?? "",
  }
  const n = await changeIdentity(db, req.member, openingOf(req), { after, at: req.now.toISOString() })
  await refresh(req.school)
  res.flash(n > 0 ? "enrolment.settings_changed" : "enrolment.settings_same")
  res.redirect(303, "/enrolment/settings")
}

export async function documents(req: Request, res: Response) {
  const kinds = await documentKinds(req.school.db)
  const typed: Record<string, string> = {}
  for (const [n, kind] of kinds.filter(({ active }) => active).entries()) {
    const row = n + 1
    Object.assign(typed, { [`id_${row}`]: String(kind.id), [`label_${row}`]: kind.label })
    if (kind.required) typed[`required_${row}`] = "1"
    for (const code of kind.levels) typed[`level_${row}_${code}`] = "1"
  }
  await documentsPage(req, res, { typed, problems: [] })
}

type Form = { typed: Record<string, string>; problems: object[] }

/** Three lines more than are filled. */
const SPARE = 3

async function documentsPage(req: Request, res: Response, form: Form) {
  let filled = 0
  while (form.typed[`label_${filled + 1}`]?.trim()) filled++
  res.page("enrolment/documents", { form, levels: await levelChoices(req.school.db), rows: filled + SPARE })
}

export async function changeList(req: Request, res: Response) {
  const { db } = req.school
  const levels = (await levelChoices(db)).map(({ code }) => code)
  const read = readDocuments(req.body, levels)
  if (!read.ok) return documentsPage(req, res.status(422), read)
  const kinds = await documentKinds(db)
  await changeDocuments(db, req.member, { kinds, entries: read.values, at: req.now.toISOString() })
  res
    .flash("enrolment.list_changed", { n: read.values.length })
    .redirect(303, "/enrolment/settings/documents")
}

export async function fees(req: Request, res: Response) {
  const year = await yearFor(req)
  const had = await feesOf(req.school.db, year.id)
  const typed = Object.fromEntries(
    [...had].map(([level, amount]) => [`fee_${level}`, typedFee(amount, req.school.settings.currency)]),
  )
  await feesPage(req, res, year, { typed, problems: [] })
}

async function feesPage(req: Request, res: Response, year: IntakeYear, form: object) {
  const unit = UNITS[req.school.settings.currency] ?? req.school.settings.currency
  res.page("enrolment/fees", { year, form, unit, levels: await levelChoices(req.school.db) })
}

const UNITS: Record<string, string> = { XOF: "F CFA", XAF: "F CFA", GNF: "GNF", EUR: "€" }

export async function changeAmounts(req: Request, res: Response) {
  const { db, settings } = req.school
  const year = await yearFor(req)
  const levels = (await levelChoices(db)).map(({ code }) => code)
  const read = readFees(req.body, levels, settings.currency)
  if (!read.ok) return feesPage(req, res.status(422), year, read)
  const changed = { year: year.id, fees: read.values, at: req.now.toISOString() }
  const n = await changeFees(db, req.member, changed)
  res.flash("enrolment.fees_changed", { n, year: year.label }).redirect(303, "/enrolment/settings/fees")
}
