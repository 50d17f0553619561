// What transcripts and school records share: who the student is, a year's table, and what the year comes to.
import { printable, wrap, wrapWithin } from "../../../documents/fonts.ts"
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
import type { PaperData } from "../../papers/contract.ts"
import type { RecordIdentity, RecordYear } from "../../papers/records.ts"
import { type Column, type Row, table } from "./table.ts"

/** Name, matricule, birth; the class too where the paper is about one year. */
export function identityBlock(
  { student }: Pick<PaperData, "student">,
  identity: RecordIdentity,
  { width, year }: { width: number; year?: RecordYear },
): Block {
  const nameSize = 13
  const facts = [
    { label: "Matricule", value: student.matricule ?? "en attente", share: 0.26 },
    { label: identity.bornLabel, value: identity.birth || "–", share: 0.44 },
    { label: "Nationalité", value: identity.nationality || "–", share: 0.3 },
  ]
  const ofYear = year
    ? [
        { label: "Classe", value: year.className, share: 0.26 },
        { label: "Année scolaire", value: year.schoolYear, share: 0.44 },
        { label: "Redouble", value: year.repeating ? "oui" : "non", share: 0.3 },
      ]
    : []
  const rows = [facts, ofYear].filter((row) => row.length > 0)
  const rowHeight = 21
  return {
    height: lineHeight(nameSize) + 3 + rows.length * rowHeight,
    draw(sheet, x, y) {
      const name = `${student.surname} ${student.givenNames}`
      sheet.text(name, x, y, { size: nameSize, bold: true, color: INK, width })
      rows.forEach((row, r) => {
        let left = x
        const top = y + lineHeight(nameSize) + 3 + r * rowHeight
        for (const { label, value, share } of row) {
          sheet.text(label, left, top, { size: 6.6, color: QUIET, width: width * share - 8 })
          sheet.text(value, left, top + 7.6, { size: 9.2, color: INK, width: width * share - 8 })
          left += width * share
        }
      })
    },
  }
}

/** `remarks`: lines that the last remark on each subject may take; 0 leaves them out and shows ranks. */
export type Look = { size: number; padding: number; remarks: number }

/** Subjects by periods, then the general averages and ranks; with the last remark of each subject where asked. */
export function yearTable(year: RecordYear, width: number, { size, padding, remarks }: Look): Block {
  const { periods, subjects, output } = year
  const each = Math.min(remarks > 0 ? 47 : 58, (width * (remarks > 0 ? 0.34 : 0.42)) / periods.length)
  const rankWidth = Math.min(44, (width * 0.24) / periods.length)
  const withRanks =
    output.rank && remarks === 0 && subjects.some(({ ranks }) => ranks.some((rank) => rank !== "–"))
  const coefficient = output.average ? 32 : 0
  const remarkWidth = remarks > 0 ? width * 0.42 : 0
  const subjectWidth =
    width - coefficient - remarkWidth - (each + (withRanks ? rankWidth : 0)) * periods.length
  const columns: Column[] = [
    { head: "Matières", width: subjectWidth, bold: true },
    ...(output.average ? [{ head: "Coef.", width: coefficient, align: "right" as const }] : []),
    ...periods.flatMap(({ label }): Column[] => [
      { head: label, width: each, align: "right", bold: true },
      ...(withRanks ? [{ head: "Rang", width: rankWidth, align: "left" as const }] : []),
    ]),
    ...(remarks > 0 ? [{ head: "Appréciation", width: remarkWidth, lines: remarks, scale: 0.86 }] : []),
  ]
  const line = (cells: readonly string[], ranks: readonly string[]) =>
    cells.flatMap((cell, n) => (withRanks ? [cell, short(ranks[n] ?? "–")] : [cell]))
  const rows: Row[] = subjects.map(({ label, coefficient, averages, ranks, appreciations }) => ({
    cells: [
      label,
      ...(output.average ? [coefficient] : []),
      ...line(averages, ranks),
      ...(remarks ? [appreciations.findLast(Boolean) ?? ""] : []),
    ],
  }))
  if (output.average) {
    const averages = periods.map(({ average }) => average)
    const ranks = periods.map(({ rank }) => rank.replace(/ sur \d+$/, ""))
    rows.push({
      strong: true,
      cells: [`Moyenne générale / ${year.scaleMax}`, "", ...line(averages, ranks), ""],
    })
  }
  const made = table(columns, rows, { size, padding, headSize: Math.min(7.4, size * 0.86) })
  return made.part(0, rows.length)
}

const short = (rank: string) => rank.replace(" ex aequo", " ex")

