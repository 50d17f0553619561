// The bulletin on paper: one per A4 portrait page, or the school's and the parents' copies side by side on one A4
// landscape. Each is fitted to its frame before it is drawn: it never runs over to a second page.

import { officialHead } from "../../documents/head.ts"
import { PAGE, renderSheets } from "../../documents/pdf.ts"
import { Pictures } from "../../documents/pictures.ts"
import { type Block, CopiesSheet, PdfmakeSheet, type Sheet } from "../../documents/sheet.ts"
import { SvgSheet } from "../../documents/svg.ts"
import type { BulletinData, BulletinLayout } from "./contract.ts"
import { councilBlock, foot, signatures } from "./document/closing.ts"
import { PlainSheet } from "./document/economy.ts"
import { copyName, studentBlock, titleBand } from "./document/identity.ts"
import { type Density, type MarksTable, marksTable } from "./document/marks.ts"
import { periodStrip, resultBoxes } from "./document/results.ts"
import { modelOf } from "./model.ts"

/** Another copy than the one that families were given: which one, and the day it was made, in words. */
export type Duplicate = { number: number; on: string }

export type BulletinOptions = {
  layout: BulletinLayout
  /** Black on white, nothing filled: what a worn cartridge prints well. */
  economy?: boolean
  /** Prints DUPLICATA and its number on every copy. */
  duplicate?: Duplicate
  /** Says SPÉCIMEN: what nobody published. */
  specimen?: boolean
  /** Pictures that the data only name: a school's logo. */
  pictures?: Readonly<Record<string, string>>
  /** Called with the number of pages drawn so far. */
  onPage?: (drawn: number) => void
}

/** Where a bulletin stands on its page, and the copies of it further right. */
export type Frame = {
  x: number
  y: number
  width: number
  height: number
  /** 1 for a full page's width. */
  scale: number
  copies: { name: string; shift: number }[]
}

const MARGIN = { x: 34, top: 26, bottom: 20 }
const FULL_WIDTH = PAGE.width - 2 * MARGIN.x

export function frameOf(layout: BulletinLayout): Frame {
  if (layout === "single") {
    const height = PAGE.height - MARGIN.top - MARGIN.bottom
    const copies = [{ name: "", shift: 0 }]
    return { x: MARGIN.x, y: MARGIN.top, width: FULL_WIDTH, height, scale: 1, copies }
  }
  const margin = 20
  const half = PAGE.height / 2
  const width = half - 2 * margin
  const copies = [
    { name: "Exemplaire de l'école", shift: 0 },
    { name: "Exemplaire des parents", shift: half },
  ]
  return { x: margin, y: 18, width, height: PAGE.width - 34, scale: width / FULL_WIDTH, copies }
}

/** From roomy to tight; only the last ones give up words rather than a second page. */
const DENSITIES: Density[] = [
  { body: 9, small: 7, padding: 3, appreciationLines: 3, leading: 1.16 },
  { body: 8.6, small: 6.8, padding: 2, appreciationLines: 3, leading: 1.16 },
  { body: 8.2, small: 6.4, padding: 1.2, appreciationLines: 3, leading: 1.12 },
  { body: 7.8, small: 6, padding: 0.7, appreciationLines: 3, leading: 1.1 },
  { body: 7.4, small: 5.6, padding: 0.5, appreciationLines: 3, leading: 1.08 },
  { body: 7, small: 5.2, padding: 0.4, appreciationLines: 3, leading: 1.06 },
  { body: 7, small: 4.8, padding: 0.4, appreciationLines: 3, leading: 1.06 },
  { body: 7, small: 5.2, padding: 0.3, appreciationLines: 2, leading: 1.06 },
  { body: 6.2, small: 4.6, padding: 0.2, appreciationLines: 2, leading: 1.04 },
  { body: 5.2, small: 4, padding: 0, appreciationLines: 1, leading: 1 },
  { body: 4, small: 3, padding: 0, appreciationLines: 1, leading: 1 },
]

