import * as v from "valibot"
import { choice, day, hundredths, line, optionalEmail, optionalLine, wholeNumber } from "../../web/fields.ts"
import { form, type Problem, type ReadForm } from "../../web/form.ts"
import { COUNTRIES, CURRENCIES } from "./countries.ts"
import type { PeriodRow } from "./rules.ts"

const timeZone = () =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((name) => {
      try {
        return Boolean(new Intl.DateTimeFormat("fr", { timeZone: name })) && name.includes("/")
      } catch {
        return false
      }
    }, "Écrivez un fuseau comme Africa/Bamako."),
  )

const phonePrefix = () =>
  v.pipe(v.string(), v.trim(), v.regex(/^\+\d{1,4}$/, "Écrivez un indicatif comme +223."))

/** « lycee.example, www.lycee.example » in lower case. */
const hosts = () =>
  v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean)
        .join(","),
    ),
    v.maxLength(500, "500 caractères au plus."),
    v.regex(
      /^$|^[a-z0-9.-]+(,[a-z0-9.-]+)*$/,
      "Écrivez des noms comme lycee.example, séparés par des virgules.",
    ),
  )

/** « https://lycee.example », without a slash at the end; or nothing. */
const publicUrl = () =>
  v.pipe(
    v.string(),
    v.trim(),
    v.maxLength(200, "200 caractères au plus."),
    v.transform((text) => text.replace(/\/+$/, "")),
    v.regex(/^$|^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i, "Écrivez une adresse comme https://lycee.example."),
  )

export const settingsForm = form({
  name: line(120),
  shortName: optionalLine(30),
  country: choice(COUNTRIES.map(({ code }) => code) as [string, ...string[]]),
  currency: choice(CURRENCIES.map(({ value }) => value)),
  timeZone: timeZone(),
  phonePrefix: phonePrefix(),
  republic: optionalLine(80),
  motto: optionalLine(80),
  ministry: optionalLine(160),
  academy: optionalLine(120),
  cap: optionalLine(120),
  approvalNumber: optionalLine(60),
  address: optionalLine(160),
  city: optionalLine(60),
  postBox: optionalLine(20),
  phone: optionalLine(60),
  email: optionalEmail(),
  headTitle: optionalLine(60),
  headName: optionalLine(80),
  hosts: hosts(),
  publicUrl: publicUrl(),
  linkDays: wholeNumber(1, 400),
})

/** More rows than any year has periods. */
export const MOST_PERIODS = 6

const yearForm = form({ label: line(20), starts_on: day(), ends_on: day() })
const periodForm = form({
  code: line(8),
  label: line(40),
  weight: hundredths(0, 10_000),
  starts: day(),
  ends: day(),
})

export type YearValues = { label: string; starts_on: string; ends_on: string; periods: PeriodRow[] }

/** A year and the rows of its periods; a row without code and label is no period. */
export function readYear(body: unknown): ReadForm<YearValues> {
  const read = yearForm.read(body)
  const problems: Problem[] = [...read.problems]
  const periods: PeriodRow[] = []
  for (let row = 1; row <= MOST_PERIODS; row++) {
    const typed = (name: string) => read.typed[`${name}_${row}`]?.trim() ?? ""
    if (!typed("code") && !typed("label")) continue
    const fields = ["code", "label", "weight", "starts", "ends"]
    const one = periodForm.read(Object.fromEntries(fields.map((name) => [name, typed(name)])))
    problems.push(...one.problems.map(({ field, text }) => ({ field: `${field}_${row}`, text })))
    if (!one.ok) continue
    const { starts, ends, code, label, weight } = one.values
    const id = /^\d{1,9}$/.test(typed("id")) ? Number(typed("id")) : null
    periods.push({ row, id, code: code.toUpperCase(), label, weight, starts_on: starts, ends_on: ends })
  }
  if (!read.ok || problems.length > 0) return { ok: false, typed: read.typed, problems }
  return { ok: true, typed: read.typed, problems: [], values: { ...read.values, periods } }
}
