// The link of an SMS: one child's page, without an account.
import type { Request, Response } from "express"
import { cookie, setCookie } from "../../../web/cookies.ts"
import { wholeNumber } from "../../../web/fields.ts"
import { form, refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { randomToken, sha256 } from "../../../web/signing.ts"
import { countAnswer, forgiveAnswer, openedLink, recordOpening, takeLink } from "../../links/queries.ts"
import { isPreview, type LinkState, linkState, MOST_WRONG_ANSWERS, readToken } from "../../links/rules.ts"
import { type Child, childById } from "../queries.ts"
import { sendBulletin, showMarks, showResults, showWorking } from "../results.ts"

const BROWSER_COOKIE = "famille"
const BROWSER_SECONDS = 400 * 86_400

const yearForm = form({ year: wholeNumber(1950, 2100) })

type Opened = {
  id: number
  state: LinkState
  child: Child
  /** the guardian the link was made for */
  guardian: number
  browser: string
  preview: boolean
  first: boolean
}

/** The link of the address as this browser finds it; an unsigned one does not exist. */
async function open(req: Request, res: Response): Promise<Opened> {
  const token = String(req.params.link)
  const id = readToken(req.school.secret, token)
  const browser = browserOf(req, res)
  const link = id && (await openedLink(req.school.db, id, browser))
  const child = link && (await childById(req.school.db, link.student_id))
  if (!id || !link || !child) throw notFound()
  const preview = isPreview(req.headers["user-agent"] ?? "") || req.method === "HEAD"
  const state = linkState(link, { id: browser, answered: link.answered }, req.now.toISOString())
  const first = link.first_browser === null
  return { id, state, child, guardian: link.guardian_id, browser, preview, first }
}

/** This browser's own name, hashed; made at its first visit. */
function browserOf(req: Request, res: Response): string {
  const known = cookie(req, BROWSER_COOKIE)
  const name = known && /^[\w-]{20,40}$/.test(known) ? known : randomToken()
  if (name !== known) setCookie(req, res, BROWSER_COOKIE, name, BROWSER_SECONDS)
  return sha256(name)
}

const note = (req: Request, { id, browser }: Opened, outcome: string) => {
  const device = (req.headers["user-agent"] ?? "").slice(0, 200)
  const opening = { page_link_id: id, at: req.now.toISOString(), browser, device, outcome }
  return recordOpening(req.school.db, opening)
}

/** Says why a link shows nothing any more; gives back one that may still be read. */
async function readable(req: Request, res: Response): Promise<Opened> {
  const opened = await open(req, res)
  if (opened.state === "shown" || opened.state === "asked") return opened
  return refuse(req, opened, opened.state)
}

async function refuse(req: Request, opened: Opened, why: keyof typeof CLOSED): Promise<never> {
  await note(req, opened, why)
  throw new Refusal(410, CLOSED[why])
}

const CLOSED = {
  expired: "Ce lien a expiré. Demandez-en un nouveau à l’école.",
  revoked: "Ce lien a été fermé par l’école. Demandez-en un nouveau.",
  closed: "Trop de réponses fausses : ce lien ne s’ouvre plus ici. Demandez-en un nouveau à l’école.",
} as const

const baseOf = (req: Request) => `/e/${req.params.link}`

export async function show(req: Request, res: Response) {
  const opened = await readable(req, res)
  if (opened.preview) return res.page("families/preview", { layout: "site" })
  if (opened.first && !(await takeLink(req.school.db, opened.id, opened.browser))) {
    return res.redirect(303, baseOf(req))
  }
  await note(req, opened, opened.state)
  if (opened.state === "asked") return ask(req, res, opened)
  await showResults(req, res, opened.child, baseOf(req))
}

const ask = (req: Request, res: Response, { child }: Opened) =>
  res.page("families/birth_year", { layout: "site", known: child.birth_year !== null, base: baseOf(req) })

export async function answer(req: Request, res: Response) {
  const opened = await readable(req, res)
  if (opened.state === "shown") return res.redirect(303, baseOf(req))
  const read = yearForm.read(req.body)
  if (!read.ok) return askAgain(req, res, read)
  if (!(await countAnswer(req.school.db, opened.id))) return refuse(req, opened, "closed")
  const right = opened.child.birth_year !== null && read.values.year === opened.child.birth_year
  await note(req, opened, right ? "answered" : "wrong")
  if (!right) {
    const text = `Ce n’est pas la bonne année. Après ${MOST_WRONG_ANSWERS} erreurs, le lien se ferme.`
    return askAgain(req, res, refused(read, "year", text))
  }
  await forgiveAnswer(req.school.db, opened.id)
  res.redirect(303, baseOf(req))
}

const askAgain = (req: Request, res: Response, form: object) =>
  res.status(422).page("families/birth_year", { layout: "site", known: true, base: baseOf(req), form })

/** The pages behind the first one: only for a browser that was shown it. */
export async function shown(req: Request, res: Response): Promise<Opened> {
  const opened = await readable(req, res)
  if (opened.state !== "shown" || opened.first) throw notFound()
  return opened
}

export async function marks(req: Request, res: Response) {
  await showMarks(req, res, (await shown(req, res)).child, baseOf(req))
}

export async function working(req: Request, res: Response) {
  await showWorking(req, res, (await shown(req, res)).child, baseOf(req))
}

export async function bulletin(req: Request, res: Response) {
  await sendBulletin(req, res, (await shown(req, res)).child)
}
