// Statistics of a period on A4 landscape: classes, distributions, subjects, subjects by class, the year. The plots are
// lines and fills like everything else: they print sharp at any size.
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { PdfmakeSheet, QUIET, RULE, type Sheet, SLATE } from "../../../documents/sheet.ts"
import type { Evolution, HeatTable, StatisticsData } from "../contract.ts"
import {
  type ClassStatistics,
  heatOf,
  percent,
  type Summary,
  shownUnits,
  type Together,
} from "../rules/statistics.ts"
import { evolution, histogram } from "./plots.ts"
import { type Cell, type Column, pagesOf, type Row, type Table, table } from "./table.ts"

const [PAGE_WIDTH, PAGE_HEIGHT] = [PAGE.height, PAGE.width]
const MARGIN = { x: 36, top: 28, bottom: 30 }
const WIDTH = PAGE_WIDTH - 2 * MARGIN.x
const END = PAGE_HEIGHT - MARGIN.bottom - 8
const TOP = MARGIN.top + 40
const LOOK = { size: 8.2, padding: 2, headSize: 7.2 }

/** One page of the report under its heading. */
type Part = { heading: string; under: string; draw(sheet: Sheet, top: number): void }

export function renderStatistics(data: StatisticsData): Promise<Uint8Array> {
  const pictures = new Pictures()
  const logo = pictures.name(data.schoolHead.logoPng)
  const head = officialHead(data.schoolHead, data.schoolYear, { width: WIDTH, scale: 0.95, logo })
  const parts = [
    ...tableParts(
      "Par classe",
      "Élèves classés ; la moyenne est celle des bulletins.",
      classesTable(data),
      head.height + 14,
    ),
    ...distributionParts(data),
    ...tableParts(
      "Par matière, toutes classes",
      "Élèves qui ont une moyenne dans la matière.",
      subjectsTable(data),
    ),
    ...tableParts("Moyennes par matière et par classe", HEAT_WORDS, heatTable(data.heat)),
    ...evolutionParts(data.evolution),
  ]
  function* sheets() {
    for (const [n, part] of parts.entries()) {
      const sheet = new PdfmakeSheet()
      let top = MARGIN.top
      if (n === 0) {
        head.draw(sheet, MARGIN.x, top)
        top += head.height + 14
      }
      sheet.text(part.heading, MARGIN.x, top, { size: 13, bold: true, color: SLATE, width: WIDTH * 0.6 })
      const period = `Statistiques · ${data.periodLabel} · ${data.schoolYear}`
      sheet.text(period, MARGIN.x, top + 2, { size: 10, bold: true, width: WIDTH, align: "right" })
      const under = n === 0 && data.note ? `${part.under} ${data.note}` : part.under
      sheet.text(under, MARGIN.x, top + 19, { size: 7.6, color: QUIET, width: WIDTH })
      part.draw(sheet, top + 36)
      const foot = PAGE_HEIGHT - MARGIN.bottom
      sheet.rule(MARGIN.x, foot, MARGIN.x + WIDTH, foot, 0.4, RULE)
      const small = { size: 7, color: QUIET, width: WIDTH }
      sheet.text(`${data.schoolHead.name} · ${data.placeAndDate}`, MARGIN.x, foot + 4, small)
      sheet.text(`page ${n + 1} sur ${parts.length}`, MARGIN.x, foot + 4, { ...small, align: "right" })
      yield sheet.node()
    }
  }
  const info = {
    title: `Statistiques – ${data.periodLabel} ${data.schoolYear}`,
    author: data.schoolHead.name,
    createdAt: data.createdAt,
    landscape: true,
  }
  return renderSheets(info, sheets(), pictures.images)
}

/** A table on as many pages as it takes; `over` is what stands above it on the very first page. */
function tableParts(heading: string, under: string, made: Table, over = 0): Part[] {
  const room = END - TOP + 4
  const pages = pagesOf(made, room - over, room)
  return pages.map(([from, to], n) => ({
    heading: n === 0 ? heading : `${heading} (suite)`,
    under,
    draw: (sheet, top) => made.part(from, to).draw(sheet, MARGIN.x, top),
  }))
}

const number = (head: string, width: number): Column => ({ head, width, align: "right" })

function summaryCells(
  { n, mean, median, highest, lowest, passed, share }: Summary,
  decimals: number,
): Cell[] {
  const of = (units: number | null) => shownUnits(units, decimals)
  return [
    String(n),
    { text: of(mean), bold: true },
    of(median),
    of(highest),
    of(lowest),
    String(passed),
    percent(share),
  ]
}

const sexCells = ({ n, mean, share }: Summary, decimals: number): Cell[] => [
  String(n),
  shownUnits(mean, decimals),
  percent(share),
]

const SUMMARY = [
  number("Classés", 46),
  number("Moyenne", 50),
  number("Médiane", 50),
  number("Plus haute", 50),
  number("Plus basse", 50),
  number("Reçus", 42),
  number("% reçus", 44),
]
const SEXES = [
  number("Filles", 38),
  number("Moy. filles", 44),
  number("% reçues", 44),
  number("Garçons", 42),
  number("Moy. garçons", 48),
  number("% reçus", 44),
]
const widthOf = (columns: readonly Column[]) => columns.reduce((sum, { width }) => sum + width, 0)

