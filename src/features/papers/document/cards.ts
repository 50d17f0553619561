// School cards: eight of a bank card's size on each A4 page, cut along their frames.
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import { INK, PdfmakeSheet, QUIET, RULE, type Sheet, SLATE } from "../../../documents/sheet.ts"
import type { CardData, CardsData } from "../contract.ts"

const MM = PAGE.width / 210
/** ISO/IEC 7810 ID-1: the size that card holders and laminating pouches take. */
const CARD = { width: 85.6 * MM, height: 54 * MM }
const COLUMNS = 2
const ROWS = 4
const CARDS_A_PAGE = COLUMNS * ROWS
const GAP = { x: 6 * MM, y: 5 * MM }
const LEFT = (PAGE.width - COLUMNS * CARD.width - (COLUMNS - 1) * GAP.x) / 2
const TOP = (PAGE.height - ROWS * CARD.height - (ROWS - 1) * GAP.y) / 2

/** The bytes of the sheets; the same data gives the same bytes. Throws where there is no card. */
export function renderCards(
  { cards, logo: base64, ...info }: CardsData,
  onPage?: (drawn: number) => void,
): Promise<Uint8Array> {
  if (cards.length === 0) throw new Error("no card to print")
  const pictures = new Pictures()
  const logo = pictures.name(base64)
  function* pages() {
    for (let start = 0; start < cards.length; start += CARDS_A_PAGE) {
      const sheet = new PdfmakeSheet()
      cards.slice(start, start + CARDS_A_PAGE).forEach((card, n) => {
        const x = LEFT + (n % COLUMNS) * (CARD.width + GAP.x)
        const y = TOP + Math.floor(n / COLUMNS) * (CARD.height + GAP.y)
        drawCard(sheet, card, { x, y }, pictures, logo)
      })
      yield sheet.node()
    }
  }
  return renderSheets(info, pages(), pictures.images, onPage)
}

const BAND = 26
const INSET = 9
const PHOTO = { width: 66, height: 82 }
const QR = 62
const LOGO = 22

function drawCard(
  sheet: Sheet,
  card: CardData,
  { x, y }: { x: number; y: number },
  pictures: Pictures,
  logo: string | undefined,
) {
  const { width, height } = CARD
  const right = x + width - INSET
  sheet.fill(x, y, width, BAND, SLATE)
  sheet.frame(x, y, width, height, 0.5, RULE)
  const white = { color: "#ffffff", bold: true }
  const beside = logo ? LOGO + 3 : 0
  if (logo) {
    sheet.fill(x + 3, y + 2, LOGO, BAND - 4, "#ffffff")
    sheet.image(logo, x + 4, y + 3, LOGO - 2, BAND - 6)
  }
  const named = { ...white, size: 9.4, width: width - 2 * INSET - 76 - beside }
  sheet.text(card.school, x + INSET + beside, y + 7.5, named)
  sheet.text("CARTE SCOLAIRE", right - 72, y + 5, { ...white, size: 7.2, width: 72, align: "right" })
  sheet.text(card.schoolYear, right - 72, y + 13.5, { ...white, size: 7.2, width: 72, align: "right" })
  const state = [card.republic, card.motto].filter(Boolean).join("  ·  ")
  sheet.text(state, x + INSET, y + BAND + 3, { size: 5.2, color: QUIET, width: width - 2 * INSET })

  const top = y + BAND + 14
  photo(sheet, card, x + INSET, top, pictures)
  const left = x + INSET + PHOTO.width + 9
  const room = right - left
  sheet.text(card.surname, left, top - 2, { size: 11, bold: true, color: SLATE, width: room })
  sheet.text(card.givenNames, left, top + 11.5, { size: 9.4, color: INK, width: room })
  const narrow = room - QR + 2
  const facts = [
    { label: "Classe", value: card.className, width: room },
    { label: "Matricule", value: card.matricule ?? "–", width: narrow },
    { label: card.bornLabel, value: card.birth || "–", width: narrow },
    { label: "", value: card.birthPlace && `à ${card.birthPlace}`, width: narrow },
  ]
  let line = top + 27
  for (const { label, value, width } of facts) {
    if (label) sheet.text(label, left, line, { size: 5.4, color: QUIET, width })
    sheet.text(value, left, line + (label ? 6 : 0), { size: 7.8, bold: Boolean(label), color: INK, width })
    line += label ? 17 : 10
  }
  sheet.image(pictures.qr(card.verifyUrl), x + width - QR - 3, y + height - QR - 3, QR, QR)
  const signer = [card.signatory.title, card.signatory.name].filter(Boolean).join(" : ")
  sheet.text(signer, x + INSET, y + height - 11, { size: 5.4, color: QUIET, width: PHOTO.width + narrow + 8 })
}

function photo(sheet: Sheet, card: CardData, x: number, y: number, pictures: Pictures) {
  const name = pictures.name(card.photo)
  if (name) return sheet.image(name, x, y, PHOTO.width, PHOTO.height)
  sheet.frame(x, y, PHOTO.width, PHOTO.height, 0.5, RULE)
  const style = { size: 6, color: QUIET, width: PHOTO.width, align: "center" as const }
  sheet.text("Photo", x, y + PHOTO.height / 2 - 4, style)
}
