import { test } from "uvu"
import * as assert from "uvu/assert"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { DEMO_PASSWORD } from "../../demo/cast.ts"
import { createSession } from "../../web/session.ts"
import { sha256 } from "../../web/signing.ts"
import { clean } from "./jobs.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.before.each(() => {
  school.now = NOW
})
test.after(() => school.close())

const after = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)

test("a person sees the devices that are signed in, and which one this is", async () => {
  await school.as("maths")
  const teacher = await school.as("maths")
  const page = await teacher.open("/account")
  assert.match(page.body, "Ibrahim COULIBALY")
  assert.match(page.body, "Professeur principal")
  assert.is(page.body.match(/celui-ci/g)?.length, 1)
  assert.is(page.body.match(/>Déconnecter</g)?.length, 1)
})

test("one device is signed out, then all the others; the present one stays", async () => {
  const [one, two, three] = [
    await school.as("francais"),
    await school.as("francais"),
    await school.as("francais"),
  ]
  await three.open("/account")
  const named = sha256(one.cookie("ardoise") as string)
  assert.match((await three.submit("/account/sessions/end", { session: named })).body, "est déconnecté")
  assert.is((await one.get("/account")).status, 303)
  assert.is((await two.get("/account")).status, 200)
  await three.open("/account")
  assert.match((await three.submit("/account/sessions/end-others")).body, "1 autre session est terminée.")
  assert.is((await two.get("/account")).status, 303)
  assert.is((await three.get("/account")).status, 200)
})

test("nobody ends another person's session", async () => {
  const censeur = await school.as("censeur")
  const teacher = await school.as("maths")
  await teacher.open("/account")
  await teacher.post("/account/sessions/end", { session: sha256(censeur.cookie("ardoise") as string) })
  assert.is((await censeur.get("/account")).status, 200)
})

test("who leaves the staff is signed out at once and gets in again only when back", async () => {
  const { db } = school.school
  const active = (value: 0 | 1) =>
    db
      .updateTable("staff")
      .set({ active: value })
      .where("id", "=", school.ids.staff.francais as number)
      .execute()
  const teacher = await school.as("francais")
  await active(0)
  assert.is((await teacher.get("/account")).status, 303)
  await teacher.open("/sign-in")
  const login = await db
    .selectFrom("account_login")
    .select("login")
    .where("account_id", "=", school.ids.accounts.francais as number)
    .executeTakeFirstOrThrow()
  const refused = await teacher.submit("/sign-in", { login: login.login, password: DEMO_PASSWORD })
  assert.match(refused.body, "Identifiant ou mot de passe incorrect.")
  await active(1)
  assert.is((await (await school.as("francais")).get("/account")).status, 200)
})

test("a session ends after 12 idle hours, and after 7 days however used", async () => {
  const idle = await school.as("maths")
  school.now = after(13)
  assert.is((await idle.get("/account")).status, 303)
  school.now = NOW
  const busy = await school.as("maths")
  for (let hours = 10; hours <= 160; hours += 10) {
    school.now = after(hours)
    assert.is((await busy.get("/account")).status, 200, `${hours} hours`)
  }
  school.now = after(169)
  assert.is((await busy.get("/account")).status, 303)
})

test("who comes back to an ended session is told so, and led back to the page", async () => {
  const secretary = await school.as("secretaire")
  school.now = after(13)
  const page = await secretary.open("/account")
  assert.match(page.body, "Votre session est terminée.")
  assert.match(page.body, '<input type="hidden" name="next" value="/account">')
})

test("a session that ends in mid-form: nothing is written, and the page says how to go on", async () => {
  const admin = await school.as("admin")
  const id = school.ids.accounts.francais
  await admin.open(`/accounts/${id}`)
  school.now = after(13)
  const page = await admin.post(`/accounts/${id}`, { name: "Changed" })
  assert.is(page.status, 403)
  assert.match(page.body, "Votre session s’est terminée pendant que vous écriviez")
  assert.match(page.body, "/sign-in")
  const row = await school.school.db
    .selectFrom("account")
    .select("name")
    .where("id", "=", id as number)
    .executeTakeFirst()
  assert.is(row?.name, "Awa SANOGO")
})

test("the way back after an ended form is the page it was on, never another site", async () => {
  const send = (referer: string) =>
    fetch(`${school.url}/accounts/1`, { method: "POST", headers: { referer }, redirect: "manual" })
  const own = await (await send(`${school.url}/accounts/1?q=a`)).text()
  assert.match(own, 'href="/sign-in?next=%2Faccounts%2F1%3Fq%3Da"')
  const evil = await (await send("https://evil.example/accounts/1")).text()
  assert.match(evil, 'href="/sign-in"')
})

