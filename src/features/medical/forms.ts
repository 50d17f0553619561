import * as v from "valibot"
import {
  checkbox,
  day,
  hundredths,
  optionalChoice,
  optionalLine,
  optionalText,
  wholeNumber,
} from "../../web/fields.ts"
import { form } from "../../web/form.ts"
import { optionalPhone } from "../people/forms.ts"
import type { PhonePlan } from "../people/phone.ts"
import { BLOOD_GROUPS, SPORTS } from "./rules.ts"

export const lookForm = form({ reason: optionalLine(200) })

export const noteForm = (plan: PhonePlan) =>
  form({
    emergency: optionalText(600),
    allergies: optionalText(400),
    conditions: optionalText(400),
    treatment: optionalText(400),
    medicine: optionalText(400),
    blood_group: optionalChoice(BLOOD_GROUPS),
    doctor: optionalLine(120),
    doctor_phone: optionalPhone(plan),
    vaccinations: optionalText(400),
    insurance: optionalLine(150),
    sports: optionalChoice(SPORTS),
    sports_note: optionalLine(150),
    instruction: optionalLine(160),
    instruction_shown: checkbox(),
    note: optionalText(1000),
  })

const EMPTY = v.pipe(
  v.string(),
  v.trim(),
  v.literal(""),
  v.transform(() => null),
)

export const measureForm = form({
  measured_on: day(),
  weight: v.union([EMPTY, hundredths(500, 25_000)], "Écrivez un poids en kilogrammes, de 5 à 250."),
  height: v.union([EMPTY, wholeNumber(50, 250)], "Écrivez une taille en centimètres, de 50 à 250."),
})
