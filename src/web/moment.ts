// A day and an hour as people of a place say them, and the moment they mean.

/** « 17:30 », « 17h30 », « 17 h » -> « 17:30 »; null when it is no hour of the day. */
export function readHour(typed: string): string | null {
  const read = typed.trim().match(/^(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?$/)
  if (!read) return null
  const [hour, minute] = [Number(read[1]), Number(read[2] ?? "0")]
  if (hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`
}

/** « 2026-12-23 », « 17:30 » in a time zone, as a UTC moment; an hour that a change of clocks skips is the next one. */
export function momentIn(day: string, hour: string, timeZone: string): string {
  const said = Date.parse(`${day}T${hour}:00Z`)
  // the offset before a change of clocks may not be the one after it: the second look settles that
  const first = said - offsetAt(said, timeZone)
  return new Date(said - offsetAt(first, timeZone)).toISOString()
}

/** The moment at which a day begins there, UTC: « 2026-12-10 » in Brussels -> 2026-12-09T23:00:00.000Z. */
export const dayBegins = (day: string, timeZone: string) => momentIn(day, "00:00", timeZone)

/** How far the clocks of a place are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(moment)
  return Date.parse(`${shown.replace(" ", "T")}Z`) - Math.floor(moment / 1000) * 1000
}