function classesTable({ classes, together }: StatisticsData): Table {
  const columns = [
    { head: "Classe", width: WIDTH - widthOf(SUMMARY) - widthOf(SEXES) - 44, bold: true },
    number("Inscrits", 44),
    ...SUMMARY,
    ...SEXES,
  ]
  const row = (label: string, one: ClassStatistics | Together): Row => ({
    strong: !("label" in one),
    cells: [
      label,
      String(one.enrolled),
      ...summaryCells(one.all, one.decimals),
      ...sexCells(one.girls, one.decimals),
      ...sexCells(one.boys, one.decimals),
    ],
  })
  const rows = classes.map((one) => row(`${one.label}${one.provisional ? " (provisoire)" : ""}`, one))
  const sums = together.map((one) =>
    row(together.length > 1 ? `Ensemble, sur ${one.scaleMax}` : "Ensemble", one),
  )
  return table(columns, [...rows, ...sums], LOOK)
}

function subjectsTable({ subjects }: StatisticsData): Table {
  const summary = [number("Élèves", 46), ...SUMMARY.slice(1)]
  const columns = [
    { head: "Matière", width: WIDTH - widthOf(summary) - widthOf(SEXES) - 44, bold: true },
    number("Classes", 44),
    ...summary,
    ...SEXES,
  ]
  const rows = subjects.map(
    (one): Row => ({
      cells: [
        one.label,
        String(one.classes),
        ...summaryCells(one.all, one.decimals),
        ...sexCells(one.girls, one.decimals),
        ...sexCells(one.boys, one.decimals),
      ],
    }),
  )
  return table(columns, rows, LOOK)
}

const HEAT_WORDS =
  "Fond gris : sous la moyenne d’admission ; fond plus foncé : très au-dessous ; en gras : bien au-dessus."
const FILLS = { far: "#b9c1c5", below: "#e1e5e7", above: "", high: "" }

function heatTable({ subjects, rows }: HeatTable): Table {
  const first = 96
  const each = Math.min(62, (WIDTH - first) / (subjects.length + 1))
  const columns: Column[] = [
    { head: "Classe", width: first, bold: true },
    ...subjects.map(({ short }) => number(short, each)),
    number("Générale", each),
  ]
  const cell = (mean: number | null, of: HeatTable["rows"][number]): Cell => {
    if (mean === null) return "–"
    const heat = heatOf(mean, of)
    return {
      text: shownUnits(mean, of.decimals),
      bold: heat === "high",
      ...(FILLS[heat] ? { fill: FILLS[heat] } : {}),
    }
  }
  return table(
    columns,
    rows.map((row) => ({
      cells: [row.label, ...row.means.map((mean) => cell(mean, row)), cell(row.general, row)],
    })),
    { ...LOOK, size: each < 40 ? 7 : 8.2 },
  )
}

const PLOT = { columns: 4, rows: 3, gapX: 22, gapY: 20 }

/** A histogram for each class, twelve a page, all with the same tenths of the scale. */
function distributionParts({ classes, together }: StatisticsData): Part[] {
  const all = [
    ...classes.map(({ label, bins, scaleMax, all }) => ({ label, bins, scaleMax, n: all.n })),
    ...together.map(({ bins, scaleMax, all }) => ({ label: "Ensemble", bins, scaleMax, n: all.n })),
  ].filter(({ n }) => n > 0)
  const page = PLOT.columns * PLOT.rows
  const pages = Array.from({ length: Math.ceil(all.length / page) }, (_, n) =>
    all.slice(n * page, (n + 1) * page),
  )
  return pages.map((some, n) => ({
    heading: n === 0 ? "Répartition des moyennes générales" : "Répartition des moyennes générales (suite)",
    under: "Nombre d’élèves classés par tranche d’un dixième de l’échelle.",
    draw(sheet, top) {
      const width = (WIDTH - PLOT.gapX * (PLOT.columns - 1)) / PLOT.columns
      const height = (END - top - PLOT.gapY * (PLOT.rows - 1)) / PLOT.rows
      some.forEach((one, index) => {
        const x = MARGIN.x + (index % PLOT.columns) * (width + PLOT.gapX)
        const y = top + Math.floor(index / PLOT.columns) * (height + PLOT.gapY)
        histogram(sheet, one, { x, y, width, height })
      })
    },
  }))
}

/** Each class's mean over the year, as a line over its figures. */
function evolutionParts({ periods, rows }: Evolution): Part[] {
  const known = rows.filter(({ means }) => means.filter((mean) => mean !== null).length > 1)
  if (known.length === 0) return []
  const columns = 5
  const height = 92
  const down = Math.floor((END - TOP) / (height + 16))
  const page = columns * down
  const pages = Array.from({ length: Math.ceil(known.length / page) }, (_, n) =>
    known.slice(n * page, (n + 1) * page),
  )
  return pages.map((some, n) => ({
    heading: n === 0 ? "Évolution sur l’année" : "Évolution sur l’année (suite)",
    under: `Moyenne de chaque classe : ${periods.join(", ")}. Le trait gris est la moyenne d’admission.`,
    draw(sheet, top) {
      const width = (WIDTH - PLOT.gapX * (columns - 1)) / columns
      some.forEach((one, index) => {
        const x = MARGIN.x + (index % columns) * (width + PLOT.gapX)
        const y = top + Math.floor(index / columns) * (height + 16)
        evolution(sheet, one, { x, y, width, height })
      })
    },
  }))
}
