// The table of marks: a line per subject, a subtotal per group, the general total. Columns follow the profile's
// categories and what the school prints (domain.md §1.3, §1.5).

import { printable, widthOf, wrapWithin } from "../../../documents/fonts.ts"
import {
  type Block,
  INK,
  lineHeight,
  middle,
  QUIET,
  RULE,
  type Sheet,
  SLATE,
  TINT,
} from "../../../documents/sheet.ts"
import type { BulletinData, BulletinLine } from "../contract.ts"
import { modelOf } from "../model.ts"
import { columnsOf, type TotalKey } from "./columns.ts"
import type { Room } from "./identity.ts"

/** Sizes of one way to set the table, in points at scale 1. */
export type Density = {
  body: number
  small: number
  padding: number
  appreciationLines: number
  /** From line to line of a remark, as a multiple of its size. */
  leading: number
}

type Row =
  | { kind: "subject"; line: BulletinLine; appreciation: string[]; cut: boolean; height: number }
  | {
      kind: "total"
      label: string
      values: Partial<Record<TotalKey, string>>
      final: boolean
      height: number
    }

const SUBJECT = { least: 84, most: 140 }

export type MarksTable = Block & {
  rows: number
  /** No remark is cut. */
  whole: boolean
  /** The same table with its rows spread apart by that many points each. */
  spread(points: number): MarksTable
}

export function marksTable(data: BulletinData, room: Room, density: Density, rowRoom = 0): MarksTable {
  const { width, scale } = room
  const size = density.body * scale
  const small = density.small * scale
  const padding = density.padding * scale
  const model = modelOf(data)
  const remarked = model.columns.appreciation
  const under = (line: BulletinLine) => underOf(line, model.columns.teacher)
  const inset = 3 * scale
  const widest = Math.max(
    ...data.lines.map((line) => Math.max(widthOf(line.subject, size, true), widthOf(under(line), small))),
  )
  const named = Math.min(Math.max(widest + 2.5 * inset, SUBJECT.least * scale), SUBJECT.most * scale)
  const columns = columnsOf(data, width - named, scale)
  const numbersWidth = columns.reduce((sum, column) => sum + column.width, 0)
  const subjectWidth = remarked ? Math.min(named, (width - numbersWidth) * 0.6) : width - numbersWidth
  const remarkWidth = width - numbersWidth - subjectWidth
  const headSize = 6.8 * scale
  const headHeight = 2 * lineHeight(headSize) + 4 * scale
  const totalHeight = lineHeight(size) + 2 * padding + 2 * scale

  const namedHeight = (line: BulletinLine) => lineHeight(size) + (under(line) ? lineHeight(small) : 0)
  const remarksAt = (line: BulletinLine, remarkSize: number, most: number) =>
    remarked ? wrapWithin(printable(line.appreciation), remarkWidth - 2 * inset, remarkSize, most) : []
  // Remarks are as large as the marks where none makes its row higher or is cut, small everywhere otherwise.
  const great = size * 0.92
  const { appreciationLines, leading } = density
  const roomy = data.lines.every((line) => {
    const lines = remarksAt(line, great, 4).length
    return lines <= appreciationLines && lines * great * leading <= namedHeight(line)
  })
  const remarkSize = roomy ? great : small

  const subjectRow = (line: BulletinLine): Row => {
    const appreciation = remarksAt(line, remarkSize, appreciationLines)
    const said = appreciation.length * remarkSize * leading
    const height = Math.max(namedHeight(line), said) + 2 * padding + rowRoom
    const cut = Boolean(appreciation.at(-1)?.endsWith("…")) && !line.appreciation.endsWith("…")
    return { kind: "subject", line, appreciation, cut, height }
  }
  const rows = rowsOf(data, subjectRow, totalHeight)
  const height = headHeight + rows.reduce((sum, row) => sum + row.height, 0)

  function drawHead(sheet: Sheet, x: number, y: number) {
    sheet.fill(x, y, width, headHeight, TINT)
    const style = { size: headSize, bold: true, color: SLATE }
    const one = y + middle(headHeight, headSize)
    sheet.text("Matières", x + inset, one, style)
    let left = x + subjectWidth
    for (const column of columns) {
      const { lines, size } = headLines(column.head, column.width - 4 * scale, headSize)
      let top = y + (headHeight - lines.length * lineHeight(size)) / 2
      for (const line of lines) {
        sheet.text(line, left + inset / 2, top, {
          ...style,
          size,
          width: column.width - inset,
          align: "center",
        })
        top += lineHeight(size)
      }
      left += column.width
    }
    if (remarked) sheet.text("Appréciations", left + inset, one, style)
  }

  function drawSubject(
    sheet: Sheet,
    { line, appreciation, height }: Row & { kind: "subject" },
    x: number,
    y: number,
  ) {
    const top = y + (height - namedHeight(line)) / 2
    const names = { size, bold: true, color: INK, width: subjectWidth - 2 * inset }
    sheet.text(line.subject, x + inset, top, names)
    const teacher = { size: small, color: QUIET, width: subjectWidth - 2 * inset }
    sheet.text(under(line), x + inset, top + lineHeight(size), teacher)
    let left = x + subjectWidth
    for (const { width, value, bold, centred } of columns) {
      const align = centred ? ("center" as const) : ("right" as const)
      const style = { size, bold, width: width - 2 * inset, align }
      sheet.text(value(line), left + inset, y + middle(height, size), style)
      left += width
    }
    let remarkTop = y + (height - appreciation.length * remarkSize * leading) / 2
    for (const remark of appreciation) {
      sheet.text(remark, left + inset, remarkTop, { size: remarkSize, color: INK })
      remarkTop += remarkSize * leading
    }
  }

  function drawTotal(sheet: Sheet, row: Row & { kind: "total" }, x: number, y: number) {
    if (row.final) sheet.fill(x, y, width, row.height, TINT)
    const middleTop = y + middle(row.height, size)
    let labelWidth = subjectWidth
    for (const column of columns) {
      if (column.total && row.values[column.total]) break
      labelWidth += column.width
    }
    const style = { size, bold: true, color: SLATE }
    sheet.text(row.label, x + inset, middleTop, { ...style, width: labelWidth - 2 * inset })
    let left = x + subjectWidth
    for (const { width, total } of columns) {
      const value = total && row.values[total]
      if (value) sheet.text(value, left, middleTop, { ...style, width: width - inset, align: "right" })
      left += width
    }
  }

  function drawGrid(sheet: Sheet, x: number, y: number) {
    sheet.rule(x, y, x + width, y, 0.9 * scale, SLATE)
    let top = y + headHeight
    let upright = y
    const uprights = (from: number, to: number) => {
      let left = x + subjectWidth
      for (const column of columns) {
        sheet.rule(left, from, left, to)
        left += column.width
      }
      if (remarked) sheet.rule(left, from, left, to)
    }
    for (const row of rows) {
      const strong = row.kind === "total" || row === rows[0]
      sheet.rule(x, top, x + width, top, strong ? 0.9 * scale : 0.5, strong ? SLATE : RULE)
      if (row.kind === "total") {
        if (upright < top) uprights(upright, top)
        upright = top + row.height
      }
      top += row.height
    }
    if (upright < top) uprights(upright, top)
    sheet.frame(x, y, width, height, 0.9 * scale, SLATE)
  }

  return {
    height,
    rows: rows.length,
    whole: rows.every((row) => row.kind === "total" || !row.cut),
    spread: (points) => marksTable(data, room, density, points),
    draw(sheet, x, y) {
      drawHead(sheet, x, y)
      let top = y + headHeight
      for (const row of rows) {
        if (row.kind === "subject") drawSubject(sheet, row, x, top)
        else drawTotal(sheet, row, x, top)
        top += row.height
      }
      drawGrid(sheet, x, y)
    },
  }
}

