// The list of annual averages of candidates on A4 landscape: every line, then what it adds up to, two signatures, the
// hash and the public check. A draft says on each page that it is one.
import { printable, widthOf, wrapWithin } from "../../../documents/fonts.ts"
import { officialHead } from "../../../documents/head.ts"
import { PAGE, renderSheets } from "../../../documents/pdf.ts"
import { Pictures } from "../../../documents/pictures.ts"
import {
  type Block,
  INK,
  lineHeight,
  PdfmakeSheet,
  QUIET,
  RULE,
  type Sheet,
  SLATE,
} from "../../../documents/sheet.ts"
import type { AverageListPaper } from "../contract.ts"
import { controlSum, shownHash } from "../rules/averages.ts"
import { type Column, pagesOf, type Row, table } from "./table.ts"

const [PAGE_WIDTH, PAGE_HEIGHT] = [PAGE.height, PAGE.width]
const MARGIN = { x: 36, top: 30, bottom: 40 }
const WIDTH = PAGE_WIDTH - 2 * MARGIN.x

export function renderAverageList(paper: AverageListPaper): Promise<Uint8Array> {
  const { content, signed } = paper
  const pictures = new Pictures()
  const logo = pictures.name(content.schoolHead.logoPng)
  const head = officialHead(content.schoolHead, content.schoolYear, { width: WIDTH, scale: 1, logo })
  const title = titleBlock(paper)
  const list = linesTable(paper)
  const end = closing(paper, signed ? pictures.qr(signed.verifyUrl) : null)
  const bodyEnd = PAGE_HEIGHT - MARGIN.bottom - 6
  const firstTop = MARGIN.top + head.height + 14 + title.height + 12
  const otherTop = MARGIN.top + 22
  const pages = pagesOf(list, bodyEnd - firstTop, bodyEnd - otherTop)
  const lastTop = pages.length === 1 ? firstTop : otherTop
  const lastPage = pages.at(-1)
  const lastEnd = lastTop + (lastPage ? list.part(...lastPage).height : 0)
  const apart = lastEnd + 14 + end.height > bodyEnd
  const count = pages.length + (apart ? 1 : 0)

  function* sheets() {
    for (let n = 0; n < count; n++) {
      const sheet = new PdfmakeSheet()
      const top = n === 0 ? firstTop : otherTop
      if (n === 0) {
        head.draw(sheet, MARGIN.x, MARGIN.top)
        title.draw(sheet, MARGIN.x, MARGIN.top + head.height + 14)
      } else running(sheet, paper)
      const page = pages[n]
      if (page) list.part(...page).draw(sheet, MARGIN.x, top)
      if (n === count - 1) end.draw(sheet, MARGIN.x, apart ? otherTop : lastEnd + 14)
      footLine(sheet, paper, n + 1, count)
      yield sheet.node()
    }
  }
  const info = {
    title: `Moyennes annuelles – ${content.exam}${signed ? ` – ${signed.reference}` : " – projet"}`,
    author: content.schoolHead.name,
    subject: content.schoolYear,
    createdAt: paper.createdAt,
    landscape: true,
  }
  return renderSheets(info, sheets(), pictures.images)
}

const TITLE = "MOYENNES ANNUELLES DES CANDIDATS RÉGULIERS"

function titleBlock({ content, signed, stamp }: AverageListPaper): Block {
  const size = 16
  const classes = content.classes.map(({ label }) => label).join(", ")
  const number = signed ? `N° ${signed.reference}` : "PROJET SANS VALEUR"
  return {
    height: lineHeight(size) + 8 + lineHeight(10) * 2,
    draw(sheet, x, y) {
      const centred = { width: WIDTH, align: "center" as const }
      sheet.text(TITLE, x, y, { ...centred, size, bold: true, color: SLATE })
      const rule = y + lineHeight(size) + 3
      const middle = x + WIDTH / 2
      sheet.rule(middle - 110, rule, middle + 110, rule, 1.2, SLATE)
      sheet.rule(middle - 110, rule + 2.6, middle + 110, rule + 2.6, 0.5, SLATE)
      sheet.text(`${content.exam}  ·  ${number}`, x, rule + 6, { ...centred, size: 10, bold: true })
      sheet.text(classes, x, rule + 6 + lineHeight(10), { ...centred, size: 9, color: INK })
      const word = stamp || (signed ? "" : "PROJET")
      if (word) boxed(sheet, word, x + WIDTH, y)
    },
  }
}

function boxed(sheet: Sheet, word: string, right: number, y: number) {
  const width = Math.min(200, widthOf(word, 10, true) + 24)
  sheet.frame(right - width, y, width, 22, 1.2, INK)
  sheet.text(word, right - width + 4, y + 5, { size: 10, bold: true, width: width - 8, align: "center" })
}

function running(sheet: Sheet, { content, signed, stamp }: AverageListPaper) {
  const said = [content.exam, signed ? `n° ${signed.reference}` : "PROJET SANS VALEUR", stamp]
  const text = `Moyennes annuelles des candidats réguliers · ${said.filter(Boolean).join(" · ")}`
  sheet.text(text, MARGIN.x, MARGIN.top, { size: 8.4, color: QUIET, width: WIDTH })
}

