import { test } from "uvu"
import * as assert from "uvu/assert"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.before.each(() => {
  school.now = NOW
})
test.after(() => school.close())

const trailOf = (id: number) =>
  school.school.db
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", "account")
    .where("subject_id", "=", id)
    .orderBy("id")
    .execute()

const idIn = (path: string | null) => Number(path?.match(/\d+/)?.[0])

test("the administrator opens an account for a guardian; the slip shows the password once; the guardian changes it", async () => {
  const admin = await school.as("admin")
  const found = await admin.open("/accounts/new?q=karim")
  assert.match(found.body, `/accounts/new?person=guardian-${school.ids.guardians.refuses}`)
  const form = await admin.open(`/accounts/new?person=guardian-${school.ids.guardians.refuses}`)
  assert.match(form.body, 'value="+22370000003"')
  const made = await admin.post("/accounts", { name: "Karim TRAORÉ", phone: "70 00 00 03", role_parent: "1" })
  assert.match(String(made.location), /^\/accounts\/\d+\/slip$/)
  const slip = await admin.open(made.location as string)
  assert.is(slip.headers.get("cache-control"), "no-store")
  const password = slip.body.match(/class="code">([a-z]+-[a-z]+-\d{4})</)?.[1] as string
  assert.ok(password, "the slip shows a password")
  assert.match(slip.body, "70 00 00 03")
  const again = await admin.open(made.location as string)
  assert.not.match(again.body, password)
  assert.match(again.body, "n’est montré qu’une fois")

  const guardian = school.visitor()
  await guardian.get("/sign-in")
  assert.is((await guardian.post("/sign-in", { login: "70000003", password })).status, 303)
  assert.is((await guardian.get("/")).location, "/account/password")
  const id = idIn(made.location)
  const trail = await trailOf(id)
  assert.is(trail[0]?.action, "created")
  assert.is(trail[0]?.account_id, school.ids.accounts.admin)
  assert.not.match(JSON.stringify(trail), password)
  assert.is(
    (await admin.get(`/accounts/new?person=guardian-${school.ids.guardians.refuses}`)).location,
    `/accounts/${id}`,
  )
})

test("another session, another account or a changed cookie cannot open the slip", async () => {
  const admin = await school.as("admin")
  const id = school.ids.accounts.maths as number
  await admin.open(`/accounts/${id}`)
  await admin.post(`/accounts/${id}/password`)
  const sealed = admin.cookie("fiche") as string
  assert.ok(sealed)
  const other = await school.as("admin")
  other.cookie("fiche", sealed)
  assert.match((await other.open(`/accounts/${id}/slip`)).body, "qu’une fois")
  assert.match((await admin.open(`/accounts/${school.ids.accounts.francais}/slip`)).body, "qu’une fois")
  admin.cookie("fiche", `${sealed.slice(0, -2)}AA`)
  assert.match((await admin.open(`/accounts/${id}/slip`)).body, "qu’une fois")
  admin.cookie("fiche", "AAAA")
  assert.is((await admin.open(`/accounts/${id}/slip`)).status, 200)
})

test("a form sent twice opens one account", async () => {
  const admin = await school.as("admin")
  await admin.open(`/accounts/new?person=student-${school.ids.students.aminata1}`)
  const fields = { name: "Aminata TRAORÉ", matricule: "RC15CG26Z9002F", role_student: "1" }
  const [one, two] = await Promise.all([admin.post("/accounts", fields), admin.post("/accounts", fields)])
  assert.is(one.location, two.location)
  const rows = await school.school.db
    .selectFrom("account")
    .select("id")
    .where("student_id", "=", school.ids.students.aminata1 as number)
    .execute()
  assert.is(rows.length, 1)
})

