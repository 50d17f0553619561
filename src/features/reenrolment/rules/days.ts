// Days as ISO texts. Pure.
const DAY = 86_400_000

/** The day after: the first one on which who left with the year is no longer there. */
export const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + DAY).toISOString().slice(0, 10)
