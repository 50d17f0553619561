// The server itself: what it writes down, what its folders let others read, how it takes failures and slow callers.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { readConfig } from "../../src/config.ts"
import { migrate, openDatabase } from "../../src/db/index.ts"
import { openSchool, openSchools } from "../../src/school.ts"
import { openLog } from "../../src/web/log.ts"
import { openServer } from "../../src/web/server.ts"
import { makeRows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { behind } from "./behind.ts"
import { knock, urlencoded } from "./knock.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

const folders: string[] = []
const folder = () => folders[folders.push(mkdtempSync(join(tmpdir(), "ardoise-attack-"))) - 1] as string
test.after(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

test("the log names no link, no code and nothing that was typed", async () => {
  const { link, code, ownBulletin } = await makeRows(school)
  const server = await behind([school])
  const secret = "un-mot-de-passe-unique"
  for (const asked of [
    `GET /e/${link.ours}`,
    `GET /E/${link.ours}`,
    `GET /e/${link.ours}/marks/${ownBulletin.ours}`,
    `GET /e/${link.ours}/nowhere`,
    `GET //e/${link.ours}`,
    `GET /b/${code.ours}`,
    `GET /b/${code.ours}/`,
    `GET /students?q=${secret}`,
  ]) {
    await knock(server.url, asked)
  }
  const body = new URLSearchParams({ login: "+22370000001", password: secret }).toString()
  await knock(server.url, "POST /sign-in", { headers: urlencoded, body })
  await server.close()
  assert.is(server.lines.length, 9)
  const log = server.lines.join("")
  assert.not.match(log, link.ours)
  assert.not.match(log, code.ours as string)
  assert.not.match(log, secret)
  assert.not.match(log, "70000001")
  assert.match(log, '"path":"/e/:link"')
  assert.match(log, '"path":"/b/:code"')
})

test("an error of the database is logged without the row that it is about", () => {
  const lines: string[] = []
  const log = openLog("error", { write: (line) => void lines.push(line) })
  const refused = Object.assign(new Error("duplicate key value violates unique constraint"), {
    code: "23505",
    detail: "Failing row contains (12, KEÏTA, Moussa, +22370000001)",
  })
  log.error({ err: refused }, "a request failed")
  assert.match(lines[0] as string, "duplicate key")
  assert.match(lines[0] as string, "23505")
  assert.not.match(lines[0] as string, "KEÏTA")
})

/** The school's database with one of its ways in replaced while `work` runs. */
async function instead<T>(
  name: "transaction" | "selectFrom",
  way: unknown,
  work: () => Promise<T>,
): Promise<T> {
  const { db } = school.school
  school.school.db = new Proxy(db, {
    get(target, asked) {
      if (asked === name) return way
      const value = Reflect.get(target, asked)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
  try {
    return await work()
  } finally {
    school.school.db = db
  }
}

test("a full disk is said in French, on either database, and nothing of it is half written", async () => {
  const secretary = await school.as("secretaire")
  for (const code of ["SQLITE_FULL", "ENOSPC", "53100"]) {
    const full = () => ({ execute: () => Promise.reject(Object.assign(new Error("no room"), { code })) })
    await secretary.get("/students/new")
    const typed = { surname: "PLEIN", given_names: "Disque", birth: "2010" }
    const answer = await instead("transaction", full, () => secretary.post("/students/new", typed))
    assert.is(answer.status, 507, code)
    assert.match(answer.body, "Le disque du serveur est plein")
    assert.not.match(answer.body, "no room")
  }
  const { db } = school.school
  const written = await db.selectFrom("student").select("id").where("surname", "=", "PLEIN").execute()
  assert.equal(written, [])
})

test("a fault of ours shows a number and nothing of the program's insides", async () => {
  const secretary = await school.as("secretaire")
  const { db } = school.school
  const broken = (table: "guardian") => {
    if (table === "guardian") throw new Error("select secret from /root/school.sqlite")
    return db.selectFrom(table)
  }
  const answer = await instead("selectFrom", broken, () => secretary.get("/guardians"))
  assert.is(answer.status, 500)
  assert.not.match(answer.body, /sqlite|\.ts\b|Error|select secret/)
  assert.match(answer.body, /[0-9a-f]{8}/)
})

test("what a school keeps is readable by the program's own account alone", async () => {
  const data = join(folder(), "data")
  const schools = await openSchools(readConfig({ ARDOISE_DATA: data, ARDOISE_DEMO: "0" }))
  const mode = (path: string) => statSync(path).mode & 0o777
  assert.is(mode(data), 0o700)
  assert.is(mode(join(data, "school")), 0o700)
  assert.is(mode(join(data, "school", "secret")), 0o600)
  assert.match(readFileSync(join(data, "school", "secret"), "utf8"), /^[0-9a-f]{64}$/)
  await schools.close()
})

test("a school whose secret is spoilt does not open: anybody could sign its links", async () => {
  for (const spoilt of ["", "5".repeat(32), `${"5".repeat(63)}x`, "\n"]) {
    const home = folder()
    writeFileSync(join(home, "secret"), spoilt)
    let problem: unknown = null
    await openSchool(home).catch((error: unknown) => {
      problem = error
    })
    assert.match(String(problem), "must hold 64 hexadecimal digits", JSON.stringify(spoilt))
  }
})

test("a start that is cut short in mid-migration leaves nothing half made", async () => {
  const db = openDatabase(join(folder(), "school.sqlite"))
  await sql`create table bulletin (in_the_way integer)`.execute(db)
  let problem: unknown = null
  await migrate(db).catch((error: unknown) => {
    problem = error
  })
  assert.match(String(problem), "bulletin")
  await sql`drop table bulletin`.execute(db)
  const done = await migrate(db)
  assert.ok(done.length > 5, "every migration runs again")
  assert.equal(await migrate(db), [])
  await db.destroy()
})

test("who sends a request drop by drop is shown out, and the others are served meanwhile", async () => {
  const server = await behind([school], {
    patience: { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 100 },
  })
  const slow = connect(server.port, "127.0.0.1")
  const told = new Promise<string>((done) => {
    let text = ""
    slow.on("data", (part) => {
      text += part
    })
    slow.on("close", () => done(text))
  })
  slow.write("POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n")
  const { status } = await knock(server.url, "GET /sign-in")
  assert.is(status, 200)
  assert.match(await told, /^HTTP\/1\.1 408/)
  const usual = openServer(() => undefined)
  assert.ok(usual.headersTimeout > 0 && usual.headersTimeout <= 30_000)
  assert.ok(usual.requestTimeout > 0 && usual.requestTimeout <= 600_000)
  await server.close()
})

test.run()
