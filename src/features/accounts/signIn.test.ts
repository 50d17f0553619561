import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

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

test.run()
