import { createServer } from "node:http"
import { join } from "node:path"
import pino from "pino"
import { app } from "./app.ts"
import { startClock } from "./clock.ts"
import { readConfig } from "./config.ts"
import { openFirstSchool } from "./features/accounts/first.ts"
import { root } from "./root.ts"
import { openSchools } from "./school.ts"
import { readAssets } from "./web/assets.ts"

const config = readConfig()
const log = pino({ level: config.logLevel })
const schools = await openSchools(config)
await openFirstSchool(schools, config, log)
const clock = startClock(schools, log)
const server = createServer(app({ schools, assets: readAssets(join(root, "public")), log, config }))
server.listen(config.port, config.address, () => {
  log.info({ port: config.port, schools: schools.all.length, ms: Math.round(performance.now()) }, "listening")
})

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
  await schools.close()
  process.exit(0)
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal))
