import type { Request, Response } from "express"
import { refresh } from "../../../school.ts"
import type { Settings } from "../../../settings.ts"
import { COUNTRIES, CURRENCIES, countryOf } from "../countries.ts"
import { settingsForm } from "../forms.ts"
import { changeIdentity } from "../queries.ts"

/** The settings as they stand in the form: texts. */
function typedOf(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.join(", ") : String(value),
    ]),
  )
}

export function show(req: Request, res: Response) {
  const { settings } = req.school
  res.page("school/show", { settings, country: countryOf(settings.country)?.label ?? settings.country })
}

/** The form as the school is, or, where another country is asked for, with that country's usual values. */
export function edit(req: Request, res: Response) {
  const country = countryOf(String(req.query.country ?? ""))
  const typed = {
    ...typedOf(req.school.settings),
    ...country?.settings,
    ...(country && { country: country.code }),
  }
  showForm(res, { typed, problems: [] }, country?.label)
}

function showForm(res: Response, form: object, prefilled?: string) {
  const countries = COUNTRIES.map(({ code, label }) => ({ value: code, label }))
  res.page("school/edit", { form, countries, currencies: CURRENCIES, prefilled })
}

export async function change(req: Request, res: Response) {
  const read = settingsForm.read(req.body)
  if (!read.ok) return showForm(res.status(422), read)
  const after = Object.fromEntries(
    Object.entries(read.values).map(([key, value]) => [key, String(value ?? "")]),
  )
  const before = { ...typedOf(req.school.settings), hosts: req.school.settings.hosts.join(",") }
  const n = await changeIdentity(req.school.db, req.member, before, { after, at: req.now.toISOString() })
  await refresh(req.school)
  res.flash(n > 0 ? "school.changed" : "school.unchanged").redirect(303, "/school")
}
