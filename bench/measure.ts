// What one line of the table is, and how the table is printed.

export type Line = {
  what: string
  value: number
  unit: string
  /** the same work done plainly, in the same run */
  reference: { what: string; value: number } | null
  /** at most so much, of the value or of its ratio to the reference */
  target: { most: number; of: "value" | "ratio" } | null
}

export type Measured = Line & { ratio: number | null; met: boolean | null }

/** A measure gets the demonstration's data folder and gives lines of the table. */
export type Measure = (dataFolder: string) => Promise<Line[]>

export function judge(line: Line): Measured {
  const ratio = line.reference ? line.value / line.reference.value : null
  const judged = line.target?.of === "ratio" ? ratio : line.value
  return { ...line, ratio, met: line.target && judged !== null ? judged <= line.target.most : null }
}

/** The least of some rounds, after one that does not count: what the work costs where nothing else disturbs it. */
export async function least(rounds: number, work: () => unknown | Promise<unknown>): Promise<number> {
  await work()
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await work()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

const shown = (value: number) =>
  value >= 1000
    ? String(Math.round(value))
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2)

const withUnit = (value: number, unit: string) => `${shown(value)} ${unit}`

export function printTable(lines: Measured[]): string {
  const rows = lines.map(({ what, value, unit, reference, ratio, target, met }) => [
    what,
    withUnit(value, unit),
    reference ? `${withUnit(reference.value, unit)} (${reference.what})` : "–",
    ratio === null ? "–" : `× ${ratio.toFixed(2)}`,
    target ? `≤ ${target.of === "ratio" ? `× ${target.most}` : withUnit(target.most, unit)}` : "–",
    met === null ? "" : met ? "ok" : "MISSED",
  ])
  const all = [["measure", "value", "reference in the same run", "ratio", "target", ""], ...rows]
  const widths =
    all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] as string).length))) ?? []
  const lineOf = (row: string[]) =>
    row
      .map((cell, n) => cell.padEnd(widths[n] as number))
      .join("  ")
      .trimEnd()
  return [
    lineOf(all[0] as string[]),
    widths.map((width) => "─".repeat(width)).join("  "),
    ...rows.map(lineOf),
  ].join("\n")
}
