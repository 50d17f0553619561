// The family's side, without account or script: ask, then follow.
import type { Request, Response } from "express"
import { cookie, setCookie } from "../../../web/cookies.ts"
import type { Problem } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { same, sign } from "../../../web/signing.ts"
import { networkOf } from "../../accounts/rules/delays.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { readApplication } from "../forms.ts"
import { applicationOfCode } from "../queries/applications.ts"
import { documentKinds, handedOf } from "../queries/documents.ts"
import { addApplication } from "../queries/making.ts"
import { checklist, missing } from "../rules/checklist.ts"
import { readCode } from "../rules/numbers.ts"
import { STEPS } from "../rules/states.ts"
import { OLDEST_MS, opening, pace } from "../rules/visits.ts"
import { documentChoices, type IntakeYear, intakeYear, linkOptions, readingOf } from "./asking.ts"

/** When this browser was first given the form: beside the page and not in it, so that the page keeps its ETag. */
const COOKIE = "demande"
/** A form asked for again so long after is given a new time: nobody is refused while still writing. */
const RENEWED_AFTER_MS = OLDEST_MS / 2

function begunAt(req: Request): number | null {
  const [moment = "", signature = ""] = (cookie(req, COOKIE) ?? "").split(".")
  const right = /^\d{1,15}$/.test(moment) && same(signature, sign(req.school.secret, "application", moment))
  return right ? Number(moment) : null
}

/** Notes when this browser was first given the form; asked for again much later, it counts anew. */
export function noteBegun(req: Request, res: Response): void {
  const begun = begunAt(req)
  if (begun === null || req.now.getTime() - begun > RENEWED_AFTER_MS) begin(req, res)
}

function begin(req: Request, res: Response): void {
  const moment = req.now.getTime()
  const value = `${moment}.${sign(req.school.secret, "application", moment)}`
  setCookie(req, res, COOKIE, value, OLDEST_MS / 1000)
}

const openingNow = (req: Request) => opening(req.school.settings, todayFor(req))

export async function show(req: Request, res: Response) {
  const year = openingNow(req) === "open" ? await intakeYear(req) : null
  if (!year) return closed(req, res)
  noteBegun(req, res)
  await formPage(req, res, year, { typed: {}, problems: [] })
}

function closed(req: Request, res: Response) {
  const { applicationsFrom: from, applicationsText: text } = req.school.settings
  res.page("enrolment/closed", { layout: "site", why: openingNow(req), from, said: text, ...contact(req) })
}

const contact = ({ school: { settings } }: Request) => ({ phone: settings.phone })

async function formPage(req: Request, res: Response, year: IntakeYear, form: object) {
  const { options, places: offered } = await readingOf(req, year, false)
  const documents = documentChoices(await documentKinds(req.school.db), offered)
  const { applicationsText: said } = req.school.settings
  res.page("enrolment/apply", {
    layout: "site",
    year,
    places: options,
    documents,
    said,
    form,
    links: linkOptions,
  })
}

export async function send(req: Request, res: Response) {
  const year = openingNow(req) === "open" ? await intakeYear(req) : null
  if (!year) return closed(req, res.status(409))
  const { reading } = await readingOf(req, year, false)
  const read = readApplication(req.body, reading)
  const problems = [...signsOfRobot(req, res, read.typed), ...read.problems]
  if (!read.ok || problems.length > 0) return formPage(req, res.status(422), year, { ...read, problems })
  const { school, now } = req
  const made = await addApplication(
    school.db,
    null,
    {
      ...read.values,
      source: "site",
      year: year.id,
      today: todayFor(req),
      sentFrom: sign(school.secret, "application from", networkOf(req.ip ?? "")),
    },
    now,
  )
  if (!made) return formPage(req, res.status(429), year, { ...read, problems: [TOO_MANY] })
  res.flash("enrolment.sent", { reference: made.reference }).redirect(303, `/apply/${made.code}`)
}

const TOO_MANY: Problem = {
  field: "",
  text: "Trop de demandes sont parties de cette connexion. Gardez cette page ouverte et envoyez-la de nouveau dans une heure, ou venez au secrétariat : rien de ce que vous avez écrit n’est perdu.",
}

/** A field that no person sees, and a form that comes back sooner than anybody can fill it or a day later. */
export function signsOfRobot(req: Request, res: Response, typed: Record<string, string>): Problem[] {
  const problems: Problem[] = []
  if (typed.website)
    problems.push({ field: "website", text: "Effacez ce qui est écrit ici : ce champ doit rester vide." })
  const came = pace(begunAt(req), req.now.getTime())
  if (came === "old") begin(req, res)
  if (came !== "right") problems.push({ field: "", text: PACE[came] })
  return problems
}

const PACE = {
  fast: "Le formulaire est revenu trop vite pour avoir été lu. Relisez-le, puis envoyez-le encore une fois.",
  old: "Le formulaire était ouvert depuis plus d’un jour. Relisez-le, puis envoyez-le encore une fois dans un instant.",
}

/** Where a family types the code of its paper. */
export function follow(req: Request, res: Response) {
  const typed = String(req.query.code ?? "").slice(0, 40)
  const code = readCode(typed)
  if (code) return res.redirect(303, `/apply/${code}`)
  const text = "Un code a dix lettres et chiffres, comme K7QM2-XRDTF."
  const form = { typed: { code: typed }, problems: typed ? [{ field: "code", text }] : [] }
  if (typed) res.status(422)
  res.page("enrolment/follow", { layout: "site", form })
}

/** The state of one application and what is missing; nothing about the child. */
export async function state(req: Request, res: Response) {
  const { db } = req.school
  const code = readCode(String(req.params.applicationCode))
  const file = code && (await applicationOfCode(db, code))
  if (!file) throw notFound()
  const lines = checklist(await documentKinds(db), file.level_code, await handedOf(db, file.id))
  const lacking = missing(lines)
  res.page("enrolment/state", { layout: "site", file, lines, lacking, steps: STEPS, ...contact(req) })
}
