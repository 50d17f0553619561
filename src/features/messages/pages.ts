import type { Request, Response } from "express"
import { record } from "../../audit.ts"
import { tx } from "../../db/index.ts"
import { notFound } from "../../web/refusal.ts"
import { pageNumber, rowNumber } from "../../web/rowNumber.ts"
import { searchTerms } from "../people/rules.ts"
import { viewer } from "../people/scope.ts"
import { cancelMessage, countOf, messageSeen, messagesOf, PAGE_SIZE } from "./queries.ts"

const STATES = ["waiting", "sent", "failed", "cancelled"]

export async function index(req: Request, res: Response) {
  const { db } = req.school
  const q = String(req.query.q ?? "").slice(0, 100)
  const state = STATES.includes(String(req.query.state)) ? String(req.query.state) : ""
  const page = Math.min(pageNumber(req.query.page), 10_000)
  const filter = { state, words: searchTerms(q).map(({ text }) => text), page }
  const [messages, count] = [
    await messagesOf(db, viewer(req), filter),
    await countOf(db, viewer(req), filter),
  ]
  res.page("messages/index", { messages, count, q, state, page, size: PAGE_SIZE })
}

export async function cancel(req: Request, res: Response) {
  const { db } = req.school
  const message = await messageSeen(db, viewer(req), rowNumber(req.params.message))
  if (!message) throw notFound()
  const stopped = await tx(db, async (trx) => {
    const done = await cancelMessage(trx, message.id)
    const change = {
      subject: "outbox",
      subjectId: message.id,
      action: "cancel",
      before: { state: message.state },
    }
    if (done) await record(trx, req.member, change, req.now.toISOString())
    return done
  })
  if (stopped) res.flash("messages.cancelled")
  else res.flash("messages.too_late", {}, "warning")
  res.redirect(303, "/messages")
}
