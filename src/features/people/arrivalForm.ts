// The first guardian, typed on the page of a new student.
import * as v from "valibot"
import { optionalChoice } from "../../web/fields.ts"
import { form, type ReadForm } from "../../web/form.ts"
import { type GuardianLink, LINKS } from "./choices.ts"
import { consent, optionalPhone, personName } from "./forms.ts"
import type { PhonePlan } from "./phone.ts"

export type FirstGuardian = {
  row: {
    name: string
    phone: string | null
    phone2: null
    email: null
    sms_consent: number | null
    consent_source: string | null
  }
  link: GuardianLink
  /** what the desk says of a guardian of that name and number who is here already; null: not yet asked */
  known: "same" | "other" | null
}

const fields = (plan: PhonePlan) =>
  form({
    guardian_name: v.union([v.literal(""), personName(120)]),
    guardian_link: optionalChoice(Object.keys(LINKS) as GuardianLink[]),
    guardian_phone: optionalPhone(plan),
    guardian_consent: v.optional(consent(), "unasked"),
    guardian_known: optionalChoice(["same", "other"]),
  })

/** Null when nothing of a guardian is typed; with anything of one, the name and what they are to the child. */
export const firstGuardianForm = (plan: PhonePlan) => ({
  read(body: unknown): ReadForm<FirstGuardian | null> {
    const read = fields(plan).read({ guardian_consent: "unasked", ...(body as object) })
    if (!read.ok) return read
    const { guardian_name: name, guardian_link: link, guardian_phone: phone } = read.values
    if (name === "" && phone === null) return { ...read, values: null }
    const problems = [
      ...(name === "" ? [{ field: "guardian_name", text: "Écrivez le nom de ce tuteur." }] : []),
      ...(link === null ? [{ field: "guardian_link", text: "Choisissez le lien avec l’élève." }] : []),
    ]
    if (problems.length > 0 || link === null) return { ok: false, typed: read.typed, problems }
    const { guardian_consent: sms_consent, guardian_known: known } = read.values
    const consent_source = sms_consent === null ? null : "À l’inscription"
    const row = { name, phone, phone2: null, email: null, sms_consent, consent_source }
    return { ...read, values: { row, link, known } }
  },
})
