// The control of a paper mark sheet: what it adds up to must be what was typed from it. No I/O.
import { typedIn } from "../../web/form.ts"
import { short } from "../../web/french.ts"
import { BLANK, cellKey, type StoredMark, sameMark, type TypedCell } from "./cells.ts"
import { markProblem, readMark } from "./marking.ts"
import type { CellOutcome } from "./recording.ts"

type Column = { id: number; label: string; max: number }

export type TotalsChecked = {
  problems: { field: string; text: string }[]
  /** « Devoir 1 : total 512,5 de 42 notes », for the trail of each mark; one for each column that was checked */
  said: Map<number, string>
}

/** The names of a column's two fields. */
export const totalField = (assessment: number) => `total${assessment}`
export const countField = (assessment: number) => `count${assessment}`

/**
 * Compares each column with its sheet. A column in which nothing changes needs no totals; one in which something does
 * needs both, and they must be right to the hundredth: nothing is put straight silently.
 */
export function checkTotals(
  columns: readonly Column[],
  cells: readonly TypedCell[],
  { body, marks }: { body: unknown; marks: ReadonlyMap<string, StoredMark> },
): TotalsChecked {
  const typed = typedIn(body)
  const checked: TotalsChecked = { problems: [], said: new Map() }
  for (const { id, label, max } of columns) {
    const own = cells.filter((cell) => cell.assessment === id)
    const values = own.flatMap((cell) => {
      const reading = readMark(cell.typed, { max })
      return reading.kind === "value" ? [reading.hundredths] : []
    })
    const [total, count] = [typed[totalField(id)]?.trim() ?? "", typed[countField(id)]?.trim() ?? ""]
    if (total === "" && count === "" && !own.some((cell) => changes(cell, marks, max))) continue
    const sum = values.reduce((all, value) => all + value, 0)
    const wrong = (field: string, text: string) =>
      checked.problems.push({ field, text: `${label} : ${text}` })
    const totalWrong = totalProblem(total, sum)
    const countWrong = countProblem(count, values.length)
    if (totalWrong) wrong(totalField(id), totalWrong)
    if (countWrong) wrong(countField(id), countWrong)
    if (!totalWrong && !countWrong) checked.said.set(id, saidOf(sum, values.length))
  }
  return checked
}

/** Something else than what is stored; what cannot be read, or is asked about, too. */
function changes(cell: TypedCell, marks: ReadonlyMap<string, StoredMark>, max: number): boolean {
  const reading = readMark(cell.typed, { max })
  const stored = marks.get(cellKey(cell.assessment, cell.student)) ?? BLANK
  if (reading.kind === "value") return !sameMark({ value: reading.hundredths, status: null }, stored)
  if (reading.kind === "status") return !sameMark({ value: null, status: reading.status }, stored)
  return true
}

const inWords = (hundredths: number) => short(hundredths) || "0"

const saidOf = (sum: number, count: number) =>
  `Feuille papier : total ${inWords(sum)}, ${count} note${count > 1 ? "s" : ""}`

const NUMBER = /^(\d{1,6})(?:[.,](\d{1,2}))?$/

function totalProblem(typed: string, sum: number): string | null {
  if (typed === "") return "écrivez la somme des notes qui est sur la feuille."
  const match = NUMBER.exec(typed.replace(/\s/g, ""))
  if (!match) return "écrivez la somme des notes comme 512,5."
  const wanted = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"))
  if (wanted === sum) return null
  const apart = `${inWords(Math.abs(wanted - sum))} de ${sum < wanted ? "moins" : "plus"}`
  return `la feuille totalise ${inWords(wanted)}, les notes tapées ${inWords(sum)}, soit ${apart}.`
}

function countProblem(typed: string, count: number): string | null {
  if (typed === "") return "écrivez le nombre de notes qui est sur la feuille, sans les absents."
  if (!/^\d{1,4}$/.test(typed)) return "écrivez le nombre de notes comme 42."
  const wanted = Number(typed)
  if (wanted === count) return null
  const apart = Math.abs(wanted - count)
  return `la feuille compte ${wanted} notes, ${count} ${count > 1 ? "sont tapées" : "est tapée"} : ${apart} ${count < wanted ? "manque" : "de trop"}${count < wanted && apart > 1 ? "nt" : ""}.`
}

/** Every cell as it was typed, none of it stored; those that cannot be read say why. */
export function heldBack(
  cells: readonly TypedCell[],
  columns: readonly Column[],
  marks: ReadonlyMap<string, StoredMark>,
): Map<string, CellOutcome> {
  const scales = new Map(columns.map(({ id, max }) => [id, max]))
  return new Map(
    cells.map((cell): [string, CellOutcome] => {
      const key = cellKey(cell.assessment, cell.student)
      const stored = marks.get(key) ?? BLANK
      const max = scales.get(cell.assessment) ?? 0
      const reading = readMark(cell.typed, { max })
      if (reading.kind !== "error") return [key, { kind: "held", cell, stored }]
      return [key, { kind: "refused", cell, stored, why: markProblem(reading, max) ?? "" }]
    }),
  )
}
