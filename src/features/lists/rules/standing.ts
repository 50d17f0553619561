// Where a student stands by what was published: never by marks that still may change. Pure.
import { parseFraction, roundHalfUp } from "../../grades/fraction.ts"

/** One published period of a student: its place in the year, and the exact average, null when not classed. */
export type Published = { student: number; period: number; exact: string | null }

export type Standing = {
  /** of the newest published period, in hundredths as a bulletin prints it */
  average: number
  /** how many hundredths below the published period before it; null when there is none, or no fall */
  fall: number | null
}

/** Averages rounded to the hundredth as bulletins print them (domain.md §3.5): a fall is what a reader of both finds. */
export function standingsOf(published: readonly Published[]): Map<number, Standing> {
  const periods = new Map<number, Map<number, number>>()
  for (const { student, period, exact } of published) {
    if (exact === null) continue
    const own = periods.get(student) ?? new Map<number, number>()
    own.set(period, roundHalfUp(parseFraction(exact), 2))
    periods.set(student, own)
  }
  return new Map([...periods].map(([student, own]) => [student, standingOf(own)]))
}

function standingOf(averages: ReadonlyMap<number, number>): Standing {
  const [newest, before] = [...averages].sort(([one], [other]) => other - one).map(([, average]) => average)
  const average = newest as number
  const fall = before === undefined ? 0 : before - average
  return { average, fall: fall > 0 ? fall : null }
}
