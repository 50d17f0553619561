// How marks are spread, in whole hundredths: no binary fraction decides whether a mark is far. Pure.

/** The middle one of an ordered list, twice as large so that the mean of two stays whole; null of nothing. */
export function twiceMedian(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? 2 * upper : upper + (sorted[middle - 1] as number)
}

/** What makes the median absolute deviation of normal marks their standard deviation, in ten thousandths. */
const NORMAL = 14_826

/**
 * Values farther from the median than `deviations` (hundredths: 300 is 3) median absolute deviations, in the scaled
 * form that equals standard deviations where marks are spread normally. Where half the class has the same mark the
 * deviation is nothing: it counts for `least` hundredths then.
 */
export function farValues(
  values: readonly number[],
  { deviations, least }: { deviations: number; least: number },
): Set<number> {
  const median = twiceMedian(values)
  if (median === null) return new Set()
  const distance = (value: number) => Math.abs(2 * value - median)
  // twice the median of doubled distances: four times the deviation
  const spread = twiceMedian(values.map(distance)) as number
  const limit = Math.max(spread * NORMAL, 4 * least * 10_000) * deviations
  return new Set(values.filter((value) => 2 * distance(value) * 10_000 * 100 > limit))
}

/** The mean rounded half up to a whole number; null of nothing. */
export function meanOf(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sum = values.reduce((total, value) => total + value, 0)
  return Math.floor((2 * sum + values.length) / (2 * values.length))
}

/** A short mark of a text (FNV-1a), to see whether what a finding says has changed. */
export function shortMark(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193)
  return (hash >>> 0).toString(36)
}
