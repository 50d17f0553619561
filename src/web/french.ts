// How numbers, money and dates are written in French (domain.md §3.5).

const NARROW = " "

/** 1250 -> « 12,50 »; null -> « – ». Integer hundredths. */
export function decimal(hundredths: number | null | undefined): string {
  if (hundredths === null || hundredths === undefined) return "–"
  const absolute = Math.abs(hundredths)
  const text = `${Math.floor(absolute / 100)},${String(absolute % 100).padStart(2, "0")}`
  return hundredths < 0 ? `-${text}` : text
}

/** 400 -> « 4 », 250 -> « 2,5 »: hundredths without useless zeros, for coefficients, weights and what one types. */
export function short(hundredths: number | null | undefined): string {
  if (hundredths === null || hundredths === undefined) return ""
  return decimal(hundredths).replace(/,?0+$/, "")
}

/** 25000 -> « 25 000 » with narrow no-break spaces. */
export const whole = (value: number) => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, NARROW)

const CURRENCIES: Record<string, string> = { XOF: "F CFA", XAF: "F CFA", GNF: "GNF", EUR: "€" }

/** Whole units for XOF, XAF and GNF; cents for EUR. */
export function money(amount: number, currency = "XOF"): string {
  const sign = CURRENCIES[currency] ?? currency
  if (currency !== "EUR") return `${whole(amount)} ${sign}`
  const absolute = Math.abs(amount)
  const cents = String(absolute % 100).padStart(2, "0")
  return `${amount < 0 ? "-" : ""}${whole(Math.floor(absolute / 100))},${cents} ${sign}`
}

/** « 05/10/2026 » of an ISO date or moment; « – » of nothing. */
export function date(iso: string | null | undefined): string {
  if (!iso) return "–"
  const [year, month, day] = iso.slice(0, 10).split("-")
  return `${day}/${month}/${year}`
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** « 05/10/2026 à 14:32 » in the school's time zone. */
export function dateTime(iso: string | null | undefined, timeZone: string): string {
  if (!iso) return "–"
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat("fr-FR", { timeZone, dateStyle: "short", timeStyle: "short" })
    formats.set(timeZone, format)
  }
  return format.format(new Date(iso)).replace(" ", " à ")
}

/** The school's own day, « 2026-11-20 ». */
export function today(now: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now)
}

/** « 1 jour », « 12 jours » */
export const daysText = (days: number) => `${days} jour${days > 1 ? "s" : ""}`

/** « 12 ko »: bytes as a family reads them before downloading. */
export const kilobytes = (bytes: number) => `${whole(Math.max(1, Math.round(bytes / 1000)))} ko`
