import * as v from "valibot"
import { line, optionalDay, optionalLine } from "../../web/fields.ts"
import { form } from "../../web/form.ts"
import { WORDED_KINDS } from "./kinds.ts"
import { wordingProblems } from "./wording.ts"

/** The facts that a kind may ask for; which of them must be there is the kind's own (kinds.ts). */
export const issueForm = form({
  destination: optionalLine(120),
  left_on: optionalDay(),
  reason: optionalLine(160),
  work: optionalLine(120),
  conduct: optionalLine(120),
})

export const cancelForm = form({ reason: line(200) })

const MOST_LETTERS = 2000

/** A wording whose words to replace all exist; its problems are joined in one sentence a field. */
export const wordingForm = form({
  kind: v.picklist(WORDED_KINDS, "Choisissez un document de la liste."),
  title: line(60),
  body: v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\r\n?/g, "\n").trim()),
    v.nonEmpty("Écrivez le texte du document."),
    v.maxLength(MOST_LETTERS, `${MOST_LETTERS} caractères au plus.`),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      for (const message of wordingProblems(dataset.value)) addIssue({ message })
    }),
  ),
})
