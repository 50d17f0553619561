import * as v from "valibot"
import {
  choice,
  hundredths,
  line,
  optionalChoice,
  optionalDay,
  optionalLine,
  wholeNumber,
} from "../../web/fields.ts"
import { form } from "../../web/form.ts"

/** The category is checked against the profile by the page, the day against the period. */
export const assessmentForm = form({
  label: line(40),
  category: line(20),
  held_on: optionalDay(),
  max: hundredths(100, 100_000),
  weight: hundredths(1, 10_000),
})

export const reasonForm = form({ reason: line(300) })

export const exemptionForm = form({ student: wholeNumber(1, 999_999_999), reason: optionalLine(200) })

/** One mark changed after its grid was closed. */
export const correctionForm = form({
  mark: v.pipe(v.string(), v.maxLength(40, "40 caractères au plus.")),
  version: wholeNumber(0, 999_999_999),
  reason: line(300),
})

export const presetForm = (presets: readonly string[], levels: readonly string[]) =>
  form({ preset: choice(presets), level: optionalChoice(levels), reason: optionalLine(200) })

/** What a version of the rules is called and why it is made; `seen` is the newest one when the page was opened. */
export const profileForm = form({
  label: line(80),
  reason: optionalLine(200),
  seen: wholeNumber(0, 999_999),
})
