import * as v from "valibot"
import {
  checkbox,
  choice,
  hundredths,
  line,
  optionalDay,
  optionalLine,
  optionalText,
  wholeNumber,
} from "../../web/fields.ts"
import { form, type Problem, typedIn } from "../../web/form.ts"
import { agreementProblem, formsOf } from "./rules/agreement.ts"
import type { Effect } from "./tables.ts"

export const MOST_TEXT = 300
export const MOST_REASON = 200

const TIME = "Écrivez une heure comme 16:30, ou laissez vide."

/** « 16:30 », « 16h30 » or « 8 h » -> « 16:30 »; null for nothing. */
const optionalTime = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^(\d{1,2}\s*[:hH]\s*(\d{2})?)?$/, TIME),
  v.transform((text) => {
    const [hours = "", minutes = ""] = text.split(/\s*[:hH]\s*/)
    return hours === "" ? null : `${hours.padStart(2, "0")}:${minutes || "00"}`
  }),
  v.check((time) => time === null || (time < "24:00" && time.slice(3) < "60"), TIME),
)

export const prepareForm = form({
  seen: wholeNumber(0, 999_999),
  held_on: optionalDay(),
  held_at: optionalTime,
  place: optionalLine(80),
  president: optionalLine(80),
  secretary: optionalLine(80),
  others: optionalText(2000),
  reason: optionalLine(MOST_REASON),
})

export const closeForm = form({
  seen: wholeNumber(0, 999_999),
  remarks: optionalText(2000),
  anyway: checkbox(),
})

export const reopenForm = form({ seen: wholeNumber(0, 999_999), reason: line(MOST_REASON) })

const mark = v.union(
  [
    v.pipe(
      v.string(),
      v.trim(),
      v.literal(""),
      v.transform(() => null),
    ),
    hundredths(0, 2000),
  ],
  "Écrivez une moyenne sur 20, comme 12 ou 12,5, ou laissez vide.",
)

const phraseFields = form({
  text: line(MOST_TEXT),
  from_mark: mark,
  below_mark: mark,
  position: wholeNumber(1, 999),
  active: checkbox(),
})

/** A phrase of the school's: its braces close, each of its forms fits a bulletin, its band is not empty. */
export function readPhrase(body: unknown) {
  const read = phraseFields.read(body)
  if (!read.ok) return read
  const { text, from_mark, below_mark, active, position } = read.values
  const problems: Problem[] = []
  const wrong = agreementProblem(text)
  if (wrong) problems.push({ field: "text", text: wrong })
  const { m, f } = formsOf(text)
  if (from_mark !== null && below_mark !== null && from_mark >= below_mark)
    problems.push({ field: "below_mark", text: "La fin de la tranche doit dépasser son début." })
  if (problems.length > 0) return { ok: false as const, typed: read.typed, problems }
  const values = { text, from_mark, below_mark, position, active: active ? 1 : 0 }
  return { ...read, values, forms: { m, f } }
}

const EFFECTS = ["promoted", "repeats", "leaves"] as const
const MOST_CHOICES = 12

const choicesFields = form({ reasons: optionalText(2000) })
const effectField = choice(EFFECTS)

/** The decisions, one a row with what it makes of a student, and the reasons, one a line. */
export function readChoices(body: unknown) {
  const { typed, problems: wrong, ...read } = choicesFields.read(body)
  const problems = [...wrong]
  const decisions: { text: string; effect: Effect }[] = []
  for (let row = 1; row <= MOST_CHOICES; row++) {
    const text = (typed[`label_${row}`] ?? "").replace(/\s+/g, " ").trim()
    if (!text) continue
    const effect = v.safeParse(effectField, typed[`effect_${row}`] ?? "")
    if (text.length > 80) problems.push({ field: `label_${row}`, text: "80 caractères au plus." })
    else if (decisions.some((one) => one.text === text))
      problems.push({ field: `label_${row}`, text: "Cette décision est déjà dans la liste." })
    if (!effect.success)
      problems.push({ field: `effect_${row}`, text: "Dites ce que cette décision fait de l’élève." })
    else decisions.push({ text, effect: effect.output })
  }
  const lines = (read.ok && read.values.reasons ? read.values.reasons.split("\n") : [])
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter(Boolean)
  const reasons = [...new Set(lines)]
  if (reasons.some((text) => text.length > MOST_REASON))
    problems.push({ field: "reasons", text: `${MOST_REASON} caractères au plus par motif.` })
  return { ok: problems.length === 0, typed, problems, decisions, reasons }
}

/** What was pressed on a student's page. The award and the appreciation are undefined where none was sent. */
export function readPressed(body: unknown) {
  const typed = typedIn(body)
  const text = (name: string) => (typed[name] ?? "").replace(/\s+/g, " ").trim()
  const [word = "", said = ""] = (typed.seen ?? "").split(" ")
  return {
    typed,
    undo: typed.undo === "1",
    keep: typed.keep === "1",
    award: typed.award === undefined ? undefined : text("award") || null,
    decision: text("decision") || null,
    appreciation: typed.appreciation === undefined ? undefined : text("appreciation") || null,
    phrase: text("phrase"),
    reason: text("reason_other") || text("reason") || null,
    seen: { word, text: said },
  }
}

export type Pressed = ReturnType<typeof readPressed>
