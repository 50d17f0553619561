// What the history and conflicts of a file say, in words. Pure.
import { date } from "../../web/french.ts"
import { hasString, t } from "../../web/strings.ts"
import type { Action } from "./rules/states.ts"

/** The French name of a field of the form; guardians' fields are « g1_phone »… */
export function fieldLabel(field: string): string {
  const guardian = /^g(\d)_(\w+)$/.exec(field)
  if (guardian) return `${t(`enrolment.field.${guardian[2]}`)} (tuteur ${guardian[1]})`
  const key = `enrolment.field.${field}`
  return hasString(key) ? t(key) : field
}

const WORDS: Record<string, Record<string, string>> = {
  sex: { F: "féminin", M: "masculin" },
  link: { PERE: "père", MERE: "mère", TUTEUR: "tuteur" },
  sms_consent: { yes: "oui", no: "non", unasked: "jamais demandé" },
}

/** A stored value as a person reads it; « – » for none. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "–"
  const text = String(value)
  const known = WORDS[field.replace(/^g\d_/, "")]?.[text]
  return known ?? (/^\d{4}-\d\d-\d\d$/.test(text) ? date(text) : text)
}

type Told = {
  action: Action
  at: string
  by: string | null
  reason: string | null
  details: string
  undone: number
}

/** One line of a file's history: what was done, to what, by whom; what is done is said once, never twice. */
export function toldEvent({ action, at, by, reason, details, undone }: Told) {
  const said = JSON.parse(details) as { fields?: string[]; given?: string[]; taken?: string[]; told?: number }
  const about = [
    said.fields?.length ? said.fields.map(fieldLabel).join(", ") : "",
    said.given?.length ? `remis : ${said.given.join(", ")}` : "",
    said.taken?.length ? `repris : ${said.taken.join(", ")}` : "",
    said.told ? t("enrolment.told", { n: said.told }) : "",
  ]
  return {
    at,
    by: by ?? (action === "received" ? "la famille, en ligne" : null),
    done: t(`enrolment.action.${action}`),
    about: about.filter(Boolean).join(" ; "),
    reason,
    undone: undone === 1,
  }
}
