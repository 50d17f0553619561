// What a person types to sign in, brought to the one spelling that is stored.
import { phoneText, planOf, readPhone } from "../people/phone.ts"

export type LoginKind = "email" | "phone" | "matricule"
export type Login = { kind: LoginKind; login: string }

/** « 70 00 00 01 », « 00223 70000001 » -> « +22370000001 »; null when it is no phone number. */
export function phoneLogin(typed: string, prefix: string): string | null {
  const plan = planOf(prefix)
  // a trunk zero (« 0470… » in Belgium) is not part of the number
  const national = typed.replace(/[\s./-]/g, "").match(/^0([1-9]\d+)$/)?.[1]
  const read = readPhone(national?.length === plan.digits ? national : typed, plan)
  return read.kind === "number" ? read.e164 : null
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

/** A stored login as a person writes it: « 70 00 00 01 ». */
export const loginText = (login: string, prefix: string) =>
  login.startsWith("+") ? phoneText(login, planOf(prefix)) : login
