// The classes of a period, and the meeting of one of them: prepared, opened, opened again.
import type { Request, Response } from "express"
import { type Problem, refused } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { yearRead } from "../../grades/queries/classPeriod.ts"
import { progressSeenBy } from "../../grades/queries/overview.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { prepareForm, reopenForm } from "../forms.ts"
import { minutesOf } from "../queries/minutes.ts"
import {
  type Attendee,
  attendeesOf,
  councilsSeenBy,
  meanwhile,
  reopenSession,
  saveSession,
  teachersOf,
} from "../queries/sessions.ts"
import { badgeOf, needsReason, othersText, overtaken, readOthers } from "../rules/session.ts"
import { rightsIn, type SessionAsked, sessionFor } from "./asking.ts"

/** Where each class's council stands; `?period=` chooses the period, else the one of today. */
export async function index(req: Request, res: Response) {
  const { db, year } = req.school
  const periods = year?.periods ?? []
  const period =
    periods.find(({ id }) => id === rowNumber(req.query.period)) ??
    periods.find(({ ends_on }) => ends_on >= todayFor(req)) ??
    periods.at(-1)
  if (!year || !period) return res.page("council/index", { rows: [], period: null, periods })
  const rows = (await councilsSeenBy(db, viewer(req), year.id, period)).map((row) => ({
    ...row,
    badge: badgeOf(row),
  }))
  res.page("council/index", { rows, period, periods })
}

export async function show(req: Request, res: Response) {
  await sessionPage(req, res, await sessionFor(req))
}

type Form = { typed: Record<string, string>; problems: Problem[] }

async function sessionPage(req: Request, res: Response, about: SessionAsked, form?: Form) {
  const { db, settings, year } = req.school
  const teachers = await teachersOf(db, about)
  const attendees = await attendeesOf(db, about)
  const called = new Map(attendees.map((one) => [one.staff_id, one]))
  const progress = await progressSeenBy(db, viewer(req), { id: about.period_id, ends_on: about.ends_on }, [
    about.class_id,
  ])
  const other = year?.id === about.school_year_id ? null : await yearRead(db, about.school_year_id)
  const sent = form !== undefined && form.typed.others !== undefined
  res.page("council/session", {
    about,
    badge: badgeOf(about),
    may: { ...rightsIn(req, about), prepare: req.can("council.run") },
    needsReason: needsReason(about),
    overtaken: overtaken(about),
    teachers: teachers.map((one) => ({
      ...one,
      quality: qualityOf(one),
      present: sent
        ? form.typed[`present_${one.id}`] === "1"
        : attendees.length === 0 || called.get(one.id)?.present === 1,
    })),
    attendees,
    others: othersText(attendees.filter(({ staff_id }) => staff_id === null)),
    usual: { held_on: todayFor(req), president: settings.headName },
    missing: progress.reduce((sum, { expected, entered }) => sum + Math.max(0, expected - entered), 0),
    unlocked: progress
      .filter(({ locked, classState }) => !locked && classState === null)
      .map(({ subject }) => subject),
    students: progress[0]?.students ?? 0,
    minutes: await minutesOf(db, about),
    periods: other?.periods ?? year?.periods ?? [],
    otherYear: other && { label: other.label, over: other.ends_on < todayFor(req) },
    ...(form ? { form } : {}),
  })
}

const qualityOf = ({ subjects, form }: { subjects: string[]; form: boolean }) =>
  [subjects.join(", "), form && "professeur principal"].filter(Boolean).join(", ")

/** Saves what was prepared; pressed « Ouvrir la séance », the council begins. */
export async function save(req: Request, res: Response) {
  const about = await sessionFor(req)
  const read = prepareForm.read(req.body)
  if (!read.ok) return sessionPage(req, res.status(422), about, read)
  if (about.state === "closed") throw new Refusal(409, CLOSED)
  const { seen, others, reason, ...prepared } = read.values
  const opens = req.body.go === "open" && about.state !== "open"
  const problems = opens ? lacking(about, read.values) : []
  if (problems.length > 0) return sessionPage(req, res.status(422), about, { ...read, problems })
  if (seen !== (about.version ?? 0)) return sessionPage(req, res.status(409), about, changed(read, about))
  const attendees = await called(req, about, readOthers(others ?? ""))
  const saving = { prepared, attendees, seen, at: req.now.toISOString() }
  const open = opens ? { open: { reason } } : {}
  await saveSession(req.school.db, req.member, about, { ...saving, ...open })
  res.flash(opens ? "council.opened" : "council.prepared")
  res.redirect(303, opens ? `${about.path}/session` : about.path)
}

const CLOSED = "Cette séance est close : ouvrez-la de nouveau, avec un motif, pour la changer."

/** What opening needs and preparing does not. */
function lacking(about: SessionAsked, { held_on, president, reason }: Values): Problem[] {
  const problems: Problem[] = []
  if (!held_on) problems.push({ field: "held_on", text: "Écrivez la date de la séance." })
  if (!president) problems.push({ field: "president", text: "Écrivez qui préside la séance." })
  if (needsReason(about) && !reason)
    problems.push({ field: "reason", text: "Les bulletins sont publiés : dites pourquoi le conseil siège." })
  return problems
}

type Values = Extract<ReturnType<typeof prepareForm.read>, { ok: true }>["values"]

/** The form again with what was typed, over the newer version. */
function changed({ typed }: { typed: Record<string, string> }, about: SessionAsked): Form {
  const text = "Quelqu’un d’autre a changé cette séance entre-temps. Relisez, puis enregistrez de nouveau."
  return { typed: { ...typed, seen: String(about.version ?? 0) }, problems: [{ field: "", text }] }
}

/** The teachers of the class, present or not, then the others. */
async function called(req: Request, about: SessionAsked, others: ReturnType<typeof readOthers>) {
  const teachers = await teachersOf(req.school.db, about)
  return [
    ...teachers.map((one): Attendee => {
      const present = req.body[`present_${one.id}`] === "1" ? 1 : 0
      return { staff_id: one.id, name: one.name, quality: qualityOf(one) || null, present }
    }),
    ...others.map((one): Attendee => ({ ...one, staff_id: null, present: 1 })),
  ]
}

/** Opens a closed session again, or one that a publication overtook. */
export async function reopen(req: Request, res: Response) {
  const about = await sessionFor(req)
  const read = reopenForm.read(req.body)
  if (!read.ok) {
    const form = read.problems.some(({ field }) => field === "reason")
      ? refused({ typed: {} }, "reopen", "Dites pourquoi la séance est ouverte de nouveau.")
      : read
    return sessionPage(req, res.status(422), about, form)
  }
  if (about.state !== "closed" && !overtaken(about)) throw meanwhile()
  const { seen, reason } = read.values
  const reopening = { seen, reason, at: req.now.toISOString() }
  await reopenSession(req.school.db, req.member, about, reopening)
  res.flash("council.reopened").redirect(303, about.path)
}
