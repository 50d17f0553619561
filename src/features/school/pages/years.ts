import type { Request, Response } from "express"
import { refresh } from "../../../school.ts"
import type { ReadForm } from "../../../web/form.ts"
import { short } from "../../../web/french.ts"
import { notFound } from "../../../web/refusal.ts"
import { countryOf } from "../countries.ts"
import { MOST_PERIODS, readYear, type YearValues } from "../forms.ts"
import {
  addYear,
  changeYear,
  makeCurrent,
  type SchoolYear,
  schoolYears,
  type Year,
  type YearPeriod,
} from "../queries.ts"
import { likelyYear, periodProblems, plannedPeriods, yearLabel, yearLater, yearProblems } from "../rules.ts"

export async function index(req: Request, res: Response) {
  const { country } = req.school.settings
  res.page("school/years", { years: await schoolYears(req.school.db), country: countryOf(country) })
}

async function yearAsked(req: Request): Promise<{ year: SchoolYear; others: SchoolYear[] }> {
  const years = await schoolYears(req.school.db)
  const year = years.find(({ id }) => String(id) === req.params.year)
  if (!year) throw notFound()
  return { year, others: years.filter((other) => other !== year) }
}

/** Fields of the form for a year and its periods, dates as they are typed. */
function typedOf(year: Year, periods: readonly YearPeriod[]): Record<string, string> {
  const typed: Record<string, string> = { ...year }
  for (const [n, period] of periods.entries()) {
    const row = n + 1
    typed[`id_${row}`] = period.id === null ? "" : String(period.id)
    typed[`code_${row}`] = period.code
    typed[`label_${row}`] = period.label
    typed[`weight_${row}`] = short(period.weight) || "0"
    typed[`starts_${row}`] = period.starts_on
    typed[`ends_${row}`] = period.ends_on
  }
  return typed
}

function showForm(res: Response, form: { typed: Record<string, string> }, year: SchoolYear | null) {
  const filled = Array.from({ length: MOST_PERIODS }, (_, n) => n + 1).filter(
    (row) => form.typed[`code_${row}`] || form.typed[`label_${row}`],
  )
  const rows = Math.min(MOST_PERIODS, (filled.at(-1) ?? 0) + 1)
  res.page("school/year", { form, year, rows })
}

/** The year after the last one, same periods a year later; or the first, from the country's habits. */
export async function fresh(req: Request, res: Response) {
  const [last] = await schoolYears(req.school.db)
  if (last) {
    const span = { starts_on: yearLater(last.starts_on), ends_on: yearLater(last.ends_on) }
    const periods = last.periods.map((one) => ({
      ...one,
      id: null,
      starts_on: yearLater(one.starts_on),
      ends_on: yearLater(one.ends_on),
    }))
    const form = { typed: typedOf({ ...span, label: yearLabel(span) }, periods), problems: [] }
    return showForm(res, form, null)
  }
  const country = countryOf(req.school.settings.country)
  const span = likelyYear(req.now.toISOString(), country?.yearBegins ?? "10-01", country?.yearEnds ?? "06-30")
  const periods = plannedPeriods(span, country?.periods ?? "T3").map((one) => ({ ...one, id: null }))
  showForm(res, { typed: typedOf({ ...span, label: yearLabel(span) }, periods) }, null)
}

/** The form read, and checked against the calendar and the other years. */
function readWith(body: unknown, others: readonly Year[]): ReadForm<YearValues> {
  const read = readYear(body)
  if (!read.ok) return read
  const { periods, ...year } = read.values
  const problems = [...yearProblems(year, others), ...periodProblems(year, periods)]
  return problems.length > 0 ? { ok: false, typed: read.typed, problems } : read
}

export async function create(req: Request, res: Response) {
  const years = await schoolYears(req.school.db)
  const read = readWith(req.body, years)
  if (!read.ok) return showForm(res.status(422), read, null)
  const { periods, ...year } = read.values
  const from = years.find(({ current }) => current) ?? years[0]
  await addYear(req.school.db, req.member, year, { periods, from, at: req.now.toISOString() })
  await refresh(req.school)
  res.flash("school.year_made", { label: year.label }).redirect(303, "/years")
}

export async function edit(req: Request, res: Response) {
  const { year } = await yearAsked(req)
  const { label, starts_on, ends_on, periods } = year
  showForm(res, { typed: typedOf({ label, starts_on, ends_on }, periods) }, year)
}

export async function change(req: Request, res: Response) {
  const { year, others } = await yearAsked(req)
  const read = readWith(req.body, others)
  if (!read.ok) return showForm(res.status(422), read, year)
  const { periods, ...after } = read.values
  const own = (id: number | null) => (year.periods.some((period) => period.id === id) ? id : null)
  const kept = periods.map((period) => ({ ...period, id: own(period.id) }))
  await changeYear(req.school.db, req.member, year, { year: after, periods: kept, at: req.now.toISOString() })
  await refresh(req.school)
  res.flash("school.year_changed", { label: after.label }).redirect(303, "/years")
}

export async function current(req: Request, res: Response) {
  const { year } = await yearAsked(req)
  await makeCurrent(req.school.db, req.member, year, req.now.toISOString())
  await refresh(req.school)
  res.flash("school.year_current", { label: year.label }).redirect(303, "/years")
}
