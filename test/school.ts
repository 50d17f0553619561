// A real school on a real server: the cast's database, copied for each test, behind port 0.
import { randomBytes } from "node:crypto"
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pino from "pino"
import { app } from "../src/app.ts"
import { type Config, readConfig } from "../src/config.ts"
import { migrate, openDatabase } from "../src/db/index.ts"
import { openDemonstration } from "../src/demo/index.ts"
import { type CastIds, seedCast } from "../src/demo/seedCast.ts"
import { root } from "../src/root.ts"
import { openSchool, type School, Schools } from "../src/school.ts"
import type { Assets } from "../src/web/assets.ts"
import { Client } from "./client.ts"
import { copyPostgres, dropPostgres, postgresUrl } from "./postgres.ts"

/** A morning of the demonstration year, when the first trimester nears its end. */
export const NOW = new Date("2026-12-10T09:00:00.000Z")

export type TestSchool = {
  school: School
  ids: CastIds
  config: Config
  url: string
  /** moves the school's clock */
  now: Date
  /** a browser of its own: its cookies, nobody signed in */
  visitor(): Client
  /** signed in as one of the cast: « secretaire », « proviseur », « parent »… */
  as(key: string): Promise<Client>
  close(): Promise<void>
}

let template: Promise<{ file: string; ids: CastIds }> | null = null
const folder = mkdtempSync(join(tmpdir(), "ardoise-test-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))

/** The cast written once a run; every test starts from its copy. */
function castTemplate() {
  template ??= (async () => {
    const file = join(folder, "cast.sqlite")
    const db = openDatabase(postgresUrl ? await copyPostgres(null) : file)
    await migrate(db)
    const ids = await seedCast(db)
    await db.destroy()
    return { file, ids }
  })()
  return template
}

/** Built files are not needed to read a page: their names stand in. */
const assets: Assets = { url: (name) => `/built/${name}`, serve: (_req, _res, next) => next() }

export type Opening = {
  assets?: Assets
  /** the whole demonstration lycée instead of the cast alone; of the ids only those of persons and classes hold */
  demonstration?: boolean
}

export async function openTestSchool(options: Opening = {}): Promise<TestSchool> {
  const { file, ids } = await castTemplate()
  const home = join(folder, randomBytes(6).toString("hex"))
  mkdirSync(home)
  writeFileSync(join(home, "secret"), "5".repeat(64))
  let databaseUrl: string | null = null
  if (postgresUrl) databaseUrl = await copyPostgres(options.demonstration ? "nothing" : "cast")
  else if (!options.demonstration) copyFileSync(file, join(home, "school.sqlite"))
  const school = await openSchool(home, { databaseUrl, origin: "https://kalanso.example" })
  if (options.demonstration) await openDemonstration(school)
  const config = readConfig({ ARDOISE_DATA: folder, ARDOISE_DEMO: "0" })
  const log = pino({ level: process.env.ARDOISE_LOG ?? "silent" })
  const test = { school, ids: structuredClone(ids), config, now: NOW } as TestSchool
  const schools = new Schools([school])
  const server = createServer(
    app({ schools, assets: options.assets ?? assets, log, config, now: () => test.now }),
  )
  await listening(server)
  test.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  test.visitor = () => new Client(test)
  test.as = async (key) => {
    const client = new Client(test)
    await client.signIn(key)
    return client
  }
  test.close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await school.close()
    if (databaseUrl) await dropPostgres(databaseUrl)
  }
  return test
}

const listening = (server: Server) =>
  new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", () => done())
  })

export { root }
