// What a reminder says, and when one leaves by itself. Pure.
import { addDays, daysBetween } from "../../../web/days.ts"
import { daysText } from "../../../web/french.ts"
import { inGsmLetters, smsLength } from "../../messages/rules.ts"
import type { Line } from "./board.ts"

/** « 18/12 » */
const dayAndMonth = (iso: string) => `${iso.slice(8, 10)}/${iso.slice(5, 7)}`

type Piece = Pick<Line, "short" | "class" | "assessments" | "missing">

const pieceOf = ({ short, class: label, assessments, missing }: Piece) => {
  const left = assessments === 0 ? "rien de saisi" : missing > 0 ? `${missing} notes` : "à verrouiller"
  return `${short} ${label} (${left.replace(/^1 notes/, "1 note")})`
}

/** Where nothing is typed at all there is most to do; what only waits for its lock comes last. */
const toDo = ({ assessments, missing }: Piece) => (assessments === 0 ? Number.MAX_SAFE_INTEGER : missing)

type Said = {
  school: string
  period: string
  lines: readonly (Piece & Pick<Line, "dueOn" | "lateDays">)[]
}

/**
 * One SMS wherever it fits, in the letters of GSM-7: the teacher's subjects that are still open, no student's name.
 * As many subjects as there is room for, and how many others there are.
 */
export function reminderText({ school, period, lines }: Said): string {
  const [latest] = [...lines].sort(
    (one, other) => other.lateDays - one.lateDays || (one.dueOn < other.dueOn ? -1 : 1),
  )
  if (!latest) return ""
  const when =
    latest.lateDays > 0
      ? `attendues le ${dayAndMonth(latest.dueOn)}, ${daysText(latest.lateDays)} de retard`
      : `à verrouiller pour le ${dayAndMonth(latest.dueOn)}`
  const heaviest = [...lines].sort((one, other) => toDo(other) - toDo(one))
  const start = `${school} : notes du ${period} ${when}.`
  for (let shown = lines.length; shown > 0; shown--) {
    const others = lines.length - shown
    const pieces = heaviest.slice(0, shown).map(pieceOf)
    if (others > 0) pieces.push(others === 1 ? "1 autre matière" : `${others} autres matières`)
    const body = inGsmLetters(`${start} Reste : ${pieces.join(", ")}.`)
    if (smsLength(body).segments <= 1) return body
  }
  return inGsmLetters(`${start} Reste : ${lines.length === 1 ? "1 matière" : `${lines.length} matières`}.`)
}

/** The same reminder on the same day is the same message. */
export const reminderKey = (period: number, staff: number, day: string) =>
  `progress:${period}:${staff}:${day}`

/** Days before the deadline from which one leaves, days between two after it; null: none. */
export type Routine = { daysBefore: number | null; everyDays: number | null }

/**
 * Whether a reminder leaves by itself today for marks due on a day: once from so many days before it, then each so
 * many days after it. `last` is the day of the last one, sent by hand or not: nobody is reminded twice for one thing,
 * and a day on which the server did not run is made up for on the next one.
 */
export function leavesToday(
  due: string,
  { daysBefore, everyDays }: Routine,
  { today, last }: { today: string; last: string | null },
): boolean {
  if (today <= due) {
    if (daysBefore === null) return false
    const from = addDays(due, -daysBefore)
    return today >= from && (last === null || last < from)
  }
  if (everyDays === null) return false
  const since = last !== null && last > due ? last : due
  return daysBetween(since, today) >= everyDays
}
