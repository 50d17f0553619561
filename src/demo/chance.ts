// Chance that always falls the same way: the demonstration is the same school on every computer.

export type Chance = {
  /** a whole number from `min` to `max`, both included */
  whole(min: number, max: number): number
  /** true so many times in a hundred */
  percent(share: number): boolean
  pick<T>(from: readonly T[]): T
  /** one of the words, as often as its weight says */
  weighted<T>(from: readonly (readonly [T, number])[]): T
  /** around `mean`, two thirds of the time within `spread` */
  around(mean: number, spread: number): number
  shuffle<T>(items: readonly T[]): T[]
}

/** mulberry32: 32 bits of state, more than enough for invented people. */
export function chance(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(from: readonly T[]) => from[whole(0, from.length - 1)] as T
  return {
    whole,
    pick,
    percent: (share) => next() * 100 < share,
    weighted(from) {
      let rest = next() * from.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [word, weight] of from) {
        rest -= weight
        if (rest < 0) return word
      }
      return (from.at(-1) as (typeof from)[number])[0]
    },
    // twelve throws make a bell (Irwin–Hall)
    around: (mean, spread) =>
      mean + spread * (Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, 0) - 6),
    shuffle(items) {
      const mixed = [...items]
      for (let last = mixed.length - 1; last > 0; last--) {
        const other = whole(0, last)
        ;[mixed[last], mixed[other]] = [mixed[other] as never, mixed[last] as never]
      }
      return mixed
    },
  }
}
