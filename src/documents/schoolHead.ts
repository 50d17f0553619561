// What the head of an official paper says. Apart from how it is drawn (head.ts): the site freezes these words into
// what it publishes, and only the worker loads fonts.

import type { Settings } from "../settings.ts"

/** Left and right heads of an official paper. An empty string or a missing key is not printed. */
export type SchoolHead = {
  /** "République du Mali" */
  republic: string
  /** "Un Peuple – Un But – Une Foi" */
  motto: string
  ministry: string
  academy: string
  /** Centre d'animation pédagogique: fondamental only (domain.md §0.5). */
  cap?: string
  name: string
  address: string
  /** The number or words after "BP". */
  bp: string
  phone: string
  email: string
  /** The logo's name among those that the school keeps for ever (logo.ts): papers freeze the name, not the picture. */
  logo?: string
  /** Base64 of a PNG (without alpha is quicker) or JPEG, no "data:" prefix; put in when a paper is made. */
  logoPng?: string
}

/** The head as the school's settings say it. */
export function schoolHead(settings: Settings): SchoolHead {
  const { republic, motto, ministry, academy, name, phone, email } = settings
  const address = [settings.address, settings.city].filter(Boolean).join(", ")
  const cap = settings.cap ? { cap: settings.cap } : {}
  const logo = settings.logo ? { logo: settings.logo } : {}
  return {
    ...{ republic, motto, ministry, academy, ...cap, name },
    ...{ address, bp: settings.postBox, phone, email, ...logo },
  }
}
