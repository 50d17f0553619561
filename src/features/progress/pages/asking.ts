// What the pages of progress ask of a request: the period, the lines this person sees, where one stands.
import type { Request } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { periodAsked } from "../../grades/pages/found.ts"
import { progressSeenBy } from "../../grades/queries/overview.ts"
import { noYear, todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { plannedAfter } from "../queries/board.ts"
import { deadlinesOf } from "../queries/deadlines.ts"
import { type Line, linesOf } from "../rules/board.ts"

export type Period = NonNullable<ReturnType<typeof periodAsked>>

/** The period of the address's query; there is none before the first school year. */
export function periodFor(req: Request): Period {
  const period = periodAsked(req)
  if (!period) throw noYear()
  return period
}

/** A period of the year under way, named in the address or a form. */
export function periodNamed(req: Request, text: unknown): Period {
  const period = req.school.year?.periods.find(({ id }) => id === rowNumber(text))
  if (!period) throw notFound()
  return period
}

/** Every line of a period that this person sees, with its deadline. Five questions. */
export async function boardOf(
  req: Request,
  period: Period,
): Promise<{ lines: Line[]; today: string; due: string }> {
  const { db } = req.school
  const today = todayFor(req)
  const rows = await progressSeenBy(db, viewer(req), period)
  const deadlines = await deadlinesOf(db, period)
  const planned = await plannedAfter(db, period.id, today)
  return { lines: linesOf(rows, { deadlines, planned, today }), today, due: deadlines.whole }
}

/** The parts of the board as tabs, with the period kept; only those this person may open. */
export function boardTabs(
  req: Request,
  period: Period,
  current: "lines" | "teachers" | "reminders" | "deadlines",
) {
  const query = `?period=${period.id}`
  const tabs = [
    { key: "lines", label: "Matières", path: `/progress${query}`, open: true },
    { key: "teachers", label: "Professeurs", path: `/progress/teachers${query}`, open: true },
    {
      key: "reminders",
      label: "Rappels envoyés",
      path: `/progress/reminders${query}`,
      open: req.can("progress.remind"),
    },
    {
      key: "deadlines",
      label: "Échéances",
      path: `/progress/deadlines/${period.id}`,
      open: req.can("progress.deadline"),
    },
  ]
  return tabs
    .filter(({ open }) => open)
    .map(({ key, label, path }) => ({ label, path, current: key === current }))
}

/** The periods of the year, to choose another one of the same page. */
export const periodChoices = (req: Request, current: Period) =>
  (req.school.year?.periods ?? []).map(({ id, label }) => ({ id, label, current: id === current.id }))
