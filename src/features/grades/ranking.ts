import { compare, type Shown } from "./fraction.ts"
import type { GradingProfile } from "./profile.ts"

export type Sex = "M" | "F"
export type Rank = { readonly number: number; readonly tied: boolean }

/** "1er", "1re" for a girl, then "2e", "21e" (domain.md §3.5). */
export const ordinal = (n: number, sex: Sex | null = "M"): string =>
  n === 1 ? (sex === "F" ? "1re" : "1er") : `${n}e`

/** "2e ex aequo"; "NC" for a student who is not ranked. */
export function rankLabel(rank: Rank | null, sex: Sex | null = "M"): string {
  if (rank === null) return "NC"
  return rank.tied ? `${ordinal(rank.number, sex)} ex aequo` : ordinal(rank.number, sex)
}

/**
 * The place of each average, highest first, in the order given; null where there is none to rank.
 * Equal ones share a place and the next is skipped: 1, 2, 2, 4 (`dense`: 1, 2, 2, 3). Compared as displayed, two
 * students who read the same number get the same rank (domain.md §3.2, step 7).
 */
export function rank(
  averages: readonly (Shown | null)[],
  by: Pick<GradingProfile["rank"], "method" | "compare">,
): (Rank | null)[] {
  const exact = by.compare === "exact"
  const places: number[] = []
  averages.forEach((average, index) => {
    if (average) places.push(index)
  })
  // Rounding never reverses an order, so the integers decide first and fractions only part equal integers.
  const differ = (i: number, j: number) => {
    const a = averages[i] as Shown
    const b = averages[j] as Shown
    return b.rounded - a.rounded || (exact ? compare(b.exact, a.exact) : 0)
  }
  places.sort(differ)

  const ranks: (Rank | null)[] = averages.map(() => null)
  let number = 0
  for (let from = 0; from < places.length; ) {
    let to = from + 1
    while (to < places.length && differ(places[from] as number, places[to] as number) === 0) to++
    number = by.method === "dense" ? number + 1 : from + 1
    const place: Rank = { number, tied: to - from > 1 }
    for (let i = from; i < to; i++) ranks[places[i] as number] = place
    from = to
  }
  return ranks
}
