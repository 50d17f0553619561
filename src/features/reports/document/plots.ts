// One plot on paper, drawn with the sheet's own lines and fills.
import { INK, lineHeight, QUIET, RULE, type Sheet, SLATE } from "../../../documents/sheet.ts"
import type { Evolution } from "../contract.ts"
import { bars, points } from "../rules/plots.ts"
import { BINS, shownUnits } from "../rules/statistics.ts"

/** Light: thirty plots in black would empty a cartridge. */
const BAR = "#ccd3d6"

export type Box = { x: number; y: number; width: number; height: number }

/** Bars with their counts over the scale. */
export function histogram(
  sheet: Sheet,
  { label, bins, scaleMax, n }: { label: string; bins: number[]; scaleMax: string; n: number },
  { x, y, width, height }: Box,
) {
  sheet.text(label, x, y, { size: 8.6, bold: true, color: SLATE, width: width - 50 })
  sheet.text(`${n} élèves`, x, y + 0.8, { size: 7.4, color: QUIET, width, align: "right" })
  const [top, foot] = [y + 24, y + height - 12]
  for (const [b, bar] of bars(bins, width, foot - top).entries()) {
    if (bar.height > 0) {
      sheet.fill(x + bar.x, top + bar.y, bar.width, bar.height, BAR)
      sheet.frame(x + bar.x, top + bar.y, bar.width, bar.height, 0.5, SLATE)
    }
    const count = bins[b] as number
    const step = width / BINS
    if (count > 0) {
      const above = { size: 6.6, color: INK, width: step, align: "center" as const }
      sheet.text(String(count), x + b * step, top + bar.y - lineHeight(6.6), above)
    }
  }
  sheet.rule(x, foot, x + width, foot, 0.7, SLATE)
  const tenth = Number(scaleMax) / BINS
  for (let edge = 0; edge <= BINS; edge += 2) {
    const centre = x + (edge * width) / BINS
    sheet.rule(centre, foot, centre, foot + 2.5, 0.5, SLATE)
    const style = { size: 6.2, color: QUIET, width: 24, align: "center" as const }
    sheet.text(String(tenth * edge).replace(".", ","), centre - 12, foot + 3, style)
  }
}

/** A class's means over the year as a line, the pass mark as a grey one. */
export function evolution(sheet: Sheet, one: Evolution["rows"][number], { x, y, width, height }: Box) {
  const { label, means, decimals, scaleMax, pass } = one
  sheet.text(label, x, y, { size: 8.6, bold: true, color: SLATE, width })
  const high = Number(scaleMax) * 10 ** decimals
  const box = { width: width - 36, height: height - 44, low: high * 0.25, high: high * 0.75 }
  const [left, top] = [x + 18, y + 24]
  sheet.frame(x, y + 16, width, height - 16, 0.4, RULE)
  const passing = points([pass], { ...box, width: 0 })[0]
  if (passing) sheet.rule(x, top + passing.y, x + width, top + passing.y, 0.5, RULE)
  const places = points(
    means.map((mean) => mean && Math.min(Math.max(mean, box.low), box.high)),
    box,
  )
  places.forEach((place, n) => {
    const before = places[n - 1]
    if (!place) return
    if (before) sheet.rule(left + before.x, top + before.y, left + place.x, top + place.y, 1.2, SLATE)
    sheet.fill(left + place.x - 2, top + place.y - 2, 4, 4, SLATE)
    const text = shownUnits(means[n] ?? null, decimals)
    const style = { size: 7, bold: true, color: INK, width: 36, align: "center" as const }
    sheet.text(text, left + place.x - 18, top + box.height + 8, style)
  })
}
