// Plots as paths: drawn on the server into pages, and by the same shapes on paper. Pure.

export type Bar = { x: number; y: number; width: number; height: number }

/** Bars of a histogram in a box whose foot is at `height`; the highest count fills it. */
export function bars(counts: readonly number[], width: number, height: number, gap = 0.12): Bar[] {
  const most = Math.max(1, ...counts)
  const step = width / counts.length
  return counts.map((count, n) => ({
    x: (n + gap / 2) * step,
    y: height - (count / most) * height,
    width: step * (1 - gap),
    height: (count / most) * height,
  }))
}

/** Points of a line over equal steps; null where there is no value. `low` and `high` bound the scale. */
export function points(
  values: readonly (number | null)[],
  { width, height, low, high }: { width: number; height: number; low: number; high: number },
): ({ x: number; y: number } | null)[] {
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return values.map((value, n) =>
    value === null
      ? null
      : {
          x: values.length > 1 ? n * step : width / 2,
          y: height - ((value - low) / (high - low || 1)) * height,
        },
  )
}

const short = (n: number) => String(Math.round(n * 10) / 10)

/** The bars as one SVG path. */
export const barsPath = (counts: readonly number[], width: number, height: number) =>
  bars(counts, width, height)
    .filter((bar) => bar.height > 0)
    .map((bar) => `M${short(bar.x)} ${short(bar.y)}h${short(bar.width)}V${height}h-${short(bar.width)}z`)
    .join("")

/** Values as one SVG path, broken where there is none. */
export function linePath(values: readonly (number | null)[], box: Parameters<typeof points>[1]): string {
  let pen = false
  return points(values, box)
    .map((point) => {
      if (!point) {
        pen = false
        return ""
      }
      const step = `${pen ? "L" : "M"}${short(point.x)} ${short(point.y)}`
      pen = true
      return step
    })
    .join("")
}
