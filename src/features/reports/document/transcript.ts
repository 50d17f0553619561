// The year's transcript on one A4 page: a line a subject, a column a period, what the year comes to, the public check.
import { officialHead } from "../../../documents/head.ts"
import { PAGE } from "../../../documents/pdf.ts"
import type { Pictures } from "../../../documents/pictures.ts"
import type { Block, Sheet } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../../papers/contract.ts"
import { foot, signature, tag, titleBlock } from "../../papers/document/parts.ts"
import type { PaperRecord } from "../../papers/records.ts"
import { annualBlock, identityBlock, type Look, note, periodsBlock, yearTable } from "./recordParts.ts"

const MARGIN = { x: 44, top: 32, bottom: 26 }
const WIDTH = PAGE.width - 2 * MARGIN.x
const GAP = 10

/** From roomy to tight. */
const LOOKS: Look[] = [
  { size: 10, padding: 4, remarks: 0 },
  { size: 9.6, padding: 3, remarks: 0 },
  { size: 9, padding: 2.2, remarks: 0 },
  { size: 8.4, padding: 1.4, remarks: 0 },
  { size: 7.6, padding: 0.8, remarks: 0 },
  { size: 6.6, padding: 0.4, remarks: 0 },
  { size: 5.4, padding: 0.2, remarks: 0 },
]

type Transcript = Extract<PaperRecord, { kind: "transcript" }>

export function drawTranscript(
  sheet: Sheet,
  data: PaperData,
  { identity, year, ruleText }: Transcript,
  print: PaperPrint,
  pictures: Pictures,
) {
  const logo = pictures.name(data.schoolHead.logoPng)
  const head = officialHead(data.schoolHead, data.schoolYear, { width: WIDTH, scale: 1, logo })
  const headEnd = MARGIN.top + head.height
  head.draw(sheet, MARGIN.x, MARGIN.top)
  const tagged = tag(sheet, print, MARGIN.x + WIDTH, headEnd)
  const end = foot(data, pictures.qr(data.verifyUrl), WIDTH)
  const footTop = PAGE.height - MARGIN.bottom - end.height
  const title = titleBlock(data, WIDTH)
  const who = identityBlock(data, identity, { width: WIDTH, year })
  const after = [annualBlock(year, WIDTH), periodsBlock(year, WIDTH, 0), note(ruleText, WIDTH)]
  // eighteen subjects leave less room for the stamp, rather than letters that nobody reads
  const sign = signature(data, WIDTH, year.subjects.length > 14 ? 38 : 56)
  const titleTop = headEnd + Math.max(16, tagged)
  const fixed = [who, ...after, sign].reduce((sum, block) => sum + block.height + GAP, title.height + 6)
  const room = footTop - titleTop - fixed - GAP
  const marks = fitted(
    LOOKS.map((look) => () => yearTable(year, WIDTH, look)),
    room,
  )
  const spare = Math.max(0, room - marks.height)
  const gap = GAP + Math.min(8, spare / 8)
  title.draw(sheet, MARGIN.x, titleTop)
  let top = titleTop + title.height + 6 + gap
  for (const block of [who, marks, ...after]) {
    block.draw(sheet, MARGIN.x, top)
    top += block.height + gap
  }
  sign.draw(sheet, MARGIN.x, Math.min(top + 6, footTop - sign.height - 6))
  end.draw(sheet, MARGIN.x, footTop)
}

/** The first that fits, failing that the last. */
export function fitted(makers: (() => Block)[], room: number): Block {
  let block: Block | undefined
  for (const make of makers) {
    block = make()
    if (block.height <= room) return block
  }
  return block as Block
}
