// Levels, series and the other ways of writing them.
import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { aliasForm, levelForm, seriesForm } from "../forms.ts"
import { parseClass } from "../naming.ts"
import {
  addAlias,
  aliasesOf,
  levelsOf,
  removeAlias,
  saveLevel,
  saveSeries,
  seriesOf,
  vocabularyOf,
} from "../queries/naming.ts"

export async function index(req: Request, res: Response) {
  await naming(req, res, { typed: {}, problems: [] })
}

async function naming(req: Request, res: Response, form: object) {
  const { db, settings } = req.school
  const [levels, series, aliases] = [await levelsOf(db), await seriesOf(db), await aliasesOf(db)]
  const tried = String(req.query.try ?? "").slice(0, 60)
  const read = tried ? parseClass(tried, await vocabularyOf(db, settings.country)) : null
  res.page("classes/levels", { levels, series, aliases, tried, read, form })
}

const said = (req: Request) => ({ by: req.member, at: req.now.toISOString() })

export async function level(req: Request, res: Response) {
  const read = levelForm.read(req.body)
  if (!read.ok) return naming(req, res.status(422), under("level", read))
  await saveLevel(req.school.db, read.values, said(req))
  res.flash("classes.level_saved", { level: read.values.label }).redirect(303, "/levels")
}

export async function series(req: Request, res: Response) {
  const read = seriesForm.read(req.body)
  if (!read.ok) return naming(req, res.status(422), under("series", read))
  if (!(await levelsOf(req.school.db)).some(({ code }) => code === read.values.level)) {
    return naming(req, res.status(422), under("series", refused(read, "level", "Choisissez dans la liste.")))
  }
  await saveSeries(req.school.db, read.values, said(req))
  res.flash("classes.series_saved", { series: read.values.label }).redirect(303, "/levels")
}

/** Three forms on one page have fields of the same name: each shows its own problems. */
const under = (
  name: string,
  read: { typed: Record<string, string>; problems: { field: string; text: string }[] },
) => ({
  typed: Object.fromEntries(Object.entries(read.typed).map(([field, value]) => [`${name}-${field}`, value])),
  problems: read.problems.map(({ field, text }) => ({ field: `${name}-${field}`, text })),
})

export async function alias(req: Request, res: Response) {
  const { db } = req.school
  const read = aliasForm.read(req.body)
  if (!read.ok) return naming(req, res.status(422), under("alias", read))
  const [word, code] = read.values.target.split(":") as [string, string]
  const kind = word === "level" ? "level" : "series"
  const known = kind === "level" ? await levelsOf(db) : await seriesOf(db)
  const there = known.some((row) => row.code === code)
  if (!there || !(await addAlias(db, { alias: read.values.alias, kind, code }, said(req)))) {
    const form = there
      ? refused(read, "alias", "Ce mot a déjà un sens.")
      : refused(read, "target", "Choisissez dans la liste.")
    return naming(req, res.status(422), under("alias", form))
  }
  res.flash("classes.alias_added", { alias: read.values.alias }).redirect(303, "/levels")
}

export async function forgetAlias(req: Request, res: Response) {
  const gone = String(req.body.alias ?? "").slice(0, 40)
  await removeAlias(req.school.db, gone, said(req))
  res.flash("classes.alias_removed", { alias: gone }).redirect(303, "/levels")
}
