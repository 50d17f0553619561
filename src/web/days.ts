// Days of the calendar as ISO texts, « 2026-11-20 ». Pure.

export const DAY_MS = 86_400_000

/** From one day to another: 3 from the 5th to the 8th. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** The day so many days later, or earlier. */
export const addDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
