// Links that open one child's page without an account. The token is the link's number and a signature of it: what
// the database holds opens nothing.
import { same, sign } from "../../web/signing.ts"

const LENGTH = 16 // letters of the signature: 96 bits

/** « 1c.Qm3v…»: short enough for an SMS. */
export const linkToken = (secret: Buffer, id: number) =>
  `${id.toString(36)}.${sign(secret, "page_link", id).slice(0, LENGTH)}`

/** The number of the link that this token opens, or null when it was not signed here. */
export function readToken(secret: Buffer, token: string): number | null {
  const id = Number.parseInt(token.split(".")[0] ?? "", 36)
  if (!Number.isSafeInteger(id) || id < 1) return null
  return same(token, linkToken(secret, id)) ? id : null
}

/** Wrong birth years after which a link no longer answers strangers. */
export const MOST_WRONG_ANSWERS = 5

export type LinkState = "expired" | "revoked" | "shown" | "asked" | "closed"

/**
 * What a browser is given: the first one to open a link sees the page; another is asked the child's birth year,
 * until it knows it or too many wrong ones were tried. Who is no longer the child's guardian is given nothing.
 */
export function linkState(
  link: {
    expires_at: string
    revoked_at: string | null
    still_guardian: number | null
    first_browser: string | null
    wrong_answers: number
  },
  browser: { id: string; answered: boolean },
  now: string,
): LinkState {
  if (link.revoked_at || link.still_guardian === null) return "revoked"
  if (link.expires_at <= now) return "expired"
  if (link.first_browser === null || link.first_browser === browser.id || browser.answered) return "shown"
  return link.wrong_answers >= MOST_WRONG_ANSWERS ? "closed" : "asked"
}

/** Programs that fetch a link to show its preview: they must not count as the family's first browser. */
export const isPreview = (userAgent: string) =>
  /bot|crawler|spider|preview|facebookexternalhit|whatsapp|telegram|slack|skype|curl|wget|python/i.test(
    userAgent,
  )
