import type { NextFunction, Request, Response } from "express"
import type { Db } from "../db/index.ts"
import { cookie, setCookie } from "./cookies.ts"
import { expiredForm, Refusal } from "./refusal.ts"
import type { Flash } from "./request.ts"
import { randomToken, same, sha256, sign } from "./signing.ts"

// Every form carries its session's signed number (against requests that other sites make in one's name), and a
// form that creates something also a once number. Both stay the same until the session sends such a form, so
// that an unchanged page keeps its ETag.

/** Behind HTTPS no other host of the domain can set it, as for the session's own. */
const visitorCookie = (req: Request) => (req.secure ? "__Host-visiteur" : "visiteur")
/** How long a second submission waits for the first one's answer. */
const PATIENCE_MS = 5000

/**
 * What the session is called in signatures: the signed-in session, or the visitor's own cookie. A visitor chooses
 * what the cookie says: whatever it is, it names no session.
 */
function holder(req: Request, res?: Response): string {
  if (req.user) return req.user.session
  const known = cookie(req, visitorCookie(req)) ?? res?.locals.visitor
  if (known) return `visitor ${known}`
  if (!res) return ""
  const fresh = randomToken()
  res.locals.visitor = fresh
  setCookie(req, res, visitorCookie(req), fresh)
  return `visitor ${fresh}`
}

/** The hidden field that every form carries. */
export const formField = (req: Request, res: Response) =>
  `<input type="hidden" name="_form" value="${sign(req.school.secret, "form", holder(req, res))}">`

/** The hidden fields of a form that creates something. */
export function onceFields(req: Request, res: Response): string {
  const count = req.user?.formsSent ?? 0
  const number = `${count}.${sign(req.school.secret, "once", holder(req, res), count)}`
  return `${formField(req, res)}<input type="hidden" name="_once" value="${number}">`
}

const numberIn = (req: Request, field: "_form" | "_once") => String(req.body?.[field] ?? "")

/** Refuses a form that was not made for this session. */
export function checkForm(req: Request): void {
  const given = numberIn(req, "_form")
  const who = holder(req)
  if (!who || !same(given, sign(req.school.secret, "form", who))) throw expiredForm()
}

/**
 * Lets the first submission of a once number through and gives its answer again to every later one with the
 * same content. The same number with other content is another form left open in a second tab: it passes.
 */
export async function answerOnce(req: Request, res: Response, next: NextFunction): Promise<void> {
  const given = numberIn(req, "_once")
  const count = given.split(".")[0] as string
  if (!same(given, `${count}.${sign(req.school.secret, "once", holder(req), count)}`)) throw expiredForm()
  const { db } = req.school
  const content = JSON.stringify({ ...req.body, file: req.file ? sha256(req.file.buffer) : null })
  const key = sha256([holder(req), req.path, given, content].join("\n"))
  const claim = await db
    .insertInto("form_answer")
    .values({ key, claimed_at: req.now.toISOString() })
    .onConflict((oc) => oc.doNothing())
    .returning("key")
    .executeTakeFirst()
  if (!claim) return repeatAnswer(req, res, key)
  const redirect = res.redirect.bind(res) as (status: number, url: string) => void
  res.redirect = ((status: number, url: string) => {
    const flash = (res.locals.flash as Flash | undefined) ?? null
    const kept = db
      .updateTable("form_answer")
      .set({ location: url, flash: flash && JSON.stringify(flash) })
      .where("key", "=", key)
      .execute()
    const counted = req.user
      ? db
          .updateTable("session")
          .set((eb) => ({ forms_sent: eb("forms_sent", "+", 1) }))
          .where("id_hash", "=", req.user.session)
          .execute()
      : null
    Promise.all([kept, counted])
      .then(() => redirect(status, url))
      .catch(next)
  }) as typeof res.redirect
  // when the answer leaves and not when it has arrived: on a line that breaks it never does
  const end = res.end.bind(res) as (...given: unknown[]) => Response
  res.end = ((...given: unknown[]) => {
    if (res.statusCode !== 303) release(db, key)
    return end(...given)
  }) as typeof res.end
  next()
}

/** Nothing was made: the same form may come again. Where even this cannot be written, it is told to look first. */
function release(db: Db, key: string): void {
  db.deleteFrom("form_answer")
    .where("key", "=", key)
    .execute()
    .catch(() => undefined)
}

async function repeatAnswer(req: Request, res: Response, key: string): Promise<void> {
  for (let waited = 0; waited <= PATIENCE_MS; waited += 100) {
    const first = await req.school.db
      .selectFrom("form_answer")
      .selectAll()
      .where("key", "=", key)
      .executeTakeFirst()
    if (first?.location) {
      res.locals.flash = first.flash ? JSON.parse(first.flash) : undefined
      return res.redirect(303, first.location)
    }
    if (!first) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Refusal(
    409,
    "Ce formulaire a déjà été envoyé et sa réponse s’est perdue. Vérifiez dans la liste si l’enregistrement y est avant de recommencer.",
  )
}
