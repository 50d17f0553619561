// A fixed form: texts, rules and images put at measured places of one page. Nothing flows, so a form is known to
// fit before it is drawn, and it costs pdfmake a third less than the same page as tables. Papers that flow over
// pages (lists, minutes) hand pdfmake nodes to renderFlow instead. All measures are points from the top left.

import { ASCENT, cut, LINE_HEIGHT, printable, widthOf } from "./fonts.ts"

export const INK = "#1b1f22"
export const SLATE = "#22303a"
export const QUIET = "#535d64"
export const RULE = "#9aa3a8"
export const TINT = "#eceff0"

export type TextStyle = {
  size: number
  bold?: boolean
  color?: string
  /** Room for the text: it is set smaller, to 70 % at most, then cut, rather than run over. */
  width?: number
  /** Within `width`. */
  align?: "left" | "center" | "right"
}

/** What a form needs of the page it is drawn on. */
export type Sheet = {
  text(text: string, x: number, y: number, style: TextStyle): void
  rule(x1: number, y1: number, x2: number, y2: number, thickness?: number, color?: string): void
  fill(x: number, y: number, width: number, height: number, color: string): void
  frame(x: number, y: number, width: number, height: number, thickness?: number, color?: string): void
  /** An image of the document by name, as large as fits in the box, centred across. */
  image(name: string, x: number, y: number, width: number, height: number): void
}

/** A part of a form whose height is known before it is drawn. */
export type Block = { height: number; draw(sheet: Sheet, x: number, y: number): void }

/** Height of one line of text of that size. */
export const lineHeight = (size: number) => size * LINE_HEIGHT

/** How far down a line of that size starts to stand in the middle of `height`. */
export const middle = (height: number, size: number) => (height - lineHeight(size)) / 2

/** The text as it will stand in its room: cleaned, its size, and how far right it starts. */
export function place(raw: string, { size, bold = false, width, align = "left" }: TextStyle) {
  let text = printable(raw)
  if (width === undefined) return { text, size, shift: 0 }
  let wide = widthOf(text, size, bold)
  if (wide > width) {
    size = Math.max(size * 0.7, Math.floor((size * width * 20) / wide) / 20)
    text = cut(text, width, size, bold)
    wide = widthOf(text, size, bold)
  }
  const shift = align === "left" ? 0 : align === "right" ? width - wide : (width - wide) / 2
  return { text, size, shift }
}

// A tenth of a point is a thirtieth of a millimetre; fewer digits make the file smaller.
const round = (points: number) => Math.round(points * 10) / 10

/** A page for pdfmake. Lines and fills of one kind become one path. */
export class PdfmakeSheet implements Sheet {
  private texts: object[] = []
  private fills = new Map<string, string>()
  private strokes = new Map<string, string>()

  text(raw: string, x: number, y: number, style: TextStyle) {
    const { text, size, shift } = place(raw, style)
    if (text === "") return
    // A text set smaller stands on the same line of writing as its neighbours; it is that line which is rounded.
    const baseline = round(y + style.size * ASCENT)
    this.texts.push({
      text,
      noWrap: true,
      fontSize: size,
      bold: style.bold,
      color: style.color,
      absolutePosition: { x: round(x + shift), y: baseline - size * ASCENT },
    })
  }

  rule(x1: number, y1: number, x2: number, y2: number, thickness = 0.5, color = RULE) {
    this.stroke(`M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`, thickness, color)
  }

  frame(x: number, y: number, width: number, height: number, thickness = 0.5, color = RULE) {
    this.stroke(rectangle(x, y, width, height), thickness, color)
  }

  fill(x: number, y: number, width: number, height: number, color: string) {
    this.fills.set(color, (this.fills.get(color) ?? "") + rectangle(x, y, width, height))
  }

  image(name: string, x: number, y: number, width: number, height: number) {
    const picture = { image: name, fit: [width, height], alignment: "center" }
    this.texts.push({ columns: [{ ...picture, width }], absolutePosition: { x: round(x), y: round(y) } })
  }

  private stroke(path: string, thickness: number, color: string) {
    const kind = `${thickness} ${color}`
    this.strokes.set(kind, (this.strokes.get(kind) ?? "") + path)
  }

  /** The node of this page, for renderSheets. */
  node(): object {
    const canvas: object[] = []
    for (const [color, d] of this.fills) canvas.push({ type: "path", d, color })
    for (const [kind, d] of this.strokes) {
      const [lineWidth, lineColor] = kind.split(" ")
      canvas.push({ type: "path", d, lineWidth: Number(lineWidth), lineColor })
    }
    const stack: object[] = canvas.length ? [{ canvas, absolutePosition: { x: 0, y: 0 } }] : []
    return { stack: [...stack, ...this.texts] }
  }
}

/** Draws everything several times on one page, each copy shifted right by one of `shifts`. */
export class CopiesSheet implements Sheet {
  private sheet: Sheet
  private shifts: number[]
  constructor(sheet: Sheet, shifts: number[]) {
    this.sheet = sheet
    this.shifts = shifts
  }
  text(text: string, x: number, y: number, style: TextStyle) {
    for (const shift of this.shifts) this.sheet.text(text, x + shift, y, style)
  }
  rule(x1: number, y1: number, x2: number, y2: number, thickness?: number, color?: string) {
    for (const shift of this.shifts) this.sheet.rule(x1 + shift, y1, x2 + shift, y2, thickness, color)
  }
  fill(x: number, y: number, width: number, height: number, color: string) {
    for (const shift of this.shifts) this.sheet.fill(x + shift, y, width, height, color)
  }
  frame(x: number, y: number, width: number, height: number, thickness?: number, color?: string) {
    for (const shift of this.shifts) this.sheet.frame(x + shift, y, width, height, thickness, color)
  }
  image(name: string, x: number, y: number, width: number, height: number) {
    for (const shift of this.shifts) this.sheet.image(name, x + shift, y, width, height)
  }
}

function rectangle(x: number, y: number, width: number, height: number) {
  return `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`
}
