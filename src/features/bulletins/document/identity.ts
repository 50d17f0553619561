// The title band and the student's block.

import {
  type Block,
  INK,
  lineHeight,
  middle,
  QUIET,
  RULE,
  type Sheet,
  SLATE,
} from "../../../documents/sheet.ts"
import type { BulletinData } from "../contract.ts"
import { modelOf } from "../model.ts"

export type Room = { width: number; scale: number }

const TITLE = { height: 25, side: 105 }

/** "BULLETIN DE NOTES – 1er TRIMESTRE", with tags such as DUPLICATA on its right and room on its left. */
export function titleBand(data: BulletinData, { width, scale }: Room, tags: string[]): Block {
  const height = TITLE.height * scale
  const size = 13 * scale
  const side = TITLE.side * scale
  return {
    height,
    draw(sheet, x, y) {
      sheet.rule(x, y, x + width, y, 1.4 * scale, SLATE)
      sheet.rule(x, y + height, x + width, y + height, 0.5, SLATE)
      const style = { size, bold: true, color: SLATE, width: width - 2 * side, align: "center" as const }
      sheet.text(
        `${modelOf(data).title} – ${capitals(data.periodLabel)}${data.yearColumns ? " ET ANNÉE" : ""}`,
        x + side,
        y + middle(height, size),
        style,
      )
      let right = x + width
      const longest = Math.max(0, ...tags.map((tag) => tag.length))
      const tagWidth = (tags.length > 1 ? 50 : longest > 10 ? 86 : 68) * scale
      for (const tag of tags) {
        const top = y + 5 * scale
        const tagSize = (tags.length > 1 ? 7 : 9) * scale
        sheet.frame(right - tagWidth, top, tagWidth, height - 10 * scale, 1 * scale, INK)
        sheet.text(tag, right - tagWidth, top + middle(height - 10 * scale, tagSize), {
          size: tagSize,
          bold: true,
          width: tagWidth,
          align: "center",
        })
        right -= tagWidth + 4 * scale
      }
    },
  }
}

/** Whose copy it is, in the room left by the title whose top is `y`. */
export function copyName(sheet: Sheet, name: string, x: number, y: number, scale: number) {
  const size = 7.4 * scale
  sheet.text(name, x, y + middle(TITLE.height * scale, size), {
    size,
    color: QUIET,
    width: TITLE.side * scale,
  })
}

/** "1er trimestre" → "1er TRIMESTRE": an ordinal's ending stays small. */
function capitals(label: string) {
  return label
    .split(" ")
    .map((word) => (/^\d+(er|re|e|ère|ème)$/.test(word) ? word : word.toUpperCase()))
    .join(" ")
}

/** Names, matricule, birth, class and status. */
export function studentBlock({ student }: BulletinData, { width, scale }: Room, photo?: string): Block {
  const nameSize = 12.5 * scale
  const rowHeight = 20.5 * scale
  const height = lineHeight(nameSize) + 2 * rowHeight + 1 * scale
  const female = student.sex === "F"
  const born = student.sex === null ? "Né(e)" : female ? "Née" : "Né"
  const repeats = student.sex === null ? "Redoublant(e)" : female ? "Redoublante" : "Redoublant"
  const place = student.birthPlace ? ` à ${student.birthPlace}` : ""
  const rows = [
    [
      { label: "Matricule", value: student.matricule ?? "en attente", share: 0.27 },
      {
        label: `${born} ${student.birthDate ? "le" : ""}`,
        value: `${student.birthDisplay || "–"}${place}`,
        share: 0.5,
      },
      { label: "Sexe", value: female ? "Féminin" : student.sex === "M" ? "Masculin" : "–", share: 0.23 },
    ],
    [
      { label: "Classe", value: student.className, share: 0.27 },
      { label: "Série", value: student.series || "–", share: 0.15 },
      { label: "Effectif", value: String(student.classSize), share: 0.13 },
      { label: repeats, value: student.repeating ? "Oui" : "Non", share: 0.22 },
      { label: "Statut", value: student.regime || "–", share: 0.23 },
    ],
  ]
  const inner = width - (photo ? 50 * scale : 0)

  function field(sheet: Sheet, label: string, value: string, x: number, y: number, room: number) {
    sheet.text(label, x, y, { size: 6.4 * scale, color: QUIET, width: room })
    sheet.text(value, x, y + 7.2 * scale, { size: 9 * scale, color: INK, width: room })
  }

  return {
    height,
    draw(sheet, x, y) {
      const name = `${student.surname.toUpperCase()} ${student.givenNames}`
      sheet.text(name, x, y, { size: nameSize, bold: true, color: INK, width: inner })
      let top = y + lineHeight(nameSize) + 2 * scale
      for (const row of rows) {
        let left = x
        for (const { label, value, share } of row) {
          field(sheet, label, value, left, top, inner * share - 6 * scale)
          left += inner * share
        }
        top += rowHeight
      }
      if (!photo) return
      sheet.image(photo, x + width - 44 * scale, y, 44 * scale, height - 4 * scale)
      sheet.frame(x + width - 44 * scale, y, 44 * scale, height - 4 * scale, 0.4, RULE)
    },
  }
}
