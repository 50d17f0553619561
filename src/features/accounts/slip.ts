// A first password on its way from the form that made it to the slip that shows it: once, and nowhere else.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto"
import type { Request, Response } from "express"
import { cookie, setCookie } from "../../web/cookies.ts"

const COOKIE = "fiche"
const MINUTES = 10

const keyOf = (req: Request) => createHmac("sha256", req.school.secret).update("access slip").digest()

/** Puts the password, sealed for this session and account, into a cookie of ten minutes. */
export function carryPassword(req: Request, res: Response, accountId: number, password: string): void {
  const iv = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", keyOf(req), iv)
  cipher.setAAD(Buffer.from(`${req.member.session} ${accountId}`))
  const sealed = Buffer.concat([cipher.update(password, "utf8"), cipher.final()])
  const value = Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")
  setCookie(req, res, COOKIE, value, MINUTES * 60)
}

/** The password that waits for this account's slip, taken out of the cookie; null when it was shown or is too old. */
export function takePassword(req: Request, res: Response, accountId: number): string | null {
  const value = cookie(req, COOKIE)
  if (!value) return null
  setCookie(req, res, COOKIE, "", 0)
  const bytes = Buffer.from(value, "base64url")
  if (bytes.length < 29) return null
  const opener = createDecipheriv("aes-256-gcm", keyOf(req), bytes.subarray(0, 12))
  opener.setAAD(Buffer.from(`${req.member.session} ${accountId}`))
  opener.setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString("utf8")
  } catch {
    return null
  }
}
