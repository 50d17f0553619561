import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { DEMO_PASSWORD } from "../../demo/cast.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.before.each(async () => {
  school.now = NOW
  await school.school.db.deleteFrom("sign_in_delay").execute()
})
test.after(() => school.close())

const later = (seconds: number) => new Date(school.now.getTime() + seconds * 1000)

async function tries(client: Client, login: string, password: string, fields: Record<string, string> = {}) {
  await client.get("/sign-in")
  return client.post("/sign-in", { login, password, ...fields })
}

test("the secretary signs in and sees her name", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.open("/")
  assert.is(page.status, 200)
  assert.match(page.body, "Kadiatou BERTHÉ")
})

test("a form without the session's number is refused and nothing is written", async () => {
  const visitor = school.visitor()
  const answer = await visitor.post("/sign-in", { login: "secretaire@kalanso.example", password: "x" })
  assert.is(answer.status, 403)
})

test("an unchanged page costs at most 300 bytes", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/")
  const again = await secretary.get("/", { "if-none-match": page.headers.get("etag") as string })
  assert.is(again.status, 304)
  const bytes = [...again.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 17)
  assert.ok(bytes <= 300, `${bytes} bytes`)
})

test("a phone number or a matricule is recognised in any spelling", async () => {
  for (const login of ["70 00 00 01", "70000001", "+223 70-00-00-01", "00223 70.00.00.01", " 22370000001 "]) {
    assert.is((await tries(school.visitor(), login, DEMO_PASSWORD)).status, 303, login)
  }
  for (const login of ["rc15cg26z9001m", "RC15 CG26 Z9001 M", "RC15-CG26-Z9001-M"]) {
    assert.is((await tries(school.visitor(), login, DEMO_PASSWORD)).status, 303, login)
  }
  assert.is((await tries(school.visitor(), "Secretaire@Kalanso.Example ", DEMO_PASSWORD)).status, 303)
})

test("sign-in leads back to the page that was asked for", async () => {
  const visitor = school.visitor()
  const asked = await visitor.get("/account?from=menu")
  assert.is(asked.location, "/sign-in?next=%2Faccount%3Ffrom%3Dmenu")
  await visitor.get(asked.location as string)
  const wrong = await visitor.post("/sign-in", { login: "secretaire@kalanso.example", password: "wrong" })
  assert.is(wrong.status, 422)
  const right = await visitor.post("/sign-in", {
    login: "secretaire@kalanso.example",
    password: DEMO_PASSWORD,
  })
  assert.is(right.location, "/account?from=menu", "kept through a wrong password")
})

test("sign-in never leads to another site", async () => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "/.//evil.example"]) {
    const visitor = school.visitor()
    const page = await visitor.get(`/sign-in?next=${encodeURIComponent(next)}`)
    assert.not.match(page.body, "evil.example")
    const answer = await visitor.post("/sign-in", {
      login: "secretaire@kalanso.example",
      password: DEMO_PASSWORD,
      next,
    })
    assert.is(answer.location, "/", next)
  }
  const secretary = await school.as("secretaire")
  assert.is((await secretary.get("/sign-in?next=//evil.example")).location, "/")
})

test("an unknown login gets the same answer as a wrong password", async () => {
  const known = await tries(school.visitor(), "secretaire@kalanso.example", "wrong password")
  const unknown = await tries(school.visitor(), "nobody@kalanso.example", "wrong password")
  assert.is(known.status, 422)
  assert.is(unknown.status, 422)
  const without = (body: string, login: string) =>
    body.replaceAll(login, "LOGIN").replace(/name="_form" value="[^"]+"/g, "")
  assert.is(
    without(unknown.body, "nobody@kalanso.example"),
    without(known.body, "secretaire@kalanso.example"),
  )
  assert.is(unknown.queries, known.queries, "and costs as many questions")
})

test("three failures are free, then one waits longer and longer, known or not", async () => {
  for (const login of ["maths@kalanso.example", "nobody@kalanso.example"]) {
    school.now = NOW
    await school.school.db.deleteFrom("sign_in_delay").execute()
    const visitor = school.visitor()
    for (let n = 1; n <= 4; n++)
      assert.is((await tries(visitor, login, "wrong")).status, 422, `${login} ${n}`)
    const blocked = await tries(visitor, login, "wrong")
    assert.is(blocked.status, 429)
    assert.match(blocked.body, "Attendez 2 secondes")
    school.now = later(2)
    assert.is((await tries(visitor, login, "wrong")).status, 422)
    assert.match((await tries(visitor, login, "wrong")).body, "Attendez 4 secondes")
  }
})

test("while one waits even the right password is not looked at", async () => {
  const visitor = school.visitor()
  for (let n = 1; n <= 4; n++) await tries(visitor, "maths@kalanso.example", "wrong")
  assert.is((await tries(visitor, "maths@kalanso.example", DEMO_PASSWORD)).status, 429)
  school.now = later(2)
  assert.is((await tries(visitor, "maths@kalanso.example", DEMO_PASSWORD)).status, 303)
  const again = school.visitor()
  for (let n = 1; n <= 3; n++) await tries(again, "maths@kalanso.example", "wrong")
  assert.is(
    (await tries(again, "maths@kalanso.example", DEMO_PASSWORD)).status,
    303,
    "success clears the account's failures",
  )
})

