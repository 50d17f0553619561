// Who is past their term, what would go and what would stay, and the erasing itself.
import type { Request, Response } from "express"
import type { Person } from "../../../personal.ts"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { removeFiles } from "../files.ts"
import { erasureForm, PERSONS, WORD, wordForm } from "../forms.ts"
import { eraseApplications } from "../queries/applications.ts"
import { type Asking, DUE_PAGE, due, guardiansGoingWith, leavers } from "../queries/departures.ts"
import { countAllDue } from "../queries/due.ts"
import { erase, STILL_HERE } from "../queries/erasing.ts"
import { cardsOf, countHeld, heldAbout } from "../queries/holdings.ts"
import { isEarly, MOST_AT_ONCE, namesSomebody } from "../rules/erasing.ts"
import { termText } from "../rules/retention.ts"
import { askingOf, tabsOf } from "./asking.ts"

const LABELS = {
  student: "Élèves",
  guardian: "Tuteurs",
  staff: "Personnel",
  application: "Dossiers",
} as const

const personIn = (value: unknown): Person => PERSONS.find((one) => one === value) ?? "student"

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const asking = await askingOf(req)
  const shown = req.query.person === "application" ? "application" : personIn(req.query.person)
  const page = pageNumber(req.query.page)
  const counts = await countAllDue(db, asking)
  const found =
    shown === "application" ? { rows: [], total: counts.application } : await due(db, asking, shown, page)
  res.page("privacy/erasure", {
    ...found,
    shown,
    labels: LABELS,
    counts,
    retention: asking.retentions[shown],
    termText,
    page,
    size: DUE_PAGE,
    query: { person: shown },
    word: WORD,
    tabs: tabsOf(req, "erasure"),
  })
}

const numbersIn = (value: unknown): number[] => [
  ...new Set(
    [value ?? []]
      .flat()
      .map(rowNumber)
      .filter((n) => n > 0),
  ),
]

/** What would happen, person by person; nothing is written. */
export async function rehearsal(req: Request, res: Response) {
  const person = personIn(req.query.person)
  const ids = numbersIn(req.query.row)
  if (ids.length === 0) {
    return res
      .flash("privacy.nobody_chosen", {}, "warning")
      .redirect(303, `/privacy/erasure?person=${person}`)
  }
  await rehearse(req, res, person, ids, { typed: {}, problems: [] })
}

async function chosen(req: Request, asking: Asking, person: Person, ids: number[]) {
  if (ids.length > MOST_AT_ONCE)
    throw new Refusal(409, `Choisissez ${MOST_AT_ONCE} personnes au plus : rien n’a été effacé.`)
  const found = await leavers(req.school.db, asking, person, ids)
  if (found.length !== ids.length) throw notFound()
  const retention = asking.retentions[person]
  const persons = found.map(({ left_on, ...one }) => {
    if (left_on === null) throw new Refusal(409, STILL_HERE)
    return { ...one, left_on, early: isEarly(left_on, retention, asking.today) }
  })
  const early = persons.some((one) => one.early)
  if (early && retention.obliged) {
    throw new Refusal(
      409,
      `Un texte oblige à garder ces fiches ${termText(retention)} ${retention.from} : rien ne peut être effacé avant. (${retention.source})`,
    )
  }
  return { persons, early }
}

async function rehearse(req: Request, res: Response, person: Person, ids: number[], form: object) {
  const { db } = req.school
  const asking = await askingOf(req)
  const { persons, early } = await chosen(req, asking, person, ids)
  const held = heldAbout(person)
  const counts = await countHeld(db, held, await cardsOf(db, person, ids))
  const along = person === "student" ? await guardiansGoingWith(db, asking, ids) : []
  res.setHeader("Cache-Control", "no-store")
  res.page("privacy/rehearsal", {
    person,
    labels: LABELS,
    early,
    form,
    word: WORD,
    persons: persons.map((one) => ({
      ...one,
      guardians: along.filter(({ student_id }) => student_id === one.id).map(({ name }) => name),
      lines: held
        .map(({ label, erasure, why }, place) => ({
          label,
          erasure,
          why,
          rows: counts.get(place)?.get(one.id)?.rows ?? 0,
        }))
        .filter(({ rows }) => rows > 0),
    })),
    tabs: tabsOf(req, "erasure"),
  })
}

export async function run(req: Request, res: Response) {
  const { db, settings } = req.school
  const ids = numbersIn(req.body.row)
  const asking = await askingOf(req)
  const read = erasureForm.read(req.body)
  const person = personIn(req.body.person)
  if (ids.length === 0) throw notFound()
  if (!read.ok) return rehearse(req, res.status(422), person, ids, read)
  const { persons, early } = await chosen(req, asking, person, ids)
  const { reason } = read.values
  if (early && !reason) {
    return rehearse(
      req,
      res.status(422),
      person,
      ids,
      refused(read, "reason", "Dites pourquoi, avant le terme."),
    )
  }
  if (
    reason &&
    namesSomebody(
      reason,
      persons.map(({ name }) => name),
    )
  ) {
    const sentence = "N’écrivez pas le nom de la personne : cette raison reste dans le registre."
    return rehearse(req, res.status(422), person, ids, refused(read, "reason", sentence))
  }
  const erasing = {
    asking,
    by: req.member,
    reason: early ? reason : null,
    prefix: settings.phonePrefix,
    now: req.now,
  }
  const n = await erase(db, person, ids, erasing)
  await removeFiles(req.school)
  res.flash("privacy.erased", { n }).redirect(303, `/privacy/erasure?person=${person}`)
}

/** Every file of enrolment that came to nothing and whose time is over, at once. */
export async function applications(req: Request, res: Response) {
  const { db, settings } = req.school
  const read = wordForm.read(req.body)
  const place = "/privacy/erasure?person=application"
  if (!read.ok) return res.flash("privacy.word_missing", { word: WORD }, "error").redirect(303, place)
  const asking = await askingOf(req)
  const erasing = { asking, by: req.member, reason: null, prefix: settings.phonePrefix, now: req.now }
  const n = await eraseApplications(db, erasing)
  res.flash("privacy.applications_erased", { n }).redirect(303, place)
}
