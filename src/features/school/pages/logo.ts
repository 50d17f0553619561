// The school's logo: chosen, seen, taken away.
import type { Request, Response } from "express"
import { keepLogo, logoNamed } from "../../../documents/logo.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import { PICTURE_PROBLEMS, whyNotTaken } from "../../../documents/received.ts"
import { refresh } from "../../../school.ts"
import { notFound } from "../../../web/refusal.ts"
import { changeIdentity } from "../queries.ts"

const A_MONTH = 30 * 24 * 3600

export function show(req: Request, res: Response) {
  res.page("school/logo", { logo: req.school.settings.logo })
}

/** The file handed in, made small and anew; nothing else of it is kept. */
export async function keep(req: Request, res: Response) {
  const bytes = req.file?.buffer
  const { logo } = req.school.settings
  const refused = (text: string) =>
    res.status(422).page("school/logo", { logo, form: { typed: {}, problems: [{ field: "logo", text }] } })
  const reason = whyNotTaken(bytes, "logo")
  if (reason || !bytes) return refused(reason ?? "")
  const made = await renderInWorker("logo", bytes)
  if ("problem" in made) return refused(PICTURE_PROBLEMS[made.problem])
  await choose(req, await keepLogo(req.school.folder, made.jpeg))
  res.flash("school.logo_kept").redirect(303, "/school")
}

/** What is published keeps the logo of its day: the picture stays, the school no longer shows it. */
export async function remove(req: Request, res: Response) {
  await choose(req, "")
  res.flash("school.logo_removed").redirect(303, "/school")
}

async function choose(req: Request, logo: string) {
  const { db, settings } = req.school
  await changeIdentity(
    db,
    req.member,
    { logo: settings.logo },
    { after: { logo }, at: req.now.toISOString() },
  )
  await refresh(req.school)
}

/** The logo of the school; under its own name in the address it never changes, and a browser keeps it. */
export async function picture(req: Request, res: Response) {
  const { folder, settings } = req.school
  const logo = await logoNamed(folder, settings.logo)
  if (!logo) throw notFound()
  const named = req.query[settings.logo] !== undefined
  res.setHeader("Cache-Control", named ? `private, max-age=${A_MONTH}, immutable` : "private, no-cache")
  res.type("image/jpeg").send(logo)
}
