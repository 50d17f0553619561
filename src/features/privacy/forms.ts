import * as v from "valibot"
import {
  checkbox,
  choice,
  line,
  optionalDay,
  optionalEmail,
  optionalLine,
  wholeNumber,
} from "../../web/fields.ts"
import { form } from "../../web/form.ts"
import { optionalPhone } from "../people/forms.ts"
import type { PhonePlan } from "../people/phone.ts"
import { PARTS } from "./rules/register.ts"
import { ABOUT, KINDS } from "./rules/retention.ts"

export const PERSONS = ["student", "guardian", "staff"] as const

export const exportForm = form({ format: choice(["xlsx", "json"]) })

export const WORD = "EFFACER"

const word = () =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((typed) => typed.toLocaleUpperCase("fr") === WORD, `Écrivez le mot ${WORD} pour confirmer.`),
  )

export const erasureForm = form({ person: choice(PERSONS), word: word(), reason: optionalLine(200) })

export const wordForm = form({ word: word() })

const text = (max: number) =>
  v.pipe(
    v.string(),
    v.transform((typed) => typed.replace(/\r\n?/g, "\n").trim()),
    v.nonEmpty("Remplissez ce champ."),
    v.maxLength(max, `${max} caractères au plus.`),
  )

export const lineForm = form({
  ...(Object.fromEntries(PARTS.map((part) => [part, text(1000)])) as Record<
    (typeof PARTS)[number],
    ReturnType<typeof text>
  >),
  title: line(120),
})

export const lineVersionForm = form({ version: wholeNumber(0, 999_999) })

const amounts = Object.fromEntries(
  KINDS.map((kind) => [`amount_${kind}`, wholeNumber(0, ABOUT[kind].most)]),
) as Record<`amount_${(typeof KINDS)[number]}`, ReturnType<typeof wholeNumber>>
const obliged = Object.fromEntries(KINDS.map((kind) => [`obliged_${kind}`, checkbox()])) as Record<
  `obliged_${(typeof KINDS)[number]}`,
  ReturnType<typeof checkbox>
>
const sources = Object.fromEntries(KINDS.map((kind) => [`source_${kind}`, optionalLine(200)])) as Record<
  `source_${(typeof KINDS)[number]}`,
  ReturnType<typeof optionalLine>
>

export const settingsForm = (plan: PhonePlan) =>
  form({
    ...amounts,
    ...obliged,
    ...sources,
    declaration: optionalLine(80),
    declared_on: optionalDay(),
    contact: optionalLine(120),
    contact_phone: optionalPhone(plan),
    contact_email: optionalEmail(),
  })