test("what is wrong is said field by field, and nothing is opened", async () => {
  const admin = await school.as("admin")
  await admin.open(`/accounts/new?person=guardian-${school.ids.guardians.unasked}`)
  const cases: [Record<string, string>, string][] = [
    [{ name: "", phone: "70000004", role_parent: "1" }, "Remplissez ce champ."],
    [{ name: "L", role_parent: "1" }, "au moins un identifiant"],
    [{ name: "L", phone: "7000000", role_parent: "1" }, "Écrivez un seul numéro"],
    [{ name: "L", email: "not an address", role_parent: "1" }, "Écrivez une adresse"],
    [{ name: "L", phone: "70000004" }, "au moins une fonction"],
    [{ name: "L", phone: "70000001", role_parent: "1" }, "Un autre compte se connecte déjà"],
    [{ name: "L", phone: "70000004", role_administrator: "1" }, "au moins une fonction"],
  ]
  for (const [fields, sentence] of cases) {
    const page = await admin.post("/accounts", fields)
    assert.is(page.status, 422, sentence)
    assert.match(page.body, sentence)
  }
  const account = await school.school.db
    .selectFrom("account")
    .select("id")
    .where("guardian_id", "=", school.ids.guardians.unasked as number)
    .executeTakeFirst()
  assert.is(account, undefined)
  assert.is((await admin.post("/accounts", { person: "staff-99999" })).status, 404)
})

test("a closed account is out at once, and back after it is reopened", async () => {
  const [admin, bursar] = [await school.as("admin"), await school.as("econome")]
  const id = school.ids.accounts.econome as number
  await admin.open(`/accounts/${id}`)
  assert.match((await admin.submit(`/accounts/${id}/close`)).body, "est fermé")
  assert.is((await bursar.get("/account")).status, 303)
  assert.match((await admin.open("/accounts?state=closed")).body, "Seydou MAÏGA")
  assert.match((await admin.submit(`/accounts/${id}/reopen`)).body, "est rouvert")
  assert.is((await bursar.get("/account")).status, 303, "the old session does not come back")
  await school.as("econome")
  assert.equal(
    (await trailOf(id)).map(({ action }) => action),
    ["closed", "reopened"],
  )
})

test("a new password from the administrator ends the sessions and clears the delay", async () => {
  const [admin, dean] = [await school.as("admin"), await school.as("censeur")]
  const id = school.ids.accounts.censeur as number
  const stuck = {
    key: `account:${id}`,
    failures: 12,
    last_at: NOW.toISOString(),
    blocked_until: "2026-12-10T09:14:00.000Z",
  }
  await school.school.db.insertInto("sign_in_delay").values(stuck).execute()
  await admin.open(`/accounts/${id}`)
  const slip = await admin.submit(`/accounts/${id}/password`)
  const password = slip.body.match(/class="code">([^<]+)</)?.[1] as string
  assert.is((await dean.get("/account")).status, 303)
  const back = school.visitor()
  await back.get("/sign-in")
  assert.is((await back.post("/sign-in", { login: "censeur@kalanso.example", password })).status, 303)
})

test("the list is searched by name, login and phone, and filtered by role", async () => {
  const admin = await school.as("admin")
  const names = async (query: string) =>
    [...(await admin.open(`/accounts?${query}`)).body.matchAll(/<a href="\/accounts\/\d+">([^<]+)</g)].map(
      ([, name]) => name,
    )
  assert.equal(await names("q=keita&role=parent"), ["Aminata KEÏTA"])
  assert.equal(await names("q=kadiatou+berthe"), ["Kadiatou BERTHÉ"])
  assert.equal(await names("q=70+00+00+02"), ["Rokia TRAORÉ"])
  assert.equal(await names("q=rc15cg26z9001m"), ["Moussa KEÏTA"])
  assert.equal(await names("role=head"), ["Oumou DIALLO"])
  assert.equal(await names("q=%25"), await names(""))
  assert.equal(await names("q=zzz"), [])
})

