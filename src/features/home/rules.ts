// What the first page says there is to do. Pure.
import { daysBetween } from "../../web/days.ts"
import { daysText } from "../../web/french.ts"
import type { PeriodState } from "../bulletins/rules.ts"

/** « encore 13 jours », « se termine aujourd’hui », « terminé depuis 3 jours ». */
export function timeLeft(
  { starts_on, ends_on }: { starts_on: string; ends_on: string },
  day: string,
): string {
  const said = (from: string, to: string) => daysText(daysBetween(from, to))
  if (day < starts_on) return `commence dans ${said(day, starts_on)}`
  if (day === ends_on) return "se termine aujourd’hui"
  return day < ends_on ? `encore ${said(day, ends_on)}` : `terminé depuis ${said(ends_on, day)}`
}

export type Standing = { state: PeriodState; subjects: number; marked: number; locked: number }

/** How many classes stand where, and how many subjects have marks or are locked in all of them. */
export function totals(rows: readonly Standing[]) {
  const sum = (of: (row: Standing) => number) => rows.reduce((total, row) => total + of(row), 0)
  const standing = (state: PeriodState) => rows.filter((row) => row.state === state).length
  return {
    classes: rows.length,
    subjects: sum((row) => row.subjects),
    marked: sum((row) => row.marked),
    locked: sum((row) => row.locked),
    toCheck: standing("locked"),
    toPublish: standing("checked"),
    published: standing("published"),
  }
}

/** « 3 classes sont à contrôler, 1 est à publier. »; what is late when nothing waits for the head. */
export function nextStep(sum: ReturnType<typeof totals>): string {
  const some = (n: number, what: string) => `${n} classe${n > 1 ? "s sont" : " est"} ${what}`
  const waiting = [
    sum.toCheck > 0 ? some(sum.toCheck, "à contrôler") : "",
    sum.toPublish > 0 ? some(sum.toPublish, "à publier") : "",
  ].filter(Boolean)
  if (waiting.length > 0) return `${waiting.join(", ")}.`
  if (sum.classes > 0 && sum.published === sum.classes) return "Toutes les classes sont publiées."
  const left = sum.subjects - sum.locked
  if (left <= 0) return ""
  return left === 1 ? "Il reste 1 matière à verrouiller." : `Il reste ${left} matières à verrouiller.`
}
