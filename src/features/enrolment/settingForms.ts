// What the forms of the settings accept.
import * as v from "valibot"
import { choice, hundredths, optionalDay, optionalLine, optionalText, wholeNumber } from "../../web/fields.ts"
import { form, type Problem, type ReadForm, typedIn } from "../../web/form.ts"
import { short } from "../../web/french.ts"
import { formatProblem } from "./rules/numbers.ts"

export const openingForm = form({
  applications: choice(["open", "closed"]),
  applicationsFrom: optionalDay(),
  applicationsUntil: optionalDay(),
  applicationsYear: v.string(),
  applicationsText: optionalText(600),
  studentNumber: v.pipe(
    v.string(),
    v.trim(),
    v.rawCheck(({ dataset, addIssue }) => {
      const problem = dataset.typed ? formatProblem(dataset.value) : null
      if (problem) addIssue({ message: problem })
    }),
  ),
})

export type DocumentEntry = {
  row: number
  id: number | null
  label: string
  required: boolean
  levels: string[]
}

/** The lines of the list of documents; a line without a name is no document. */
export function readDocuments(body: unknown, levels: readonly string[]): ReadForm<DocumentEntry[]> {
  const typed = typedIn(body)
  const problems: Problem[] = []
  const entries: DocumentEntry[] = []
  for (let row = 1; typed[`label_${row}`] !== undefined && row <= MOST_DOCUMENTS; row++) {
    const read = form({ label: optionalLine(80) }).read({ label: typed[`label_${row}`] })
    if (!read.ok) problems.push({ field: `label_${row}`, text: "80 caractères au plus." })
    if (!read.ok || !read.values.label) continue
    const id = /^[1-9]\d{0,8}$/.test(typed[`id_${row}`] ?? "") ? Number(typed[`id_${row}`]) : null
    const chosen = levels.filter((code) => typed[`level_${row}_${code}`] === "1")
    const required = typed[`required_${row}`] === "1"
    // every box ticked, or none: every level, those made later too
    entries.push({
      row,
      id,
      label: read.values.label,
      required,
      levels: chosen.length === levels.length ? [] : chosen,
    })
  }
  if (problems.length > 0) return { ok: false, typed, problems }
  return { ok: true, typed, problems: [], values: entries }
}

export const MOST_DOCUMENTS = 40

/** Whole units of a money without cents; cents of the euro. */
const amount = (currency: string) =>
  currency === "EUR" ? hundredths(0, 9_999_999) : wholeNumber(0, 9_999_999)

export const typedFee = (fee: number, currency: string) => (currency === "EUR" ? short(fee) : String(fee))

/** The fee of each level, fields « fee_10 »; spaces between thousands are let be, an empty one is no fee. */
export function readFees(
  body: unknown,
  levels: readonly string[],
  currency: string,
): ReadForm<Map<string, number | null>> {
  const typed = typedIn(body)
  const problems: Problem[] = []
  const values = new Map<string, number | null>()
  for (const level of levels) {
    const field = `fee_${level}`
    const text = (typed[field] ?? "").replace(/[\s\p{Z}]/gu, "")
    const read = form({ fee: amount(currency) }).read({ fee: text })
    if (text === "") values.set(level, null)
    else if (read.ok) values.set(level, read.values.fee)
    else problems.push({ field, text: "Écrivez une somme comme 15 000, ou laissez vide." })
  }
  if (problems.length > 0) return { ok: false, typed, problems }
  return { ok: true, typed, problems: [], values }
}
