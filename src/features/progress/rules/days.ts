// Days of the calendar, as ISO text. Pure.

const DAY = 86_400_000

/** From one day to another: 3 from the 5th to the 8th. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** The day so many days later, or earlier. */
export const plusDays = (day: string, days: number) =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)

/** « 1 jour », « 12 jours » */
export const daysText = (days: number) => `${days} jour${days > 1 ? "s" : ""}`
