import type { NextFunction, Request, Response } from "express"
import { cookie, setCookie } from "./cookies.ts"
import type { Flash } from "./request.ts"
import { same, sign } from "./signing.ts"
import { t } from "./strings.ts"

const COOKIE = "message"

/** One sentence carried to the next page in a signed cookie: written with the redirect, read and cleared once. */
export function flashes(req: Request, res: Response, next: NextFunction): void {
  res.flash = (key, values, kind = "done") => {
    res.locals.flash = { kind, text: t(key, values) } satisfies Flash
    return res
  }
  const redirect = res.redirect.bind(res) as (status: number, url: string) => void
  res.redirect = ((status: number, url: string) => {
    if (res.locals.flash) {
      const said = Buffer.from(JSON.stringify(res.locals.flash)).toString("base64url")
      setCookie(req, res, COOKIE, `${said}.${sign(req.school.secret, "flash", said)}`, 60)
    }
    redirect(status, url)
  }) as typeof res.redirect
  next()
}

/** The sentence that waits for this page, if there is one. */
export function takeFlash(req: Request, res: Response): Flash | null {
  if (res.locals.flash) return res.locals.flash as Flash
  const waiting = cookie(req, COOKIE)
  if (!waiting) return null
  setCookie(req, res, COOKIE, "", 0)
  const [said = "", signature = ""] = waiting.split(".")
  if (!same(signature, sign(req.school.secret, "flash", said))) return null
  return JSON.parse(Buffer.from(said, "base64url").toString("utf8")) as Flash
}
