import { test } from "uvu"
import * as assert from "uvu/assert"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { DEMO_PASSWORD } from "../../demo/cast.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.before.each(async () => {
  school.now = NOW
  await school.school.db.deleteFrom("sign_in_delay").execute()
})
test.after(() => school.close())

const FRESH = "mangue tortue lundi"

test("a new password ends the other sessions, gives this one a new id, and is in the audit trail without its words", async () => {
  const [other, teacher] = [await school.as("maths"), await school.as("maths")]
  const before = teacher.cookie("ardoise") as string
  await teacher.open("/account/password")
  const page = await teacher.submit("/account/password", {
    current: DEMO_PASSWORD,
    fresh: FRESH,
    again: FRESH,
  })
  assert.is(page.status, 200)
  assert.match(page.body, "Votre mot de passe est changé")
  assert.is((await other.get("/account")).status, 303)
  const thief = school.visitor()
  thief.cookie("ardoise", before)
  assert.is((await thief.get("/account")).status, 303)
  const trail = await school.school.db.selectFrom("audit").selectAll().execute()
  assert.is(trail.at(-1)?.action, "password_changed")
  assert.not.match(JSON.stringify(trail), /mangue|argon2/)
  const again = school.visitor()
  await again.get("/sign-in")
  assert.is(
    (await again.post("/sign-in", { login: "maths@kalanso.example", password: DEMO_PASSWORD })).status,
    422,
  )
  assert.is((await again.post("/sign-in", { login: "maths@kalanso.example", password: FRESH })).status, 303)
})

test("each wrong answer has its sentence, and nothing changes", async () => {
  const teacher = await school.as("francais")
  await teacher.open("/account/password")
  const cases: [string, string, string, string][] = [
    ["wrong", FRESH, FRESH, "Ce n’est pas votre mot de passe actuel."],
    [DEMO_PASSWORD, "court", "court", "au moins 10 caractères"],
    [DEMO_PASSWORD, "motdepasse1", "motdepasse1", "trop courant"],
    [DEMO_PASSWORD, "francais@kalanso.example", "francais@kalanso.example", "reprend votre nom"],
    [DEMO_PASSWORD, FRESH, `${FRESH} `, "ne sont pas les mêmes"],
    ["", "", "", "Remplissez ce champ."],
  ]
  for (const [current, fresh, again, sentence] of cases) {
    const page = await teacher.post("/account/password", { current, fresh, again })
    assert.is(page.status, 422)
    assert.match(page.body, sentence)
    assert.not.match(page.body, `value="${FRESH}"`)
  }
  assert.is((await school.as("francais")).page?.status, 200)
})

test("the current password is guessed no faster here than at sign-in", async () => {
  const teacher = await school.as("francais")
  await teacher.open("/account/password")
  const guess = () => teacher.post("/account/password", { current: "guess", fresh: FRESH, again: FRESH })
  for (let n = 1; n <= 4; n++) assert.is((await guess()).status, 422)
  assert.is((await guess()).status, 429)
})

test("a password given by the school must be changed before anything else", async () => {
  const id = school.ids.accounts.censeur as number
  await school.school.db.updateTable("account").set({ must_change: 1 }).where("id", "=", id).execute()
  const dean = await school.as("censeur")
  for (const path of ["/", "/students", "/account"]) {
    assert.is((await dean.get(path)).location, "/account/password", path)
  }
  assert.match((await dean.get("/account/password")).body, "Choisissez votre mot de passe")
  assert.is((await dean.post("/account/sessions/end-others")).location, "/account/password")
  const same = await dean.post("/account/password", {
    current: DEMO_PASSWORD,
    fresh: DEMO_PASSWORD,
    again: DEMO_PASSWORD,
  })
  assert.is(same.status, 422)
  const done = await dean.post("/account/password", { current: DEMO_PASSWORD, fresh: FRESH, again: FRESH })
  assert.is(done.location, "/")
  assert.is((await dean.get("/")).status, 200)
})

test("letters with accents are the same password from any keyboard", async () => {
  const head = await school.as("proviseur")
  await head.open("/account/password")
  const composed = "forêt dense été".normalize("NFC")
  await head.post("/account/password", { current: DEMO_PASSWORD, fresh: composed, again: composed })
  const visitor = school.visitor()
  await visitor.get("/sign-in")
  const typed = { login: "proviseur@kalanso.example", password: composed.normalize("NFD") }
  assert.is((await visitor.post("/sign-in", typed)).status, 303)
})

test.run()
