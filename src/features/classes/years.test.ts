// Classes of a year that is over: everything is there to be read, by those who see the whole school.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { giveAssessment, giveMarks } from "../grades/grid.fixture.ts"

let school: TestSchool
let secretary: Client
let old: string
const CG1 = "10ème CG 1"

/** A year later: 2026-2027 is over, its enrolments still stand open; who left with it is closed the day after. */
test.before.each(async () => {
  school = await openTestSchool()
  const { db } = school.school
  const { ids } = school
  const assessment = await giveAssessment(school, `${CG1}/MATHS`)
  await giveMarks(db, assessment, { [ids.students.moussa as number]: 1200 })
  await db.updateTable("school_year").set({ current: 0 }).execute()
  const next = await db
    .insertInto("school_year")
    .values({ label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30", current: 1 })
    .returning("id")
    .executeTakeFirstOrThrow()
  const row = {
    level_code: "11",
    series_code: "SES",
    section: "1",
    label: "11ème SES 1",
    folded: "11eme ses 1",
  }
  const made = await db
    .insertInto("class")
    .values({ ...row, school_year_id: next.id, position: 1 })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("enrolment")
    .values({
      student_id: ids.students.moussa as number,
      class_id: made.id,
      school_year_id: next.id,
      starts_on: "2027-10-01",
    })
    .execute()
  await db
    .updateTable("enrolment")
    .set({ ends_on: "2027-07-01", end_reason: "withdrawn" })
    .where("student_id", "=", ids.students.issa as number)
    .execute()
  await db
    .updateTable("student")
    .set({ status: "withdrawn" })
    .where("id", "=", ids.students.issa as number)
    .execute()
  school.school.year = { ...(school.school.year as object), id: next.id, label: "2027-2028" } as never
  school.now = new Date("2027-11-15T09:00:00.000Z")
  secretary = await school.as("secretaire")
  old = `/classes/${ids.classes[CG1]}`
})
test.after.each(() => school.close())

test("from the years to last year's classes, as they were on its last day", async () => {
  const years = await secretary.open("/years")
  assert.match(years.body, `/classes?year=${school.ids.year}`)
  const classes = await secretary.open(`/classes?year=${school.ids.year}`)
  assert.match(classes.body, "Année <b>2026-2027</b>, terminée")
  assert.match(
    classes.body,
    `<a href="${old}">10ème CG 1</a></th><td class="number" data-label="Élèves">4</td>`,
  )
  const page = await secretary.open(old)
  assert.match(page.body, "Année <b>2026-2027</b>, terminée")
  assert.match(page.body, "ƝARE Issa", "who left with the year was there on its last day")
  assert.not.match(page.body, "/students/new", "nobody is enrolled into it")
  const list = await secretary.open(`${old}/list`)
  assert.match(list.body, "ƝARE Issa")
  assert.not.match(
    (await secretary.open("/classes")).body,
    "10ème CG 1",
    "this year's classes are this year's",
  )
})

test("its averages and bulletins are one link away, each with its own year's periods", async () => {
  const dean = await school.as("censeur")
  const page = await dean.open(old)
  const averages = page.body.match(/\/grades\/\d+\/\d+\/averages/)?.[0] as string
  const shown = await dean.open(averages)
  assert.match(shown.body, "Année <b>2026-2027</b>, terminée")
  assert.match(shown.body, "KEÏTA Moussa")
  const tabs = [...shown.body.matchAll(/href="\/grades\/\d+\/(\d+)\/averages"/g)].map(([, id]) => Number(id))
  for (const code of ["T1", "T2", "T3"]) assert.ok(tabs.includes(school.ids.periods[code] as number), code)
  assert.match((await dean.open(`${averages}?year=1`)).body, "Année <b>2026-2027</b>, terminée")
  const bulletins = page.body.match(/\/bulletins\/\d+\/\d+/)?.[0] as string
  assert.match((await dean.open(bulletins)).body, "Année <b>2026-2027</b>, terminée")
})

test("a teacher's classes are those of the year under way", async () => {
  const maths = await school.as("maths")
  assert.is((await maths.get(old)).status, 404)
  assert.is((await maths.get(`/classes?year=${school.ids.year}`)).status, 404)
  assert.is(
    (await maths.get(`/grades/${school.ids.classes[CG1]}/${school.ids.periods.T1}/averages`)).status,
    404,
  )
  assert.is(
    (await maths.get(`/grades/${school.ids.classSubjects[`${CG1}/MATHS`]}/${school.ids.periods.T1}`)).status,
    404,
  )
})

test("a class of a year that is over is read, not changed", async () => {
  const head = await school.as("proviseur")
  await head.open(old)
  for (const path of ["edit", "delete", "subjects/template"]) {
    const refused = await head.get(`${old}/${path}`)
    assert.is(refused.status, 409, path)
    assert.match(refused.body, "est de l’année 2026-2027, qui est terminée")
  }
  assert.match((await head.open(`${old}/subjects`)).body, "Mathématiques")
  await head.open("/classes/new")
  assert.is((await head.post(`${old}/edit`, { level: "10", series: "CG", section: "9" })).status, 409)
})

test("a year that there is not is a page not found", async () => {
  for (const wrong of ["999999", "abc", ""]) {
    assert.is((await secretary.get(`/classes?year=${wrong}`)).status, 404, wrong)
  }
})

test("a student of an earlier year comes back: the history shows both years", async () => {
  const issa = `/students/${school.ids.students.issa}`
  assert.match((await secretary.open(issa)).body, "A quitté l’école")
  await secretary.open(`${issa}/move`)
  const { id } = await school.school.db
    .selectFrom("class")
    .select("id")
    .where("label", "=", "11ème SES 1")
    .where("school_year_id", "!=", school.ids.year)
    .executeTakeFirstOrThrow()
  const back = await secretary.submit(`${issa}/move`, { class: String(id), on: "15/11/2027" })
  assert.match(back.body, "est maintenant en 11ème SES 1")
  assert.match(back.body, "2027-2028 · du 15/11/2027")
  assert.match(back.body, "2026-2027 · du 01/10/2026 au 01/07/2027")
  assert.match((await secretary.open(old)).body, "ƝARE Issa", "and last year's class still has him")
})

test.run()
