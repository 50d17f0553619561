// Statistics of a period: classes, subjects, subjects by class, the year; on screen, on paper, in files.
import type { Request, Response } from "express"
import { csvText } from "../../../documents/csv.ts"
import { renderInWorker } from "../../../documents/pool.ts"
import type { WorkbookSheet } from "../../../documents/workbook.ts"
import { notFound } from "../../../web/refusal.ts"
import { sendPdf } from "../../papers/files.ts"
import { barsPath, linePath } from "../rules/plots.ts"
import {
  CLASSES_HEAD,
  classFigureRows,
  type Figure,
  figureText,
  SUBJECTS_HEAD,
  subjectFigureRows,
} from "../rules/report.ts"
import { binLabels, heatOf, percent, shownUnits } from "../rules/statistics.ts"
import { statisticsOf } from "../statistics.ts"
import { aroundPaper, classesFor, classPeriodFor, periodOf, yearAsked } from "./asking.ts"
import { sendFile } from "./files.ts"

const VIEWS = {
  classes: "Classes",
  distribution: "Répartition",
  subjects: "Matières",
  heat: "Matières par classe",
  evolution: "Évolution",
} as const
type View = keyof typeof VIEWS
const viewOf = (word: unknown): View =>
  typeof word === "string" && Object.hasOwn(VIEWS, word) ? (word as View) : "classes"

const shownWith = { shownUnits, percent, heatOf, binLabels, barsPath, linePath }

async function asked(req: Request) {
  const year = await yearAsked(req)
  const period = year && periodOf(req, year)
  if (!year || !period) return null
  const classes = await classesFor(req, year.id)
  const { periods, current } = year
  const statistics = await statisticsOf(req.school.db, { classes, periods, period, current })
  return { year, period, statistics }
}

export async function show(req: Request, res: Response) {
  const show = viewOf(req.query.show)
  const found = await asked(req)
  const queryOf = (changes: Record<string, unknown>) => {
    const said = {
      show,
      year: found?.year.current ? "" : found?.year.id,
      period: found?.period.id,
      ...changes,
    }
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(said)) if (value) query.set(key, String(value))
    return query.toString()
  }
  res.page("reports/statistics", { ...found, show, views: VIEWS, queryOf, ...shownWith })
}

/** One class: its distribution, its subjects, girls and boys, its year. */
export async function ofClass(req: Request, res: Response) {
  const { year, period, schoolClass } = await classPeriodFor(req)
  const { periods, current } = year
  const statistics = await statisticsOf(req.school.db, { classes: [schoolClass], periods, period, current })
  const [one] = statistics.classes
  res.page("reports/class", {
    year,
    period,
    schoolClass,
    one,
    evolution: statistics.evolution.rows[0],
    ...shownWith,
  })
}

/** The whole period as PDF, CSV or workbook. */
export async function file(req: Request, res: Response) {
  const found = await asked(req)
  if (!found) throw notFound()
  const { year, period, statistics } = found
  const name = `statistiques-${year.label}-${period.code}`
  if (req.query.format === "pdf") return sendPdf(res, await paper(req, found), `${name}.pdf`)
  const classRows = classFigureRows(statistics.classes)
  const subjectRows = subjectFigureRows(statistics.classes, statistics.subjects)
  if (req.query.format === "xlsx") {
    const sheets = [sheet("Classes", CLASSES_HEAD, classRows), sheet("Matières", SUBJECTS_HEAD, subjectRows)]
    return sendFile(res, await renderInWorker("sheets", sheets), `${name}.xlsx`)
  }
  const subjects = req.query.format === "subjects"
  const [head, rows] = subjects ? [SUBJECTS_HEAD, subjectRows] : [CLASSES_HEAD, classRows]
  const text = csvText([head, ...rows.map((row) => row.map(figureText))])
  sendFile(res, Buffer.from(text), `${name}${subjects ? "-matieres" : ""}.csv`)
}

const sheet = (name: string, head: string[], rows: Figure[][]): WorkbookSheet => ({
  name,
  head,
  widths: head.map((title, n) => (n < 2 ? 22 : Math.max(9, title.length))),
  rows: rows.map((row) =>
    row.map((figure) =>
      figure !== null && typeof figure === "object"
        ? { hundredths: Math.round((figure.units * 100) / 10 ** figure.decimals) }
        : figure,
    ),
  ),
})

function paper(req: Request, { year, period, statistics }: NonNullable<Awaited<ReturnType<typeof asked>>>) {
  const { classes, together, subjects, heat, evolution, provisional } = statistics
  const note =
    provisional === 0
      ? ""
      : provisional === 1
        ? "Une classe n’est pas publiée : ses chiffres sont provisoires."
        : `${provisional} classes ne sont pas publiées : leurs chiffres sont provisoires.`
  const around = aroundPaper(req, year.label)
  return renderInWorker("statistics", {
    ...around,
    periodLabel: period.label,
    note,
    classes,
    together,
    subjects,
    heat,
    evolution,
  })
}
