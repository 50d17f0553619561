import { fold } from "../../people/naming.ts"
import { isMissing } from "./missing.ts"

export type DateReading =
  | { kind: "missing" }
  | { kind: "date"; iso: string; warnings: string[] }
  /** only the year is known: « 2008 » */
  | { kind: "year"; iso: string; warnings: string[] }
  | { kind: "unreadable"; reason: string; suggestion?: string }

const MONTHS: [month: number, start: string][] = [
  [1, "jan"],
  [2, "fe"],
  [3, "mar"],
  [4, "av"],
  [4, "apr"],
  [5, "mai"],
  [5, "may"],
  [6, "juin"],
  [6, "jun"],
  [7, "juil"],
  [7, "jul"],
  [8, "ao"],
  [8, "aug"],
  [9, "sep"],
  [10, "oct"],
  [11, "nov"],
  [12, "dec"],
]

const DAY = 86_400_000
/** Excel counts days from this one, because it believes that 1900 was a leap year. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)

/**
 * A date as schools type it, to AAAA-MM-JJ (examples' README, rule 7): day first with / - or ., two-digit
 * years 00–29 as 20xx and 30–99 as 19xx, « vers 2008 » as its year, Excel's serial numbers, month first only
 * when day first is impossible. 31/02 and letters among digits are unreadable, never repaired.
 */
export function readDate(typed: string): DateReading {
  // a column too narrow for its dates, saved as it was shown
  if (/^#{3,}$/.test(typed.trim())) return { kind: "unreadable", reason: "date_unreadable" }
  if (isMissing(typed)) return { kind: "missing" }
  const text = fold(typed.replace(/[-‐‑–−]/g, "/"))
    .replace(/^(?:ne|nee|ne e|ne\(e\)) (?=le |vers |en )/, "")
    .replace(/^(?:le|en) /, "")
    .replace(/[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?$/, "")
  const about = /^(?:vers|v\.?|env\.?|environ|~|circa) ?(?:l'an |l an )?((?:19|20)\d\d)$/.exec(text)
  const year = about?.[1] ?? /^(?:19|20)\d\d$/.exec(text)?.[0]
  if (year) return { kind: "year", iso: year, warnings: ["approximate_date"] }
  if (/^\d{5}(?:\.0+)?$/.test(text)) return serialDate(Number(text))
  return readParts(text) ?? mistyped(text) ?? { kind: "unreadable", reason: "date_unreadable" }
}

function serialDate(serial: number): DateReading {
  const day = new Date(EXCEL_EPOCH + Math.floor(serial) * DAY)
  return dated(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate(), [])
}

function readParts(text: string): DateReading | null {
  const yearFirst = /^(\d{4}) ?[/.] ?(\d{1,2}) ?[/.] ?(\d{1,2})$/.exec(text)
  if (yearFirst) return dated(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]), [])
  const dayFirst = /^(\d{1,2}) ?[/., ] ?(\d{1,2}) ?[/., ] ?(\d{4}|\d{2})$/.exec(text)
  if (dayFirst) return dayMonthYear(dayFirst[1] as string, dayFirst[2] as string, dayFirst[3] as string)
  const compact = /^(\d\d)(\d\d)(\d{4})$/.exec(text)
  if (compact) {
    const plausible = /^(?:19|20)/.test(compact[3] as string)
    if (plausible) return dayMonthYear(compact[1] as string, compact[2] as string, compact[3] as string)
    return dated(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)), [])
  }
  const inWords = /^(\d{1,2})(?:er)?[ /.]*([a-z]{2,9})[ /.]*(\d{4}|\d{2})$/.exec(text)
  const month = inWords && MONTHS.find(([, start]) => (inWords[2] as string).startsWith(start))?.[0]
  if (inWords && month) return dayMonthYear(inWords[1] as string, String(month), inWords[3] as string)
  return null
}

function dayMonthYear(day: string, month: string, typedYear: string): DateReading {
  const warnings = typedYear.length === 2 ? ["two_digit_year"] : []
  const short = Number(typedYear)
  const year = typedYear.length === 4 ? short : short <= 29 ? 2000 + short : 1900 + short
  const read = dated(year, Number(month), Number(day), warnings)
  if (read.kind === "date") return read
  const swapped = dated(year, Number(day), Number(month), [...warnings, "month_day_order_inferred"])
  return swapped.kind === "date" ? swapped : read
}

function dated(year: number, month: number, day: number, warnings: string[]): DateReading {
  const moment = new Date(Date.UTC(year, month - 1, day))
  const exists = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day
  if (!exists || year < 1900 || year > 2100) return { kind: "unreadable", reason: "date_impossible" }
  return { kind: "date", iso: moment.toISOString().slice(0, 10), warnings }
}

/** Letter O for 0 and l or I for 1: the date that was meant is suggested, never taken. */
function mistyped(text: string): DateReading | null {
  const digits = text.replace(/o/g, "0").replace(/[il]/g, "1")
  const meant = digits === text ? null : readParts(digits)
  if (meant?.kind !== "date") return null
  return {
    kind: "unreadable",
    reason: text.includes("o") ? "date_letter_o" : "date_letter_i",
    suggestion: meant.iso,
  }
}
