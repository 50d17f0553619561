import type { NextFunction, Request, Response } from "express"
import { holds } from "../permissions.ts"
import { leaveFor, placedByHtmx } from "./htmx.ts"
import { localPath, pageBefore } from "./localPath.ts"
import { Refusal } from "./refusal.ts"
import { forgetSession, renewSession, sessionEnded } from "./session.ts"

/** The person's rights, asked with the same words by routes, menu and views; none in what is switched off. */
export function rights(req: Request, _res: Response, next: NextFunction): void {
  req.can = (access) => {
    if (access === "visitor") return true
    if (!req.user) return false
    if (req.school.settings.off.includes(access.split(".", 1)[0] as string)) return false
    return access === "member" || holds(req.school.permissions, req.user.roles, access)
  }
  Object.defineProperty(req, "member", {
    get() {
      if (!req.user) throw new Error("a page for visitors asked who is signed in")
      return req.user
    },
  })
  next()
}

const FIRST_VISIT = "/first"
const CHANGE_PASSWORD = "/account/password"

/** Until the school has a name, every address leads to the page that gives it one. */
export function firstVisit(req: Request, res: Response, next: NextFunction): void {
  if (req.school.settings.name || req.path === FIRST_VISIT) return next()
  res.redirect(303, FIRST_VISIT)
}

/** The one place where a route's access word is decided. */
export function gate(access: string) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    if (access === "visitor") return next()
    if (!req.user) return turnAway(req, res)
    await renewSession(req, res)
    if (!req.can(access)) {
      throw new Refusal(
        403,
        "Votre compte n’a pas, ou n’a plus, le droit de faire cela. Si c’est une erreur, parlez-en à l’administrateur de l’école.",
      )
    }
    if (req.user.mustChange && req.path !== CHANGE_PASSWORD && req.path !== "/sign-out") {
      return res.redirect(303, CHANGE_PASSWORD)
    }
    next()
  }
}

/** Nobody is signed in, or the session ended meanwhile: leads to sign-in and, from there, back to the same page. */
function turnAway(req: Request, res: Response): void {
  const ended = sessionEnded(req)
  if (ended) forgetSession(req, res)
  const reading = req.method === "GET" || req.method === "HEAD"
  const before = pageBefore(req)
  const back = reading && !placedByHtmx(req) ? localPath(req.originalUrl) : before
  const signIn = back && back !== "/" ? `/sign-in?next=${encodeURIComponent(back)}` : "/sign-in"
  if (!reading) {
    const data = { status: 403, heading: "Session terminée", sentence: SESSION_ENDED, number: null, signIn }
    return res.status(403).page("home/problem", data)
  }
  if (ended) res.flash("accounts.session_ended", {}, "warning")
  if (placedByHtmx(req)) return leaveFor(res, signIn)
  res.redirect(303, signIn)
}

const SESSION_ENDED =
  "Votre session s’est terminée pendant que vous écriviez : rien n’a été enregistré. Le bouton « Retour » du navigateur retrouve en général ce que vous aviez écrit : copiez-le, reconnectez-vous, puis recommencez."
