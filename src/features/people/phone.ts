// The only place that knows libphonenumber: how one number is read, kept (E.164) and shown (domain.md §1.10).
import { parsePhoneNumberFromString } from "libphonenumber-js/min"

/** Countries whose numbers a school writes without prefix: Mali, 8 digits since November 2008. */
export type PhonePlan = { prefix: string; digits: number }

const DIGITS: Record<string, number> = { "223": 8, "224": 9, "241": 8, "32": 9, "221": 9, "225": 10 }

/** The plan of a school from its setting « +223 ». */
export function planOf(phonePrefix: string): PhonePlan {
  const prefix = phonePrefix.replace(/\D/g, "") || "223"
  return { prefix, digits: DIGITS[prefix] ?? 8 }
}

export type PhoneReading = { kind: "number"; e164: string } | { kind: "unreadable"; reason: string }

/**
 * « 70 00 00 01 », « 0022370000001 », « +33 6 39 98 00 00 » -> E.164. Spaces, dots and dashes go; nothing is
 * guessed: seven digits or a letter O make it unreadable, with a sentence. The operator is never deduced.
 */
export function readPhone(typed: string, plan: PhonePlan): PhoneReading {
  const bare = typed.replace(/[\s\p{Z}.\-_'’()]/gu, "")
  const unreadable = (reason: string) => ({ kind: "unreadable", reason }) as const
  const match = /^(\+|00)?(\d+)$/.exec(bare)
  if (!match) {
    const letters = /^\+?[\doO]+$/.test(bare) ? "Une lettre O est écrite à la place d’un zéro." : ""
    return unreadable(letters || "Écrivez un numéro de téléphone, comme 70 00 00 01.")
  }
  const [, international, digits] = match as unknown as [string, string | undefined, string]
  const local = digits.startsWith(plan.prefix) ? digits.slice(plan.prefix.length) : null
  if (local?.length === plan.digits) return { kind: "number", e164: `+${digits}` }
  if (international && local === null) {
    const e164 = abroad(digits)
    return e164 ? { kind: "number", e164 } : unreadable("Ce numéro étranger n’est pas complet.")
  }
  const own = international && local !== null ? local : digits
  if (own.length === plan.digits) return { kind: "number", e164: `+${plan.prefix}${own}` }
  return unreadable(`Un numéro a ${plan.digits} chiffres ; celui-ci en a ${own.length}.`)
}

/** Another country's number with its prefix, « 33639980000 », as E.164; null where no number of it is so long. */
export function abroad(digits: string): string | null {
  const number = parsePhoneNumberFromString(`+${digits}`)
  return number?.isPossible() ? number.number : null
}

/** « 70 00 00 01 » for the school's own country, « +33 6 39 98 00 00 » for another; « » for none. */
export function phoneText(e164: string | null, plan: PhonePlan): string {
  if (!e164) return ""
  const own = `+${plan.prefix}`
  if (!e164.startsWith(own)) return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164
  const digits = e164.slice(own.length)
  const head = digits.length % 2 === 1 ? digits.slice(0, 3) : ""
  return [head, ...(digits.slice(head.length).match(/../g) ?? [])].filter(Boolean).join(" ")
}
