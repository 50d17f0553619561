// The end of the page: the council's words, the signatures, the rule of the day and the public check.

import { printable, wrap, wrapWithin } from "../../../documents/fonts.ts"
import { type Block, INK, lineHeight, QUIET, RULE, SLATE } from "../../../documents/sheet.ts"
import type { BulletinData } from "../contract.ts"
import type { Duplicate } from "../document.ts"
import { modelOf } from "../model.ts"
import type { Room } from "./identity.ts"

/** Mention, award and decision on the left, the general appreciation on the right; null where neither is printed. */
export function councilBlock(data: BulletinData, { width, scale }: Room, mostLines: number): Block | null {
  const { blocks } = modelOf(data)
  const words = [
    ...(blocks.mention ? [{ label: "Mention", value: data.mention || "–" }] : []),
    ...(blocks.award ? [{ label: "Distinction", value: data.award || "–" }] : []),
    ...(blocks.decision && data.isLastPeriod && data.decision
      ? [{ label: "Décision", value: data.decision }]
      : []),
  ]
  if (words.length === 0 && !blocks.appreciation) return null
  const left = !blocks.appreciation ? width : words.length > 0 ? width * 0.4 : 0
  const right = width - left
  const inset = 6 * scale
  const titleSize = 6.8 * scale
  const size = 8.4 * scale
  const line = lineHeight(size) + 1 * scale
  const said = blocks.appreciation
    ? fitted(data.generalAppreciation, right - 2 * inset, size, mostLines)
    : { size, lines: [] }
  const saidLine = lineHeight(said.size) + 1 * scale
  const inside = Math.max(line * Math.max(words.length, 2), saidLine * said.lines.length)
  const height = lineHeight(titleSize) + 8 * scale + inside
  return {
    height,
    draw(sheet, x, y) {
      sheet.frame(x, y, width, height, 0.5, RULE)
      if (left > 0 && right > 0) sheet.rule(x + left, y, x + left, y + height)
      const title = { size: titleSize, bold: true, color: SLATE }
      if (left > 0) sheet.text("Conseil de classe", x + inset, y + 3 * scale, title)
      if (right > 0) sheet.text("Appréciation générale", x + left + inset, y + 3 * scale, title)
      const top = y + 4.5 * scale + lineHeight(titleSize)
      words.forEach(({ label, value }, index) => {
        const at = top + index * line
        sheet.text(label, x + inset, at, { size, color: QUIET, width: 50 * scale })
        sheet.text(value, x + inset + 52 * scale, at, {
          size,
          bold: true,
          width: left - 2 * inset - 52 * scale,
        })
      })
      said.lines.forEach((text, index) => {
        sheet.text(text, x + left + inset, top + index * saidLine, { size: said.size, color: INK })
      })
    },
  }
}

/** Set smaller, down to 70 %, rather than cut. */
function fitted(text: string, width: number, size: number, most: number) {
  const words = printable(text)
  const sizes = [size, size * 0.9, size * 0.8, size * 0.7]
  const fitting = sizes.find((smaller) => wrap(words, width, smaller).length <= linesAt(smaller))
  const chosen = fitting ?? size * 0.7
  function linesAt(smaller: number) {
    return Math.floor((most * size) / smaller)
  }
  return { size: chosen, lines: wrapWithin(words, width, chosen, linesAt(chosen)) }
}

/** Parent, form teacher, head of the school; `height` leaves room for the stamp. */
export function signatures(data: BulletinData, { width, scale }: Room, height: number): Block {
  const size = 8 * scale
  const { blocks } = modelOf(data)
  const { title, name } = blocks.head ? data.signatory : { title: "", name: "" }
  // the day stands where the head signs, whoever else does
  const places = [
    ...(blocks.parent ? [{ over: "", title: "Visa du parent ou du tuteur", name: "" }] : []),
    ...(blocks.formTeacher
      ? [{ over: "", title: "Le professeur principal", name: data.formTeacher ?? "" }]
      : []),
    { over: data.placeAndDate, title, name },
  ]
  const share = width / 3
  const firstLeft = width - share * places.length
  return {
    height,
    draw(sheet, x, y) {
      places.forEach((place, index) => {
        const left = x + (index === places.length - 1 ? firstLeft : 0) + index * share
        const room = { size, width: share - 8 * scale, align: "center" as const }
        sheet.text(place.over, left, y, { ...room, color: QUIET })
        sheet.text(place.title, left, y + lineHeight(size) + 1.5 * scale, {
          ...room,
          bold: true,
          color: SLATE,
        })
        sheet.text(place.name, left, y + height - lineHeight(size), room)
      })
    },
  }
}

const duplicateText = ({ number, on }: Duplicate) => `Duplicata n° ${number}, délivré le ${on}.`

/** QR code and short code, the rule and the rounding, the version. */
export function foot(
  data: BulletinData,
  { width, scale }: Room,
  { qr, duplicate }: { qr: string; duplicate?: Duplicate },
): Block {
  const side = 58 * scale
  const quiet = 6 * scale // white border of the code, which may stand in the margin
  const size = 6.4 * scale
  const codeSize = 8 * scale
  const room = width - side
  const model = modelOf(data)
  const rules = [data.ruleText, data.roundingText].filter(Boolean).join(" ")
  const address = data.verifyUrl.replace(/^https?:\/\//, "")
  const lines = [
    `Bulletin authentique à vérifier sur ${address}`,
    ...wrapWithin(printable(rules), room, size, 4),
    ...wrapWithin(printable(model.note), room, size, 2),
    [`Version ${data.publicationVersion}.`, model.legal, duplicate && duplicateText(duplicate)]
      .filter(Boolean)
      .join(" "),
  ]
  const written = lineHeight(codeSize) + lines.length * lineHeight(size) + 4 * scale
  const height = Math.max(side - quiet / 2, written) + 1 * scale
  return {
    height,
    draw(sheet, x, y) {
      sheet.rule(x, y, x + width, y, 0.5, SLATE)
      sheet.image(qr, x - quiet, y + 0.6 * scale, side, side)
      const left = x + side
      let top = y + 4 * scale
      sheet.text(`Code de vérification : ${data.publicCode}`, left, top, {
        size: codeSize,
        bold: true,
        color: SLATE,
        width: room,
      })
      top += lineHeight(codeSize)
      for (const line of lines) {
        sheet.text(line, left, top, { size, color: QUIET, width: room })
        top += lineHeight(size)
      }
    },
  }
}
