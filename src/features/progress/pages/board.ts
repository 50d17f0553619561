import type { Request, Response } from "express"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import { checkedAt, followedIn } from "../queries/board.ts"
import { lastReminders, phonesOf } from "../queries/reminders.ts"
import { byLateness, type Filter, kept, type Line, owing, totals } from "../rules/board.ts"
import { boardOf, boardTabs, periodChoices, periodFor } from "./asking.ts"

/** Subjects on one page. */
const PAGE = 40

/** Every subject of every class with who gives its marks: entered, missing, locked, checked, published; the late first. */
export async function index(req: Request, res: Response) {
  if (!req.school.year?.periods.length) return res.page("progress/none")
  const { db } = req.school
  const period = periodFor(req)
  const { lines, today, due } = await boardOf(req, period)
  const filter = filterOf(req)
  const asked = kept(lines, filter)
  const sorted = req.query.sort === "class" ? asked : byLateness(asked)
  const page = pageNumber(req.query.page)
  const shown = sorted.slice((page - 1) * PAGE, page * PAGE)
  const follows = await followedIn(db, viewer(req), req.school.year.id)
  const published = shown.filter(({ state }) => state === "published").map(({ classId }) => classId)
  res.page("progress/index", {
    period,
    periods: periodChoices(req, period),
    tabs: boardTabs(req, period, "lines"),
    today,
    due,
    rows: shown,
    follows,
    checked: await checkedAt(db, period.id, [...new Set(published)]),
    sums: totals(asked),
    classes: choicesOf(lines, ({ classId, class: label }) => [classId, label]),
    teachers: choicesOf(lines, ({ teacherId, teacher }) => [teacherId ?? 0, teacher ?? ""]).filter(
      ({ id }) => id > 0,
    ),
    unassigned: lines.some(({ teacherId }) => teacherId === null),
    filter,
    sort: req.query.sort === "class" ? "class" : "",
    all: seesAll(viewer(req)),
    page,
    size: PAGE,
    total: sorted.length,
    query: queryOf(req),
  })
}

function filterOf(req: Request): Filter {
  const { teacher } = req.query
  return {
    classId: rowNumber(req.query.class),
    teacherId: teacher === "none" ? "none" : rowNumber(teacher) || null,
    late: req.query.late === "1",
  }
}

/** What the pager keeps. */
const queryOf = (req: Request) =>
  Object.fromEntries(
    ["period", "class", "teacher", "late", "sort"].flatMap((name) => {
      const value = req.query[name]
      return typeof value === "string" && value !== "" ? [[name, value]] : []
    }),
  )

function choicesOf(lines: readonly Line[], of: (line: Line) => [number, string]) {
  return [...new Map(lines.map(of))].map(([id, label]) => ({ id, label }))
}

/** Each teacher who has still something to give: what, since when late, last reminded when. */
export async function teachers(req: Request, res: Response) {
  if (!req.school.year?.periods.length) return res.page("progress/none")
  const { db } = req.school
  const period = periodFor(req)
  const { lines, due, today } = await boardOf(req, period)
  const rows = owing(lines)
  const reminds = req.can("progress.remind")
  const ids = rows.map(({ id }) => id)
  const phones = reminds ? await phonesOf(db, ids) : new Map()
  const reminded = await lastReminders(db, period.id)
  res.page("progress/teachers", {
    period,
    periods: periodChoices(req, period),
    tabs: boardTabs(req, period, "teachers"),
    due,
    today,
    reminds,
    rows: rows.map((row) => ({ ...row, phone: phones.has(row.id), reminded: reminded.get(row.id) ?? null })),
    late: rows.filter(({ lateDays }) => lateDays > 0).length,
    unassigned: lines.filter(({ teacherId, state }) => teacherId === null && state === "open"),
  })
}