/** Draws one bulletin, and its copies, in its frame. */
export function drawBulletin(
  page: Sheet,
  data: BulletinData,
  frame: Frame,
  pictures: Pictures,
  { duplicate, specimen, pictures: named = {} }: Pick<BulletinOptions, "duplicate" | "specimen" | "pictures">,
) {
  const model = modelOf(data)
  const { scale, height, copies } = frame
  const shifts = copies.map((copy) => copy.shift)
  const sheet = copies.length > 1 ? new CopiesSheet(page, shifts) : page
  const tags = [
    specimen ? "SPÉCIMEN" : "",
    duplicate ? `DUPLICATA n° ${duplicate.number}` : "",
    data.provisional ? "PROVISOIRE" : "",
  ].filter(Boolean)
  const { logoPng, logo: logoName } = data.schoolHead
  const logo = model.logo ? pictures.name(logoPng ?? (logoName ? named[logoName] : undefined)) : undefined
  const qr = pictures.qr(data.verifyUrl)
  const head = officialHead(data.schoolHead, data.schoolYear, { ...frame, logo })
  const before = [
    head,
    titleBand(data, frame, tags),
    studentBlock(data, frame, pictures.name(data.student.photo)),
  ]
  const after = [resultBoxes(data, frame), periodStrip(data, frame), councilBlock(data, frame, 4)].filter(
    (block) => block !== null,
  )
  const end = foot(data, frame, { qr, duplicate })
  const leastSignature = 46 * scale
  const leastGap = 5.5 * scale
  const gaps = (before.length + after.length + 2) * leastGap
  const fixed = [...before, ...after, end].reduce((sum, block) => sum + block.height, 0)
  const room = height - fixed - leastSignature - gaps

  const fitted = fittedTable(data, frame, room)
  // Room left over makes place for the stamp, opens the rows, then the spaces between blocks.
  let spare = Math.max(0, room - fitted.height)
  const stamp = model.blocks.stamp ? Math.min(spare * 0.6, 60 * scale) : 0
  spare -= stamp
  const table = fitted.spread(Math.min(spare / fitted.rows, 6 * scale))
  spare -= table.height - fitted.height
  const gap = leastGap + Math.min(Math.max(0, spare) / (before.length + after.length + 2), 8 * scale)

  let top = frame.y
  const stack = (block: Block) => {
    block.draw(sheet, frame.x, top)
    top += block.height + gap
  }
  for (const block of [...before, table, ...after]) stack(block)
  if (copies.length > 1) page.rule(PAGE.height / 2, 12, PAGE.height / 2, PAGE.width - 12, 0.3)
  const titleTop = frame.y + head.height + gap
  for (const { name, shift } of copies) copyName(page, name, frame.x + shift, titleTop, scale)
  const footTop = frame.y + height - end.height
  const sign = signatures(data, frame, leastSignature + stamp)
  sign.draw(sheet, frame.x, footTop - gap - sign.height)
  end.draw(sheet, frame.x, footTop)
}

/** The roomiest table that fits and cuts no remark; failing that, the roomiest that fits. */
function fittedTable(data: BulletinData, frame: Frame, room: number): MarksTable {
  let fitting: MarksTable | undefined
  let table: MarksTable | undefined
  for (const density of DENSITIES) {
    table = marksTable(data, frame, density)
    // an airy table must leave a place for a real stamp; a crowded one has only its lines in view
    const stamp = density.body >= 7.8 && modelOf(data).blocks.stamp ? 34 * frame.scale : 0
    if (table.height > room - stamp) continue
    if (table.whole) return table
    fitting ??= table
  }
  return fitting ?? (table as MarksTable)
}

/** A PDF of these bulletins, in their order; the same data gives the same bytes. */
export async function renderBulletins(
  bulletins: BulletinData[],
  { layout, onPage, ...options }: BulletinOptions,
): Promise<Uint8Array> {
  const [first] = bulletins
  if (!first) throw new Error("no bulletin to print")
  const pictures = new Pictures()
  function* pages() {
    for (const data of bulletins) {
      const sheet = new PdfmakeSheet()
      drawPage(sheet, data, pictures, { layout, ...options })
      yield sheet.node()
    }
  }
  const info = {
    title: titleOf(bulletins),
    author: first.schoolHead.name,
    subject: `${first.periodLabel}, ${first.schoolYear}`,
    createdAt: first.publishedAt,
    landscape: layout === "double",
  }
  return renderSheets(info, pages(), pictures.images, onPage)
}

/** The very same page as SVG: what is drawn on paper, at its place, for a screen. */
export function pictureBulletin(data: BulletinData, options: BulletinOptions): string {
  const pictures = new Pictures()
  const sheet = new SvgSheet(pictures.images)
  drawPage(sheet, data, pictures, options)
  return options.layout === "double" ? sheet.svg(PAGE.height, PAGE.width) : sheet.svg(PAGE.width, PAGE.height)
}

function drawPage(
  sheet: Sheet,
  data: BulletinData,
  pictures: Pictures,
  { layout, economy, duplicate, specimen, pictures: named }: BulletinOptions,
) {
  const page = economy ? new PlainSheet(sheet) : sheet
  drawBulletin(page, data, frameOf(layout), pictures, { duplicate, specimen, pictures: named })
}

function titleOf(bulletins: BulletinData[]): string {
  const { student, periodLabel, schoolYear } = bulletins[0] as BulletinData
  const who = bulletins.length === 1 ? `${student.surname} ${student.givenNames}` : student.className
  return `Bulletin – ${who} – ${periodLabel} ${schoolYear}`
}
