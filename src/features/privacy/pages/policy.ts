// The public page: what the school holds, why, how long, and whom to write to.
import type { Request, Response } from "express"
import { planFor } from "../../people/pages/asking.ts"
import { phoneText } from "../../people/phone.ts"
import { authorityOf } from "../authorities.ts"
import { registerOf } from "../queries/processing.ts"
import { detailsOf, retentionsIn } from "../queries/settings.ts"

export async function show(req: Request, res: Response) {
  const { db, settings } = req.school
  const details = await detailsOf(db)
  res.page("privacy/policy", {
    lines: await registerOf(db, await retentionsIn(db, settings.country)),
    authority: authorityOf(settings.country),
    details,
    contact: {
      name: details.contact || settings.headTitle,
      phone: details.contact_phone ? phoneText(details.contact_phone, planFor(req)) : settings.phone,
      email: details.contact_email || settings.email,
    },
  })
}
