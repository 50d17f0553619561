// A form drawn for the screen: what PdfmakeSheet puts on paper, as SVG of the same measures. It needs nothing of the
// browser but pictures, and every text is held to its width on paper whatever font the reader has.
import { ASCENT, widthOf } from "./fonts.ts"
import { INK, place, RULE, type Sheet, type TextStyle } from "./sheet.ts"

const FONT = "DejaVu Sans Condensed,Roboto Condensed,Arial Narrow,Liberation Sans Narrow,Arial,sans-serif"

const round = (points: number) => String(Math.round(points * 10) / 10)
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

export class SvgSheet implements Sheet {
  private parts: string[] = []
  /** Under everything else. */
  private fills: string[] = []
  private images: Readonly<Record<string, string>>

  /** `images`: name → data URL, read when the picture is drawn. */
  constructor(images: Readonly<Record<string, string>>) {
    this.images = images
  }

  text(raw: string, x: number, y: number, style: TextStyle) {
    const { text, size, shift } = place(raw, style)
    if (text === "") return
    const wide = widthOf(text, size, style.bold)
    const color = style.color && style.color !== INK ? ` fill="${style.color}"` : ""
    const bold = style.bold ? ' font-weight="700"' : ""
    const held = text.length > 1 ? ` textLength="${round(wide)}" lengthAdjust="spacingAndGlyphs"` : ""
    const at = `x="${round(x + shift)}" y="${round(y + style.size * ASCENT)}" font-size="${round(size)}"`
    this.parts.push(`<text ${at}${bold}${color}${held}>${escaped(text)}</text>`)
  }

  rule(x1: number, y1: number, x2: number, y2: number, thickness = 0.5, color = RULE) {
    this.stroke(`M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`, thickness, color)
  }

  frame(x: number, y: number, width: number, height: number, thickness = 0.5, color = RULE) {
    this.stroke(rectangle(x, y, width, height), thickness, color)
  }

  fill(x: number, y: number, width: number, height: number, color: string) {
    this.fills.push(`<path d="${rectangle(x, y, width, height)}" fill="${color}"/>`)
  }

  image(name: string, x: number, y: number, width: number, height: number) {
    const at = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
    this.parts.push(`<image ${at} preserveAspectRatio="xMidYMin" href="${this.images[name] ?? ""}"/>`)
  }

  private stroke(path: string, thickness: number, color: string) {
    this.parts.push(`<path d="${path}" fill="none" stroke="${color}" stroke-width="${thickness}"/>`)
  }

  /** The whole picture, on a page of that size in points. */
  svg(width: number, height: number): string {
    const size = `viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"`
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT}" fill="${INK}">` +
      `<path d="${rectangle(0, 0, width, height)}" fill="#ffffff"/>${this.fills.join("")}${this.parts.join("")}</svg>`
    )
  }
}

const rectangle = (x: number, y: number, width: number, height: number) =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`
