import { randomBytes } from "node:crypto"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { firstPassword, passwordFrom } from "./passwords.ts"
import { type ClassPerson, planSlips } from "./rules/slips.ts"

let school: TestSchool
let admin: Client
test.before.each(async () => {
  school = await openTestSchool()
  admin = await school.as("admin")
})
test.after.each(() => school.close())

const at = () => `/classes/${school.ids.classes["10ème CG 1"]}/slips`

/** The slips of a printed page: who, with what, and the first password. */
const slips = (body: string) =>
  [
    ...body.matchAll(
      /<div>\s*<p><b>([^<]+)<\/b>[\s\S]*?Identifiant : <b>([^<]+)<[\s\S]*?class="code">([^<]+)</g,
    ),
  ].map(([, name, login, password]) => ({ name, login: login as string, password: password as string }))

const accounts = () =>
  school.school.db.selectFrom("account").select(["id", "guardian_id", "student_id"]).execute()

async function make(fields: Record<string, string>) {
  await admin.open(at())
  return admin.post(at(), fields)
}

test("a class’s guardians and students get their accounts and first passwords, printed once", async () => {
  const before = await accounts()
  const made = await make({ guardians: "1", students: "1" })
  assert.is(made.location, `${at()}/print`)
  const sheet = await admin.open(made.location as string)
  assert.is(sheet.headers.get("cache-control"), "no-store")
  const printed = slips(sheet.body)
  assert.equal(
    printed.map(({ name, login }) => [name, login]),
    [
      ["TRAORÉ Aminata", "RC15CG26Z9002F"],
      ["TRAORÉ Aminata", "RC16CG26Z9003F"],
      ["Karim TRAORÉ", "70 00 00 03"],
      ["Lassina TRAORÉ", "70 00 00 04"],
    ],
    "neither Moussa and his mother, who have accounts, nor Issa, without matricule",
  )
  assert.is(new Set(printed.map(({ password }) => password)).size, 4)
  assert.match(sheet.body, "Pour suivre TRAORÉ Aminata (10ème CG 1)")
  const again = await admin.open(made.location as string)
  assert.equal(slips(again.body), [])
  assert.match(again.body, "ne sont montrés qu’une fois")
  assert.is((await accounts()).length, before.length + 4)

  for (const { login, password } of printed) {
    const visitor = school.visitor()
    await visitor.get("/sign-in")
    assert.is((await visitor.post("/sign-in", { login, password })).status, 303, login)
    assert.is((await visitor.get("/")).location, "/account/password")
  }
  const trail = await school.school.db
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", "account")
    .where("action", "=", "created")
    .execute()
  assert.is(trail.length, 4)
  for (const { password } of printed) assert.not.match(JSON.stringify(trail), password)
})

test("the page says what would be made, and for whom nothing can be", async () => {
  const { body } = await admin.open(at())
  assert.match(body, "Tuteurs : 2 comptes à ouvrir")
  assert.match(body, "Élèves : 2 comptes à ouvrir")
  assert.match(body, /ƝARE Issa : sans matricule/)
  assert.match((await make({})).location as string, "/slips")
  assert.match((await admin.open(at())).body, "cochez au moins une sorte")
})

test("the same form twice opens each account once", async () => {
  await admin.open(at())
  const before = await accounts()
  const answers = await Promise.all([
    admin.post(at(), { guardians: "1" }),
    admin.post(at(), { guardians: "1" }),
  ])
  assert.is(answers[0].location, answers[1].location)
  assert.is((await accounts()).length, before.length + 2)
})

test("lost sheets are made again for those who never came; the first password no longer opens", async () => {
  const first = slips((await admin.open((await make({ guardians: "1" })).location as string)).body)
  const karim = school.visitor()
  await karim.get("/sign-in")
  await karim.post("/sign-in", { login: first[0]?.login, password: first[0]?.password })
  await karim.open("/account/password")
  const chosen = "un long secret à moi"
  const { body } = await karim.open("/account/password")
  const names = [...body.matchAll(/type="password" id="[^"]+" name="([^"]+)"/g)].map(
    ([, name]) => name as string,
  )
  const typed = [first[0]?.password, chosen, chosen]
  await karim.post("/account/password", Object.fromEntries(names.map((name, n) => [name, typed[n]])))

  assert.match((await admin.open(at())).body, "Refaire aussi 1 fiche jamais servie")
  const second = slips(
    (await admin.open((await make({ guardians: "1", renew: "1" })).location as string)).body,
  )
  assert.equal(
    second.map(({ name }) => name),
    ["Lassina TRAORÉ"],
  )
  const visitor = school.visitor()
  await visitor.get("/sign-in")
  const old = await visitor.post("/sign-in", { login: first[1]?.login, password: first[1]?.password })
  assert.is(old.status, 422)
  await visitor.get("/sign-in")
  const fresh = await visitor.post("/sign-in", { login: second[0]?.login, password: second[0]?.password })
  assert.is(fresh.status, 303)
})

test("another session or another class cannot open the sheets", async () => {
  const made = await make({ guardians: "1" })
  const sealed = admin.cookie("fiche") as string
  assert.ok(sealed)
  const other = await school.as("admin")
  other.cookie("fiche", sealed)
  assert.equal(slips((await other.open(made.location as string)).body), [])
  const elsewhere = `/classes/${school.ids.classes["12ème TSE"]}/slips/print`
  assert.equal(slips((await admin.open(elsewhere)).body), [])
  assert.is((await (await school.as("secretaire")).get(at())).status, 403)
})

const person = (id: number, more: Partial<ClassPerson>): ClassPerson => ({
  kind: "guardian",
  id,
  name: `Tuteur ${id}`,
  matricule: null,
  phone: null,
  email: null,
  informed: true,
  children: ["KEÏTA Moussa"],
  account: null,
  ...more,
})

test("a number shared by two people opens one account; who is not told of news gets none here", () => {
  const plan = planSlips(
    [
      person(1, { phone: "+22370000009" }),
      person(2, { phone: "+22370000009" }),
      person(3, { phone: "+22370000010", informed: false }),
      person(4, { email: "Mère@Exemple.org" }),
      person(5, { phone: "+22370000011" }),
      person(6, {}),
      person(7, { account: { id: 1, active: false, mustChange: true } }),
    ],
    new Set(["+22370000011"]),
  )
  assert.equal(
    plan.toOpen.map(({ person, login }) => [person.id, login.login]),
    [
      [1, "+22370000009"],
      [4, "mère@exemple.org"],
    ],
  )
  assert.equal(
    plan.leftOut.map(({ person }) => person.id),
    [2, 3, 5, 6],
  )
  assert.equal(plan.toRenew, [], "a closed account stays closed")
})

test("a seed gives each person one password, of the form of all first passwords", () => {
  const seed = randomBytes(32)
  const all = Array.from({ length: 500 }, (_, n) => passwordFrom(seed, `guardian-${n}`))
  assert.is(new Set(all).size, 500)
  assert.is(passwordFrom(seed, "guardian-7"), all[7])
  assert.is.not(passwordFrom(randomBytes(32), "guardian-7"), all[7])
  for (const password of [...all, firstPassword()]) {
    assert.match(password, /^([bdfgklmnprstvz][aeiou]){2}-([bdfgklmnprstvz][aeiou]){3}-\d{4}$/)
  }
})

test.run()
