// The same paper for a tired printer: black on white, nothing filled, thin rules. Pictures lose their colours before
// they come here (src/documents/picture.ts).
import type { Sheet, TextStyle } from "../../../documents/sheet.ts"

const BLACK = "#000000"
const THIN = 0.4
/** A frame that carried weight by its fill or its colour keeps some of it. */
const STRONG = 0.8

export class PlainSheet implements Sheet {
  private sheet: Sheet
  constructor(sheet: Sheet) {
    this.sheet = sheet
  }
  text(text: string, x: number, y: number, style: TextStyle) {
    this.sheet.text(text, x, y, { ...style, color: BLACK })
  }
  rule(x1: number, y1: number, x2: number, y2: number, thickness = 0.5) {
    this.sheet.rule(x1, y1, x2, y2, thickness > 0.5 ? STRONG : THIN, BLACK)
  }
  fill() {}
  frame(x: number, y: number, width: number, height: number, thickness = 0.5) {
    this.sheet.frame(x, y, width, height, thickness > 0.5 ? STRONG : THIN, BLACK)
  }
  image(name: string, x: number, y: number, width: number, height: number) {
    this.sheet.image(name, x, y, width, height)
  }
}
