// Names that are programs, and pages that others must not find in a computer's memory.
import { type Kysely, sql } from "kysely"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { features } from "../../src/features/index.ts"
import { refresh } from "../../src/school.ts"
import { changeSettings } from "../../src/settings.ts"
import { makeRows, type Parameter, type Rows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { knock } from "./knock.ts"

let school: TestSchool
let rows: Rows
test.before(async () => {
  school = await openTestSchool()
  rows = await makeRows(school)
})
test.after(() => school.close())

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`

/** Every text that a person can write and a page can show, by table. */
const WRITTEN: Record<string, string[]> = {
  account: ["name"],
  student: ["surname", "given_names", "birth_place", "nationality", "address", "father_name", "mother_name"],
  guardian: ["name", "email", "consent_source"],
  staff: ["surname", "given_names", "position", "email"],
  level: ["label"],
  series: ["label"],
  period: ["label"],
  school_year: ["label"],
  subject: ["label", "short_label"],
  class: ["label", "room"],
  coefficient: ["source"],
  assessment: ["label"],
  outbox: ["body", "problem"],
  publication: ["reason"],
  audit: ["before", "after", "reason"],
  import: ["file_name"],
  grading_profile: ["label"],
}

const SETTINGS = [
  "name",
  "shortName",
  "address",
  "city",
  "headName",
  "headTitle",
  "motto",
  "ministry",
  "email",
]

/** Writes the hostile text everywhere, told apart where a column must be unique. */
async function spoil(): Promise<void> {
  const db = school.school.db as unknown as Kysely<Record<string, Record<string, unknown>>>
  for (const [table, columns] of Object.entries(WRITTEN)) {
    const text = sql<string>`${HOSTILE} || cast(id as text)`
    const after = table === "audit" ? JSON.stringify({ name: HOSTILE, roles: HOSTILE }) : text
    await db
      .updateTable(table)
      .set(Object.fromEntries(columns.map((column) => [column, after])))
      .execute()
  }
  const { content } = await db.selectFrom("bulletin").select("content").executeTakeFirstOrThrow()
  const spoilt = JSON.stringify(JSON.parse(content as string), (key, value) =>
    typeof value === "string" && !["publishedAt", "publicCode", "verifyUrl", "birthDate"].includes(key)
      ? HOSTILE
      : value,
  )
  await db.updateTable("bulletin").set({ content: spoilt }).execute()
  await changeSettings(school.school.db, Object.fromEntries(SETTINGS.map((key) => [key, HOSTILE])))
  await refresh(school.school)
}

/** What of a page is markup: quoted values are taken out, a quote that was not escaped would end one. */
const markup = (html: string) => html.replace(/="[^"]*"/g, '=""')

const RUNS = /<script>|<img src=x/

const address = (path: string) => path.replace(/:(\w+)/g, (_, name: Parameter) => rows[name].ours)

test("what is typed into an address comes back as text", async () => {
  const admin = await school.as("admin")
  const asked = ["q", "code", "next", "try", "level", "status", "sort", "kind", "role", "from", "name"]
  const query = asked.map((name) => `${name}=${encodeURIComponent(HOSTILE)}`).join("&")
  for (const path of [
    "/students",
    "/guardians",
    "/staff",
    "/accounts",
    "/messages",
    "/levels",
    "/b",
    "/audit",
    "/x",
  ]) {
    const { body } = await knock(school.url, `GET ${path}?${query}`, { as: admin })
    assert.not.match(markup(body), RUNS, path)
  }
})

test("a page kept by one person is not given to the next as unchanged", async () => {
  const [maths, francais] = [await school.as("maths"), await school.as("francais")]
  for (const path of ["/", "/classes", "/account"]) {
    const own = await knock(school.url, `GET ${path}`, { as: maths })
    assert.is(own.headers["cache-control"], "private, no-cache", path)
    assert.match(String(own.headers.vary), "Cookie", path)
    const kept = { "if-none-match": String(own.headers.etag) }
    assert.is((await knock(school.url, `GET ${path}`, { as: maths, headers: kept })).status, 304, path)
    assert.is((await knock(school.url, `GET ${path}`, { as: francais, headers: kept })).status, 200, path)
    assert.is((await knock(school.url, `GET ${path}`, { headers: kept })).status, 303, path)
  }
})

test("signing out empties what the computer kept", async () => {
  const secretary = await school.as("secretaire")
  await secretary.get("/students")
  const answer = await secretary.post("/sign-out")
  assert.is(answer.headers.get("clear-site-data"), '"cache"')
  assert.is((await secretary.get("/students")).status, 303)
})

test("no file outside the public folder is served, however its way is written", async () => {
  for (const path of [
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/built/..%2f..%2fpackage.json",
    "/built/%2e%2e/%2e%2e/package.json",
    "/..%5cpackage.json",
    "/.env",
    "/data/school/secret",
    "/icon.svg%00.txt",
    "//etc/passwd",
    "/b/%2e%2e%2f",
  ]) {
    const { status, headers } = await knock(school.url, `GET ${path}`)
    assert.is(status, 404, path)
    assert.is(headers.location, undefined, path)
  }
})

test("every page says that nothing may be run, framed or sent elsewhere", async () => {
  const admin = await school.as("admin")
  for (const path of ["/", "/sign-in", "/nowhere", "/students", `/e/${rows.link.ours}`, "/b"]) {
    const { headers } = await knock(school.url, `GET ${path}`, { as: admin })
    const policy = String(headers["content-security-policy"])
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      assert.match(policy, part, path)
    }
    assert.not.match(policy, "unsafe", path)
    assert.is(headers["x-content-type-options"], "nosniff", path)
    assert.is(headers["x-powered-by"], undefined, path)
    assert.match(String(headers["strict-transport-security"]), "max-age=31536000", path)
  }
})

// the last: after it every page inspected would be one of hostile names
test("a name that is a program is a name, on every page and for everybody", async () => {
  const clients = [school.visitor()]
  for (const key of ["admin", "maths", "parent", "moussa"]) clients.push(await school.as(key))
  await spoil()
  const gets = features.flatMap(({ routes }) => routes.filter(({ method }) => method === "get"))
  const wrong: string[] = []
  let shown = 0
  for (const as of clients) {
    for (const { path } of gets) {
      const { body, headers } = await knock(school.url, `GET ${address(path)}`, { as })
      if (!String(headers["content-type"]).startsWith("text/html")) continue
      if (body.includes("alert(1)")) shown++
      if (RUNS.test(markup(body))) wrong.push(path)
    }
  }
  assert.equal([...new Set(wrong)], [])
  assert.ok(shown > 100, `the text is on ${shown} pages`)
})

test.run()
