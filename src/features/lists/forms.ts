import * as v from "valibot"
import { checkbox, choice, line } from "../../web/fields.ts"
import { form } from "../../web/form.ts"

/** What a list asks for, as its address says it: read again by `readAsked`, whatever stands there. */
const query = v.pipe(v.string(), v.maxLength(2000, "Cette liste a trop de filtres."))

export const listForm = form({ name: line(60), shared: checkbox(), query })

export const contentForm = form({ query })

export const exportForm = form({ query, format: choice(["csv", "xlsx"]) })
