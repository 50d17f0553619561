import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pino from "pino"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { Client } from "../../../test/client.ts"
import { NOW, type TestSchool } from "../../../test/school.ts"
import { app } from "../../app.ts"
import { readConfig } from "../../config.ts"
import { openSchool, type School, Schools } from "../../school.ts"
import { openFirstSchool } from "./first.ts"

const folder = mkdtempSync(join(tmpdir(), "ardoise-first-"))
const assets = {
  url: (name: string) => `/built/${name}`,
  serve: (_req: unknown, _res: unknown, next: () => void) => next(),
}
const log = pino({ level: "silent" })
const servers: Server[] = []
const schools: School[] = []
let made = 0

/** A server whose only school has just been made, as at the very first start. */
async function freshServer(env: Record<string, string> = { ARDOISE_DEMO: "0" }) {
  const home = join(folder, `school${made++}`)
  mkdirSync(home)
  const school = await openSchool(home)
  schools.push(school)
  const config = readConfig({ ARDOISE_DATA: folder, ...env })
  const all = new Schools([school])
  const told: string[] = []
  const start = async () => {
    told.length = 0
    await openFirstSchool(all, config, log, (text) => told.push(text))
    return told.join("\n").match(/[A-Z0-9]{4}-[A-Z0-9]{4}/)?.[0] ?? ""
  }
  const code = await start()
  const test = { school, now: NOW } as TestSchool
  const server = createServer(app({ schools: all, assets, log, config, now: () => test.now }))
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()))
  test.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { school, code, start, test, told, visitor: () => new Client(test) }
}

test.after(async () => {
  for (const server of servers) server.closeAllConnections()
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  await Promise.all(schools.map((school) => school.close()))
  rmSync(folder, { recursive: true, force: true })
})

const ANSWERS = {
  name: "Lycée Badalabougou",
  short_name: "Badala",
  country: "ML",
  academy: "Bamako rive droite",
  city: "Bamako",
  starts_on: "2026-10-01",
  ends_on: "2027-06-30",
  periods: "T3",
  surname: "DIARRA",
  given_names: "Awa",
  login: "76 12 34 56",
  fresh: "mangue tortue lundi",
  again: "mangue tortue lundi",
}

test("the first visit, wherever it goes, makes the school and its administrator with the code, once", async () => {
  const { school, code, visitor } = await freshServer()
  assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  const rows = await school.db.selectFrom("setting").selectAll().execute()
  assert.not.match(JSON.stringify(rows), code, "only what checks the code is kept")

  const first = visitor()
  for (const path of ["/", "/students", "/sign-in", "/nowhere"])
    assert.is((await first.get(path)).location, "/first")
  const form = await first.open("/")
  assert.match(form.body, "Ouvrir votre école")
  assert.match(form.body, 'value="2026-10-01"')
  const done = await first.post("/first", { ...ANSWERS, code: code.toLowerCase().replace("-", " ") })
  assert.is(done.location, "/")
  const home = await first.open("/")
  assert.match(home.body, "Lycée Badalabougou est ouverte.")
  assert.match(home.body, "Par où commencer")

  assert.is(school.year?.label, "2026-2027")
  assert.equal(
    school.year?.periods.map(({ code, starts_on, ends_on }) => `${code} ${starts_on} ${ends_on}`),
    ["T1 2026-10-01 2026-12-30", "T2 2026-12-31 2027-03-31", "T3 2027-04-01 2027-06-30"],
  )
  assert.is(school.settings.republic, "République du Mali")
  const count = async (table: "level" | "series" | "subject" | "coefficient" | "grading_profile") =>
    (await school.db.selectFrom(table).selectAll().execute()).length
  for (const table of ["level", "series", "subject", "coefficient", "grading_profile"] as const) {
    assert.ok((await count(table)) > 0, `${table} is filled`)
  }

  assert.is((await first.get("/first")).status, 404)
  assert.is((await first.post("/first", { ...ANSWERS, code })).status, 404)
  const back = visitor()
  await back.get("/sign-in")
  assert.is((await back.post("/sign-in", { login: "+223 76123456", password: ANSWERS.fresh })).status, 303)
  assert.is((await back.get("/accounts")).status, 200)
})