test("a part of a page asked by htmx without session sends the whole page to sign-in", async () => {
  const answer = await fetch(`${school.url}/accounts`, {
    redirect: "manual",
    headers: { "hx-request": "true", referer: `${school.url}/accounts` },
  })
  assert.is(answer.headers.get("hx-redirect"), "/sign-in?next=%2Faccounts")
  assert.is(await answer.text(), "")
})

test("an account that loses its role in mid-session gets 403 with a clear sentence on the next request", async () => {
  const { db } = school.school
  const [secretary, admin] = [await school.as("secretaire"), await school.as("admin")]
  assert.is((await secretary.get("/students/new")).status, 200)
  const id = school.ids.accounts.secretaire as number
  await admin.open(`/accounts/${id}`)
  const fields = {
    name: "Kadiatou BERTHÉ",
    email: "secretaire@kalanso.example",
    role_secretary: "",
    role_teacher: "1",
  }
  assert.is((await admin.post(`/accounts/${id}`, fields)).status, 303)
  const refused = await secretary.post("/students/new", { surname: "X" })
  assert.is(refused.status, 403)
  assert.match(refused.body, "Votre compte n’a pas, ou n’a plus, le droit de faire cela.")
  const page = await secretary.get("/students/new")
  assert.is(page.status, 403)
  await db.deleteFrom("account_role").where("account_id", "=", id).execute()
  await db.insertInto("account_role").values({ account_id: id, role: "secretary" }).execute()
})

test("changed roles give the session a new id; the old one is worth nothing, a form under way still passes", async () => {
  const [teacher, admin] = [await school.as("francais"), await school.as("admin")]
  const before = teacher.cookie("ardoise") as string
  await teacher.open("/account")
  const id = school.ids.accounts.francais as number
  await admin.open(`/accounts/${id}`)
  const fields = { name: "Awa SANOGO", email: "francais@kalanso.example", role_teacher: "1", role_dean: "1" }
  assert.is((await admin.post(`/accounts/${id}`, fields)).status, 303)
  assert.is((await teacher.post("/account/sessions/end-others")).status, 303, "the form under way passes")
  assert.is((await teacher.get("/account/password")).status, 200)
  assert.is.not(teacher.cookie("ardoise"), before)
  assert.is((await teacher.post("/account/password")).status, 422, "and so do forms made since")
  const thief = school.visitor()
  thief.cookie("ardoise", before)
  assert.is((await thief.get("/account")).status, 303)
})

test("behind HTTPS the cookie has a name that nothing else can set", async () => {
  const set: [string, { secure?: boolean; path?: string; domain?: string }][] = []
  const req = { school: school.school, now: NOW, secure: true, headers: {}, ip: "127.0.0.1" }
  const res = { cookie: (name: string, _value: string, options: object) => set.push([name, options]) }
  await createSession(req as never, res as never, school.ids.accounts.maths as number)
  assert.is(set[0]?.[0], "__Host-ardoise")
  assert.is(set[0]?.[1].secure, true)
  assert.is(set[0]?.[1].path, "/")
  assert.is(set[0]?.[1].domain, undefined)
})

test("at night ended sessions, old answers and forgotten failures are deleted, and nothing else", async () => {
  const { db } = school.school
  await db.deleteFrom("session").execute()
  await db.deleteFrom("sign_in_delay").execute()
  const iso = (hours: number) => after(hours).toISOString()
  const session = (id_hash: string, created: number, expires: number) => ({
    id_hash,
    account_id: school.ids.accounts.maths as number,
    created_at: iso(created),
    expires_at: iso(expires),
    device: "",
    address: "",
  })
  await db
    .insertInto("session")
    .values([session("kept", -10, 2), session("idle", -20, -1), session("week", -200, 2)])
    .execute()
  await db
    .insertInto("form_answer")
    .values([
      { key: "old", claimed_at: iso(-8 * 24) },
      { key: "young", claimed_at: iso(-6 * 24) },
    ])
    .execute()
  const delay = (key: string, hours: number) => ({
    key,
    failures: 9,
    last_at: iso(hours),
    blocked_until: iso(hours),
  })
  await db
    .insertInto("sign_in_delay")
    .values([delay("old", -25), delay("young", -23)])
    .execute()
  assert.is(await clean(school.school, NOW), "2 sessions, 1 form answers, 1 delays deleted")
  const left = await db.selectFrom("session").select("id_hash").execute()
  assert.equal(left, [{ id_hash: "kept" }])
})

test.run()
