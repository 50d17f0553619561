// Measures the product, each time against a reference measured in the same run.
//   npm run bench                    everything
//   npm run bench -- ranks pages     some measures
//   npm run bench -- --json FILE     the same numbers for a machine
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { openDemonstration } from "../src/demo/index.ts"
import { openSchool } from "../src/school.ts"
import { judge, type Measure, type Measured, printTable } from "./measure.ts"
import { batch } from "./measures/batch.ts"
import { bulletins } from "./measures/bulletins.ts"
import { importing } from "./measures/importing.ts"
import { memory } from "./measures/memory.ts"
import { pages } from "./measures/pages.ts"
import { ranks } from "./measures/ranks.ts"
import { starting } from "./measures/starting.ts"
import { wire } from "./measures/wire.ts"
import { buildBare } from "./server.ts"

const measures: Record<string, Measure> = {
  pages,
  ranks,
  bulletins,
  batch,
  importing,
  wire,
  memory,
  starting,
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } })
const unknown = positionals.filter((name) => !(name in measures))
if (unknown.length > 0)
  throw new Error(`no measure ${unknown.join(", ")}: ${Object.keys(measures).join(", ")}`)

const dataFolder = mkdtempSync(join(tmpdir(), "ardoise-bench-"))
process.on("exit", () => rmSync(dataFolder, { recursive: true, force: true }))
await buildBare()
const school = await openSchool(join(dataFolder, "school"))
await openDemonstration(school)
await school.close()

const lines: Measured[] = []
const failures: string[] = []
for (const [name, measure] of Object.entries(measures)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  try {
    lines.push(...(await measure(dataFolder)).map(judge))
  } catch (problem) {
    // the others still say what they have to say
    failures.push(`${name}: ${problem instanceof Error ? problem.message : problem}`)
  }
}
console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}\n`)
console.log(printTable(lines))
const missed = lines.filter(({ met }) => met === false).length
for (const failure of failures) console.log(`\nnot measured: ${failure}`)
console.log(`\n${lines.filter(({ met }) => met).length} targets met, ${missed} missed`)
if (values.json) writeFileSync(values.json, `${JSON.stringify({ node: process.version, lines }, null, 2)}\n`)
// documents keep a worker waiting for the next order
process.exit(failures.length > 0 ? 1 : 0)
