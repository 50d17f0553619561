// Anybody who holds a paper, a bulletin or a card checks with the school that it is genuine.
import type { Request, Response } from "express"
import { typedCode } from "../../../documents/code.ts"
import { notFound } from "../../../web/refusal.ts"
import { bulletinByCode } from "../../bulletins/queries/publications.ts"
import { studentName } from "../../people/rules.ts"
import { checkedCard } from "../cards.ts"
import { KINDS } from "../kinds.ts"
import { isListCode, paperByCode } from "../queries.ts"

const MISSHAPEN = "Ce code n’a pas la bonne forme : dix lettres et chiffres, comme K7QM2-XRD9F."
const UNKNOWN =
  "Aucun document de cette école ne porte ce code. Relisez-le : s’il est bien écrit ainsi, le document n’est pas authentique."

/** One page for every paper of the school: the code leads to the right one. */
export async function ask(req: Request, res: Response) {
  const typed = String(req.query.code ?? "").slice(0, 40)
  if (!typed) return res.page("papers/ask", { layout: "site" })
  const { db } = req.school
  const code = typedCode(typed)
  if (code && (await paperByCode(db, code))) return res.redirect(303, `/p/${code}`)
  if (code && (await bulletinByCode(db, code, req.now.toISOString()))) return res.redirect(303, `/b/${code}`)
  if (code && (await isListCode(db, code))) return res.redirect(303, `/r/${code}`)
  const problems = [{ field: "code", text: code ? UNKNOWN : MISSHAPEN }]
  res
    .status(422)
    .page("papers/ask", { layout: "site", form: { ok: false, typed: { code: typed }, problems } })
}

export async function paper(req: Request, res: Response) {
  const code = typedCode(String(req.params.paperCode))
  const found = code && (await paperByCode(req.school.db, code))
  if (!found) throw notFound()
  res.page("papers/check", { layout: "site", paper: found, kinds: KINDS })
}

/** A card says no more than whose it is, and whether it is valid. */
export async function card(req: Request, res: Response) {
  const holder = await checkedCard(req.school.db, req.school.secret, String(req.params.card))
  if (!holder) throw notFound()
  res.page("papers/card", { layout: "site", holder, studentName })
}
