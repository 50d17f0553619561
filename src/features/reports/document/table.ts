// A ruled table of known heights, to be drawn whole or some rows a page.
import { printable, widthOf, wrapWithin } from "../../../documents/fonts.ts"
import {
  type Block,
  INK,
  lineHeight,
  middle,
  RULE,
  type Sheet,
  SLATE,
  TINT,
} from "../../../documents/sheet.ts"

export type Column = {
  head: string
  width: number
  align?: "left" | "center" | "right"
  bold?: boolean
  /** lines its text may take, 1 unless said: it is cut beyond */
  lines?: number
  /** smaller than the table's own size by this factor */
  scale?: number
}
export type Cell = string | { text: string; bold?: boolean; fill?: string; color?: string }
export type Row = { cells: readonly Cell[]; strong?: boolean }
export type TableStyle = { size: number; padding: number; headSize: number; headLines?: number }

export type Table = {
  width: number
  headHeight: number
  heights: number[]
  /** some rows under the head */
  part(from: number, to: number): Block
}

const INSET = 3
const LEADING = 1.08

export function table(columns: readonly Column[], rows: readonly Row[], style: TableStyle): Table {
  const { size, padding, headSize, headLines = 2 } = style
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const headHeight = headLines * lineHeight(headSize) + 5
  const sizeOf = ({ scale = 1 }: Column) => size * scale
  const linesOf = (cell: Cell, column: Column) =>
    (column.lines ?? 1) > 1
      ? wrapWithin(printable(textOf(cell)), column.width - 2 * INSET, sizeOf(column), column.lines ?? 1)
      : [textOf(cell)]
  const wrapped = rows.map(({ cells }) => columns.map((column, c) => linesOf(cells[c] ?? "", column)))
  const heights = wrapped.map(
    (cells) =>
      Math.max(
        ...cells.map((lines, c) => lines.length * lineHeight(sizeOf(columns[c] as Column)) * LEADING),
        lineHeight(size),
      ) +
      2 * padding,
  )

  function drawHead(sheet: Sheet, x: number, y: number) {
    sheet.fill(x, y, width, headHeight, TINT)
    let left = x
    for (const { head, width, align = "left" } of columns) {
      const lines = headLinesOf(head, width - 2 * INSET, headSize, headLines)
      const fitting = Math.min(1, ...lines.map((line) => (width - 2 * INSET) / widthOf(line, headSize, true)))
      const own = headSize * Math.max(0.7, fitting)
      lines.forEach((line, n) => {
        const top = y + (headHeight - lines.length * lineHeight(own)) / 2 + n * lineHeight(own)
        const room = { size: own, bold: true, color: SLATE, width: width - 2 * INSET, align }
        sheet.text(line, left + INSET, top, room)
      })
      left += width
    }
  }

  function drawRow(sheet: Sheet, r: number, x: number, y: number) {
    const { cells, strong } = rows[r] as Row
    const height = heights[r] as number
    if (strong) sheet.fill(x, y, width, height, TINT)
    let left = x
    columns.forEach((column, c) => {
      const cell = cells[c] ?? ""
      const own = typeof cell === "string" ? { text: cell } : cell
      const { align = "left" } = column
      if (own.fill) sheet.fill(left, y, column.width, height, own.fill)
      const lines = wrapped[r]?.[c] ?? []
      const step = lineHeight(sizeOf(column)) * LEADING
      const top =
        lines.length > 1 ? y + (height - lines.length * step) / 2 : y + middle(height, sizeOf(column))
      lines.forEach((line, n) => {
        sheet.text(line, left + INSET, top + n * step, {
          size: sizeOf(column),
          bold: own.bold ?? (strong || column.bold),
          color: own.color ?? INK,
          width: column.width - 2 * INSET + 0.1,
          align,
        })
      })
      left += column.width
    })
  }

  return {
    width,
    headHeight,
    heights,
    part(from, to) {
      const own = heights.slice(from, to)
      const height = headHeight + own.reduce((sum, one) => sum + one, 0)
      return {
        height,
        draw(sheet, x, y) {
          drawHead(sheet, x, y)
          let top = y + headHeight
          for (let r = from; r < to; r++) {
            drawRow(sheet, r, x, top)
            const first = r === from
            sheet.rule(x, top, x + width, top, first ? 0.9 : 0.5, first ? SLATE : RULE)
            top += heights[r] as number
          }
          let left = x
          for (const column of columns.slice(0, -1)) {
            left += column.width
            sheet.rule(left, y, left, y + height)
          }
          sheet.frame(x, y, width, height, 0.9, SLATE)
        },
      }
    },
  }
}

const textOf = (cell: Cell) => (typeof cell === "string" ? cell : cell.text)

/** Broken between words where one line is too wide. */
function headLinesOf(head: string, width: number, size: number, most: number): string[] {
  const text = printable(head)
  if (most === 1 || widthOf(text, size, true) <= width) return [text]
  const words = text.split(" ")
  let best = [text]
  for (let at = 1; at < words.length; at++) {
    const two = [words.slice(0, at).join(" "), words.slice(at).join(" ")]
    const wide = (lines: string[]) => Math.max(...lines.map((line) => widthOf(line, size, true)))
    if (wide(two) < wide(best)) best = two
  }
  return best
}

/** Rows that fit in `first` points on the first page and `others` on each later one, as [from, to]; always one at least. */
export function pagesOf(
  { headHeight, heights }: Pick<Table, "headHeight" | "heights">,
  first: number,
  others: number,
): [number, number][] {
  const pages: [number, number][] = []
  let from = 0
  while (from < heights.length) {
    const room = (pages.length === 0 ? first : others) - headHeight
    let to = from + 1
    let used = heights[from] as number
    while (to < heights.length && used + (heights[to] as number) <= room) used += heights[to++] as number
    pages.push([from, to])
    from = to
  }
  return pages
}