function footLine(sheet: Sheet, { content, signed, hash }: AverageListPaper, page: number, of: number) {
  const y = PAGE_HEIGHT - MARGIN.bottom + 6
  sheet.rule(MARGIN.x, y, MARGIN.x + WIDTH, y, 0.4, RULE)
  const left = signed
    ? `Empreinte ${shownHash(signed.hash).slice(0, 17)}…`
    : `Projet, empreinte ${shownHash(hash).slice(0, 17)}…`
  sheet.text(`${content.schoolHead.name} · ${left}`, MARGIN.x, y + 4, {
    size: 7,
    color: QUIET,
    width: WIDTH * 0.7,
  })
  sheet.text(`page ${page} sur ${of}`, MARGIN.x, y + 4, {
    size: 7,
    color: QUIET,
    width: WIDTH,
    align: "right",
  })
}

function linesTable({ content, signed }: AverageListPaper) {
  const several = content.classes.length > 1
  const withRemarks = !signed && content.lines.some(({ remarks }) => remarks.length > 0)
  const fixed = [26, 92, 26, 62, several ? 70 : 0, 44 * content.periods.length, 58, withRemarks ? 110 : 0]
  const rest = WIDTH - fixed.reduce((sum, width) => sum + width, 0)
  const columns: Column[] = [
    { head: "N°", width: 26, align: "right" },
    { head: "Matricule", width: 92 },
    { head: "Nom et prénoms", width: rest * 0.66, bold: true },
    { head: "Sexe", width: 26, align: "center" },
    { head: "Né(e) le", width: 62 },
    { head: "Lieu de naissance", width: rest * 0.34 },
    ...(several ? [{ head: "Classe", width: 70 }] : []),
    ...content.periods.map((head): Column => ({ head, width: 44, align: "right" })),
    { head: "Moyenne annuelle", width: 58, align: "right", bold: true },
    ...(withRemarks ? [{ head: "À vérifier", width: 110, lines: 2, scale: 0.85 }] : []),
  ]
  const rows = content.lines.map(
    (line, n): Row => ({
      cells: [
        String(n + 1),
        line.matricule || "–",
        `${line.surname} ${line.givenNames}`,
        line.sex || "–",
        line.birth || "–",
        line.birthPlace,
        ...(several ? [line.className] : []),
        ...line.periods,
        line.annual,
        ...(withRemarks ? [line.remarks.join(" ; ")] : []),
      ],
    }),
  )
  return table(columns, rows, { size: 8.4, padding: 2.1, headSize: 7.4 })
}

/** What the list adds up to, the rule, the two signatures, the check. */
function closing({ content, signed, hash, placeAndDate }: AverageListPaper, qr: string | null): Block {
  const size = 8.4
  const step = lineHeight(size) * 1.15
  const control = `${content.lines.length} candidats ; total de contrôle des moyennes annuelles : ${controlSum(content.lines)}.`
  const rule = wrapWithin(printable(content.ruleText), WIDTH, 7.4, 2)
  const side = 58
  const signTop = step + rule.length * lineHeight(7.4) + 10
  const signHeight = 66
  return {
    height: signTop + signHeight + 10 + side,
    draw(sheet, x, y) {
      sheet.text(control, x, y, { size, bold: true, color: INK, width: WIDTH })
      rule.forEach((line, n) => {
        sheet.text(line, x, y + step + n * lineHeight(7.4), { size: 7.4, color: QUIET, width: WIDTH })
      })
      const top = y + signTop
      const third = WIDTH / 3
      const places = [
        { title: "Vérifié et signé par", own: signed?.signatures[0] },
        { title: "Contrôlé et signé par", own: signed?.signatures[1] },
      ]
      places.forEach(({ title, own }, n) => {
        const left = x + n * third
        sheet.frame(left, top, third - 10, signHeight, 0.5, RULE)
        sheet.text(title, left + 8, top + 5, { size: 7, bold: true, color: SLATE })
        if (!own) return
        sheet.text(own.name, left + 8, top + 16, { size: 10, bold: true, width: third - 26 })
        sheet.text(`${own.role}, ${own.at}`, left + 8, top + 30, {
          size: 7.4,
          color: QUIET,
          width: third - 26,
        })
      })
      const room = { width: third - 10, align: "center" as const, color: INK }
      sheet.text(placeAndDate, x + 2 * third, top + 5, { ...room, size: 8.4 })
      sheet.text("Cachet de l’établissement", x + 2 * third, top + 18, { ...room, size: 7.4, color: QUIET })
      check(sheet, x, top + signHeight + 10)
    },
  }

  function check(sheet: Sheet, x: number, y: number) {
    sheet.rule(x, y, x + WIDTH, y, 0.5, SLATE)
    const left = qr ? x + side : x
    const quiet = { size: 7, color: QUIET, width: WIDTH - side }
    if (qr && signed) {
      sheet.image(qr, x - 6, y + 1, side, side)
      const address = signed.verifyUrl.replace(/^https?:\/\//, "")
      sheet.text(`Code de vérification : ${signed.code}`, left, y + 7, {
        size: 8.6,
        bold: true,
        color: SLATE,
      })
      sheet.text(
        `Liste n° ${signed.reference}, à vérifier ligne par ligne sur ${address}`,
        left,
        y + 19,
        quiet,
      )
      sheet.text(`Empreinte SHA-256 : ${shownHash(signed.hash)}`, left, y + 29, quiet)
      const kept = `Signée, cette liste n’est plus jamais recalculée. ${signed.replaces}`
      sheet.text(kept, left, y + 39, quiet)
      return
    }
    sheet.text(
      "Projet : cette liste n’a aucune valeur avant sa signature par deux personnes.",
      left,
      y + 7,
      quiet,
    )
    sheet.text(`Empreinte SHA-256 du projet : ${shownHash(hash)}`, left, y + 17, quiet)
  }
}
