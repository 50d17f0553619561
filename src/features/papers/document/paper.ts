// An official paper on one A4 page: the head, its title and number, its text, place, date and signature, the check.
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { type Block, PdfmakeSheet, type Sheet } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../contract.ts"
import { foot, signature, tag, titleBlock } from "./parts.ts"
import { prose } from "./prose.ts"

const MARGIN = { x: 56, top: 40, bottom: 30 }
const WIDTH = PAGE.width - 2 * MARGIN.x
/** The room of the stamp between the signatory's title and name. */
const STAMP = 84

/** The bytes of a paper: its original, a duplicate or a specimen. The same data gives the same bytes. */
export function renderPaper(data: PaperData, print: PaperPrint = {}): Promise<Uint8Array> {
  const pictures = new Pictures()
  const sheet = new PdfmakeSheet()
  drawPaper(sheet, data, print, pictures)
  const { surname, givenNames } = data.student
  const info = {
    title: `${data.title} ${data.reference} – ${surname} ${givenNames}`,
    author: data.schoolHead.name,
    subject: data.schoolYear,
    createdAt: data.issuedAt,
  }
  return renderSheets(info, [sheet.node()], pictures.images)
}

function drawPaper(sheet: Sheet, data: PaperData, print: PaperPrint, pictures: Pictures) {
  const head = officialHead(data.schoolHead, data.schoolYear, {
    width: WIDTH,
    scale: 1.08,
    logo: pictures.name(data.schoolHead.logoPng),
  })
  const end = foot(data, pictures.qr(data.verifyUrl), WIDTH)
  const title = titleBlock(data, WIDTH)
  const sign = signature(data, WIDTH, STAMP)
  const footTop = PAGE.height - MARGIN.bottom - end.height
  head.draw(sheet, MARGIN.x, MARGIN.top)
  const headEnd = MARGIN.top + head.height
  const tagged = tag(sheet, print, MARGIN.x + WIDTH, headEnd)
  // under the head, and under what stands at its right
  const over = Math.max(LEAST_GAP, tagged)
  const room = footTop - headEnd - title.height - sign.height
  const gaps = over + 2 * LEAST_GAP
  const body = fitted(data, room - gaps)
  // what is left over opens the page, more above than below the text
  const spare = Math.max(0, room - body.height - gaps)
  const titleTop = headEnd + over + Math.min(spare * 0.3, LEAST_GAP + 56 - over)
  const bodyTop = titleTop + title.height + LEAST_GAP + Math.min(spare * 0.14, 22)
  const signTop = bodyTop + body.height + LEAST_GAP + Math.min(spare * 0.2, 22)
  title.draw(sheet, MARGIN.x, titleTop)
  body.draw(sheet, MARGIN.x, bodyTop)
  sign.draw(sheet, MARGIN.x, signTop)
  end.draw(sheet, MARGIN.x, footTop)
}

const LEAST_GAP = 18
const SIZES = [12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4]

/** As large as the page has room for. */
function fitted({ blocks }: PaperData, room: number): Block {
  let body = prose(blocks, WIDTH, SIZES[0] as number)
  for (const size of SIZES.slice(1)) {
    if (body.height <= room) break
    body = prose(blocks, WIDTH, size)
  }
  return body
}
