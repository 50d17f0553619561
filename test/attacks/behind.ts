// Schools of the tests behind another server of their own: other proxies, other patience, its log kept.
import type { AddressInfo } from "node:net"
import { app } from "../../src/app.ts"
import { Schools } from "../../src/school.ts"
import type { Assets } from "../../src/web/assets.ts"
import { openLog } from "../../src/web/log.ts"
import { openServer } from "../../src/web/server.ts"
import type { TestSchool } from "../school.ts"

const assets: Assets = { url: (name) => `/built/${name}`, serve: (_req, _res, next) => next() }

type Ways = { patience?: Parameters<typeof openServer>[1]; proxies?: number }

export async function behind(tests: [TestSchool, ...TestSchool[]], { patience, proxies = 0 }: Ways = {}) {
  const lines: string[] = []
  const log = openLog("info", { write: (line) => void lines.push(line) })
  const [first] = tests
  const schools = new Schools(tests.map(({ school }) => school))
  const config = { ...first.config, proxies }
  const server = openServer(app({ schools, assets, log, config, now: () => first.now }), patience)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as AddressInfo
  server.unref()
  const close = () => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  }
  return { server, port, url: `http://127.0.0.1:${port}`, lines, close }
}
