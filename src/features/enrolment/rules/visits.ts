// When visitors may ask, and what tells a person from a program without asking a third party. Pure.

/** A person needs longer than this to read and fill the form. */
export const FASTEST_MS = 4000
/** A form older than this was left open, or is sent again and again by a program. */
export const OLDEST_MS = 24 * 3_600_000

/**
 * Applications that one network may send within an hour and a day: a carrier's phones and a whole cybercafé come
 * from one address, so more than a family ever needs.
 */
export const MOST_AN_HOUR = 12
export const MOST_A_DAY = 60

export type Pace = "right" | "fast" | "old"

/** How long after the form was first given it came back (moments in milliseconds; null: it was never given). */
export function pace(begun: number | null, now: number): Pace {
  if (begun === null || now - begun > OLDEST_MS || begun > now) return "old"
  return now - begun < FASTEST_MS ? "fast" : "right"
}

export type Opening = { applications: string; applicationsFrom: string; applicationsUntil: string }

/** Whether visitors may send applications on this day (ISO); dates are inclusive, empty ones open. */
export function opening(settings: Opening, today: string): "open" | "closed" | "soon" | "over" {
  const { applications, applicationsFrom: from, applicationsUntil: until } = settings
  if (applications !== "open") return "closed"
  if (from && today < from) return "soon"
  return until && today > until ? "over" : "open"
}