test("without the code nothing is made; five wrong codes, then one waits", async () => {
  const { school, code, visitor, test: server } = await freshServer()
  const thief = visitor()
  await thief.get("/first")
  for (let n = 1; n <= 6; n++) {
    const page = await thief.post("/first", { ...ANSWERS, code: "ABCD-EFGH" })
    assert.is(page.status, 422, `try ${n}`)
    assert.match(page.body, "Ce n’est pas le code")
  }
  assert.is((await thief.post("/first", { ...ANSWERS, code })).status, 429)
  assert.is(school.settings.name, "")
  assert.equal(await school.db.selectFrom("account").selectAll().execute(), [])
  server.now = new Date(NOW.getTime() + 2000)
  await thief.get("/first")
  assert.is((await thief.post("/first", { ...ANSWERS, code })).status, 303)
})

test("what is wrong with the answers is said, and the code stays good", async () => {
  const { code, visitor } = await freshServer()
  const first = visitor()
  await first.get("/first")
  const cases: [Record<string, string>, string][] = [
    [{ name: "" }, "Remplissez ce champ."],
    [{ ends_on: "2026-09-01" }, "doit se terminer après avoir commencé"],
    [{ starts_on: "31/02/2026" }, "Écrivez une date"],
    [{ login: "someone" }, "Écrivez une adresse e-mail ou un numéro de téléphone."],
    [{ fresh: "bamako2026", again: "bamako2026" }, "trop courant"],
    [{ again: "something else" }, "ne sont pas les mêmes"],
    [{ country: "XX" }, "Choisissez dans la liste."],
    [{ periods: "T9" }, "Choisissez dans la liste."],
  ]
  for (const [wrong, sentence] of cases) {
    const page = await first.post("/first", { ...ANSWERS, code, ...wrong })
    assert.is(page.status, 422, sentence)
    assert.match(page.body, sentence)
    assert.not.match(page.body, `value="${ANSWERS.fresh}"`)
  }
  assert.is((await first.post("/first", { ...ANSWERS, code })).status, 303)
})

test("two first visits at the same moment make one school", async () => {
  const { school, code, visitor } = await freshServer()
  const [one, two] = [visitor(), visitor()]
  await one.get("/first")
  await two.get("/first")
  const answers = await Promise.all([
    one.post("/first", { ...ANSWERS, code }),
    two.post("/first", { ...ANSWERS, code, name: "Another", login: "76000000" }),
  ])
  assert.equal(answers.map(({ status }) => status).sort(), [303, 404])
  assert.is((await school.db.selectFrom("account").selectAll().execute()).length, 1)
  assert.is((await school.db.selectFrom("school_year").selectAll().execute()).length, 1)
})

test("a restart before the first visit gives a new code and forgets the old one", async () => {
  const { code, start, visitor } = await freshServer()
  const newer = await start()
  assert.is.not(newer, code)
  const first = visitor()
  await first.get("/first")
  assert.is((await first.post("/first", { ...ANSWERS, code })).status, 422)
  assert.is((await first.post("/first", { ...ANSWERS, code: newer })).status, 303)
  assert.is(await start(), "", "and once the school is open there is no code any more")
})

test("the demonstration opens by itself and says how to enter, at every start", async () => {
  const { school, start, told } = await freshServer({ ARDOISE_DEMO: "1", PORT: "3111" })
  assert.is(school.settings.demo, true)
  assert.match(told.join(""), "http://localhost:3111")
  assert.match(told.join(""), "proviseur@kalanso.example")
  const students = await school.db.selectFrom("student").select("id").execute()
  assert.ok(students.length > 500)
  await start()
  assert.match(told.join(""), "proviseur@kalanso.example")
  assert.is((await school.db.selectFrom("student").select("id").execute()).length, students.length)
})

test.run()
