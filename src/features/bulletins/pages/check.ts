// Anybody who holds a bulletin checks that it is genuine: by its QR code, or by the code typed.
import type { Request, Response } from "express"
import { typedCode } from "../../../documents/code.ts"
import { notFound } from "../../../web/refusal.ts"
import type { BulletinData } from "../contract.ts"
import { bulletinByCode } from "../queries/publications.ts"

export async function show(req: Request, res: Response) {
  const code = typedCode(String(req.params.code))
  const bulletin = code && (await bulletinByCode(req.school.db, code, req.now.toISOString()))
  if (!bulletin) throw notFound()
  res.page("bulletins/check", {
    layout: "site",
    content: JSON.parse(bulletin.content) as BulletinData,
    bulletin,
    replaced: bulletin.newest.version > bulletin.version,
  })
}
