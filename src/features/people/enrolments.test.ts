import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { studentsOfClass } from "./queries.ts"

let school: TestSchool
let secretary: Client
let at: string
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  at = `/students/${school.ids.students.moussa}`
})
test.after.each(() => school.close())

const roll = async (label: string, on?: string) => {
  const students = await studentsOfClass(school.school.db, school.ids.classes[label] as number, { on })
  return students.map(({ given_names }) => given_names)
}

test("a change of class is dated: the old roll of the day before still has the student", async () => {
  await secretary.open(`${at}/move`)
  const to = String(school.ids.classes["11ème SES 1"])
  const page = await secretary.submit(`${at}/move`, { class: to, on: "01/12/2026" })
  assert.match(page.body, "est maintenant en 11ème SES 1")
  assert.equal(await roll("10ème CG 1"), ["Issa", "Aminata", "Aminata"])
  assert.equal(await roll("10ème CG 1", "2026-11-30"), ["Moussa", "Issa", "Aminata", "Aminata"])
  assert.equal(await roll("10ème CG 1", "2026-12-01"), ["Issa", "Aminata", "Aminata"])
  assert.equal(await roll("11ème SES 1", "2026-12-01"), ["Moussa", "Salif"])
  const teacher = await school.as("maths")
  assert.is((await teacher.get(at)).status, 404, "the old class’s teacher no longer sees the student")
})

test("a day to come, before the entry or none is refused, and so is the same class", async () => {
  const to = String(school.ids.classes["11ème SES 1"])
  const refusal = async (fields: Record<string, string>, sentence: string) => {
    await secretary.open(`${at}/move`)
    const answer = await secretary.post(`${at}/move`, fields)
    assert.is(answer.status, 422)
    assert.match(answer.body, sentence)
  }
  await refusal({ class: to, on: "11/12/2026" }, "n’est pas encore venue")
  await refusal({ class: to, on: "30/09/2026" }, "avant l’entrée")
  await refusal({ class: to, on: "31/11/2026" }, "Écrivez une date")
  await refusal({ class: "", on: "01/12/2026" }, "Choisissez la classe.")
  await refusal(
    { class: String(school.ids.classes["10ème CG 1"]), on: "01/12/2026" },
    "Choisissez une autre classe.",
  )
  assert.is((await roll("10ème CG 1")).length, 4)
})

test("two tabs move the same student: the second is told, one enrolment stays open", async () => {
  const other = await school.as("secretaire")
  await secretary.open(`${at}/move`)
  await other.open(`${at}/move`)
  await secretary.post(`${at}/move`, { class: String(school.ids.classes["11ème SES 1"]), on: "01/12/2026" })
  const late = await other.post(`${at}/move`, {
    class: String(school.ids.classes["12ème TSE"]),
    on: "02/12/2026",
  })
  assert.is(late.status, 409)
  assert.match(late.body, "entre-temps")
  assert.equal(await roll("11ème SES 1"), ["Moussa", "Salif"])
  assert.equal(await roll("12ème TSE"), ["Fanta"])
})

test("a student leaves with a reason, is found among those gone, and comes back", async () => {
  await secretary.open(`${at}/withdraw`)
  const without = await secretary.post(`${at}/withdraw`, { on: "01/12/2026" })
  assert.is(without.status, 422)
  assert.match(without.body, "Choisissez dans la liste.")
  const said = { on: "01/12/2026", reason: "transferred", remark: "Lycée de Kati" }
  const gone = await secretary.submit(`${at}/withdraw`, said)
  assert.match(gone.body, "A quitté l’école")
  assert.not.match((await secretary.open("/students?q=moussa")).body, `href="${at}"`)
  assert.match((await secretary.open("/students?q=moussa&status=withdrawn")).body, `href="${at}"`)
  assert.is((await secretary.get(`${at}/withdraw`)).status, 409)
  const history = await secretary.open(`${at}/history`)
  assert.match(history.body, "Transfert vers un autre établissement : Lycée de Kati")
  await secretary.open(`${at}/move`)
  const back = await secretary.submit(`${at}/move`, {
    class: String(school.ids.classes["10ème CG 1"]),
    on: "05/12/2026",
  })
  assert.match(back.body, "est maintenant en 10ème CG 1")
  assert.equal(await roll("10ème CG 1", "2026-12-03"), ["Issa", "Aminata", "Aminata"])
  assert.equal(await roll("10ème CG 1"), ["Moussa", "Issa", "Aminata", "Aminata"])
})

test("a class over its capacity takes one more, with a word about it", async () => {
  const tse = school.ids.classes["12ème TSE"] as number
  await school.school.db.updateTable("class").set({ capacity: 1 }).where("id", "=", tse).execute()
  await secretary.open(`${at}/move`)
  const page = await secretary.submit(`${at}/move`, { class: String(tse), on: "01/12/2026" })
  assert.match(page.body, "dépasse sa capacité : 2 élèves pour 1 places")
})

test.run()
