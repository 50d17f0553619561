// A first password, or the seed of a class's, on its way from the form that made it to the slips that show it: once,
// and nowhere else.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto"
import type { Request, Response } from "express"
import { cookie, setCookie } from "../../web/cookies.ts"

const COOKIE = "fiche"
const MINUTES = 10

const keyOf = (req: Request) => createHmac("sha256", req.school.secret).update("access slip").digest()

/** Puts a secret, sealed for this session and what it is about (an account, a class), into a cookie of ten minutes. */
export function carry(req: Request, res: Response, about: string, secret: string): void {
  const iv = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", keyOf(req), iv)
  cipher.setAAD(Buffer.from(`${req.member.session} ${about}`))
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()])
  const value = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")
  setCookie(req, res, COOKIE, value, MINUTES * 60)
}

/** The secret that waits, taken out of the cookie; null when it was shown, is too old or is about something else. */
export function take(req: Request, res: Response, about: string): string | null {
  const value = cookie(req, COOKIE)
  if (!value) return null
  setCookie(req, res, COOKIE, "", 0)
  const bytes = Buffer.from(value, "base64url")
  if (bytes.length < 29) return null
  const opener = createDecipheriv("aes-256-gcm", keyOf(req), bytes.subarray(0, 12))
  opener.setAAD(Buffer.from(`${req.member.session} ${about}`))
  opener.setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString("utf8")
  } catch {
    return null
  }
}

export const carryPassword = (req: Request, res: Response, accountId: number, password: string) =>
  carry(req, res, String(accountId), password)

export const takePassword = (req: Request, res: Response, accountId: number) =>
  take(req, res, String(accountId))
