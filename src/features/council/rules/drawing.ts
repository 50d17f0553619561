// The small pictures of the projector's page, as numbers for SVG. Pure. Marks are shares of the scale, 0 to 1.

const round = (n: number) => Math.round(n * 10) / 10

/** A bar of 100 wide: how far the student's average and the class's mean go. */
export const bar = (share: number | null, mean: number | null) => ({
  length: share === null ? null : round(share * 100),
  mean: mean === null ? null : round(mean * 100),
})

export const SPARK = { width: 160, height: 48, inset: 5 }

/**
 * The line of the averages of the periods so far; a period without one leaves a gap. The scale of the picture is
 * what the averages need, at least a fifth of the marks', so that a small change does not look like a fall.
 */
export function spark(shares: readonly (number | null)[]) {
  const known = shares.filter((share) => share !== null)
  const middle = (Math.max(...known, 0) + Math.min(...known, 1)) / 2
  const span = Math.max(0.2, Math.max(...known, 0) - Math.min(...known, 1))
  const { width, height, inset } = SPARK
  const step = (width - 2 * inset) / Math.max(1, shares.length - 1)
  const points = shares.flatMap((share, n) => {
    if (share === null) return []
    const y = height / 2 - ((share - middle) / span) * (height - 2 * inset)
    return [{ n, x: round(inset + n * step), y: round(y) }]
  })
  const path = points.map(({ n, x, y }, at) => {
    const joined = at > 0 && points[at - 1]?.n === n - 1
    return `${joined ? "L" : "M"}${x} ${y}`
  })
  return { points, path: path.join("") }
}
