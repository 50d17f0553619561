import { checkbox, line, optionalLine } from "../../web/fields.ts"
import { form } from "../../web/form.ts"

const MOST_LETTERS = 80

/** A paper handed in: a line of the checklist, or a name of its own. */
export const scanForm = form({
  document: optionalLine(9),
  label: optionalLine(MOST_LETTERS),
  tick: checkbox(),
})

/** A paper about a member of staff has a name only. */
export const staffScanForm = form({ label: line(MOST_LETTERS) })

export const deleteForm = form({ reason: line(200) })
