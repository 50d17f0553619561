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

/** A mark in mathematics of 10ème CG 1. */
async function giveMark() {
  const { db } = school.school
  const assessment = await db
    .insertInto("assessment")
    .values({
      class_subject_id: school.ids.classSubjects["10ème CG 1/MATHS"] as number,
      period_id: school.ids.periods.T1 as number,
      category: "CLASSE",
      label: "Devoir 1",
      max: 2000,
      weight: 100,
      position: 1,
      created_at: "2026-11-01",
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("mark")
    .values({
      assessment_id: assessment.id,
      student_id: school.ids.students.moussa as number,
      value: 1250,
      updated_at: "2026-11-01",
    })
    .execute()
}

async function publish() {
  const { db } = school.school
  const profile = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  await db
    .insertInto("publication")
    .values({
      class_id: cg1,
      period_id: school.ids.periods.T1 as number,
      version: 1,
      published_at: "2026-12-01",
      published_by: school.ids.accounts.proviseur as number,
      profile_id: profile.id,
      input: "{}",
      stats: "{}",
      hash: "h",
    })
    .execute()
}

/** The fields of the subjects form as the page shows them. */
function shown(body: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name, value] of body.matchAll(/<input id="[^"]+" name="([a-z]+-\d+)" value="([^"]*)"/g))
    fields[name as string] = value as string
  for (const [, name, options] of body.matchAll(
    /<select id="[^"]+" name="([a-z]+-\d+)">([\s\S]*?)<\/select>/g,
  )) {
    fields[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ""
  }
  return fields
}

test("coefficients, blocks and teachers of a class are one form; each change is in the audit trail", async () => {
  const at = `/classes/${cg1}/subjects`
  const fields = shown((await dean.open(at)).body)
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"]
  assert.is(fields[`coefficient-${maths}`], "4")
  const changed = {
    ...fields,
    [`coefficient-${maths}`]: "2,5",
    [`teacher-${school.ids.classSubjects["10ème CG 1/ANG"]}`]: String(school.ids.staff.francais),
  }
  assert.match((await dean.submit(at, changed)).body, "2 matières sont modifiées.")
  const audit = await school.school.db
    .selectFrom("audit")
    .select(["before", "after"])
    .where("action", "=", "subject_changed")
    .execute()
  assert.match(audit[0]?.before as string, '"coefficient":400')
  assert.match(audit[0]?.after as string, '"coefficient":250')
  await dean.open(at)
  const wrong = await dean.post(at, { ...changed, [`coefficient-${maths}`]: "vingt" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, 'value="vingt"')
  assert.is((await dean.post(at, { ...changed, [`coefficient-${maths}`]: "20,01" })).status, 422)
})

test("two tabs change the same table: the second sees what is stored, nothing is overwritten", async () => {
  const at = `/classes/${cg1}/subjects`
  const head = await school.as("proviseur")
  const maths = `coefficient-${school.ids.classSubjects["10ème CG 1/MATHS"]}`
  const fields = shown((await dean.open(at)).body)
  await head.open(at)
  assert.is((await head.post(at, { ...fields, [maths]: "5" })).status, 303)
  const late = await dean.post(at, { ...fields, [maths]: "3" })
  assert.is(late.status, 409)
  assert.match(late.body, "enregistré : 5")
  assert.is((await dean.post(at, { ...fields, [maths]: "3" })).status, 303, "sent again, knowingly")
})

test("after a publication a change of coefficient says what it does not change", async () => {
  await publish()
  const at = `/classes/${cg1}/subjects`
  const page = await dean.open(at)
  assert.match(page.body, "Des bulletins de cette classe sont publiés (1er trimestre)")
  const fields = shown(page.body)
  fields[`coefficient-${school.ids.classSubjects["10ème CG 1/FR"]}`] = "4"
  assert.match((await dean.submit(at, fields)).body, "gardent les anciens coefficients")
})

test("a subject is added, and removed unless marks exist", async () => {
  const at = `/classes/${cg1}/subjects`
  const eps = school.ids.classSubjects["10ème CG 1/EPS"]
  await dean.open(`${at}/${eps}/remove`)
  assert.match((await dean.submit(`${at}/${eps}/remove`)).body, "est retirée de la classe")
  const back = await dean.submit(`${at}/add`, { subject: String(school.ids.subjects.EPS) })
  assert.match(back.body, "est ajoutée à la classe 10ème CG 1.")
  const { db } = school.school
  const line = await db
    .selectFrom("class_subject")
    .selectAll()
    .where("class_id", "=", cg1)
    .where("subject_id", "=", school.ids.subjects.EPS as number)
    .executeTakeFirstOrThrow()
  assert.is(line.group_code, "SECONDAIRES", "as in the grid of the series")
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"]
  await dean.open(`${at}/${maths}/remove`)
  await giveMark()
  const late = await dean.post(`${at}/${maths}/remove`)
  assert.is(late.status, 409)
  assert.match(late.body, "Des notes ou des appréciations existent en Mathématiques")
  assert.match((await dean.open(`${at}/${maths}/remove`)).body, "la matière reste dans la classe")
  const elsewhere = school.ids.classSubjects["12ème TSE/MATHS"]
  assert.is((await dean.get(`${at}/${elsewhere}/remove`)).status, 404)
})

test("the grid of the series is shown before it is copied; teachers stay", async () => {
  const { db } = school.school
  const at = `/classes/${cg1}/subjects/template`
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"] as number
  assert.match((await dean.open(at)).body, "La classe suit déjà la grille")
  await db.updateTable("class_subject").set({ coefficient: 900 }).where("id", "=", maths).execute()
  const shownFirst = await dean.open(at)
  for (const told of ["coefficient 9", "coefficient 4", "modifiée", "Sans changement : Français"])
    assert.match(shownFirst.body, told)
  await db.updateTable("class_subject").set({ coefficient: 800 }).where("id", "=", maths).execute()
  assert.match((await dean.submit(at)).body, "a changé entre-temps")
  assert.match((await dean.submit(at)).body, "La grille est reprise dans la classe 10ème CG 1.")
  const line = await db
    .selectFrom("class_subject")
    .selectAll()
    .where("id", "=", maths)
    .executeTakeFirstOrThrow()
  assert.is(line.coefficient, 400)
  assert.is(line.teacher_id, school.ids.staff.maths as number)
})

test.run()
