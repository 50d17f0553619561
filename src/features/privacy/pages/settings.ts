// The overview, and the school's own terms and contacts.
import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { planFor } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { authorityOf } from "../authorities.ts"
import { settingsForm } from "../forms.ts"
import { countAllDue } from "../queries/due.ts"
import { EXPORTS_PAGE, exportsRecorded } from "../queries/exports.ts"
import { changeSettings, type Details, detailsOf } from "../queries/settings.ts"
import { KINDS, type Retentions, termText } from "../rules/retention.ts"
import { askingOf, tabsOf } from "./asking.ts"

export async function overview(req: Request, res: Response) {
  const { db, settings } = req.school
  const asking = await askingOf(req)
  const page = pageNumber(req.query.page)
  res.page("privacy/overview", {
    authority: authorityOf(settings.country),
    details: await detailsOf(db),
    due: req.can("privacy.erase") ? await countAllDue(db, asking) : null,
    ...(await exportsRecorded(db, page)),
    page,
    size: EXPORTS_PAGE,
    query: {},
    phone: (e164: string) => phoneText(e164, planFor(req)),
    tabs: tabsOf(req, "overview"),
  })
}

/** The terms and contacts as their form types them. */
function typedOf(req: Request, kept: Retentions, details: Details): Record<string, string> {
  const terms = KINDS.flatMap((kind) => [
    [`amount_${kind}`, String(kept[kind].amount)],
    [`obliged_${kind}`, kept[kind].obliged ? "1" : ""],
    [`source_${kind}`, kept[kind].chosen ? kept[kind].source : ""],
  ])
  const { declared_on, contact_phone } = details
  return {
    ...Object.fromEntries(terms),
    ...details,
    declared_on: declared_on && date(declared_on),
    contact_phone: phoneText(contact_phone, planFor(req)),
  }
}

export async function show(req: Request, res: Response) {
  const { retentions } = await askingOf(req)
  const details = await detailsOf(req.school.db)
  form(req, res, retentions, { typed: typedOf(req, retentions, details), problems: [] })
}

function form(req: Request, res: Response, retentions: Retentions, read: object) {
  const authority = authorityOf(req.school.settings.country)
  const kinds = KINDS.map((kind) => retentions[kind])
  res.page("privacy/settings", { form: read, kinds, authority, termText, tabs: tabsOf(req, "settings") })
}

export async function change(req: Request, res: Response) {
  const { retentions: before } = await askingOf(req)
  const read = settingsForm(planFor(req)).read(req.body)
  if (!read.ok) return form(req, res.status(422), before, read)
  const { values } = read
  const choices = KINDS.map((kind) => ({
    kind,
    amount: values[`amount_${kind}`],
    obliged: values[`obliged_${kind}`] ? 1 : 0,
    source: values[`source_${kind}`],
  }))
  const details: Details = {
    declaration: values.declaration ?? "",
    declared_on: values.declared_on ?? "",
    contact: values.contact ?? "",
    contact_phone: values.contact_phone ?? "",
    contact_email: values.contact_email ?? "",
  }
  const n = await changeSettings(req.school.db, req.member, { before, choices, details, now: req.now })
  res.flash(n > 0 ? "privacy.settings_saved" : "privacy.settings_same").redirect(303, "/privacy/settings")
}
