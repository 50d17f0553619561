// What an address names, found among what the person asking may see; else 404.
import type { Request } from "express"
import { schoolHead } from "../../../documents/schoolHead.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import type { GradedPeriod } from "../../grades/grading.ts"
import { dayInWords } from "../../papers/rules.ts"
import { studentFor as studentSeen, todayFor } from "../../people/pages/asking.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import {
  classesReported,
  followsClass,
  periodsOfYear,
  type ReportClass,
  yearsReported,
} from "../queries/figures.ts"

export type YearAsked = { id: number; label: string; current: boolean; periods: GradedPeriod[] }

/** The year of `?year=`, else the one under way; null before the school's first one. */
export async function yearAsked(req: Request): Promise<YearAsked | null> {
  const { db, year } = req.school
  const id = rowNumber(req.query.year)
  if (year && (!id || id === year.id)) {
    const periods = year.periods.map((period, n) => ({ ...period, position: n + 1 }))
    return { id: year.id, label: year.label, current: true, periods }
  }
  const found = (await yearsReported(db, viewer(req))).find((one) => one.id === id)
  if (!found) {
    if (id) throw notFound()
    return null
  }
  return { id, label: found.label, current: false, periods: await periodsOfYear(db, id) }
}

/** The period of `?period=`, else the one of today, else the year's last. */
export function periodOf(req: Request, { periods }: YearAsked): GradedPeriod | null {
  const day = todayFor(req)
  return (
    periods.find(({ id }) => id === rowNumber(req.query.period)) ??
    periods.find(({ starts_on, ends_on }) => starts_on <= day && day <= ends_on) ??
    periods.findLast(({ ends_on }) => ends_on < day) ??
    periods[0] ??
    null
  )
}

export const classesFor = (req: Request, yearId: number): Promise<ReportClass[]> =>
  classesReported(req.school.db, viewer(req), yearId)

/** The class and the period of the path, of one year. */
export async function classPeriodFor(req: Request) {
  const { db } = req.school
  const who = viewer(req)
  const years = await yearsReported(db, who)
  for (const year of years) {
    const periods = await periodsOfYear(db, year.id)
    const period = periods.find(({ id }) => id === rowNumber(req.params.period))
    if (!period) continue
    const classes = await classesReported(db, who, year.id)
    const schoolClass = classes.find(({ id }) => id === rowNumber(req.params.class))
    if (!schoolClass) throw notFound()
    return { year: { ...year, current: year.current === 1, periods }, period, schoolClass }
  }
  throw notFound()
}

/** A student of whom this person may read every result: not one only taught in some subject. */
export async function studentFor(req: Request) {
  const who = viewer(req)
  const student = await studentSeen(req)
  if (!seesAll(who) && !(await followsClass(req.school.db, who, student.class_id ?? 0))) throw notFound()
  return student
}

/** What stands around every paper of the feature. */
export function aroundPaper(req: Request, schoolYear: string, on = todayFor(req)) {
  const { settings } = req.school
  return {
    schoolHead: schoolHead(settings),
    schoolYear,
    createdAt: req.now.toISOString(),
    placeAndDate: `Fait${settings.city ? ` à ${settings.city}` : ""}, le ${dayInWords(on)}`,
    signatory: { title: settings.headTitle, name: settings.headName },
  }
}
