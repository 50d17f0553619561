// A diploma of the roll of honour on A4 landscape: few words, much air, black ink, room for a seal.
import { officialHead } from "../../../documents/head.ts"
import { PAGE } from "../../../documents/pdf.ts"
import type { Pictures } from "../../../documents/pictures.ts"
import { INK, lineHeight, QUIET, type Sheet, SLATE } from "../../../documents/sheet.ts"
import type { PaperData, PaperPrint } from "../../papers/contract.ts"
import { foot, tag } from "../../papers/document/parts.ts"
import type { PaperRecord } from "../../papers/records.ts"

const [PAGE_WIDTH, PAGE_HEIGHT] = [PAGE.height, PAGE.width]
const BORDER = 26
const MARGIN = { x: 62, top: 50 }
const WIDTH = PAGE_WIDTH - 2 * MARGIN.x

type Diploma = Extract<PaperRecord, { kind: "diploma" }>

export function drawDiploma(
  sheet: Sheet,
  data: PaperData,
  { award, periodLabel, average, rank }: Diploma,
  print: PaperPrint,
  pictures: Pictures,
) {
  // the house's double rule, all around
  const inner = BORDER + 5
  sheet.frame(BORDER, BORDER, PAGE_WIDTH - 2 * BORDER, PAGE_HEIGHT - 2 * BORDER, 1.6, SLATE)
  sheet.frame(inner, inner, PAGE_WIDTH - 2 * inner, PAGE_HEIGHT - 2 * inner, 0.5, SLATE)
  const logo = pictures.name(data.schoolHead.logoPng)
  const head = officialHead(data.schoolHead, data.schoolYear, { width: WIDTH, scale: 1, logo })
  head.draw(sheet, MARGIN.x, MARGIN.top)
  const headEnd = MARGIN.top + head.height
  tag(sheet, print, MARGIN.x + WIDTH, headEnd - 6)
  const centred = { width: WIDTH, align: "center" as const }
  const titleTop = headEnd + 34
  sheet.text(data.title, MARGIN.x, titleTop, { ...centred, size: 29, bold: true, color: SLATE })
  const rule = titleTop + lineHeight(29) + 5
  const middle = PAGE_WIDTH / 2
  sheet.rule(middle - 120, rule, middle + 120, rule, 1.4, SLATE)
  sheet.rule(middle - 120, rule + 3, middle + 120, rule + 3, 0.5, SLATE)
  sheet.text(periodLabel, MARGIN.x, rule + 14, { ...centred, size: 13, color: INK })

  const nameTop = rule + 62
  sheet.text("est décerné à", MARGIN.x, nameTop, { ...centred, size: 12, color: QUIET })
  const name = `${data.student.surname} ${data.student.givenNames}`
  sheet.text(name, MARGIN.x, nameTop + 22, { ...centred, size: 30, bold: true, color: INK })
  const classTop = nameTop + 30 + lineHeight(30)
  const of = [
    `élève de la classe de ${data.student.className}`,
    data.student.matricule && `matricule ${data.student.matricule}`,
  ]
  sheet.text(of.filter(Boolean).join(", "), MARGIN.x, classTop, { ...centred, size: 12, color: INK })
  sheet.text(award, MARGIN.x, classTop + 38, { ...centred, size: 19, bold: true, color: SLATE })
  const figures = [average && `Moyenne générale : ${average}`, rank && `Rang : ${rank}`]
  sheet.text(figures.filter(Boolean).join("     "), MARGIN.x, classTop + 70, {
    ...centred,
    size: 12,
    color: INK,
  })

  const end = foot(data, pictures.qr(data.verifyUrl), WIDTH * 0.56)
  const footTop = PAGE_HEIGHT - 46 - end.height
  end.draw(sheet, MARGIN.x, footTop)
  const right = { width: WIDTH * 0.36, align: "center" as const, size: 11, color: INK }
  const left = MARGIN.x + WIDTH * 0.64
  const signTop = footTop - 26
  sheet.text(data.placeAndDate, left, signTop, right)
  sheet.text(data.signatory.title, left, signTop + 17, { ...right, bold: true, color: SLATE })
  sheet.text(data.signatory.name, left, PAGE_HEIGHT - 46 - lineHeight(11), right)
}
