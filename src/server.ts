import { join } from "node:path"
import { app } from "./app.ts"
import { startClock } from "./clock.ts"
import { readConfig } from "./config.ts"
import { openFirstSchool } from "./features/accounts/first.ts"
import { root } from "./root.ts"
import { openSchools } from "./school.ts"
import { readAssets } from "./web/assets.ts"
import { openLog } from "./web/log.ts"
import { openServer } from "./web/server.ts"

const config = readConfig()
const log = openLog(config.logLevel)
const schools = await openSchools(config)
await openFirstSchool(schools, config, log)
const clock = startClock(schools, log)
const server = openServer(app({ schools, assets: readAssets(join(root, "public")), log, config }))
server.listen(config.port, config.address, () => {
  log.info({ port: config.port, schools: schools.all.length, ms: Math.round(performance.now()) }, "listening")
  log.flush()
})

// a promise that nobody waited for is a fault to mend, not a reason to send everybody away
process.on("unhandledRejection", (problem) =>
  log.error({ err: problem }, "work failed that nobody waited for"),
)

let stopping = false
/** Lets the requests under way end, then closes the databases. */
async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  log.info({ signal }, "stopping")
  clock.stop()
  const forced = setTimeout(() => server.closeAllConnections(), 10_000)
  await new Promise((done) => {
    server.close(done)
    server.closeIdleConnections()
  })
  clearTimeout(forced)
  try {
    await schools.close()
  } finally {
    process.exit(0)
  }
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal))
