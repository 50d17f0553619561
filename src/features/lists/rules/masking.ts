// What leaves the school when personal data may not: enough to recognise one's own line, not to reach anybody. Pure.
import type { PhonePlan } from "../../people/phone.ts"
import type { Cell, Mask } from "./columns.ts"

const VISIBLE_DIGITS = 4

/** « +22370000866 » -> « +223 ** ** 08 66 »: the country and the last four digits. */
export function maskedPhone(e164: string, { prefix }: PhonePlan): string {
  const own = e164.startsWith(`+${prefix}`) ? `+${prefix}` : e164.slice(0, 3)
  const hidden = Math.max(0, e164.length - own.length - VISIBLE_DIGITS)
  const shown = e164.slice(own.length).slice(hidden)
  const stars = "*".repeat(hidden)
  const head = stars.length % 2 === 1 ? [stars.slice(0, 1)] : []
  const pairs = `${stars.slice(head.length)}${shown}`.match(/..?/g) ?? []
  return [own, ...head, ...pairs].join(" ")
}

/** « Aminata KEÏTA » -> « A. K. ». */
export const initials = (name: string) =>
  name
    .split(/[\s-]+/)
    .flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? [])
    .map((letter) => `${letter.toLocaleUpperCase("fr")}.`)
    .join(" ")

/** A cell as it may leave without the right to personal data; an empty one stays empty. */
export function masked(cell: Cell, mask: Mask | undefined, plan: PhonePlan): Cell {
  if (cell === null || mask === undefined) return cell
  if (typeof cell === "object" && "phones" in cell)
    return cell.phones.map((one) => maskedPhone(one, plan)).join(" / ")
  if (mask === "birth") return yearOf(cell)
  if (mask === "names") return String(cell).split(", ").map(initials).join(", ")
  return "***"
}

/** « 2010-05-12 » and « vers 2010 » -> « 2010 »; « *** » for what holds no year. */
function yearOf(cell: NonNullable<Cell>): string {
  const written = typeof cell === "object" && "day" in cell ? cell.day : String(cell)
  return /\d{4}/.exec(written)?.[0] ?? "***"
}
