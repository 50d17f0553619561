// What a family allows: asked, answered, taken back; nothing written before goes.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { photoPermission } from "./queries.ts"

let school: TestSchool
let secretary: Client
let at: string
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  at = `/students/${school.ids.students.moussa}/consents`
})
test.after.each(() => school.close())

const allowed = () => photoPermission(school.school.db, school.ids.students.moussa as number)
const rows = () => school.school.db.selectFrom("student_consent").selectAll().orderBy("id").execute()
const YES = { kind: "photo", answer: "yes", given_on: "09/12/2026", source: "Fiche signée par la mère" }

test("never asked is not a yes; a yes is dated, with its source and who wrote it down; taken back, it is a no", async () => {
  assert.is(await allowed(), null)
  assert.match((await secretary.open(at)).body, "jamais demandé")
  const page = await secretary.submit(at, YES)
  assert.match(page.body, "La réponse « oui » est enregistrée")
  assert.is(await allowed(), true)
  assert.equal(
    (await rows()).map(({ answer, given_on, source, recorded_by }) => [
      answer,
      given_on,
      source,
      recorded_by,
    ]),
    [[1, "2026-12-09", "Fiche signée par la mère", school.ids.accounts.secretaire]],
  )
  await secretary.open(at)
  const withdrawn = await secretary.submit(at, { ...YES, answer: "no", source: "Au téléphone" })
  assert.is(await allowed(), false)
  assert.match(withdrawn.body, "Fiche signée par la mère")
  assert.is((await rows()).length, 2, "the first answer stays")
  const history = await secretary.open(`/students/${school.ids.students.moussa}/history`)
  assert.match(history.body, "Réponse de la famille")
  assert.match(history.body, /Réponse :<\/span> <del>oui<\/del> → non/)
})

test("wrong answers are refused beside their field, and what was typed stays", async () => {
  for (const [fields, sentence] of [
    [{ kind: "nothing" }, "Choisissez dans la liste."],
    [{ answer: "" }, "Choisissez oui ou non."],
    [{ answer: "perhaps" }, "Choisissez oui ou non."],
    [{ given_on: "11/12/2026" }, "pas encore venu"],
    [{ given_on: "31/02/2026" }, "Écrivez une date"],
    [{ source: " " }, "Écrivez qui a répondu"],
  ] as const) {
    await secretary.open(at)
    const refused = await secretary.post(at, { ...YES, ...fields })
    assert.is(refused.status, 422, JSON.stringify(fields))
    assert.match(refused.body, sentence)
  }
  assert.equal(await rows(), [])
})

test("the same form sent twice is one answer; who only reads cannot answer", async () => {
  await secretary.open(at)
  await Promise.all([secretary.post(at, YES), secretary.post(at, YES)])
  assert.is((await rows()).length, 1)
  const bursar = await school.as("econome")
  const page = await bursar.open(at)
  assert.not.match(page.body, "Noter une réponse</h2>")
  assert.is((await bursar.post(at, YES)).status, 403)
  const teacher = await school.as("maths")
  assert.is((await teacher.get(at)).status, 403)
})

test("a class teacher reads whether photos may be published, and nothing else of the family", async () => {
  await secretary.open(at)
  await secretary.post(at, YES)
  await secretary.open(at)
  await secretary.post(at, { ...YES, kind: "outing", source: "Réunion de rentrée" })
  await school.school.db
    .updateTable("student")
    .set({
      national_number: "11103198",
      quartier: "Faladiè",
      address: "rue 12",
      transport_stop: "Tour d’Afrique",
    })
    .where("id", "=", school.ids.students.moussa as number)
    .execute()
  const teacher = await school.as("maths")
  const { body } = await teacher.open(`/students/${school.ids.students.moussa}`)
  assert.match(body, /Photos publiées<\/dt><dd>[\s\S]{0,120}oui/)
  for (const hidden of [
    "Sorties",
    "Réunion de rentrée",
    "11103198",
    "Faladiè",
    "rue 12",
    "Tour d’Afrique",
    "Il manque",
  ])
    assert.not.match(body, hidden)
})

test.run()
