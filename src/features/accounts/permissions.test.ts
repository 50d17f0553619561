import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.before.each(() => {
  school.now = NOW
})
test.after(() => school.close())

/** What a browser would send: every ticked box that is not greyed, then the changes. */
function ticked(client: Client, changes: Record<string, string | undefined> = {}) {
  const boxes = [
    ...(client.page?.body ?? "").matchAll(/<input type="checkbox" name="([^"]+)" value="1"([^>]*)>/g),
  ]
  const sent = boxes
    .filter(([, , rest]) => rest?.includes("checked") && !rest.includes("disabled"))
    .map(([, name]) => [name, "1"])
  return { ...Object.fromEntries(sent), ...changes }
}

test("a right taken from a role is refused on the next request, and given back by the reset", async () => {
  const [admin, secretary] = [await school.as("admin"), await school.as("secretaire")]
  assert.is((await secretary.get("/students/new")).status, 200)
  await admin.open("/permissions")
  const page = await admin.submit("/permissions", ticked(admin, { "secretary people.change": undefined }))
  assert.match(page.body, "1 droit est modifié")
  // the box that departs from the default says so to the ear too
  assert.match(page.body, /name="secretary people.change" value="1" aria-labelledby="d\d+ r\d+ other">/)
  assert.is((await secretary.get("/students/new")).status, 403)
  assert.not.match((await secretary.open("/students")).body, "/students/new")
  const ask = await admin.open("/permissions/reset")
  assert.match(ask.body, "Secrétaire : « Inscrire des élèves et modifier leurs fiches » sera rendu")
  assert.match((await admin.submit("/permissions/reset")).body, "Le réglage d’origine est rétabli")
  assert.is((await secretary.get("/students/new")).status, 200)
  assert.equal(await school.school.db.selectFrom("role_permission").selectAll().execute(), [])
  const trail = await school.school.db
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", "role_permission")
    .execute()
  assert.equal(
    trail.map(({ action, after, account_id }) => [action, after, account_id]),
    ["right_taken", "right_given"].map((action) => [
      action,
      '{"role":"secretary","permission":"people.change"}',
      school.ids.accounts.admin,
    ]),
  )
})

test("a form that changes nothing writes nothing", async () => {
  const admin = await school.as("admin")
  await admin.open("/permissions")
  const before = await school.school.db.selectFrom("audit").select("id").execute()
  assert.match((await admin.submit("/permissions", ticked(admin))).body, "Aucun droit n’a changé.")
  assert.equal(await school.school.db.selectFrom("audit").select("id").execute(), before)
  assert.match((await admin.open("/permissions/reset")).body, "déjà ceux d’origine")
})

test("the administrator's hold on accounts cannot be taken, nor given to families", async () => {
  const admin = await school.as("admin")
  await admin.open("/permissions?part=school")
  const changes = {
    "administrator accounts.manage": undefined,
    "administrator accounts.permissions": undefined,
    "parent accounts.manage": "1",
    "student accounts.audit": "1",
    "head accounts.manage": "1",
    "nobody accounts.manage": "1",
    "head made.up": "1",
  }
  await admin.submit("/permissions", ticked(admin, changes))
  const rows = await school.school.db.selectFrom("role_permission").selectAll().execute()
  assert.equal(rows, [{ role: "head", permission: "accounts.manage", granted: 1 }])
  assert.is((await admin.get("/permissions")).status, 200)
  await admin.open("/permissions/reset")
  await admin.submit("/permissions/reset")
})

test("each part of the rights changes its own: what stands on another page is left as it is", async () => {
  const admin = await school.as("admin")
  const page = await admin.open("/permissions?part=grades")
  assert.match(page.body, "grades.enter")
  assert.not.match(page.body, "people.change")
  await admin.submit(
    "/permissions",
    ticked(admin, { "supervisor people.change": "1", "head grades.enter": "1" }),
  )
  const rows = await school.school.db.selectFrom("role_permission").selectAll().execute()
  assert.equal(rows, [{ role: "head", permission: "grades.enter", granted: 1 }])
  await admin.open("/permissions/reset")
  await admin.submit("/permissions/reset")
})

test("two administrators at once: the second is told, and nothing is overwritten", async () => {
  const [one, two] = [await school.as("admin"), await school.as("admin")]
  await one.open("/permissions?part=school")
  await two.open("/permissions?part=school")
  await one.post("/permissions", ticked(one, { "dean school.change": "1" }))
  const late = await two.post("/permissions", ticked(two, { "supervisor school.change": "1" }))
  assert.is(late.status, 409)
  assert.match(late.body, "entre-temps")
  const rows = await school.school.db.selectFrom("role_permission").selectAll().execute()
  assert.equal(rows, [{ role: "dean", permission: "school.change", granted: 1 }])
})

test.run()
