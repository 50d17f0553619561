// Anybody who holds a bulletin checks that it is genuine: by its QR code, or by the code typed.
import type { Request, Response } from "express"
import { typedCode } from "../../../documents/code.ts"
import { notFound } from "../../../web/refusal.ts"
import type { BulletinData } from "../contract.ts"
import { bulletinByCode } from "../queries/publications.ts"

export function ask(req: Request, res: Response) {
  const typed = String(req.query.code ?? "").slice(0, 40)
  if (!typed) return res.page("bulletins/ask", { layout: "site" })
  const code = typedCode(typed)
  if (code) return res.redirect(303, `/b/${code}`)
  const text = "Ce code n’a pas la bonne forme : dix lettres et chiffres, comme K7QM2-XRD9F."
  res.status(422).page("bulletins/ask", {
    layout: "site",
    form: { ok: false, typed: { code: typed }, problems: [{ field: "code", text }] },
  })
}

export async function show(req: Request, res: Response) {
  const code = typedCode(String(req.params.code))
  const bulletin = code && (await bulletinByCode(req.school.db, code))
  if (!bulletin) throw notFound()
  res.page("bulletins/check", {
    layout: "site",
    content: JSON.parse(bulletin.content) as BulletinData,
    bulletin,
    replaced: bulletin.newest.version > bulletin.version,
  })
}
