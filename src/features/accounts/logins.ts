// What a person types to sign in, brought to the one spelling that is stored.
import { type PhonePlan, readPhones } from "../imports/normalise/phone.ts"

export type LoginKind = "email" | "phone" | "matricule"
export type Login = { kind: LoginKind; login: string }

/** Digits of a number written without its prefix, by country prefix (numbering plans of ITU-T E.164). */
const DIGITS: Record<string, number> = { "223": 8, "224": 9, "241": 8, "32": 9 }

/** How this school's numbers are read: « +223 » -> 8 digits without prefix. */
export function phonePlan(prefix: string): PhonePlan {
  const digits = prefix.replace(/\D/g, "")
  return { prefix: digits, digits: DIGITS[digits] ?? 8 }
}

/** « 70 00 00 01 », « 00223 70000001 » -> « +22370000001 »; null when it is no phone number. */
export function phoneLogin(typed: string, prefix: string): string | null {
  const plan = phonePlan(prefix)
  // a trunk zero (« 0470… » in Belgium) is not part of the number
  const national = typed.replace(/[\s./-]/g, "").match(/^0([1-9]\d+)$/)?.[1]
  const read = readPhones(national?.length === plan.digits ? national : typed, plan)
  return read.kind === "number" && read.second === null && read.secondProblem === null ? read.e164 : null
}

export const emailLogin = (typed: string) => typed.normalize("NFC").trim().toLowerCase()

/** Capitals, without spaces or dashes: what is printed on a card is often typed in groups. */
export const matriculeLogin = (typed: string) =>
  typed
    .normalize("NFC")
    .toUpperCase()
    .replace(/[\s.\-–]/g, "")

/** Every stored login that what was typed may mean, the likeliest first. */
export function loginsMeant(typed: string, prefix: string): string[] {
  if (typed.includes("@")) return [emailLogin(typed)]
  const phone = phoneLogin(typed, prefix)
  return [...(phone ? [phone] : []), matriculeLogin(typed)]
}