/** The year in figures at the left, what the council decided at the right, over the house's tint. */
export function annualBlock({ annual, output, scaleMax }: RecordYear, width: number): Block {
  const height = 34
  const on = annual.average === "–" ? "–" : `${annual.average} / ${scaleMax}`
  const cells = [
    ...(output.average ? [{ label: "Moyenne annuelle", value: on }] : []),
    ...(output.rank ? [{ label: "Rang annuel", value: annual.rank }] : []),
    {
      label: annual.note ? `Décision du conseil de classe (${annual.note})` : "Décision du conseil de classe",
      value: annual.decision,
    },
  ]
  const shares = cells.length === 3 ? [0.26, 0.26, 0.48] : cells.length === 2 ? [0.4, 0.6] : [1]
  return {
    height,
    draw(sheet, x, y) {
      sheet.fill(x, y, width, height, TINT)
      sheet.frame(x, y, width, height, 0.9, SLATE)
      let left = x
      cells.forEach(({ label, value }, n) => {
        const room = width * (shares[n] as number)
        if (n > 0) sheet.rule(left, y, left, y + height)
        sheet.text(label, left + 8, y + 4.5, { size: 7, bold: true, color: SLATE, width: room - 16 })
        sheet.text(value, left + 8, y + 14.5, { size: 11.5, bold: true, color: INK, width: room - 16 })
        left += room
      })
    },
  }
}

/** One line a period: rank, conduct, absences, distinction; under it the general appreciation where there is one. */
export function periodsBlock(year: RecordYear, width: number, remarkLines: number): Block {
  const columns: Column[] = [
    { head: "Période", width: width * 0.16, bold: true },
    ...(year.output.rank ? [{ head: "Rang", width: width * 0.14 }] : []),
    { head: "Conduite", width: width * 0.1, align: "right" },
    { head: "Absences et retards", width: width * (year.output.rank ? 0.33 : 0.4), lines: 2 },
    { head: "Mention et distinction", width: width * (year.output.rank ? 0.27 : 0.34), lines: 2 },
  ]
  const rows = year.periods.map(({ label, rank, conduct, absences, mention, award }): Row => {
    const said = [mention, award].filter(Boolean).join(", ") || "–"
    return { cells: [label, ...(year.output.rank ? [rank] : []), conduct, absences, said] }
  })
  const made = table(columns, rows, { size: 8, padding: 2, headSize: 7, headLines: 1 }).part(0, rows.length)
  const said = remarkLines > 0 ? year.periods.filter(({ appreciation }) => appreciation) : []
  const size = 7.8
  const labelWidth = width * 0.16
  const remarks = said.map(({ label, appreciation }) => {
    const text = printable(appreciation)
    const room = width - labelWidth
    const small = wrap(text, room, size).length > remarkLines ? size * 0.85 : size
    return { label, size: small, lines: wrapWithin(text, room, small, remarkLines) }
  })
  const step = lineHeight(size) * 1.06
  const remarksHeight = remarks.reduce(
    (sum, { lines }) => sum + lines.length * step + 3,
    remarks.length ? 5 : 0,
  )
  return {
    height: made.height + remarksHeight,
    draw(sheet, x, y) {
      made.draw(sheet, x, y)
      let top = y + made.height + 5
      for (const { label, size, lines } of remarks) {
        sheet.text(label, x + 3, top, { size, color: QUIET, width: labelWidth - 6 })
        lines.forEach((text, n) => {
          sheet.text(text, x + labelWidth, top + n * step, { size, color: INK })
        })
        top += lines.length * step + 3
      }
    },
  }
}

/** A quiet line of small print. */
export function note(text: string, width: number, most = 2): Block {
  const size = 6.8
  const lines = wrapWithin(printable(text), width, size, most)
  return {
    height: lines.length * lineHeight(size),
    draw(sheet, x, y) {
      lines.forEach((line, n) => {
        sheet.text(line, x, y + n * lineHeight(size), { size, color: QUIET, width })
      })
    },
  }
}

/** A heading over a rule. */
export function heading(text: string, aside: string, width: number): Block {
  const size = 11
  return {
    height: lineHeight(size) + 6,
    draw(sheet: Sheet, x, y) {
      sheet.text(text, x, y, { size, bold: true, color: SLATE, width: width * 0.6 })
      sheet.text(aside, x + width * 0.6, y + 1, { size: 9, color: INK, width: width * 0.4, align: "right" })
      sheet.rule(x, y + lineHeight(size) + 2, x + width, y + lineHeight(size) + 2, 0.9, RULE)
    },
  }
}
