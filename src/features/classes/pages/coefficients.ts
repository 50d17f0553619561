// The templates: one table of coefficients for each level and series of a school year.
import type { Request, Response } from "express"
import { type Problem, refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { noYear } from "../../people/pages/asking.ts"
import { readLines, tableForm } from "../forms.ts"
import {
  classCounts,
  copyTables,
  linesOfTemplate,
  saveTable,
  type TemplateLine,
  tablesOf,
  yearsOf,
} from "../queries/coefficients.ts"
import { levelsOf, seriesOf } from "../queries/naming.ts"
import { listSubjects } from "../queries/subjects.ts"
import { CONFIDENCE_WORDS, GROUPS } from "../reference.ts"
import { totalCoefficient } from "../rules.ts"
import { outdated, seenOf } from "../seen.ts"

type Year = Awaited<ReturnType<typeof yearsOf>>[number]

/** The school year asked for, else the current one; 404 for a year that is none. */
async function yearFor(req: Request, asked: unknown): Promise<{ year: Year; years: Year[]; open: boolean }> {
  const years = await yearsOf(req.school.db)
  const current = years.find(({ id }) => id === req.school.year?.id)
  const year = asked ? years.find(({ id }) => id === rowNumber(asked)) : (current ?? years[0])
  if (!year) {
    if (asked) throw notFound()
    throw noYear()
  }
  const open = !current || year.starts_on >= current.starts_on
  return { year, years, open: open && req.can("classes.coefficients") }
}

export async function index(req: Request, res: Response) {
  const { db } = req.school
  if (req.query.level !== undefined) return show(req, res)
  const { year, years, open } = await yearFor(req, req.query.year)
  const [tables, counts] = [await tablesOf(db, year.id), await classCounts(db, year.id)]
  const [levels, series] = [await levelsOf(db), await seriesOf(db)]
  const same = <T extends { level_code: string; series_code: string }>(
    rows: T[],
    level: string,
    code: string,
  ) => rows.find((row) => row.level_code === level && row.series_code === code)
  const rows = levels.flatMap(({ code: level, label }) => {
    const own = series
      .filter(({ level_code }) => level_code === level)
      .map((one) => ({ code: one.code, label: one.label }))
    const bare = own.length === 0 || same(tables, level, "") ? [{ code: "", label: "Sans série" }] : []
    return [...own, ...bare].map((one) => ({
      level,
      level_label: label,
      ...one,
      table: same(tables, level, one.code),
      classes: Number(same(counts, level, one.code)?.n ?? 0),
    }))
  })
  const empty = tables.length === 0
  res.page("classes/coefficients", { rows, year, years, open, empty, words: CONFIDENCE_WORDS })
}

/** The table named in the address or in the form: a level there is, and a series of it or none. */
async function tableFor(req: Request, asked: Record<string, unknown>) {
  const { db } = req.school
  const { year, open } = await yearFor(req, asked.year)
  const level = (await levelsOf(db)).find(({ code }) => code === asked.level)
  const code = String(asked.series ?? "")
  const series = (await seriesOf(db)).find((one) => one.code === code && one.level_code === level?.code)
  if (!level || (code && !series)) throw notFound()
  const lines = await linesOfTemplate(db, year.id, level.code, code)
  return { year, open, level, series: code, seriesLabel: series?.label ?? "Sans série", lines }
}

type Table = Awaited<ReturnType<typeof tableFor>>

async function show(req: Request, res: Response) {
  const table = await tableFor(req, req.query)
  const typed = { source: table.lines[0]?.source ?? "", confidence: table.lines[0]?.confidence ?? "L" }
  await editing(req, res, table, { typed, problems: [] })
}

async function editing(req: Request, res: Response, table: Table, form: object, extra: object = {}) {
  const had = new Set(table.lines.map(({ subject_id }) => subject_id))
  const others = (await listSubjects(req.school.db, table.year.id)).filter(
    ({ id, active }) => active && !had.has(id),
  )
  const total = totalCoefficient(table.lines)
  const seen = seenOf(table.lines)
  res.page("classes/coefficient_table", {
    ...table,
    others,
    total,
    seen,
    form,
    groups: GROUPS,
    words: CONFIDENCE_WORDS,
    ...extra,
  })
}

export async function save(req: Request, res: Response) {
  const table = await tableFor(req, req.body)
  if (!table.open) throw new Refusal(409, "Les coefficients d’une année passée ne changent plus.")
  const { lines } = table
  const read = readLines(
    req.body,
    lines.map(({ id }) => id),
  )
  const about = tableForm.read(req.body)
  if (outdated(req, lines)) {
    return editing(req, res.status(409), table, { typed: read.typed, problems: [] }, { conflict: true })
  }
  const problems: Problem[] = [...read.problems, ...about.problems]
  if (!read.ok || !about.ok) return editing(req, res.status(422), table, { typed: read.typed, problems })
  const subject = rowNumber(about.values.add)
    ? (await listSubjects(req.school.db, table.year.id)).find(({ id }) => id === rowNumber(about.values.add))
    : undefined
  if (about.values.add && (!subject || lines.some(({ subject_id }) => subject_id === subject.id))) {
    return editing(req, res.status(422), table, refused(read, "add", "Choisissez une matière de la liste."))
  }
  const typed = (line: TemplateLine) => read.lines.get(line.id)
  await saveTable(
    req.school.db,
    req.member,
    {
      year: table.year.id,
      level: table.level.code,
      series: table.series,
      source: about.values.source,
      confidence: about.values.confidence,
      kept: lines.flatMap((from) => {
        const line = typed(from)
        if (!line || line.remove) return []
        const { coefficient, group_code, optional, position } = line
        return [{ from, to: { coefficient, group_code, optional, position } }]
      }),
      removed: lines.filter((line) => typed(line)?.remove),
      added: subject
        ? { subject_id: subject.id, code: subject.code, coefficient: about.values.add_coefficient }
        : null,
    },
    req.now,
  )
  res.flash("classes.table_saved", { level: table.level.label, series: table.series })
  res.redirect(
    303,
    `/coefficients?${new URLSearchParams({ year: String(table.year.id), level: table.level.code, series: table.series })}`,
  )
}

/** Brings a new year the tables of an earlier one. */
export async function copy(req: Request, res: Response) {
  const { year, open, years } = await yearFor(req, req.body.year)
  const from = years.find(({ id }) => id === rowNumber(req.body.from))
  if (!from || !open || from.id === year.id) throw notFound()
  const n = await copyTables(req.school.db, req.member, from.id, year.id, req.now)
  res.flash("classes.tables_copied", { n, from: from.label, to: year.label })
  res.redirect(303, `/coefficients?year=${year.id}`)
}
