// The head of every official paper (domain.md §1.5): the administration and the school on the left, the State and
// the school year on the right, the school's logo between them.

import type { SchoolHead } from "./schoolHead.ts"
import { type Block, INK, lineHeight, QUIET, RULE, type Sheet, SLATE, type TextStyle } from "./sheet.ts"

type Line = { text: string; style: TextStyle; ruled?: boolean }

/** `scale` 1 is for a full A4 width; `logo` is the image's name in the document, if the school has one. */
export function officialHead(
  head: SchoolHead,
  schoolYear: string,
  { width, scale, logo }: { width: number; scale: number; logo?: string },
): Block {
  const side = (width - 64 * scale) / 2
  const size = 7.2 * scale
  const plain = { size, color: INK }
  const contact = [
    [head.address, head.bp && `BP ${head.bp.replace(/^B\.?P\.?\s*/i, "")}`],
    [head.phone && `Tél. ${head.phone}`, head.email],
  ].map((parts) => parts.filter(Boolean).join(" · "))
  const contactSize = 6.6 * scale
  const left: Line[] = [
    { text: head.ministry, style: { ...plain, bold: true }, ruled: true },
    { text: head.academy, style: plain },
    { text: head.cap ?? "", style: plain },
    { text: head.name, style: { size: 10 * scale, bold: true, color: SLATE } },
    ...contact.map((text) => ({ text, style: { size: contactSize, color: QUIET } })),
  ].filter((line) => line.text)
  const right: Line[] = [
    { text: head.republic, style: { size: 9 * scale, bold: true, color: SLATE } },
    { text: head.motto, style: plain, ruled: true },
    {
      text: schoolYear && `Année scolaire ${schoolYear}`,
      style: { size: 8.4 * scale, bold: true, color: INK },
    },
  ].filter((line) => line.text)

  const ruleRoom = 5 * scale
  const heightOf = (lines: Line[]) =>
    lines.reduce((sum, line) => sum + lineHeight(line.style.size) + (line.ruled ? ruleRoom : 0), 0)
  const logoHeight = logo ? 52 * scale : 0

  function column(sheet: Sheet, lines: Line[], x: number, y: number) {
    for (const { text, style, ruled } of lines) {
      sheet.text(text, x, y, { ...style, width: side, align: "center" })
      y += lineHeight(style.size)
      if (!ruled) continue
      const centre = x + side / 2
      sheet.rule(centre - 18 * scale, y + ruleRoom / 2, centre + 18 * scale, y + ruleRoom / 2, 0.5, RULE)
      y += ruleRoom
    }
  }

  return {
    height: Math.max(heightOf(left), heightOf(right), logoHeight),
    draw(sheet, x, y) {
      column(sheet, left, x, y)
      column(sheet, right, x + width - side, y)
      if (logo) sheet.image(logo, x + side + 6 * scale, y, 52 * scale, logoHeight)
    },
  }
}
