// The rules of the house that no compiler checks.
import { existsSync } from "node:fs"
import { basename, dirname, join, normalize } from "node:path"
import { sql } from "kysely"
import { test } from "uvu"
import * as assert from "uvu/assert"
import packageJson from "../package.json" with { type: "json" }
import { PARAMETERS } from "../test/rows.ts"
import { codeOf, importsOf, isTest, type Source, sources } from "../test/sources.ts"
import { migrate, openDatabase } from "./db/index.ts"
import { features } from "./features/index.ts"
import { allHoldings } from "./holdings.ts"
import { root } from "./root.ts"

const code = sources("src", ".ts")
const tests = [...code, ...sources("test", ".ts"), ...sources("bench", ".ts")].filter(isTest)
const program = code.filter((file) => !isTest(file))
const views = sources("views", ".eta")
const migrationFiles = sources("migrations", ".ts")

/** « src/features/grades/pages/marks.ts » -> « grades » */
const featureOf = (path: string) => path.match(/^src\/features\/(\w+)\//)?.[1] ?? null

const none = (wrong: string[], rule: string) => assert.equal(wrong, [], rule)

test("every test file runs its tests, all of them", () => {
  for (const { path, text } of tests) {
    assert.match(text.trimEnd(), /\.run\(\)$/, `${path} ends with test.run()`)
    assert.not.match(text, /\b(test|suite)\.(only|skip)\(/, `${path} leaves none of its tests out`)
    assert.match(text, /assert/, `${path} asserts something`)
  }
})

test("a feature calls only the features it needs, and never in a circle", () => {
  const needs = new Map(features.map((feature) => [feature.name, feature.needs]))
  const wrong: string[] = []
  for (const file of program) {
    const from = featureOf(file.path)
    if (!from) continue
    for (const imported of importsOf(file).filter((path) => path.startsWith("."))) {
      const to = featureOf(normalize(join(dirname(file.path), imported)))
      if (to && to !== from && !needs.get(from)?.includes(to)) wrong.push(`${file.path} imports ${to}`)
    }
  }
  none(wrong, "declare it in the feature's `needs`, or call the other way round")

  const reaches = (from: string, seen: string[] = []): string[] => {
    if (seen.includes(from)) assert.unreachable(`a circle: ${[...seen, from].join(" → ")}`)
    return (needs.get(from) ?? []).flatMap((to) => [to, ...reaches(to, [...seen, from])])
  }
  for (const [name, list] of needs) {
    for (const to of list) assert.ok(needs.has(to), `${name} needs ${to}, which is no feature`)
    reaches(name)
  }
})

test("one word per feature: its folder, permissions and strings begin with it", () => {
  const wrong = features.flatMap(({ name, permissions, strings }) => [
    ...(existsSync(join(root, "src", "features", name, "index.ts")) ? [] : [`no folder ${name}`]),
    ...Object.keys({ ...permissions, ...strings }).filter((key) => !key.startsWith(`${name}.`)),
  ])
  none(wrong, "named after their feature")
})

test("addresses say what their parameters are, and each is declared once", () => {
  const routes = features.flatMap((feature) => feature.routes)
  const parameters = routes.flatMap(({ path }) =>
    [...path.matchAll(/:(\w+)/g)].map(([, name]) => name as string),
  )
  none(
    [...new Set(parameters)].filter((name) => !(PARAMETERS as readonly string[]).includes(name)),
    "unknown parameters: name what it is, and add its rows to test/rows.ts",
  )
  const seen = routes.map(({ method, path }) => `${method} ${path}`)
  none(
    seen.filter((route, n) => seen.indexOf(route) !== n),
    "declared twice",
  )
})

test("every French string that is asked for exists, and every one that exists is asked for", () => {
  const declared = new Set(features.flatMap(({ strings }) => Object.keys(strings)))
  const readers = [...program.filter(({ path }) => !path.endsWith("/strings.ts")), ...views]
  const asked = (file: Source) =>
    [...file.text.matchAll(/(?:\bt|\.flash)\(\s*(?:[^"'`(),]+\?\s*)?["']([^"']+)["']/g)].map(
      ([, key]) => key as string,
    )
  const wrong = readers.flatMap((file) =>
    asked(file)
      .filter((key) => !declared.has(key))
      .map((key) => `${file.path}: ${key}`),
  )
  none(wrong, "no such string")

  const words = new Set(
    readers.flatMap(({ text }) => [...text.matchAll(/["'`]([\w.]+)["'`]/g)].map(([, w]) => w)),
  )
  const families = readers.flatMap(({ text }) =>
    [...text.matchAll(/`([a-z_]+\.[\w.]*)\$\{/g)].map(([, w]) => w),
  )
  const unused = [...declared].filter(
    (key) => !words.has(key) && !families.some((start) => key.startsWith(start as string)),
  )
  none(unused, "strings that nobody says")
})

test("every view that is named exists, and every view is named", () => {
  /** « /ui/field » and « people/index » from the folder of views, « ./_row » from the view that says it */
  const resolved = (said: string, by: string) =>
    said.startsWith(".") ? normalize(join(dirname(by.slice("views/".length)), said)) : said.replace(/^\//, "")
  const asked = [...program, ...views].flatMap(({ path, text }) =>
    [...text.matchAll(/(?:\binclude|\.page|\.render)\(\s*["'`]([\w/.]+)["'`]/g)].map(([, said]) => ({
      view: resolved(said as string, path),
      by: path,
    })),
  )
  none(
    asked
      .filter(({ view }) => !existsSync(join(root, "views", `${view}.eta`)))
      .map(({ view, by }) => `${by}: ${view}`),
    "no such view",
  )
  // a page that chooses among views says their paths, or the names of its own folder's pieces
  const said = [...program, ...views].map(({ text }) => text).join("\n")
  const named = new Set(asked.map(({ view }) => view))
  const unused = views
    .map(({ path }) => path.slice("views/".length, -".eta".length))
    .filter((view) => !view.startsWith("layouts/") && !named.has(view))
    .filter((view) => !new RegExp(`["'\`](/?${view}|${basename(view)})["'\`]`).test(said))
  none(unused, "views that nobody shows")
})

/** Tables of data that read better in one piece. */
const LONGER = new Set(["src/features/imports/spellings.ts"])

test("files are small", () => {
  none(
    program
      .filter(({ path, lines }) => lines > 300 && !LONGER.has(path))
      .map(({ path, lines }) => `${path}: ${lines}`),
    "300 lines at most: split by noun",
  )
  none(
    views.filter(({ lines }) => lines > 120).map(({ path, lines }) => `${path}: ${lines}`),
    "120 lines at most in a view",
  )
})

test("questions to the database stand in queries, jobs and imports, not in pages, forms or rules", () => {
  const asks = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql[`<]/
  const quiet = program.filter(({ path }) => /\/(pages|forms|rules)(\.ts$|\/)/.test(path))
  none(
    quiet.filter((file) => asks.test(codeOf(file))).map(({ path }) => path),
    "move the question to queries.ts",
  )
})

test("rules know neither the database nor the web nor the clock", () => {
  const outside =
    /^(express|kysely|pino|node:(fs|http|child_process|crypto))|\/(db|web\/request|school)(\/index)?\.ts$/
  for (const file of program.filter(({ path }) => /\/rules(\.ts$|\/)/.test(path))) {
    none(
      importsOf(file).filter((from) => outside.test(from)),
      `${file.path} is pure`,
    )
  }
})

test("the time is always given, never looked up by a feature", () => {
  const wrong = program
    .filter(({ path }) => path.startsWith("src/features/"))
    .filter((file) => /new Date\(\s*\)|Date\.now\(\)/.test(codeOf(file)))
  none(
    wrong.map(({ path }) => path),
    "req.now, or the job's `now`",
  )
})

test("nothing is left to do later, nothing is printed by the program", () => {
  const wrong = program
    .filter(({ path }) => path !== "src/cli.ts" && !path.startsWith("src/browser/"))
    .filter(({ text }) => /\b(TODO|FIXME|XXX)\b|console\.log/.test(text))
  none(
    wrong.map(({ path }) => path),
    "TODO, FIXME or console.log",
  )
})

test("papers and pictures are made by the worker: what the server loads at its start reads no fonts and no sharp", () => {
  const byPath = new Map(program.map((file) => [file.path, file]))
  const loaded = new Map<string, string | null>()
  const load = (path: string, by: string | null) => {
    const file = byPath.get(path)
    if (!file || loaded.has(path)) return
    loaded.set(path, by)
    const values = file.text.matchAll(
      /^(?:import|export)\s+(?!type\b)[^;"']*?from\s+"(\.[^"]+)"|^import\s+"(\.[^"]+)"/gm,
    )
    for (const [said, from, bare] of values) {
      const onlyTypes = /^import \{(\s*type [\w ]+,?)+\s*\} from/.test(said)
      if (!onlyTypes) load(normalize(join(dirname(path), (from ?? bare) as string)), path)
    }
  }
  load("src/server.ts", null)
  assert.ok(loaded.size > 100)
  for (const heavy of ["src/documents/fonts.ts", "src/documents/picture.ts"]) {
    const chain: string[] = []
    for (let at: string | null = heavy; at && loaded.has(at); at = loaded.get(at) ?? null) chain.push(at)
    none(chain, "loaded by the server, each by the next")
  }
  const decoders = program.filter(
    (file) => !/\.(fixture|testing)\.ts$/.test(file.path) && importsOf(file).includes("sharp"),
  )
  assert.equal(
    decoders.map(({ path }) => path),
    ["src/documents/picture.ts"],
  )
})

test("migrations stand alone, numbered without holes and all named in their index", () => {
  const numbered = migrationFiles.filter(({ path }) => /\/\d{4}_/.test(path))
  const index = migrationFiles.find(({ path }) => path.endsWith("/index.ts"))?.text ?? ""
  numbered.forEach(({ path }, n) => {
    assert.match(path, `/${String(n + 1).padStart(4, "0")}_`)
    assert.match(index, `"./${path.split("/").at(-1)}"`)
  })
  const wrong = migrationFiles.flatMap((file) =>
    importsOf(file)
      .filter((from) => from.includes("src/"))
      .map((from) => `${file.path}: ${from}`),
  )
  none(wrong, "a released migration must not change with the program")
})

test("every table keeps to its column types", async () => {
  const db = openDatabase(":memory:")
  await migrate(db)
  const { rows } = await sql<{ name: string; strict: number }>`
    select name, strict from pragma_table_list where type = 'table' and schema = 'main'`.execute(db)
  await db.destroy()
  const own = rows.filter(({ name }) => !/^(sqlite_|kysely_)/.test(name))
  assert.ok(own.length > 30)
  none(
    own.filter(({ strict }) => !strict).map(({ name }) => name),
    "STRICT",
  )
})

test("every column that names a person is declared as held about them", async () => {
  const db = openDatabase(":memory:")
  await migrate(db)
  const { rows } = await sql<{ place: string }>`
    select t.name || '.' || c.name as place from pragma_table_list t, pragma_table_info(t.name) c
    where t.type = 'table' and (c.name glob '*student_id' or c.name glob '*guardian_id'
      or c.name glob '*staff_id' or c.name glob '*teacher_id')`.execute(db)
  await db.destroy()
  assert.ok(rows.length > 15)
  const declared = new Set(allHoldings().map(({ table, column }) => `${table}.${column}`))
  none(
    rows.map(({ place }) => place).filter((place) => !declared.has(place)),
    "declare it in its feature's `personal`",
  )
})

test("fewer than thirty packages at run time, each at one exact version", () => {
  const { dependencies, devDependencies } = packageJson
  assert.ok(Object.keys(dependencies).length < 30)
  none(
    Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} ${version}`),
    "pinned",
  )
})

test("the program uses every package it brings, and no other", () => {
  const said = [...program, ...migrationFiles]
    .filter(({ path }) => !path.endsWith(".testing.ts"))
    .flatMap((file) => importsOf(file))
    .filter((from) => /^[@a-z]/.test(from) && !from.startsWith("node:"))
    .map((from) => from.match(/^(@[^/]+\/)?[^/]+/)?.[0] as string)
  const brought = Object.keys(packageJson.dependencies)
  none(
    brought.filter((name) => !said.includes(name)),
    "a package that nothing imports",
  )
  // pool.ts names tsx for its thread, where the program runs from its sources
  none(
    [...new Set(said)].filter((name) => name !== "tsx" && !brought.includes(name)),
    "missing from an installation without development packages",
  )
})

test.run()
