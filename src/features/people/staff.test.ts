import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

test("the staff is found folded, with what each teaches where", async () => {
  assert.match((await secretary.open("/staff?q=berthe")).body, "BERTHÉ Kadiatou")
  const page = await secretary.open(`/staff/${school.ids.staff.francais}`)
  for (const told of ["SANOGO Awa", "10ème CG 1", "12ème TSE", "Français"]) assert.match(page.body, told)
  const leader = await secretary.open(`/staff/${school.ids.staff.maths}`)
  assert.match(leader.body, "Professeur principal")
})

test("a teacher is added, changed and put out of activity", async () => {
  await secretary.open("/staff/new")
  const fields = {
    surname: "Koné",
    given_names: "Drissa",
    position: "Professeur",
    teaching: "1",
    employee_number: "A-12",
  }
  const made = await secretary.post("/staff/new", fields)
  const at = made.location as string
  assert.match((await secretary.open(at)).body, "KONÉ Drissa")
  await secretary.open("/staff/new")
  const taken = await secretary.post("/staff/new", { ...fields, given_names: "Autre" })
  assert.is(taken.status, 422)
  assert.match(taken.body, "Ce numéro est celui d’une autre personne.")
  await secretary.open(`${at}/edit`)
  assert.is((await secretary.post(`${at}/edit`, { ...fields, phone: "12" })).status, 422)
  await secretary.open(at)
  const gone = await secretary.submit(`${at}/active`, { active: "0" })
  assert.match(gone.body, "N’est plus en activité")
  assert.not.match((await secretary.open("/staff")).body, "KONÉ Drissa")
  assert.match((await secretary.open("/staff?kind=gone")).body, "KONÉ Drissa")
})

test("two people edit one card: the second is told", async () => {
  const head = await school.as("proviseur")
  const at = `/staff/${school.ids.staff.maths}/edit`
  const card = {
    surname: "COULIBALY",
    given_names: "Ibrahim",
    position: "Professeur",
    teaching: "1",
    sex: "M",
    email: "maths@kalanso.example",
  }
  await secretary.open(at)
  await head.open(at)
  assert.is((await head.post(at, { ...card, phone: "66000000" })).status, 303)
  const late = await secretary.post(at, { ...card, phone: "77000000" })
  assert.is(late.status, 409)
  assert.match(late.body, "+22366000000")
  assert.is((await school.as("maths").then((teacher) => teacher.get("/staff"))).status, 403)
})

test.run()
