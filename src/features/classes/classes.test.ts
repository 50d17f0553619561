import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let dean: Client
let cg1: number
test.before.each(async () => {
  school = await openTestSchool()
  dean = await school.as("censeur")
  cg1 = school.ids.classes["10ème CG 1"] as number
})
test.after.each(() => school.close())

const NEW = { level: "10", series: "CG", section: "2", template: "1" }

test("the classes of the year by level, with their size and the subjects without teacher", async () => {
  const { body } = await dean.open("/classes")
  for (const told of ["10ème CG 1", "11ème SES 1", "12ème TSE", "2 sans professeur", "COULIBALY Ibrahim"]) {
    assert.match(body, told)
  }
  assert.ok(body.indexOf("10ème CG 1") < body.indexOf("11ème SES 1"))
})

test("a teacher sees the own classes only, without the power to change them", async () => {
  const teacher = await school.as("maths")
  const { body } = await teacher.open("/classes")
  assert.match(body, "10ème CG 1")
  assert.not.match(body, "12ème TSE")
  assert.is((await teacher.get(`/classes/${school.ids.classes["12ème TSE"]}`)).status, 404)
  assert.is((await teacher.get(`/classes/${cg1}/edit`)).status, 403)
  const subjects = await teacher.open(`/classes/${cg1}/subjects`)
  assert.match(subjects.body, "Mathématiques")
  assert.not.match(subjects.body, "<select")
  assert.is((await teacher.get("/coefficients")).status, 403)
})

test("a class is named by level, series and section, takes its place and the grid of its series", async () => {
  await dean.open("/classes/new")
  const page = await dean.submit("/classes/new", NEW)
  assert.match(page.body, "La classe 10ème CG 2 est créée.")
  const rows = await school.school.db
    .selectFrom("class")
    .select(["label", "position"])
    .orderBy("position")
    .execute()
  assert.equal(
    rows.map(({ label }) => label),
    ["10ème CG 1", "10ème CG 2", "11ème SES 1", "12ème TSE"],
  )
  const made = await school.school.db
    .selectFrom("class")
    .select("id")
    .where("label", "=", "10ème CG 2")
    .executeTakeFirstOrThrow()
  const subjects = await school.school.db
    .selectFrom("class_subject")
    .select("coefficient")
    .where("class_id", "=", made.id)
    .execute()
  assert.is(subjects.length, 4)
})

test("the same class twice, a series of another level, a bad section are refused", async () => {
  const refusal = async (fields: Record<string, string>, sentence: string) => {
    await dean.open("/classes/new")
    const answer = await dean.post("/classes/new", { ...NEW, ...fields })
    assert.is(answer.status, 422)
    assert.match(answer.body, sentence)
  }
  await refusal({ section: "1" }, "La classe 10ème CG 1 existe déjà cette année.")
  await refusal({ series: "TSE" }, "n’est pas de ce niveau")
  await refusal({ section: "0x" }, "Un numéro de 1 à 99")
  await refusal({ level: "13" }, "Choisissez dans la liste.")
  await refusal({ capacity: "9000" }, "de 1 à 500")
  await refusal({ room: "x".repeat(500) }, "40 caractères au plus.")
  await refusal({ form_teacher: "999999" }, "Choisissez dans la liste.")
})

test("two people edit a class: the second is told what it is now", async () => {
  const head = await school.as("proviseur")
  const at = `/classes/${cg1}/edit`
  await dean.open(at)
  await head.open(at)
  const fields = { level: "10", series: "CG", section: "1", form_teacher: String(school.ids.staff.maths) }
  assert.is((await head.post(at, { ...fields, room: "Salle 4" })).status, 303)
  const late = await dean.post(at, { ...fields, capacity: "60" })
  assert.is(late.status, 409)
  assert.match(late.body, "« Salle 4 »")
})

test("only an empty class is deleted", async () => {
  assert.match((await dean.open(`/classes/${cg1}/delete`)).body, "4 élèves y sont ou y ont été inscrits.")
  assert.is((await dean.post(`/classes/${cg1}/delete`)).status, 403, "the page offers no form")
  await dean.open("/classes/new")
  const made = (await dean.post("/classes/new", NEW)).location as string
  await dean.open(`${made}/delete`)
  const page = await dean.submit(`${made}/delete`)
  assert.match(page.body, "La classe 10ème CG 2 est supprimée.")
  assert.is((await dean.get(made)).status, 404)
})

test("the roll and the list to print are in the order of names, with matricule and birth date", async () => {
  for (const path of [`/classes/${cg1}`, `/classes/${cg1}/list`]) {
    const { body } = await dean.open(path)
    const places = ["KEÏTA Moussa", "ƝARE Issa", "RC15CG26Z9002F", "18/06/2011", "RC16CG26Z9003F"].map(
      (told) => body.indexOf(told),
    )
    assert.ok(
      places.every((place, n) => place > 0 && (n === 0 || place > (places[n - 1] as number))),
      `${path} ${places}`,
    )
  }
})

test.run()
