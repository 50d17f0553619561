// Runs the bench and writes its table into the README:  npm run measured [-- ranks pages …]
//   npm run measured -- --from FILE    a table that « npm run bench -- --json FILE » has measured
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { root, run } from "./install.mjs"

const BEGIN = "<!-- measured -->"
const END = "<!-- /measured -->"

const words = process.argv.slice(2)
const given = words[0] === "--from" ? words[1] : null
const folder = mkdtempSync(join(tmpdir(), "ardoise-measured-"))
// what else the machine was doing: it slows everything, and not evenly
const busy = given ? "" : `, ${cpus().length} cores, load average ${loadavg()[0].toFixed(1)} when it began`
try {
  const file = given ?? join(folder, "bench.json")
  if (!given) run(process.execPath, ["scripts/bench.mjs", ...words, "--json", file])
  const { node, lines } = JSON.parse(readFileSync(file, "utf8"))
  const readme = join(root, "README.md")
  const text = readFileSync(readme, "utf8")
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  const day = new Date().toISOString().slice(0, 10)
  writeFileSync(readme, `${before}${BEGIN}\n${day}, Node ${node}${busy}.\n\n${table(lines)}\n${END}${after}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function table(lines) {
  const rows = lines.map(({ what, value, unit, reference, ratio, target, met }) => [
    what,
    `${shown(value)} ${unit}`,
    reference ? `× ${shown(ratio)} of ${reference.what}` : "",
    target ? `≤ ${target.of === "ratio" ? `× ${target.most}` : `${target.most} ${unit}`}` : "",
    met === null ? "" : met ? "met" : "**missed**",
  ])
  const all = [
    ["Measure", "Value", "Against, in the same run", "Target", ""],
    ["---", "---:", "---", "---", "---"],
    ...rows,
  ]
  return all.map((row) => `| ${row.join(" | ")} |`).join("\n")
}

function shown(value) {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3).replace(/\.?0+$/, "")
}
