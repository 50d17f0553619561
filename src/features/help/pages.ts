import type { Request, Response } from "express"
import { isStaff } from "../../roles.ts"
import { notFound } from "../../web/refusal.ts"
import { GUIDES, type Guide, helpFor } from "./guides.ts"
import { pageOf, pictureNamed } from "./reading.ts"

/** Every guide, one's own first; families have only one. */
export async function index(req: Request, res: Response) {
  if (!isStaff(req.member.roles)) return res.redirect(303, "/help/parent")
  const own = helpFor("/", req.member.roles)
  const guides = GUIDES.map((guide) => ({ path: `/help/${guide.name}`, ...pageOf(guide) }))
  const [first, others] = [
    guides.filter(({ path }) => path === own),
    guides.filter(({ path }) => path !== own),
  ]
  res.page("help/index", { guides: [...first, ...others] })
}

export const parents = (_req: Request, res: Response) => shown(res, "parent")

export const show = (req: Request, res: Response) => shown(res, String(req.params.guide))

function shown(res: Response, name: string) {
  const guide: Guide | undefined = GUIDES.find((one) => one.name === name)
  if (!guide) throw notFound()
  res.page("help/show", { guide: pageOf(guide) })
}

/** The address that a guide writes carries the picture's version: it may be kept for a year. */
export async function picture(req: Request, res: Response) {
  const found = pictureNamed(String(req.params.picture))
  if (!found) throw notFound()
  const { path, version } = found
  const kept = req.query.v === version ? "public, max-age=31536000, immutable" : "public, no-cache"
  res.setHeader("Cache-Control", kept)
  res.sendFile(path)
}