test("the delay stops growing at 15 minutes, and is forgotten after a day", async () => {
  const visitor = school.visitor()
  for (let n = 1; n <= 20; n++) {
    await tries(visitor, "maths@kalanso.example", "wrong")
    school.now = later(900)
  }
  await tries(visitor, "maths@kalanso.example", "wrong")
  assert.match((await tries(visitor, "maths@kalanso.example", "wrong")).body, "Attendez 15 minutes")
  school.now = later(25 * 3600)
  await tries(visitor, "maths@kalanso.example", "wrong")
  assert.is((await tries(visitor, "maths@kalanso.example", "wrong")).status, 422)
})

test("an account's phone and e-mail count as one account", async () => {
  const { db } = school.school
  const row = {
    login: "+22376000009",
    kind: "phone" as const,
    account_id: school.ids.accounts.maths as number,
  }
  await db.insertInto("account_login").values(row).execute()
  const visitor = school.visitor()
  for (let n = 1; n <= 2; n++) await tries(visitor, "76 00 00 09", "wrong")
  for (let n = 1; n <= 2; n++) await tries(visitor, "maths@kalanso.example", "wrong")
  assert.is((await tries(visitor, "76 00 00 09", "wrong")).status, 429)
  await db.deleteFrom("account_login").where("login", "=", row.login).execute()
})

test("guesses sent all at once get no more than guesses sent one by one", async () => {
  const visitor = school.visitor()
  await visitor.get("/sign-in")
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      visitor.post("/sign-in", { login: "maths@kalanso.example", password: "wrong" }),
    ),
  )
  assert.is(answers.filter(({ status }) => status === 422).length, 4)
  assert.is(answers.filter(({ status }) => status === 429).length, 8)
})

test("an address that tries many accounts is slowed down, whatever the accounts", async () => {
  const visitor = school.visitor()
  for (let n = 1; n <= 21; n++) {
    assert.is((await tries(visitor, `guess${n}@kalanso.example`, "wrong")).status, 422, `guess ${n}`)
  }
  assert.is((await tries(visitor, "other@kalanso.example", "wrong")).status, 429)
  school.now = later(2)
  assert.is((await tries(visitor, "secretaire@kalanso.example", DEMO_PASSWORD)).status, 303)
  assert.is((await tries(school.visitor(), "last@kalanso.example", "wrong")).status, 422)
  assert.is(
    (await tries(school.visitor(), "last2@kalanso.example", "wrong")).status,
    429,
    "one's own success does not clear the address",
  )
})

test("a closed account is answered like an unknown one", async () => {
  const { db } = school.school
  const id = school.ids.accounts.econome as number
  await db.updateTable("account").set({ active: 0 }).where("id", "=", id).execute()
  const answer = await tries(school.visitor(), "econome@kalanso.example", DEMO_PASSWORD)
  assert.is(answer.status, 422)
  assert.match(answer.body, "Identifiant ou mot de passe incorrect.")
  await db.updateTable("account").set({ active: 1 }).where("id", "=", id).execute()
})

test("sign-in gives a new session: one planted or used before is worth nothing", async () => {
  const visitor = school.visitor()
  visitor.cookie("ardoise", "planted-by-an-attacker")
  await tries(visitor, "secretaire@kalanso.example", DEMO_PASSWORD)
  const first = visitor.cookie("ardoise") as string
  assert.is.not(first, "planted-by-an-attacker")
  const thief = school.visitor()
  thief.cookie("ardoise", "planted-by-an-attacker")
  assert.is((await thief.get("/account")).status, 303)
  // the same browser signs in once more, from a sign-in form that was still open
  const again = school.visitor()
  await again.get("/sign-in")
  again.cookie("ardoise", first)
  await again.get("/")
  await again.post("/sign-out")
  thief.cookie("ardoise", first)
  assert.match(String((await thief.get("/account")).location), "/sign-in")
})

test("the cookie is out of reach of scripts and of other sites", async () => {
  const visitor = school.visitor()
  const answer = await tries(visitor, "secretaire@kalanso.example", DEMO_PASSWORD)
  const line = answer.headers.getSetCookie().find((one) => one.startsWith("ardoise=")) as string
  assert.match(line, "HttpOnly")
  assert.match(line, "SameSite=Lax")
  assert.match(line, "Path=/")
  assert.not.match(line, "Domain=")
})

test("only the hash of a session is in the database", async () => {
  const secretary = await school.as("secretaire")
  const rows = await school.school.db.selectFrom("session").selectAll().execute()
  assert.not.match(JSON.stringify(rows), secretary.cookie("ardoise") as string)
})

test("a cookie that cannot be read is no session, and no error", async () => {
  const response = await fetch(`${school.url}/account`, {
    redirect: "manual",
    headers: { cookie: "ardoise=%E0%A4%A; visiteur=%; message=%ff" },
  })
  assert.is(response.status, 303)
})

test("the demonstration lists its accounts, and one tap enters; another school shows none", async () => {
  const visitor = school.visitor()
  assert.not.match((await visitor.get("/sign-in")).body, "kalanso.example")
  assert.is((await visitor.post("/sign-in", { demo: "admin" })).status, 422)
  await changeSettings(school.school.db, { demo: "1" })
  await refresh(school.school)
  const page = await visitor.get("/sign-in?next=%2Faccount", { "accept-encoding": "br" })
  assert.match(page.body, "censeur@kalanso.example")
  assert.match(page.body, DEMO_PASSWORD)
  assert.is((await visitor.post("/sign-in", { demo: "censeur", next: "/account" })).location, "/account")
  assert.match((await visitor.open("/account")).body, "Mamadou TOURÉ")
  await changeSettings(school.school.db, { demo: "0" })
  await refresh(school.school)
})

test.run()
