import type { Request, Response } from "express"
import { isStaff } from "../../roles.ts"
import { rowNumber } from "../../web/rowNumber.ts"
import { periodShown, periodState } from "../bulletins/rules.ts"
import { childrenOf } from "../families/queries.ts"
import { todayFor } from "../people/pages/asking.ts"
import { viewer } from "../people/scope.ts"
import { opens } from "./opens.ts"
import { countsOf, lastImports, progressOf, taughtBy } from "./queries.ts"
import { nextStep, timeLeft, totals } from "./rules.ts"

/** One page for all: each part is there for those who may open what it leads to. */
export async function index(req: Request, res: Response) {
  const family = req.can("families.own") ? await childrenOf(req.school.db, req.member) : []
  if (!isStaff(req.member.roles)) return res.page("home/family", { children: family })
  const { year } = req.school
  const day = todayFor(req)
  const period = periodShown(year?.periods ?? [], { asked: rowNumber(req.query.period), day })
  const asked = year && period ? { year: year.id, period: period.id } : null
  res.page("home/index", {
    children: family,
    periods: year?.periods ?? [],
    period: period && { ...period, left: timeLeft(period, day) },
    opens: (path: string) => opens(req, path),
    ...(await office(req)),
    ...(await teaching(req, asked)),
    ...(await progress(req, asked)),
  })
}

type Asked = { year: number; period: number } | null

/** Figures, and what the office has left to put in order. */
async function office(req: Request) {
  const { db, year } = req.school
  if (!req.can("people.all")) return { counts: null, imports: [] }
  const counts = await countsOf(db, year?.id ?? 0)
  return { counts, imports: opens(req, "/imports/:import") ? await lastImports(db) : [] }
}

async function teaching(req: Request, asked: Asked) {
  const { staffId } = req.member
  if (!asked || !staffId || !opens(req, "/grades/:classSubject/:period")) return { taught: [] }
  return { taught: await taughtBy(req.school.db, staffId, asked) }
}

async function progress(req: Request, asked: Asked) {
  if (!asked || !opens(req, "/bulletins/:class/:period")) return { rows: [], sum: null, next: "" }
  const rows = (await progressOf(req.school.db, viewer(req), asked)).map((row) => ({
    ...row,
    state: periodState(row.state, { total: row.subjects, locked: row.locked }),
  }))
  const sum = totals(rows)
  return { rows, sum, next: nextStep(sum) }
}
