import { abroad, type PhonePlan, planOf } from "../../people/phone.ts"
import { isMissing } from "./missing.ts"

const MALI_PHONES = planOf("+223")

export type PhoneReading =
  | { kind: "missing" }
  | { kind: "number"; e164: string; foreign: boolean; second: string | null; secondProblem: string | null }
  | { kind: "unreadable"; reason: string }

/** Countries where a number is written with a zero before it: Belgium. */
const TRUNK_ZERO = new Set(["32"])

/**
 * One or two numbers of a cell: « 66 18 08 66 », « 0022390473389 », « 66180866 / 74068888 ». Spaces, dashes,
 * dots and apostrophes go; another country's number is kept as E.164; nothing is guessed: 7 digits, a letter,
 * digits lost in « 2.23790E+10 » are unreadable (examples' README, rules 5 and 8). The operator is never deduced.
 */
export function readPhones(typed: string, plan: PhonePlan = MALI_PHONES): PhoneReading {
  if (/^#{3,}$/.test(typed.trim())) return { kind: "unreadable", reason: "phone_unreadable" }
  if (isMissing(typed)) return { kind: "missing" }
  const parts = numbersOf(typed, plan)
  const first = readOne(parts[0] ?? "", plan)
  if ("reason" in first) return { kind: "unreadable", reason: first.reason }
  const next = parts[1] === undefined ? null : readOne(parts[1], plan)
  const second = next && "e164" in next ? next.e164 : null
  const secondProblem = next && "reason" in next ? next.reason : null
  return { kind: "number", ...first, second, secondProblem }
}

function numbersOf(typed: string, plan: PhonePlan): string[] {
  const parts = typed
    .split(/\s*(?:\/|;|,(?!\d+E)|\||&|\n|\bou\b|\bet\b|\bpuis\b)\s*/i)
    .filter((part) => !isMissing(part))
  if (parts.length !== 1) return parts
  const bare = (parts[0] as string).replace(/[\s.\-'’‘]/g, "")
  if (!/^\d+$/.test(bare) || bare.length !== plan.digits * 2) return parts
  return [bare.slice(0, plan.digits), bare.slice(plan.digits)]
}

function readOne(typed: string, plan: PhonePlan): { e164: string; foreign: boolean } | { reason: string } {
  const scientific = /^['’]?(\d)[.,]?(\d*)E\+?(\d{1,2})$/i.exec(typed.replace(/\s/g, ""))
  if (scientific) {
    const [, unit, decimals, exponent] = scientific as unknown as [string, string, string, string]
    if (decimals.length < Number(exponent)) return { reason: "phone_scientific_notation_digits_lost" }
    return readOne(unit + decimals.slice(0, Number(exponent)), plan)
  }
  const bare = typed
    .replace(/\((?:0|\+?\d{1,3})\)/, (group) => (group === "(0)" ? "" : group.slice(1, -1)))
    .replace(/^\s*(?:t[ée]l|cel|cell|contact|n°|mob|mobile|whatsapp)\w*\s*[.:]?\s*/i, "")
    .replace(/^(\d{8,})[.,]0$/, "$1")
    .replace(/[\s.\-_'’‘`()]/g, "")
  if (/[oO]/.test(bare) && /^\+?\d+$/.test(bare.replace(/[oO]/g, "0"))) return { reason: "phone_letter_o" }
  const match = /^(\+|00)?(\d+)$/.exec(bare)
  if (!match) return { reason: "phone_unreadable" }
  const [, international, digits] = match as unknown as [string, string | undefined, string]
  const local = digits.startsWith(plan.prefix) ? digits.slice(plan.prefix.length) : null
  if (local?.length === plan.digits) return { e164: `+${digits}`, foreign: false }
  if (international) {
    if (local !== null) return { reason: `phone_${local.length}_digits` }
    const e164 = abroad(digits)
    return e164 ? { e164, foreign: true } : { reason: "phone_unreadable" }
  }
  // « 0470 00 00 01 » of a mobile, « 02 123 45 67 » of a house: the zero is dialled inside the country only
  const own = TRUNK_ZERO.has(plan.prefix) && digits.startsWith("0") ? digits.slice(1) : null
  if (own && (own.length === plan.digits || own.length === plan.digits - 1)) {
    return { e164: `+${plan.prefix}${own}`, foreign: false }
  }
  if (digits.length === plan.digits) return { e164: `+${plan.prefix}${digits}`, foreign: false }
  return { reason: `phone_${digits.length}_digits` }
}
