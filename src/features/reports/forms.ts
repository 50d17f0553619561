import { checkbox, line, wholeNumber } from "../../web/fields.ts"
import { form } from "../../web/form.ts"

/** The classes are ticked boxes, read beside the form. */
export const draftForm = form({ exam: line(80) })

export const replaceForm = form({ reason: line(200) })

export const signForm = form({ compared: checkbox() })

/** A line of a signed list, by its number on paper. */
export const lineForm = form({ line: wholeNumber(1, 99_999) })
