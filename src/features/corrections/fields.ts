// What a guardian may propose to correct: each field by its name, on whose card it stands, what a form accepts of it.
import * as v from "valibot"
import { optionalEmail, optionalLine, optionalText } from "../../web/fields.ts"
import { form } from "../../web/form.ts"
import { birth, optionalPhone, personName, surname } from "../people/forms.ts"
import { type PhonePlan, phoneText } from "../people/phone.ts"
import { readBirth, typedBirth } from "../people/rules.ts"
import type { Held } from "./rules.ts"

export const FIELDS = {
  surname: { card: "student", label: "Nom de famille de l’enfant", max: 80 },
  given_names: { card: "student", label: "Prénoms de l’enfant", max: 80 },
  birth: { card: "student", label: "Date de naissance", max: 40 },
  birth_place: { card: "student", label: "Lieu de naissance", max: 80 },
  father_name: { card: "student", label: "Nom du père", max: 80 },
  mother_name: { card: "student", label: "Nom de la mère", max: 80 },
  address: { card: "student", label: "Adresse", max: 150 },
  quartier: { card: "student", label: "Quartier", max: 60 },
  phone: { card: "guardian", label: "Votre téléphone", max: 30 },
  email: { card: "guardian", label: "Votre adresse électronique", max: 200 },
} as const satisfies Record<string, { card: "student" | "guardian"; label: string; max: number }>

export type Field = keyof typeof FIELDS
export const FIELD_NAMES = Object.keys(FIELDS) as Field[]
export const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name)

/** Nothing typed proposes nothing; what is typed must be what the desk's own form accepts. */
const proposed = <T>(schema: v.GenericSchema<string, T>) =>
  v.lazy(
    (typed): v.GenericSchema<string, T | null> =>
      typeof typed === "string" && typed.trim() === ""
        ? v.pipe(
            v.string(),
            v.transform(() => null),
          )
        : schema,
  )

/** Values as they are compared and kept: a birth as a person writes it, a telephone as E.164. */
export const proposalForm = (plan: PhonePlan, today: string) =>
  form({
    surname: proposed(surname()),
    given_names: proposed(personName()),
    birth: proposed(
      v.pipe(
        birth(today),
        v.transform((born) => typedBirth(born)),
      ),
    ),
    birth_place: proposed(optionalLine(FIELDS.birth_place.max)),
    father_name: proposed(optionalLine(FIELDS.father_name.max)),
    mother_name: proposed(optionalLine(FIELDS.mother_name.max)),
    address: proposed(optionalLine(FIELDS.address.max)),
    quartier: proposed(optionalLine(FIELDS.quartier.max)),
    phone: proposed(optionalPhone(plan)),
    email: proposed(optionalEmail()),
    remark: optionalText(500),
  })

type Born = { birth_date: string | null; birth_year: number | null; birth_approximate: number }
type Cards = {
  student: Born & Record<Exclude<Field, "birth" | "phone" | "email">, string | null>
  guardian: { phone: string | null; email: string | null }
}

/** What the school holds in each of these fields, in the same words. */
export function heldOf({ student, guardian }: Cards): Held<Field> {
  const { surname, given_names, birth_place, father_name, mother_name, address, quartier } = student
  return {
    ...{ surname, given_names, birth_place, father_name, mother_name, address, quartier },
    birth: typedBirth(student) || null,
    phone: guardian.phone,
    email: guardian.email,
  }
}

/** The columns of a card that a field stands for. */
export function columnsOf(field: Field, value: string, today: string) {
  return field === "birth" ? (readBirth(value, today) ?? {}) : { [field]: value }
}

/** A value as a person reads and types it. */
export const fieldText = (field: string, value: string | null, plan: PhonePlan) =>
  field === "phone" ? phoneText(value, plan) : (value ?? "")
