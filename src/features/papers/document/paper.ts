// An official paper on one A4 page: the head, its title and number, its text, place, date and signature, the check.
import { printable, wrapWithin } from "../../../documents/fonts.ts"
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import {
  type Block,
  INK,
  lineHeight,
  PdfmakeSheet,
  QUIET,
  type Sheet,
  SLATE,
} from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../contract.ts"
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
  const end = foot(data, pictures.qr(data.verifyUrl))
  const title = titleBlock(data)
  const sign = signature(data)
  const footTop = PAGE.height - MARGIN.bottom - end.height
  head.draw(sheet, MARGIN.x, MARGIN.top)
  const headEnd = MARGIN.top + head.height
  const tagged = tag(sheet, print, headEnd + TAG_GAP)
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
const TAG_GAP = 14
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

/** The title over the house's double rule, the number under it. */
function titleBlock({ title, reference }: PaperData): Block {
  const size = 20
  const number = 11
  const rule = lineHeight(size) + 7
  return {
    height: rule + 9 + lineHeight(number),
    draw(sheet, x, y) {
      sheet.text(title, x, y, { size, bold: true, color: SLATE, width: WIDTH, align: "center" })
      const [from, to] = [x + WIDTH / 2 - 90, x + WIDTH / 2 + 90]
      sheet.rule(from, y + rule, to, y + rule, 1.2, SLATE)
      sheet.rule(from, y + rule + 2.6, to, y + rule + 2.6, 0.5, SLATE)
      sheet.text(`N° ${reference}`, x, y + rule + 9, {
        size: number,
        color: INK,
        width: WIDTH,
        align: "center",
      })
    },
  }
}

/** DUPLICATA or SPÉCIMEN, framed at the right under the head; gives the room it takes under it. */
function tag(sheet: Sheet, { duplicate, specimen }: PaperPrint, y: number): number {
  if (!duplicate && !specimen) return 0
  const width = 128
  const x = MARGIN.x + WIDTH - width
  const word = duplicate ? `DUPLICATA n° ${duplicate.number}` : "SPÉCIMEN"
  const under = duplicate ? `imprimé le ${duplicate.on}` : "sans valeur"
  sheet.frame(x, y, width, 32, 1.2, INK)
  sheet.text(word, x, y + 4, { size: 11, bold: true, width, align: "center" })
  sheet.text(under, x + 4, y + 19, { size: 7.2, color: QUIET, width: width - 8, align: "center" })
  return TAG_GAP + 32 + 10
}

/** Place and date, then whose signature and stamp make it official, in the right half. */
function signature({ placeAndDate, signatory }: PaperData): Block {
  const size = 11.5
  const line = lineHeight(size)
  const left = WIDTH * 0.48
  const room = { size, width: WIDTH - left, align: "center" as const, color: INK }
  return {
    height: 3 * line + 12 + STAMP,
    draw(sheet, x, y) {
      sheet.text(placeAndDate, x + left, y, room)
      sheet.text(signatory.title, x + left, y + line + 8, { ...room, bold: true, color: SLATE })
      sheet.text(signatory.name, x + left, y + 2 * line + 12 + STAMP, room)
    },
  }
}

/** QR code, typed code, and what makes the paper genuine. */
function foot({ code, verifyUrl, reference }: PaperData, qr: string): Block {
  const side = 66
  const quiet = 6 // white border of the code, which may stand in the margin
  const size = 7
  const address = verifyUrl.replace(/^https?:\/\//, "")
  const room = WIDTH - side
  const lines = [
    `Document n° ${reference}, à vérifier sur ${address}`,
    "Il n’est délivré qu’un seul original, signé et cacheté : toute autre impression porte la mention DUPLICATA.",
  ].flatMap((line) => wrapWithin(printable(line), room, size, 2))
  const codeSize = 8.6
  return {
    height: side,
    draw(sheet, x, y) {
      sheet.rule(x, y, x + WIDTH, y, 0.5, SLATE)
      sheet.image(qr, x - quiet, y + 1, side, side)
      const style = { size: codeSize, bold: true, color: SLATE, width: room }
      sheet.text(`Code de vérification : ${code}`, x + side, y + 12, style)
      lines.forEach((line, n) => {
        const top = y + 14 + lineHeight(codeSize) + n * lineHeight(size) * 1.1
        sheet.text(line, x + side, top, { size, color: QUIET, width: room })
      })
    },
  }
}
