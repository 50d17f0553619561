// What a passage stands on: which series lead where, and the classes of the next year.
import type { Request, Response } from "express"
import { tx } from "../../../db/index.ts"
import { refresh } from "../../../school.ts"
import { Refusal } from "../../../web/refusal.ts"
import { addClass, levelsOf, seriesOf } from "../../classes/queries.ts"
import { saveRules } from "../queries/choices.ts"
import { classesToCopy, pathsKept } from "../queries/frame.ts"
import type { Path } from "../rules/destinations.ts"
import { numbersIn, passageFor, secondFor, wholePassage } from "./asking.ts"

/** Each series with the series of the next level that it may lead to. */
async function choicesOf(req: Request) {
  const { db } = req.school
  const levels = await levelsOf(db)
  const series = await seriesOf(db)
  return levels.slice(0, -1).flatMap((level, n) => {
    const next = levels[n + 1]
    const to = series.filter(({ level_code }) => level_code === next?.code)
    const own = series.filter(({ level_code }) => level_code === level.code)
    const from = own.length > 0 ? own.map(({ code }) => code) : [""]
    return to.length < 2
      ? []
      : from.map((code) => ({ level, code, next, to, name: `path-${level.code}-${code}` }))
  })
}

export async function paths(req: Request, res: Response) {
  const rows = await choicesOf(req)
  const kept = await pathsKept(req.school.db)
  const has = (level: string, code: string, to: string) =>
    kept.some((path) => path.level_code === level && path.series_code === code && path.to_series_code === to)
  res.page("reenrolment/paths", { rows, has, second: secondFor(req) })
}

export async function savePaths(req: Request, res: Response) {
  const rows = await choicesOf(req)
  const said: Path[] = rows.flatMap(({ level, code, to, name }) => {
    const ticked = [req.body[name] ?? []].flat()
    return to
      .filter((series) => ticked.includes(series.code))
      .map((series) => ({ level_code: level.code, series_code: code, to_series_code: series.code }))
  })
  const second = req.body.second === "leave" ? "leave" : "profile"
  const before = { paths: await pathsKept(req.school.db), second: secondFor(req) }
  await saveRules(req.school.db, req.member, { before, after: { paths: said, second } }, req.now)
  await refresh(req.school)
  res.flash("reenrolment.paths_saved").redirect(303, "/reenrolment")
}

/** This year's classes, to be made again for the next one. */
export async function classes(req: Request, res: Response) {
  const { passage } = await passageFor(req)
  if (!passage.to)
    throw new Refusal(409, `L’année qui suit ${passage.from.label} n’existe pas encore : créez-la d’abord.`)
  const rows = await classesToCopy(req.school.db, { from: passage.from.id, to: passage.to.id })
  res.page("reenrolment/classes", { from: passage.from, to: passage.to, rows })
}

export async function copyClasses(req: Request, res: Response) {
  const { from, to } = await wholePassage(req)
  const asked = numbersIn(req.body.class)
  const made = await tx(req.school.db, async (trx) => {
    const rows = await classesToCopy(trx, { from: from.id, to: to.id })
    let n = 0
    for (const { id, there, lines: _lines, ...one } of rows) {
      if (there || !asked.includes(id)) continue
      const row = { ...one, form_teacher_id: null }
      if (await addClass(trx, req.member, row, { year: to.id, template: true, now: req.now })) n++
    }
    return n
  })
  res.flash("reenrolment.classes_made", { n: made, year: to.label }, made > 0 ? "done" : "warning")
  res.redirect(303, `/reenrolment?from=${from.id}`)
}