test("an administrator stays one: not by one's own hand, and the school keeps at least one", async () => {
  const admin = await school.as("admin")
  const own = school.ids.accounts.admin as number
  await admin.open(`/accounts/${own}`)
  const fields = { name: "Fousseyni SISSOKO", email: "admin@kalanso.example" }
  const refused = await admin.post(`/accounts/${own}`, { ...fields, role_teacher: "1" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "Vous ne pouvez pas vous retirer la fonction d’administrateur")
  assert.is((await admin.post(`/accounts/${own}/close`)).status, 409)
  assert.is(
    (await admin.post(`/accounts/${own}`, { ...fields, role_administrator: "1", role_head: "1" })).status,
    303,
  )

  // a second administrator removes the first, and is then the last one
  const head = school.ids.accounts.proviseur as number
  await admin.open(`/accounts/${head}`)
  const second = { name: "Oumou DIALLO", email: "proviseur@kalanso.example", role_administrator: "1" }
  assert.is((await admin.post(`/accounts/${head}`, second)).status, 303)
  const other = await school.as("proviseur")
  await other.open(`/accounts/${own}`)
  assert.is((await other.post(`/accounts/${own}`, { ...fields, role_teacher: "1" })).status, 303)
  assert.is((await admin.get("/accounts")).status, 403, "no administrator any more, from the next request on")
  await other.open(`/accounts/${own}`)
  assert.is((await other.post(`/accounts/${own}`, { ...fields, role_administrator: "1" })).status, 303)

  // two who remove each other at the same moment: one of them is refused
  const first = await school.as("admin")
  await first.open(`/accounts/${head}`)
  await other.open(`/accounts/${own}`)
  const answers = await Promise.all([
    first.post(`/accounts/${head}`, { ...second, role_administrator: "", role_head: "1" }),
    other.post(`/accounts/${own}`, { ...fields, role_teacher: "1" }),
  ])
  const left = await school.school.db
    .selectFrom("account_role")
    .select("account_id")
    .where("role", "=", "administrator")
    .execute()
  assert.is(left.length, 1, answers.map(({ status }) => status).join(" and "))
  await school.school.db.deleteFrom("account_role").where("account_id", "in", [own, head]).execute()
  await school.school.db
    .insertInto("account_role")
    .values([
      { account_id: own, role: "administrator" },
      { account_id: head, role: "head" },
    ])
    .execute()
})

test("whoever else manages accounts reaches no administrator, and gives oneself nothing", async () => {
  const { db } = school.school
  await db
    .insertInto("role_permission")
    .values({ role: "secretary", permission: "accounts.manage", granted: 1 })
    .execute()
  await refresh(school.school)
  const secretary = await school.as("secretaire")
  const [admin, own] = [school.ids.accounts.admin, school.ids.accounts.secretaire]
  const page = await secretary.open(`/accounts/${admin}`)
  assert.match(page.body, "Seul un administrateur peut modifier le compte d’un administrateur")
  assert.is((await secretary.post(`/accounts/${admin}/password`)).status, 403)
  assert.is((await secretary.post(`/accounts/${admin}/close`)).status, 403)
  assert.is((await secretary.post(`/accounts/${admin}`, { name: "X" })).status, 403)
  const mine = await secretary.open(`/accounts/${own}`)
  assert.not.match(mine.body, "role_administrator")
  const fields = { name: "Kadiatou BERTHÉ", email: "secretaire@kalanso.example", role_secretary: "1" }
  assert.is((await secretary.post(`/accounts/${own}`, { ...fields, role_administrator: "1" })).status, 403)
  assert.is((await secretary.post(`/accounts/${own}`, { ...fields, role_head: "1" })).status, 422)
  assert.is((await secretary.post(`/accounts/${own}`, fields)).status, 303)
  await db.deleteFrom("role_permission").execute()
  await refresh(school.school)
})

test("an account that does not exist is a page that does not exist", async () => {
  const admin = await school.as("admin")
  for (const path of ["/accounts/99999", "/accounts/abc", "/accounts/1e3", "/accounts/99999/slip"]) {
    assert.is((await admin.get(path)).status, 404, path)
  }
})

test.run()
