// The school record: a page a year, the years of the lycée in their order, each page with number and check.
import { officialHead } from "../../../documents/head.ts"
import { PAGE } from "../../../documents/pdf.ts"
import type { Pictures } from "../../../documents/pictures.ts"
import { type Block, QUIET, type Sheet } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../../papers/contract.ts"
import { foot, signature, tag, titleBlock } from "../../papers/document/parts.ts"
import type { PaperRecord, RecordYear } from "../../papers/records.ts"
import { annualBlock, heading, identityBlock, type Look, periodsBlock, yearTable } from "./recordParts.ts"
import { fitted } from "./transcript.ts"

const MARGIN = { x: 40, top: 30, bottom: 24 }
const WIDTH = PAGE.width - 2 * MARGIN.x
const GAP = 9

const LOOKS: (Look & { remarkLines: number })[] = [
  { size: 9, padding: 3, remarks: 4, remarkLines: 3 },
  { size: 8.6, padding: 2.2, remarks: 4, remarkLines: 3 },
  { size: 8.2, padding: 1.4, remarks: 4, remarkLines: 2 },
  { size: 7.6, padding: 0.8, remarks: 4, remarkLines: 2 },
  { size: 6.8, padding: 0.4, remarks: 4, remarkLines: 3 },
  { size: 6.8, padding: 0.4, remarks: 3, remarkLines: 2 },
  { size: 5.8, padding: 0.2, remarks: 2, remarkLines: 1 },
]

type Booklet = Extract<PaperRecord, { kind: "booklet" }>

/** Draws page `n` of the record, which has as many as it has years. */
export function drawBookletPage(
  sheet: Sheet,
  data: PaperData,
  { identity, years }: Booklet,
  n: number,
  print: PaperPrint,
  pictures: Pictures,
) {
  const year = years[n] as RecordYear
  const end = foot(data, pictures.qr(data.verifyUrl), WIDTH)
  const footTop = PAGE.height - MARGIN.bottom - end.height
  let top = MARGIN.top
  if (n === 0) {
    const logo = pictures.name(data.schoolHead.logoPng)
    const head = officialHead(data.schoolHead, "", { width: WIDTH, scale: 1, logo })
    head.draw(sheet, MARGIN.x, top)
    top += head.height
    top += Math.max(14, tag(sheet, print, MARGIN.x + WIDTH, top))
    const title = titleBlock(data, WIDTH)
    title.draw(sheet, MARGIN.x, top)
    top += title.height + GAP
    const who = identityBlock(data, identity, { width: WIDTH })
    who.draw(sheet, MARGIN.x, top)
    top += who.height + GAP
  } else {
    const { surname, givenNames, matricule } = data.student
    const name = [`${surname} ${givenNames}`, matricule].filter(Boolean).join(" · ")
    sheet.text(`${data.title} · ${name}`, MARGIN.x, top, { size: 9, color: QUIET, width: WIDTH })
    top += 14 + tag(sheet, print, MARGIN.x + WIDTH, top - 14)
  }
  const last = n === years.length - 1
  const sign = last ? signature(data, WIDTH, 50) : null
  const room = footTop - top - (sign ? sign.height + GAP : 0) - GAP
  const page = fitted(
    LOOKS.map((look) => () => yearPage(year, look)),
    room,
  )
  page.draw(sheet, MARGIN.x, top)
  sign?.draw(sheet, MARGIN.x, Math.min(top + page.height + 18, footTop - sign.height - 6))
  end.draw(sheet, MARGIN.x, footTop)
  const number = `page ${n + 1} sur ${years.length}`
  sheet.text(number, MARGIN.x, PAGE.height - MARGIN.bottom - 10, {
    size: 7,
    color: QUIET,
    width: WIDTH,
    align: "right",
  })
}

function yearPage(year: RecordYear, look: (typeof LOOKS)[number]): Block {
  const repeats = year.repeating ? ", redouble" : ""
  const blocks = [
    heading(`Année scolaire ${year.schoolYear}`, `${year.className}${repeats}`, WIDTH),
    yearTable(year, WIDTH, look),
    periodsBlock(year, WIDTH, look.remarkLines),
    annualBlock(year, WIDTH),
  ]
  return {
    height: blocks.reduce((sum, block) => sum + block.height + GAP, -GAP),
    draw(sheet, x, y) {
      let top = y
      for (const block of blocks) {
        block.draw(sheet, x, top)
        top += block.height + GAP
      }
    },
  }
}
