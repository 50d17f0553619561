// A browser that an account has signed in from is known again by a signed cookie. Whoever fails elsewhere on
// purpose keeps strangers out, not the person at home (OWASP, « device cookies »).
import type { Request, Response } from "express"
import { cookie, setCookie } from "../../web/cookies.ts"
import { randomToken, same, sign } from "../../web/signing.ts"

const COOKIE = "appareil"
const KNOWN_SECONDS = 180 * 86_400

const signatureOf = (req: Request, accountId: number, name: string) =>
  sign(req.school.secret, "device", accountId, name)

/** This browser's name for an account that signed in from it, or null. */
function deviceOf(req: Request, accountId: number): string | null {
  const [name = "", signature = ""] = (cookie(req, COOKIE) ?? "").split(".")
  return name && same(signature, signatureOf(req, accountId, name)) ? name : null
}

/** What an account's failures are counted under: apart for each browser it knows, together for all others. */
export function failuresOf(req: Request, accountId: number): string {
  const device = deviceOf(req, accountId)
  return device ? `account:${accountId}:${device}` : `account:${accountId}`
}

/** From now on this browser is known to the account. */
export function knowDevice(req: Request, res: Response, accountId: number): void {
  const name = deviceOf(req, accountId) ?? randomToken(9)
  setCookie(req, res, COOKIE, `${name}.${signatureOf(req, accountId, name)}`, KNOWN_SECONDS)
}
