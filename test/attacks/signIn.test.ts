// Who guesses passwords, and who fails on purpose to keep somebody out.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { DEMO_PASSWORD } from "../../src/demo/cast.ts"
import type { Client } from "../client.ts"
import { openTestSchool, type TestSchool } from "../school.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const HEAD = "proviseur@kalanso.example"

async function tries(client: Client, login: string, password = DEMO_PASSWORD) {
  await client.get("/sign-in")
  return client.post("/sign-in", { login, password })
}

/** Fails until one has to wait. */
async function shutOut(client: Client, login: string): Promise<void> {
  for (let n = 0; n < 4; n++) assert.is((await tries(client, login, `faux ${n}`)).status, 422)
  assert.is((await tries(client, login, "encore")).status, 429)
}

test("a student who fails on purpose does not keep the head out of the browser she always uses", async () => {
  const head = await school.as("proviseur")
  await head.post("/sign-out")
  await shutOut(school.visitor(), HEAD)
  assert.is((await tries(school.visitor(), HEAD)).status, 429, "from any other browser one waits")
  assert.is((await tries(head, HEAD)).status, 303)
})

test("a browser that is known waits after its own failures, like any other", async () => {
  const head = await school.as("proviseur")
  await head.post("/sign-out")
  await shutOut(head, HEAD)
  assert.is((await tries(head, HEAD)).status, 429)
})

test("nobody says of himself that he is known: not with a made-up cookie, nor with that of his own account", async () => {
  const student = await school.as("moussa")
  const own = student.cookie("appareil") as string
  assert.ok(own)
  await student.post("/sign-out")
  await shutOut(school.visitor(), HEAD)
  for (const cookie of [own, "a.b", "", own.replace(/\..*/, "."), `x${own}`]) {
    const stranger = school.visitor()
    stranger.cookie("appareil", cookie)
    assert.is((await tries(stranger, HEAD)).status, 429, cookie)
  }
})

test("a new password given by the school ends the wait on every browser", async () => {
  const head = await school.as("proviseur")
  await head.post("/sign-out")
  await shutOut(head, HEAD)
  const admin = await school.as("admin")
  const account = `/accounts/${school.ids.accounts.proviseur}`
  await admin.get(account)
  const slip = await admin.submit(`${account}/password`)
  const password = slip.body.match(/[a-z]{4}-[a-z]{6}-\d{4}/)?.[0] as string
  assert.ok(password)
  assert.is((await tries(head, HEAD, password)).status, 303)
})

test("an account that is closed, one that never was and a wrong password are answered alike", async () => {
  await school.school.db
    .updateTable("account")
    .set({ active: 0 })
    .where("id", "=", school.ids.accounts.censeur as number)
    .execute()
  const bodies = []
  for (const login of ["censeur@kalanso.example", "personne@kalanso.example", HEAD]) {
    const answer = await tries(school.visitor(), login, "mauvais")
    assert.is(answer.status, 422)
    assert.is(answer.headers.get("set-cookie"), null)
    bodies.push(answer.body.replaceAll(login, "LOGIN").replace(/value="[\w-]{22}"/g, ""))
  }
  assert.is(bodies[0], bodies[1])
  assert.is(bodies[1], bodies[2])
})

test.run()
