// Everything that must hold: the build, types, lint, every test file, the journeys in a real browser.
//   npm test                  all of it; the last line says « N passed, N failed »
//   npm test -- grades        only the test files whose path contains « grades »
//   npm run test:postgres     the same test files, each school in a PostgreSQL database
import { installPackages, installTestTools } from "./install.mjs"

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"))
const onPostgres = process.argv.includes("--postgres")

installPackages()
installTestTools()

const { build, checks, testFiles, journeys } = await import("./tests/jobs.mjs")
const { runAll } = await import("./tests/run.mjs")
const { report } = await import("./tests/report.mjs")
const postgres = onPostgres ? await (await import("./tests/postgres.mjs")).startPostgres() : null

const only = (jobs) => jobs.filter(({ name }) => wanted.length === 0 || wanted.some((w) => name.includes(w)))
const env = { ...process.env, NO_COLOR: "1", ...(postgres ? { ARDOISE_TEST_POSTGRES: postgres.url } : {}) }
try {
  // types and lint know nothing of the database: once is enough
  const alone = onPostgres || wanted.length > 0 ? [] : checks
  const results = [
    ...(await runAll([build], { env, atOnce: 1 })),
    ...(await runAll([...alone, ...only(testFiles())], { env, atOnce: 2 })),
    ...(await runAll(only(journeys()), { env, atOnce: 1 })),
  ]
  process.exitCode = report(results)
} finally {
  await postgres?.stop()
}
