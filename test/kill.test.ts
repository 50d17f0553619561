// A power cut in the middle of the two largest writings: a list of 1,300 students, and a whole school's passage to the
// next year. A real program is killed with SIGKILL, fifty times; the school it leaves has nothing of it, or all of it.
import { type ChildProcess, fork } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Database from "better-sqlite3"
import { build } from "esbuild"
import { suite } from "uvu"
import * as assert from "uvu/assert"
import { seedCast } from "../src/demo/seedCast.ts"
import { addClass } from "../src/features/classes/queries.ts"
import { commitImport } from "../src/features/imports/commit.ts"
import { keptTable, makeImport } from "../src/features/imports/make.ts"
import { findImport } from "../src/features/imports/queries/imports.ts"
import { emptyContext } from "../src/features/imports/stored.ts"
import { addYear, schoolYears } from "../src/features/school/queries.ts"
import { root } from "../src/root.ts"
import { openSchool, type School } from "../src/school.ts"
import type { Mode } from "./killed.ts"
import { copyPostgres, dropPostgres, postgresUrl } from "./postgres.ts"

const LINES = 1300
const ROUNDS = 25
const NOW = new Date("2026-12-10T09:00:00.000Z")
const CLASSES = ["10ème CG 1", "11ème SES 1", "12ème TSE"]

const test = suite("killed in the middle")

let folder: string
let built: string
let program: string
test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), "ardoise-kill-"))
  // beside the packages, which stay where they are
  built = join(root, "node_modules", ".cache", `killed-${process.pid}`)
  program = join(built, "killed.mjs")
  await build({
    entryPoints: [join(root, "test", "killed.ts")],
    outdir: built,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  })
})
test.after(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(built, { recursive: true, force: true })
})

function list(): Uint8Array {
  const letters = (n: number) =>
    n
      .toString(26)
      .replace(/./g, (digit) => "abcdefghijklmnopqrstuvwxyz"[Number.parseInt(digit, 26)] as string)
  const rows = Array.from({ length: LINES }, (_, n) => {
    const day = `${10 + (n % 18)}/0${1 + (n % 9)}/${2009 + (n % 3)}`
    return `RC15CG26Y${1000 + n}F;DAO;Awa${letters(n)};F;${day};Kita;${CLASSES[n % 3]};7000${String(n).padStart(4, "0")}`
  })
  return Buffer.from(["MATRICULE;NOM;PRENOMS;SEXE;NAISSANCE;LIEU;CLASSE;TELEPHONE", ...rows].join("\n"))
}

const user = (id: number) => ({
  id,
  roles: ["administrator" as const],
  staffId: null,
  guardianId: null,
  studentId: null,
})

/** A school whose list is read and shown, not written. */
async function withPreview(school: School): Promise<void> {
  const ids = await seedCast(school.db, "no password")
  const by = user(ids.accounts.admin as number)
  const context = { ...emptyContext(), yearId: ids.year, schoolYear: "2026-2027" }
  const who = { ...by, permissions: school.permissions }
  const handed = {
    kind: "students" as const,
    fileName: "liste.csv",
    bytes: list(),
    context,
    user: by,
    who,
    now: NOW,
  }
  await makeImport(school, handed)
}

/** The same school in July: the list is written, the next year is there, the councils have decided. */
async function withCouncils(school: School): Promise<void> {
  const { db } = school
  const { id } = await db.selectFrom("account").select("id").orderBy("id").executeTakeFirstOrThrow()
  const who = { ...user(id), permissions: school.permissions }
  const member = { ...user(id), name: "", mustChange: false, session: "", formsSent: 0 }
  const found = await findImport(db, who, 1)
  if (!found) throw new Error("there is no import")
  const table = await keptTable(school.folder, found)
  await commitImport(db, { found, table, user: member, who, now: NOW, today: "2026-12-10", agreed: null })
  const [from] = await schoolYears(db)
  const year = { label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30" }
  const periods = (from?.periods ?? []).map((one) => ({
    ...one,
    starts_on: one.starts_on.replace("2027", "2028").replace("2026", "2027"),
    ends_on: one.ends_on.replace("2027", "2028").replace("2026", "2027"),
  }))
  const next = await addYear(db, { id }, year, { periods, from, at: NOW.toISOString() })
  for (const one of await db.selectFrom("class").selectAll().execute()) {
    const { id: _id, school_year_id: _year, folded: _folded, position: _position, ...row } = one
    await addClass(db, member, { ...row, form_teacher_id: null }, { year: next, template: true, now: NOW })
  }
  const last = from?.periods.at(-1)?.id as number
  const places = await db.selectFrom("enrolment").select(["student_id", "class_id"]).execute()
  const rows = places.map((place) => ({
    ...place,
    period_id: last,
    decision: "Admis(e) en classe supérieure",
    updated_at: NOW.toISOString(),
  }))
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto("student_period")
      .values(rows.slice(at, at + 500))
      .execute()
  }
}

async function made(name: string, write: (school: School) => Promise<void>, from?: string): Promise<string> {
  const home = join(folder, name)
  if (from) cpSync(from, home, { recursive: true })
  else mkdirSync(home)
  writeFileSync(join(home, "secret"), "5".repeat(64))
  const school = await openSchool(home)
  await write(school)
  await school.close()
  return home
}

