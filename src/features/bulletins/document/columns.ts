// Which columns of numbers the table of marks has, and how wide they are.
import type { BulletinData, BulletinLine } from "../contract.ts"
import { modelOf } from "../model.ts"

export type TotalKey = "average" | "coefficient" | "points" | "annual" | `earlier${number}`

export type Column = {
  head: string
  width: number
  value(line: BulletinLine): string
  bold?: boolean
  centred?: boolean
  total?: TotalKey
}

/** Room that remarks keep beside the numbers, at scale 1. */
const REMARK_ROOM = 64
/** A number of five signs still stands in its column. */
const LEAST_SHARE = 0.8

/** One column per category label met, in order, then what the school prints; `room` is for them and the remarks. */
export function columnsOf(data: BulletinData, room: number, scale: number): Column[] {
  const { lines, output, scaleMax } = data
  const model = modelOf(data)
  const shown = model.columns
  const year = output.average ? data.yearColumns : undefined
  const labels = shown.categories
    ? [...new Set(lines.flatMap((line) => line.categories.map((category) => category.label)))]
    : []
  const each = output.average ? (labels.length > 3 ? 33 : 42) : Math.min(80, 240 / labels.length)
  const columns: Column[] = (year?.earlier ?? []).map((code, n) => ({
    head: `${code} /${scaleMax}`,
    width: 34 * scale,
    value: (line) => line.year?.earlier[n] ?? "–",
    total: `earlier${n}` as const,
  }))
  for (const label of labels) {
    columns.push({
      head: label,
      width: each * scale,
      centred: !output.average, // letters and percentages of competences
      value: (line) => line.categories.find((category) => category.label === label)?.display ?? "–",
    })
  }
  if (output.average) {
    columns.push({
      head: year ? `${year.current} /${scaleMax}` : `Moyenne /${scaleMax}`,
      width: 42 * scale,
      value: (line) => line.average,
      bold: true,
      total: "average",
    })
    if (shown.coefficient) {
      const value = (line: BulletinLine) => line.coefficient
      columns.push({ head: "Coef.", width: 28 * scale, value, total: "coefficient" })
    }
    if (shown.points) {
      const value = (line: BulletinLine) => line.points
      columns.push({ head: "Moy. × coef.", width: 42 * scale, value, total: "points" })
    }
  }
  if (output.rank && shown.rank && lines.some((line) => line.rank)) {
    columns.push({
      head: "Rang",
      width: 36 * scale,
      value: (line) => line.rank?.replace(" ex aequo", " ex") ?? "–",
    })
  }
  if (output.average && shown.classMean && lines.some((line) => line.classMean)) {
    columns.push({ head: "Moy. de la classe", width: 38 * scale, value: (line) => line.classMean ?? "–" })
  }
  if (year?.annual) {
    const value = (line: BulletinLine) => line.year?.annual ?? "–"
    columns.push({ head: `Année /${scaleMax}`, width: 40 * scale, value, bold: true, total: "annual" })
  }
  // without a model as it always was: a bulletin reprints to the point
  return data.model ? fitted(columns, room - (shown.appreciation ? REMARK_ROOM * scale : 0)) : columns
}

/** Narrower where subjects and remarks would have no room left. */
function fitted(columns: Column[], room: number): Column[] {
  const wide = columns.reduce((sum, column) => sum + column.width, 0)
  const share = Math.max(LEAST_SHARE, Math.min(1, room / wide))
  return share === 1 ? columns : columns.map((column) => ({ ...column, width: column.width * share }))
}