/** What stands under a subject: "facultative · M. Seydou BALLO". */
const underOf = ({ flags, teacher }: BulletinLine, named: boolean) =>
  printable([...flags, named ? teacher : ""].filter(Boolean).join(" · "))

/** A column's head in one line or two, between words, set smaller where it is too wide. */
function headLines(head: string, width: number, size: number) {
  const words = printable(head).split(" ")
  const wide = (text: string) => widthOf(text, size, true)
  let lines = [words.join(" ")]
  for (let at = 1; at < words.length; at++) {
    const two = [words.slice(0, at).join(" "), words.slice(at).join(" ")]
    if (Math.max(...lines.map(wide)) > width && Math.max(...two.map(wide)) < Math.max(...lines.map(wide)))
      lines = two
  }
  return { lines, size: Math.max(size * 0.6, size * Math.min(1, width / Math.max(...lines.map(wide)))) }
}

function rowsOf(data: BulletinData, subjectRow: (line: BulletinLine) => Row, height: number): Row[] {
  const { lines, groups, totals, output, generalAverage } = data
  const rows: Row[] = []
  const grouped = new Set(groups.map((group) => group.code))
  for (const group of groups) {
    const members = lines.filter((line) => line.group === group.code)
    if (members.length === 0) continue
    rows.push(...members.map(subjectRow))
    if (!output.average || !modelOf(data).blocks.groupTotals) continue
    const { average, coefficient, points } = group
    rows.push({
      kind: "total",
      label: `Total partiel – ${group.label}`,
      values: { average, coefficient, points },
      final: false,
      height,
    })
  }
  rows.push(...lines.filter((line) => line.group === null || !grouped.has(line.group)).map(subjectRow))
  if (output.average) {
    const bonus = totals.bonus ? ` (dont bonus ${totals.bonus})` : ""
    const { earlier = [], annual = null } = data.yearColumns?.general ?? {}
    const values: Partial<Record<TotalKey, string>> = {
      average: generalAverage ?? "",
      coefficient: totals.coefficient,
      points: totals.points,
      ...Object.fromEntries(earlier.map((average, n) => [`earlier${n}`, average])),
      ...(annual ? { annual } : {}),
    }
    rows.push({ kind: "total", label: `TOTAL GÉNÉRAL${bonus}`, values, final: true, height })
  }
  return rows
}