/** What a school has of everything that either writing touches. */
function countsOf(home: string): string {
  const db = new Database(join(home, "school.sqlite"))
  try {
    assert.equal(db.pragma("integrity_check"), [{ integrity_check: "ok" }])
    assert.equal(db.pragma("foreign_key_check"), [])
    const count = (table: string) =>
      (db.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n
    const tables = ["student", "enrolment", "import_change", "audit", "reenrolment_run", "reenrolment_case"]
    const { state } = db.prepare("select state from import").get() as { state: string }
    return [...tables.map((table) => `${table} ${count(table)}`), state].join(", ")
  } finally {
    db.close()
  }
}

/** The files of a school, without those that SQLite keeps beside an open database. */
const filesOf = (home: string) =>
  readdirSync(home, { recursive: true, encoding: "utf8" })
    .filter((name) => !/-(?:wal|shm)$/.test(name))
    .sort()

type Started = { child: ChildProcess; home: string; counter: string; ready: Promise<void> }

let rounds = 0

/** A program with a copy of the school open and its writing prepared; it waits. */
function start(mode: Mode, from: string): Started {
  const home = join(folder, `round-${++rounds}`)
  const counter = `${home}.statements`
  cpSync(from, home, { recursive: true })
  const child = fork(program, [mode, home, counter], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  return { child, home, counter, ready: said(child, "ready") }
}

const said = (child: ChildProcess, word?: string) =>
  new Promise<void>((done, failed) => {
    child.once("message", (message) =>
      word && message !== word ? failed(new Error(String(message))) : done(),
    )
    child.once("exit", (code) => failed(new Error(`ended with ${code}`)))
  })

const ended = (child: ChildProcess) => new Promise<void>((done) => child.once("exit", () => done()))

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

const statementsIn = (counter: string) => {
  const bytes = readFileSync(counter)
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(0)
}

/** Lets one writing end: how long it takes, how many statements it sends, and what the school has then. */
async function measure(mode: Mode, from: string) {
  const { child, home, counter, ready } = start(mode, from)
  await ready
  const begun = performance.now()
  const done = said(child, "done")
  const over = ended(child)
  child.send("go")
  await done
  const ms = performance.now() - begun
  await over
  return { ms, statements: statementsIn(counter), all: countsOf(home) }
}

async function killedAgainAndAgain(mode: Mode, from: string) {
  const nothing = countsOf(from)
  const files = filesOf(from)
  const { ms, statements, all } = await measure(mode, from)
  assert.is.not(all, nothing)
  const died = { before: 0, inside: 0, after: 0 }
  const wrong: string[] = []
  let next = start(mode, from)
  for (let round = 0; round < ROUNDS; round++) {
    const { child, home, counter, ready } = next
    await ready
    // the next one loads while this one writes
    if (round + 1 < ROUNDS) next = start(mode, from)
    const over = ended(child)
    child.send("go")
    await pause((ms * 1.15 * round) / (ROUNDS - 1))
    child.kill("SIGKILL")
    await over
    const sent = statementsIn(counter)
    const left = countsOf(home)
    if (left !== nothing && left !== all) wrong.push(`killed after ${sent} of ${statements}: ${left}`)
    assert.equal(filesOf(home), files, "no half file")
    if (left === all) died.after++
    else if (sent > 0) died.inside++
    else died.before++
    rmSync(home, { recursive: true })
  }
  console.log(
    `  ${mode}: ${ms.toFixed(0)} ms, ${statements} statements; killed ${died.before} times before it, ${died.inside} in the middle, ${died.after} after it`,
  )
  assert.equal(wrong, [], `${all}, or ${nothing}`)
  assert.ok(died.inside >= 5, "the kills fall into the writing itself")
  return died
}

if (postgresUrl) {
  test("on a PostgreSQL server, which outlives the program, a killed list leaves nothing and can be written again", async () => {
    const url = await copyPostgres("nothing")
    const home = join(folder, "postgres")
    mkdirSync(home)
    writeFileSync(join(home, "secret"), "5".repeat(64))
    const open = () => openSchool(home, { databaseUrl: url })
    const school = await open()
    await withPreview(school)
    const count = async () =>
      Number(
        (
          await school.db
            .selectFrom("student")
            .select((eb) => eb.fn.countAll<number>().as("n"))
            .executeTakeFirstOrThrow()
        ).n,
      )
    const before = await count()
    for (let round = 0; round < 3; round++) {
      const child = fork(program, ["import", home, `${home}.statements`, url], {
        execArgv: [],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      })
      await said(child, "ready")
      const over = ended(child)
      child.send("go")
      // as soon as it has begun to write
      for (let tries = 0; statementsIn(`${home}.statements`) < 2 && tries < 2000; tries++) await pause(1)
      child.kill("SIGKILL")
      await over
      await pause(200)
      assert.is(await count(), before)
      const { state } = await school.db.selectFrom("import").select("state").executeTakeFirstOrThrow()
      assert.is(state, "previewed")
    }
    await withCouncils(school)
    assert.is(await count(), before + LINES)
    await school.close()
    await dropPostgres(url)
  })
} else {
  test("a list of 1,300 students, killed at 25 moments", async () => {
    const home = await made("preview", withPreview)
    await killedAgainAndAgain("import", home)
  })

  test("the passage of the whole school to the next year, killed at 25 moments", async () => {
    const home = await made("councils", withCouncils, join(folder, "preview"))
    await killedAgainAndAgain("passage", home)
  })

  test("a school that was left in the middle opens, and its list is written as if nothing had been", async () => {
    const { child, home, ready } = start("import", join(folder, "preview"))
    await ready
    const over = ended(child)
    child.send("go")
    await pause(60)
    child.kill("SIGKILL")
    await over
    const school = await openSchool(home)
    const { state } = await school.db.selectFrom("import").select("state").executeTakeFirstOrThrow()
    if (state === "previewed") await withCouncils(school)
    const { n } = await school.db
      .selectFrom("student")
      .where("matricule", "like", "RC15CG26Y1___F")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow()
    await school.close()
    assert.is(Number(n), 1000)
  })
}

test.run()
