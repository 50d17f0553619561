import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { LANGUAGES, LINKS, MONEY_PHONES, WAYS } from "../choices.ts"
import { guardianForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import { completenessOf } from "../queries/completeness.ts"
import {
  CONSENTS,
  type ConsentFilter,
  changeGuardian,
  childrenOf,
  type FoundGuardian,
  listGuardians,
} from "../queries/guardians.ts"
import { historyOf } from "../queries/history.ts"
import { birthText, missingOf, searchTerms, studentName, typedRow } from "../rules.ts"
import { viewer } from "../scope.ts"
import { toldEntry } from "../told.ts"
import { guardianFor, planFor } from "./asking.ts"
import { conflictOn } from "./conflicts.ts"
import { versionOf } from "./students.ts"

const PAGE_SIZE = 50
const HISTORY_SIZE = 50

export async function index(req: Request, res: Response) {
  const q = String(req.query.q ?? "").slice(0, 100)
  const consent = (
    Object.hasOwn(CONSENTS, String(req.query.consent)) ? req.query.consent : ""
  ) as ConsentFilter
  const page = pageNumber(req.query.page)
  const asked = { terms: searchTerms(q), consent, page, size: PAGE_SIZE }
  const found = await listGuardians(req.school.db, viewer(req), asked)
  const query = { ...(q && { q }), ...(consent && { consent }) }
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/guardians", {
    ...found,
    q,
    consent,
    consents: CONSENTS,
    query,
    page,
    size: PAGE_SIZE,
    phone,
    studentName,
  })
}

export async function show(req: Request, res: Response) {
  const { db } = req.school
  const guardian = await guardianFor(req)
  const found = (await childrenOf(db, viewer(req), [guardian.id])).get(guardian.id) ?? []
  const cards = await completenessOf(
    db,
    found.map(({ id }) => id),
  )
  const children = found.map((child) => {
    const card = cards.get(child.id)
    return { ...child, missing: card ? missingOf(card) : [] }
  })
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/guardian", {
    ...{ guardian, children, phone, links: LINKS, ways: WAYS, languages: LANGUAGES },
    ...{ birthText, studentName },
  })
}

const answerWord = (answer: number | null) => (answer === null ? "unasked" : answer ? "yes" : "no")

/** A guardian's card as its form types it. */
function typedOf(guardian: FoundGuardian, req: Request): Record<string, string> {
  const plan = planFor(req)
  return {
    ...typedRow(guardian),
    phone: phoneText(guardian.phone, plan),
    phone2: phoneText(guardian.phone2, plan),
    sms_consent: answerWord(guardian.sms_consent),
    email_consent: answerWord(guardian.email_consent),
    whatsapp_consent: answerWord(guardian.whatsapp_consent),
  }
}

export async function editPage(req: Request, res: Response) {
  const guardian = await guardianFor(req)
  edit(res, guardian, { typed: typedOf(guardian, req), problems: [] })
}

const edit = (res: Response, guardian: FoundGuardian, form: object, extra: object = {}) =>
  res.page("people/guardian_edit", {
    ...{ guardian, form, languages: LANGUAGES, moneyPhones: MONEY_PHONES },
    ...extra,
  })

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const guardian = await guardianFor(req)
  const read = guardianForm(planFor(req)).read(req.body)
  if (!read.ok) return edit(res.status(422), guardian, read)
  const version = versionOf(req)
  const outcome = await changeGuardian(db, req.member, { guardian, version, row: read.values, now: req.now })
  if (outcome === "conflict") {
    const now = await guardianFor(req)
    const card = { subject: "guardian", id: guardian.id, version, row: now, typed: read.values } as const
    const { conflicts, form } = await conflictOn(db, card, read, typedOf(now, req))
    return edit(res.status(409), now, form, { conflicts })
  }
  res.flash("people.changed", { note: "" }).redirect(303, `/guardians/${guardian.id}`)
}

export async function history(req: Request, res: Response) {
  const guardian = await guardianFor(req)
  const page = pageNumber(req.query.page)
  const told = await historyOf(req.school.db, "guardian", guardian.id, page, HISTORY_SIZE)
  if (page > 1 && told.entries.length === 0) throw notFound()
  res.page("people/history", {
    entries: told.entries.map(toldEntry),
    more: told.more,
    page,
    heading: guardian.name,
    place: `/guardians/${guardian.id}`,
    back: { label: "Tuteurs", path: "/guardians" },
  })
}
