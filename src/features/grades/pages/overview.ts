import type { Request, Response } from "express"
import { seesAll, viewer } from "../../people/scope.ts"
import { type Progress, progressSeenBy } from "../queries/overview.ts"
import { periodAsked, queryNumber } from "./found.ts"

/** Classes on one page of the table of every class. */
const PAGE = 20

/** Who has entered what in a period: one's own subjects, or classes × subjects for who sees the whole school. */
export async function index(req: Request, res: Response) {
  const period = periodAsked(req)
  if (!period) return res.page("grades/none")
  const who = viewer(req)
  const all = await progressSeenBy(req.school.db, who, period)
  const tabs = (req.school.year?.periods ?? []).map(({ id, label }) => ({
    label,
    path: `/grades?period=${id}`,
    current: id === period.id,
  }))
  const mine = all.filter(({ teacherId }) => teacherId !== null && teacherId === who.staffId)
  if (!seesAll(who)) {
    const led = all.filter((row) => !mine.includes(row))
    return res.page("grades/mine", { tabs, period, mine, led, whole: totals(all) })
  }
  const level = String(req.query.level ?? "")
  const levels = [...new Set(all.map(({ levelCode }) => levelCode))]
  const kept = all.filter(({ levelCode }) => level === "" || levelCode === level)
  const classes = byClass(kept)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const shown = classes.slice((page - 1) * PAGE, page * PAGE)
  const subjects = [...new Set(shown.flatMap(({ rows }) => [...rows.keys()]))]
  const query = { period: period.id, ...(level ? { level } : {}) }
  res.page("grades/classes", {
    tabs,
    period,
    mine,
    classes: shown,
    subjects,
    levels,
    level,
    page,
    size: PAGE,
    total: classes.length,
    query,
    whole: totals(kept),
  })
}

function byClass(rows: Progress[]) {
  const classes = new Map<number, { id: number; label: string; rows: Map<string, Progress> }>()
  for (const row of rows) {
    const known = classes.get(row.classId) ?? { id: row.classId, label: row.class, rows: new Map() }
    known.rows.set(row.short, row)
    classes.set(row.classId, known)
  }
  return [...classes.values()]
}

const isFinal = (row: Progress) => row.locked || row.classState !== null

const totals = (rows: Progress[]) => ({
  subjects: rows.length,
  locked: rows.filter(isFinal).length,
  untouched: rows.filter((row) => !isFinal(row) && row.entered === 0).length,
  missing: rows.reduce((sum, row) => sum + Math.max(0, row.expected - row.entered), 0),
})
