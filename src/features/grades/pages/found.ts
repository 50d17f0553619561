// What an address names, found among what the person asking may see.
import type { Request } from "express"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { classPeriodSeenBy, yearRead } from "../queries/classPeriod.ts"
import { type SubjectPeriod, subjectPeriodSeenBy } from "../queries/sheet.ts"
import { entersIn } from "../scope.ts"
import { type PeriodState, stateOf } from "../sheet.ts"

/** A number of the address; 0, which no row has, for anything else. */
export function numberIn(req: Request, name: string): number {
  const said = String(req.params[name] ?? "")
  return /^\d{1,9}$/.test(said) ? Number(said) : 0
}

/** A number of the address's query, or null. */
export function queryNumber(req: Request, name: string): number | null {
  const said = String(req.query[name] ?? "")
  return /^\d{1,9}$/.test(said) ? Number(said) : null
}

/** The subject and period of the address, with whether this person enters marks there and where it stands. */
export async function subjectPeriodAsked(req: Request) {
  const who = viewer(req)
  const { db } = req.school
  const found = await subjectPeriodSeenBy(db, who, numberIn(req, "classSubject"), numberIn(req, "period"))
  if (!found) throw notFound()
  const { year } = req.school
  const own = found.school_year_id
  return { ...rightsIn(req, found), ...ofYear(req, own, year?.id === own ? year : await yearRead(db, own)) }
}

export type SubjectPeriodAsked = Awaited<ReturnType<typeof subjectPeriodAsked>>

/** The same row with what the person may do with it. */
export function rightsIn(req: Request, found: SubjectPeriod) {
  const state = stateOf(found)
  const enters = entersIn(viewer(req), found)
  return {
    ...found,
    teacher: found.teacher_surname && `${found.teacher_given} ${found.teacher_surname}`,
    state,
    enters,
    /** may type marks now */
    open: enters && state === "open",
    path: `/grades/${found.id}/${found.period_id}`,
  }
}

export type SubjectPeriodRights = ReturnType<typeof rightsIn>

const CLOSED: Record<Exclude<PeriodState, "open">, string> = {
  locked:
    "Les notes de cette matière sont verrouillées pour la période : demandez au censeur de les déverrouiller.",
  checked: "Les notes de cette classe sont contrôlées pour la période : elles ne se modifient plus ici.",
  published: "Les bulletins de cette période sont publiés : une note se corrige une à une, avec un motif.",
}

/** The same, refused unless this person may change marks there now. */
export async function openSubjectAsked(req: Request): Promise<SubjectPeriodAsked> {
  return onlyOpen(await subjectPeriodAsked(req))
}

export function onlyOpen<Asked extends SubjectPeriodRights>(about: Asked): Asked {
  if (!about.enters)
    throw new Refusal(403, "Seul le professeur de cette matière, ou le censeur, peut changer ces notes.")
  if (about.state !== "open") throw new Refusal(409, CLOSED[about.state])
  return about
}

/** The class and period of the address, if this person follows every subject of it. */
export async function classPeriodAsked(req: Request) {
  const found = await classPeriodSeenBy(
    req.school.db,
    viewer(req),
    numberIn(req, "class"),
    numberIn(req, "period"),
  )
  if (!found) throw notFound()
  const { year, ...row } = found
  const path = `/grades/${row.class_id}/${row.period_id}`
  return { ...row, ...ofYear(req, row.school_year_id, year), path }
}

export type ClassPeriodAsked = Awaited<ReturnType<typeof classPeriodAsked>>

type Year = { label: string; ends_on: string; periods: { id: number; label: string }[] }

/** The periods of a class's school year, and its label where that year is not the one under way. */
function ofYear(req: Request, school_year_id: number, { label, ends_on, periods }: Year): OfYear {
  if (req.school.year?.id === school_year_id) return { periods, otherYear: null, yearOver: false }
  const over = ends_on < todayFor(req)
  return { periods, otherYear: label, yearOver: over }
}

type OfYear = { periods: { id: number; label: string }[]; otherYear: string | null; yearOver: boolean }

/** The periods of the class's school year as tabs of a page. */
export function periodTabs({ periods }: OfYear, current: number, path: (period: number) => string) {
  return periods.map(({ id, label }) => ({
    label,
    path: path(id),
    current: id === current,
  }))
}

/** The period asked for; else the one under way, the last one begun, or the first. */
export function periodAsked(req: Request) {
  const periods = req.school.year?.periods ?? []
  const asked = queryNumber(req, "period")
  const day = todayFor(req)
  return (
    periods.find(({ id }) => id === asked) ??
    periods.filter(({ starts_on }) => starts_on <= day).at(-1) ??
    periods[0]
  )
}
