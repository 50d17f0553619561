// The product's verbs from a terminal: `npm run -s ardoise -- <verb> …`.
import { gradingVerb } from "./features/grades/cli.ts"
import { importVerb } from "./features/imports/cli.ts"
import { reenrolVerb } from "./features/reenrolment/cli.ts"

const USAGE = `ardoise grading FILE [--variants]
ardoise import students FILE --class CLASS --school-year YEAR [--json] [--commit]
ardoise import marks FILE --roster ROSTER.json [--json] | --class CLASS --period T1 --commit
ardoise import guardians FILE --roster ROSTER.json [--json] | --commit
ardoise reenrol [--from YEAR] [--class CLASS]… [--run]`

const [verb, ...rest] = process.argv.slice(2)

async function main(): Promise<number> {
  if (verb === "grading") {
    console.log(await gradingVerb(rest))
    return 0
  }
  if (verb === "import") {
    const { output, exitCode } = await importVerb(rest, { now: new Date() })
    console.log(output)
    return exitCode
  }
  if (verb === "reenrol") {
    console.log(await reenrolVerb(rest, { now: new Date() }))
    return 0
  }
  console.error(USAGE)
  return verb === "help" ? 0 : 2
}

try {
  process.exitCode = await main()
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem)
  process.exitCode = 1
}
