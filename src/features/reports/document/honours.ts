// The roll of honour: big names on A4 portrait, read from two metres; smaller where there are many.
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { INK, lineHeight, PdfmakeSheet, QUIET, RULE, SLATE } from "../../../documents/sheet.ts"
import { signature } from "../../papers/document/parts.ts"
import type { HonouredStudent, HonoursData } from "../contract.ts"

const MARGIN = { x: 50, top: 40, bottom: 40 }
const WIDTH = PAGE.width - 2 * MARGIN.x
const STAMP = 44

type Setting = { size: number; columns: 1 | 2 }
const SETTINGS: Setting[] = [
  { size: 24, columns: 1 },
  { size: 20, columns: 1 },
  { size: 17, columns: 1 },
  { size: 15, columns: 1 },
  { size: 13.5, columns: 1 },
  { size: 13, columns: 2 },
  { size: 11.5, columns: 2 },
  { size: 10, columns: 2 },
]

type Line =
  | { kind: "award"; text: string; height: number }
  | { kind: "names"; students: HonouredStudent[]; height: number }

export function renderHonours(data: HonoursData): Promise<Uint8Array> {
  const pictures = new Pictures()
  const logo = pictures.name(data.schoolHead.logoPng)
  const head = officialHead(data.schoolHead, data.schoolYear, { width: WIDTH, scale: 1.08, logo })
  const sign = signature(data, WIDTH, STAMP)
  const titleHeight = lineHeight(34) + 10 + lineHeight(15) + 30
  const firstRoom = PAGE.height - MARGIN.top - MARGIN.bottom - head.height - 30 - titleHeight
  const otherRoom = PAGE.height - MARGIN.top - MARGIN.bottom - 30
  const fits = (setting: Setting) => {
    const used = linesOf(data, setting).reduce((sum, line) => sum + line.height, 0)
    return used + sign.height + 20 <= firstRoom
  }
  const setting = SETTINGS.find(fits) ?? (SETTINGS.at(-1) as Setting)
  const lines = linesOf(data, setting)
  const pages = split(lines, firstRoom, otherRoom, sign.height + 20)

  function* sheets() {
    for (const [n, page] of pages.entries()) {
      const sheet = new PdfmakeSheet()
      let top = MARGIN.top
      if (n === 0) {
        head.draw(sheet, MARGIN.x, top)
        top += head.height + 30
        const centred = { width: WIDTH, align: "center" as const }
        sheet.text("TABLEAU D’HONNEUR", MARGIN.x, top, { ...centred, size: 34, bold: true, color: SLATE })
        const rule = top + lineHeight(34) + 4
        const middle = PAGE.width / 2
        sheet.rule(middle - 130, rule, middle + 130, rule, 1.4, SLATE)
        sheet.rule(middle - 130, rule + 3, middle + 130, rule + 3, 0.5, SLATE)
        sheet.text(`${data.scope}  ·  ${data.periodLabel}`, MARGIN.x, rule + 12, {
          ...centred,
          size: 15,
          bold: true,
        })
        top += titleHeight
      } else {
        sheet.text(
          `Tableau d’honneur · ${data.scope} · ${data.periodLabel} ${data.schoolYear}`,
          MARGIN.x,
          top,
          {
            size: 9,
            color: QUIET,
            width: WIDTH,
          },
        )
        top += 30
      }
      for (const line of page) {
        drawLine(sheet, line, setting, top)
        top += line.height
      }
      if (n === pages.length - 1) {
        sign.draw(sheet, MARGIN.x, Math.max(top + 20, PAGE.height - MARGIN.bottom - sign.height))
      }
      yield sheet.node()
    }
  }
  const info = {
    title: `Tableau d’honneur – ${data.scope} – ${data.periodLabel} ${data.schoolYear}`,
    author: data.schoolHead.name,
    createdAt: data.createdAt,
  }
  return renderSheets(info, sheets(), pictures.images)
}

function linesOf({ groups }: HonoursData, { size, columns }: Setting): Line[] {
  const step = lineHeight(size) * 1.25
  return groups.flatMap(({ award, students }): Line[] => {
    const rows: Line[] = []
    for (let n = 0; n < students.length; n += columns)
      rows.push({ kind: "names", students: students.slice(n, n + columns), height: step })
    return [{ kind: "award", text: award, height: lineHeight(size * 0.8) + size * 1.5 }, ...rows]
  })
}

/** Pages of lines; a heading never stands alone at the foot, the last page leaves room for the signature. */
function split(lines: readonly Line[], first: number, others: number, sign: number): Line[][] {
  const pages: Line[][] = [[]]
  let room = first
  lines.forEach((line, n) => {
    const needed = line.kind === "award" ? line.height + (lines[n + 1]?.height ?? 0) : line.height
    if (needed > room) {
      pages.push([])
      room = others
    }
    ;(pages.at(-1) as Line[]).push(line)
    room -= line.height
  })
  if (room < sign) pages.push([])
  return pages
}

function drawLine(sheet: PdfmakeSheet, line: Line, { size, columns }: Setting, top: number) {
  if (line.kind === "award") {
    const own = size * 0.8
    const y = top + size * 0.8
    sheet.text(line.text.toLocaleUpperCase("fr"), MARGIN.x, y, {
      size: own,
      bold: true,
      color: SLATE,
      width: WIDTH,
    })
    sheet.rule(MARGIN.x, y + lineHeight(own) + 2, MARGIN.x + WIDTH, y + lineHeight(own) + 2, 0.9, SLATE)
    return
  }
  const gap = 24
  const each = (WIDTH - gap * (columns - 1)) / columns
  line.students.forEach(({ name, aside }, n) => {
    const x = MARGIN.x + n * (each + gap)
    const right = aside ? Math.min(each * 0.34, 130) : 0
    sheet.text(name, x, top + size * 0.14, { size, bold: true, color: INK, width: each - right - 6 })
    sheet.text(aside, x + each - right, top + size * 0.3, {
      size: size * 0.78,
      color: INK,
      width: right,
      align: "right",
    })
    sheet.rule(x, top + line.height, x + each, top + line.height, 0.4, RULE)
  })
}
