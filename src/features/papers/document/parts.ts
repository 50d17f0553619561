// What every numbered paper has around its text or its table, for any width.
import { printable, wrapWithin } from "../../../documents/fonts.ts"
import { type Block, INK, lineHeight, QUIET, type Sheet, SLATE } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../contract.ts"

/** The title over the house's double rule, the number under it. */
export function titleBlock(
  { title, reference }: Pick<PaperData, "title" | "reference">,
  width: number,
): Block {
  const size = 20
  const number = 11
  const rule = lineHeight(size) + 7
  return {
    height: rule + 9 + lineHeight(number),
    draw(sheet, x, y) {
      sheet.text(title, x, y, { size, bold: true, color: SLATE, width, align: "center" })
      const [from, to] = [x + width / 2 - 90, x + width / 2 + 90]
      sheet.rule(from, y + rule, to, y + rule, 1.2, SLATE)
      sheet.rule(from, y + rule + 2.6, to, y + rule + 2.6, 0.5, SLATE)
      sheet.text(`N° ${reference}`, x, y + rule + 9, {
        size: number,
        color: INK,
        width,
        align: "center",
      })
    },
  }
}

const TAG_GAP = 14

/**
 * DUPLICATA or SPÉCIMEN, framed under the head that ends at `headEnd`, against the right side; gives the room it takes
 * under it.
 */
export function tag(
  sheet: Sheet,
  { duplicate, specimen }: PaperPrint,
  right: number,
  headEnd: number,
): number {
  if (!duplicate && !specimen) return 0
  const width = 128
  const x = right - width
  const y = headEnd + TAG_GAP
  const word = duplicate ? `DUPLICATA n° ${duplicate.number}` : "SPÉCIMEN"
  const under = duplicate ? `imprimé le ${duplicate.on}` : "sans valeur"
  sheet.frame(x, y, width, 32, 1.2, INK)
  sheet.text(word, x, y + 4, { size: 11, bold: true, width, align: "center" })
  sheet.text(under, x + 4, y + 19, { size: 7.2, color: QUIET, width: width - 8, align: "center" })
  return TAG_GAP + 32 + 10
}

/** Place and date, then whose signature makes it official, with room for its stamp, in the right half. */
export function signature(
  { placeAndDate, signatory }: Pick<PaperData, "placeAndDate" | "signatory">,
  width: number,
  stamp: number,
): Block {
  const size = 11.5
  const line = lineHeight(size)
  const left = width * 0.48
  const room = { size, width: width - left, align: "center" as const, color: INK }
  return {
    height: 3 * line + 12 + stamp,
    draw(sheet, x, y) {
      sheet.text(placeAndDate, x + left, y, room)
      sheet.text(signatory.title, x + left, y + line + 8, { ...room, bold: true, color: SLATE })
      sheet.text(signatory.name, x + left, y + 2 * line + 12 + stamp, room)
    },
  }
}

/** QR code, typed code, and what makes the paper genuine. */
export function foot(
  { code, verifyUrl, reference }: Pick<PaperData, "code" | "verifyUrl" | "reference">,
  qr: string,
  width: number,
): Block {
  const side = 66
  const quiet = 6 // white border of the code, which may stand in the margin
  const size = 7
  const address = verifyUrl.replace(/^https?:\/\//, "")
  const room = width - side
  const lines = [
    `Document n° ${reference}, à vérifier sur ${address}`,
    "Il n’est délivré qu’un seul original, signé et cacheté : toute autre impression porte la mention DUPLICATA.",
  ].flatMap((line) => wrapWithin(printable(line), room, size, 2))
  const codeSize = 8.6
  return {
    height: side,
    draw(sheet, x, y) {
      sheet.rule(x, y, x + width, y, 0.5, SLATE)
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
