// What the table comes to: average and rank, the class, conduct and absences, the periods before.

import {
  type Block,
  INK,
  lineHeight,
  QUIET,
  RULE,
  type Sheet,
  SLATE,
  TINT,
} from "../../../documents/sheet.ts"
import type { BulletinData } from "../contract.ts"
import { modelOf } from "../model.ts"
import type { Room } from "./identity.ts"

type Pair = { label: string; value: string }

/** Up to three boxes side by side; null where the school prints none of it. */
export function resultBoxes(data: BulletinData, { width, scale }: Room): Block | null {
  const own = ownResult(data)
  const lists = [
    { title: "Classe", pairs: classPairs(data) },
    { title: "Vie scolaire", pairs: lifePairs(data) },
  ].filter((list) => list.pairs.length > 0)
  const count = lists.length + (own ? 1 : 0)
  if (count === 0) return null
  const gap = 6 * scale
  const each = (width - gap * (count - 1)) / count
  const size = 8 * scale
  const line = lineHeight(size) + 1.2 * scale
  const titleSize = 6.8 * scale
  const longest = Math.max(own ? 3 : 1, ...lists.map((list) => list.pairs.length))
  const height = lineHeight(titleSize) + longest * line + 8 * scale
  const inset = 6 * scale

  function drawOwn(sheet: Sheet, x: number, y: number, { average, rank }: { average: string; rank: string }) {
    sheet.fill(x, y, each, height, TINT)
    sheet.frame(x, y, each, height, 0.9 * scale, SLATE)
    sheet.text("Moyenne générale", x + inset, y + 3 * scale, { size: titleSize, bold: true, color: SLATE })
    const room = each - 2 * inset
    const great = 17 * scale
    const top = y + 3 * scale + lineHeight(titleSize)
    if (average) sheet.text(average, x + inset, top, { size: great, bold: true, width: room })
    const bottom = y + height - lineHeight(9.5 * scale) - 3 * scale
    if (rank) sheet.text(rank, x + inset, bottom, { size: 9.5 * scale, bold: true, width: room })
  }

  function drawList(sheet: Sheet, x: number, y: number, title: string, pairs: Pair[]) {
    sheet.frame(x, y, each, height, 0.5, RULE)
    sheet.text(title, x + inset, y + 3 * scale, { size: titleSize, bold: true, color: SLATE })
    let top = y + 4.5 * scale + lineHeight(titleSize)
    for (const { label, value } of pairs) {
      sheet.text(label, x + inset, top, { size, color: QUIET, width: each * 0.66 - inset })
      const right = { size, bold: true, width: each * 0.34 - inset, align: "right" as const }
      sheet.text(value, x + each * 0.66, top, right)
      top += line
    }
  }

  return {
    height,
    draw(sheet, x, y) {
      let left = x
      if (own) {
        drawOwn(sheet, left, y, own)
        left += each + gap
      }
      for (const { title, pairs } of lists) {
        drawList(sheet, left, y, title, pairs)
        left += each + gap
      }
    },
  }
}

function ownResult({ output, generalAverage, scaleMax, rank, outOf }: BulletinData) {
  const average = output.average ? (generalAverage ? `${generalAverage} / ${scaleMax}` : "–") : ""
  const ranked = output.rank && rank ? rankOf(rank, outOf) : ""
  return average || ranked ? { average, rank: ranked } : null
}

/** "Rang : 3e sur 54 classés"; a student who is not ranked has no denominator. */
function rankOf(rank: string, outOf: number) {
  return /^\d/.test(rank)
    ? `Rang : ${rank} sur ${outOf} classés`
    : `Rang : ${rank === "NC" ? "non classé" : rank}`
}

function classPairs(data: BulletinData): Pair[] {
  const { output, classStats } = data
  if (!output.stats || !classStats || !modelOf(data).blocks.statistics) return []
  return [
    { label: "Moyenne du premier", value: classStats.highest },
    { label: "Moyenne de la classe", value: classStats.mean },
    { label: "Moyenne du dernier", value: classStats.lowest },
    { label: `Moyennes ≥ ${classStats.passMark}`, value: String(classStats.passCount) },
  ]
}

function lifePairs(data: BulletinData): Pair[] {
  const { conduct, absences } = data
  const { blocks } = modelOf(data)
  const pairs: Pair[] = []
  if (conduct && blocks.conduct) {
    const word = conduct.appreciation ? ` (${conduct.appreciation})` : ""
    pairs.push({ label: `Conduite${word}`, value: conduct.display })
  }
  if (absences && blocks.absences) {
    pairs.push(
      { label: "Absences justifiées", value: `${absences.justifiedHours} h` },
      { label: "Absences non justifiées", value: `${absences.unjustifiedHours} h` },
      { label: "Retards", value: String(absences.lates) },
    )
  }
  return pairs
}

/** One cell per earlier period and one for the year; null in a first period. */
export function periodStrip(data: BulletinData, { width, scale }: Room): Block | null {
  if (!data.output.average) return null
  const { previousPeriods, annual, isLastPeriod } = data
  const { blocks } = modelOf(data)
  const cells = (blocks.previousPeriods ? previousPeriods : []).map(({ label, average, rank }) => ({
    label,
    average,
    rank,
    note: "",
    strong: false,
  }))
  if (isLastPeriod && annual && blocks.annual) {
    const rank = annual.rank && /^\d/.test(annual.rank) ? `${annual.rank} sur ${annual.outOf}` : annual.rank
    cells.push({ label: "Moyenne annuelle", average: annual.average, rank, note: annual.note, strong: true })
  }
  if (cells.length === 0) return null
  const labelSize = 6.8 * scale
  const size = 10 * scale
  const height = lineHeight(labelSize) + lineHeight(size) + 5 * scale
  const each = width / cells.length
  return {
    height,
    draw(sheet, x, y) {
      sheet.frame(x, y, width, height, 0.5, RULE)
      cells.forEach(({ label, average, rank, note, strong }, index) => {
        const left = x + index * each
        if (index > 0) sheet.rule(left, y, left, y + height)
        if (strong) sheet.fill(left, y, each, height, TINT)
        const room = each - 12 * scale
        const start = left + 6 * scale
        const shown = data.output.rank && rank ? `   ${rank}` : ""
        sheet.text(note ? `${label} (${note})` : label, start, y + 2 * scale, {
          size: labelSize,
          color: strong ? SLATE : QUIET,
          bold: strong,
          width: room,
        })
        const style = { size, bold: strong, color: INK, width: room }
        sheet.text(average + shown, start, y + 2.5 * scale + lineHeight(labelSize), style)
      })
    },
  }
}
