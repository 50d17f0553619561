import { test } from "uvu"
import * as assert from "uvu/assert"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { record } from "../../audit.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
  school.now = NOW
  const by = (key: string) => ({ id: school.ids.accounts[key] as number })
  const { db } = school.school
  const marks = Array.from({ length: 60 }, (_, n) => ({
    subject: "mark",
    subjectId: n + 1,
    action: "changed",
    before: { value: n },
    after: { value: n + 1000 },
  }))
  await record(db, by("maths"), marks, "2026-11-02T10:00:00.000Z")
  const change = { subject: "student", subjectId: 3, action: "changed", before: { phone: "+22370000001" } }
  await record(
    db,
    by("secretaire"),
    { ...change, reason: "Erreur <b>de saisie</b>" },
    "2026-11-03T23:59:00.000Z",
  )
  await record(db, null, { subject: "import", subjectId: 1, action: "created" }, "2026-11-04T00:00:00.000Z")
})
test.after(() => school.close())

const lines = (body: string) => (body.match(/<tr><th scope="row" class="nowrap">/g) ?? []).length

test("the head reads the trail by fifty, newest first", async () => {
  const head = await school.as("proviseur")
  const first = await head.open("/audit")
  assert.is(lines(first.body), 50)
  assert.match(first.body, "1–50 sur 62")
  assert.match(first.body, "le serveur")
  const second = await head.open("/audit?page=2")
  assert.is(lines(second.body), 12)
})

test("it is filtered by who, what and when", async () => {
  const head = await school.as("proviseur")
  const count = async (query: string) => lines((await head.open(`/audit?${query}`)).body)
  assert.is(await count(`account=${school.ids.accounts.secretaire}`), 1)
  assert.is(await count("subject=import"), 1)
  assert.is(await count("subject=mark&subject_id=7"), 1)
  assert.is(await count("from=2026-11-03&until=2026-11-03"), 1)
  assert.is(await count("from=2026-11-04"), 1)
  assert.is(await count("until=2026-11-01"), 0)
  assert.is(await count("from=nonsense&subject=' or 1=1"), 50)
})

test("before and after are shown as they were, and never as markup", async () => {
  const head = await school.as("proviseur")
  const page = await head.open("/audit?subject=student")
  assert.match(page.body, "Kadiatou BERTHÉ")
  assert.match(page.body, "<del>+22370000001</del>")
  assert.match(page.body, "(TRAORÉ Aminata)")
  assert.match(page.body, "Erreur &lt;b&gt;de saisie&lt;/b&gt;")
})

test("nobody but administrator and head reads it", async () => {
  for (const key of ["censeur", "secretaire", "maths", "parent", "moussa"]) {
    assert.is((await (await school.as(key)).get("/audit")).status, 403, key)
  }
})

test.run()
