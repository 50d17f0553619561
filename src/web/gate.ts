import type { NextFunction, Request, Response } from "express"
import { holds } from "../permissions.ts"
import { forbidden, Refusal } from "./refusal.ts"

/** The person's rights, asked with the same words by routes, menu and views. */
export function rights(req: Request, _res: Response, next: NextFunction): void {
  req.can = (access) => {
    if (access === "visitor") return true
    if (!req.user) return false
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

const CHANGE_PASSWORD = "/account/password"

/** The one place where a route's access word is decided. */
export function gate(access: string) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (access === "visitor") return next()
    if (!req.user) {
      if (req.method !== "GET") {
        throw new Refusal(
          403,
          "Votre session est terminée. Reconnectez-vous, puis recommencez : rien n’a été enregistré.",
        )
      }
      return res.redirect(303, `/sign-in?next=${encodeURIComponent(req.originalUrl)}`)
    }
    if (!req.can(access)) throw forbidden()
    if (req.user.mustChange && req.path !== CHANGE_PASSWORD && req.path !== "/sign-out") {
      return res.redirect(303, CHANGE_PASSWORD)
    }
    next()
  }
}
