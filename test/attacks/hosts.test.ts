// Headers that say where a request comes from, where it goes and over what: believed from our own proxy alone.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { DEMO_PASSWORD } from "../../src/demo/cast.ts"
import { refresh } from "../../src/school.ts"
import { changeSettings } from "../../src/settings.ts"
import { makeRows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { behind } from "./behind.ts"
import { type Knock, knock, numbersOf, urlencoded } from "./knock.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const cookiesOf = ({ headers }: Knock) => headers["set-cookie"] ?? []
const sentBack = (answer: Knock) =>
  cookiesOf(answer)
    .map((line) => line.split(";")[0] as string)
    .join("; ")

/** Signs in over a server, with headers of one's own. */
async function signedIn(
  url: string,
  headers: Record<string, string>,
  password = DEMO_PASSWORD,
): Promise<Knock> {
  const page = await knock(url, "GET /sign-in", { headers })
  const fields = { ...numbersOf(page.body, "/sign-in"), login: "secretaire@kalanso.example", password }
  return knock(url, "POST /sign-in", {
    headers: { ...urlencoded, ...headers, cookie: sentBack(page) },
    body: new URLSearchParams(fields).toString(),
  })
}

test("behind a proxy that speaks HTTPS every cookie is Secure and no other host can have set it", async () => {
  const { url, close } = await behind([school], { proxies: 1 })
  const answer = await signedIn(url, { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9" })
  assert.is(answer.status, 303)
  const session = cookiesOf(answer).find((line) => line.startsWith("__Host-ardoise=")) ?? ""
  for (const part of ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"]) assert.match(session, part)
  assert.not.match(session, /domain/i)
  const page = await knock(url, "GET /sign-in", { headers: { "x-forwarded-proto": "https" } })
  assert.match(String(cookiesOf(page)), /^__Host-visiteur=[^;]+;.*Secure/)
  await close()
})

test("without a proxy of ours nobody says for himself that he came by HTTPS, or from elsewhere", async () => {
  const answer = await signedIn(school.url, {
    "x-forwarded-proto": "https",
    "x-forwarded-for": "203.0.113.9",
  })
  const session = cookiesOf(answer).find((line) => line.startsWith("ardoise="))
  assert.match(String(session), "HttpOnly")
  const { address } = await school.school.db.selectFrom("session").select("address").executeTakeFirstOrThrow()
  assert.match(address, "127.0.0.1")
})

test("passwords guessed under a hundred false addresses are guessed from one", async () => {
  let refused = 0
  for (let n = 1; n <= 6 && refused === 0; n++) {
    const answer = await signedIn(school.url, { "x-forwarded-for": `203.0.113.${n}` }, "mauvais mot de passe")
    if (answer.status === 429) refused = n
  }
  assert.is(refused, 5)
})

test("the last address that our proxy wrote counts, not those that the caller put before it", async () => {
  const { url, close } = await behind([school], { proxies: 1 })
  await signedIn(url, { "x-forwarded-for": "198.51.100.1, 203.0.113.9" })
  const { address } = await school.school.db.selectFrom("session").select("address").executeTakeFirstOrThrow()
  assert.is(address, "203.0.113.9")
  await close()
})

test("of two schools on a server, the host names one; neither knows the other's sessions or links", async () => {
  const other = await openTestSchool()
  for (const [one, host] of [
    [school, "kalanso.example"],
    [other, "sahel.example"],
  ] as const) {
    await changeSettings(one.school.db, { hosts: host, name: `École ${host}` })
    await refresh(one.school)
  }
  other.school.secret = Buffer.alloc(32, 7)
  const { link } = await makeRows(school)
  const { url, close } = await behind([school, other])
  const at = (host: string, more: Record<string, string> = {}) => ({ headers: { host, ...more } })
  assert.match((await knock(url, "GET /sign-in", at("kalanso.example"))).body, "École kalanso.example")
  assert.match((await knock(url, "GET /sign-in", at("SAHEL.example:8080"))).body, "École sahel.example")
  for (const unknown of [
    "evil.example",
    "kalanso.example.evil.example",
    "",
    "kalanso.example@evil.example",
  ]) {
    assert.is((await knock(url, "GET /sign-in", at(unknown))).status, 404, unknown)
  }
  const spoofed = await knock(
    url,
    "GET /sign-in",
    at("kalanso.example", { "x-forwarded-host": "sahel.example" }),
  )
  assert.match(spoofed.body, "École kalanso.example")
  const cookie = sentBack(await signedIn(url, { host: "kalanso.example" }))
  assert.is((await knock(url, "GET /students", at("kalanso.example", { cookie }))).status, 200)
  assert.is((await knock(url, "GET /students", at("sahel.example", { cookie }))).status, 303)
  assert.is((await knock(url, `GET /e/${link.ours}`, at("kalanso.example"))).status, 200)
  assert.is((await knock(url, `GET /e/${link.ours}`, at("sahel.example"))).status, 404)
  await close()
  await other.close()
})

test("a host that a caller made up is in no link that the school sends", async () => {
  const { ids, school: own } = school
  const secretary = await school.as("secretaire")
  const path = `/students/${ids.students.moussa}/links`
  const page = await secretary.get(path)
  const fields = { ...numbersOf(page.body, path), guardian: String(ids.guardians.parent) }
  const made = await knock(school.url, `POST ${path}`, {
    headers: { ...urlencoded, host: "evil.example", "x-forwarded-host": "evil.example" },
    body: new URLSearchParams(fields).toString(),
    as: secretary,
  })
  assert.is(made.status, 303)
  assert.is(made.headers.location, path)
  const links = await knock(school.url, `GET ${path}`, { headers: { host: "evil.example" }, as: secretary })
  assert.match(links.body, `${own.origin}/e/`)
  assert.not.match(links.body, "evil.example")
})

test("signing in leads back into the school and nowhere else", async () => {
  const wanted = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "/\r\nLocation: https://evil.example",
    "///evil.example",
    "/@evil.example/..//evil.example",
  ]
  for (const next of wanted) {
    const page = await knock(school.url, `GET /sign-in?next=${encodeURIComponent(next)}`)
    const fields = { ...numbersOf(page.body, "/sign-in"), login: "censeur@kalanso.example", next }
    const answer = await knock(school.url, "POST /sign-in", {
      headers: { ...urlencoded, cookie: sentBack(page) },
      body: new URLSearchParams({ ...fields, password: DEMO_PASSWORD }).toString(),
    })
    assert.is(answer.status, 303)
    const to = new URL(String(answer.headers.location), "https://kalanso.example")
    assert.is(to.host, "kalanso.example", `${next} -> ${answer.headers.location}`)
    const sessionOf = { cookie: sentBack(answer) }
    const again = await knock(school.url, `GET /sign-in?next=${encodeURIComponent(next)}`, {
      headers: sessionOf,
    })
    const there = new URL(String(again.headers.location), "https://kalanso.example")
    assert.is(there.host, "kalanso.example", `${next} -> ${again.headers.location}`)
  }
})

test.run()
