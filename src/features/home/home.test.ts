import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeRows } from "../../../test/rows.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"
import { periodShown } from "../bulletins/rules.ts"
import { nextStep, timeLeft, totals } from "./rules.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
  school.now = NOW
  const { db } = school.school
  const classSubject = school.ids.classSubjects["10ème CG 1/MATHS"] as number
  const period = school.ids.periods.T1 as number
  const assessment = await db
    .insertInto("assessment")
    .values({
      class_subject_id: classSubject,
      period_id: period,
      category: "CLASSE",
      label: "Devoir 1",
      max: 2000,
      weight: 100,
      position: 1,
      created_at: NOW.toISOString(),
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  for (const key of ["moussa", "aminata1", "issa"]) {
    const mark = { assessment_id: assessment.id, student_id: school.ids.students[key] as number, value: 1200 }
    await db
      .insertInto("mark")
      .values({ ...mark, updated_at: NOW.toISOString() })
      .execute()
  }
  await db
    .insertInto("subject_lock")
    .values({ class_subject_id: classSubject, period_id: period, locked_at: NOW.toISOString() })
    .execute()
})
test.after(() => school.close())

const rowOf = (body: string, label: string) =>
  body.match(new RegExp(`<tr>(?:(?!</tr>)[\\s\\S])*?>${label}<.*?</tr>`))?.[0] ?? ""

test("the head sees where each class stands in the period of the day", async () => {
  const head = await school.as("proviseur")
  const page = await head.open("/")
  assert.match(page.body, "1er trimestre, du 01/10/2026 au 23/12/2026 : encore 13 jours.")
  const row = rowOf(page.body, "10ème CG 1")
  assert.match(row, `/bulletins/${school.ids.classes["10ème CG 1"]}/${school.ids.periods.T1}`)
  assert.is(row.match(/1 \/ 4/g)?.length, 2, "one subject of four marked, one locked")
  assert.match(page.body, "1 élève sans matricule")
  assert.match(page.body, "/students?no_matricule=1")
  assert.match(page.body, "Il reste 11 matières à verrouiller.")
  const second = await head.open(`/?period=${school.ids.periods.T2}`)
  assert.is(rowOf(second.body, "10ème CG 1").match(/0 \/ 4/g)?.length, 2)
})

test("a teacher finds a link to each grid, and the progress of the class led, of no other", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open("/")
  assert.match(page.body, `/grades/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}`)
  assert.match(page.body, "10ème CG 1 – Mathématiques")
  assert.match(page.body.replace(/<[^>]+>/g, ""), "3 / 4")
  assert.not.match(page.body, "11ème SES 1")
  assert.not.match(page.body, "12ème TSE")
  const french = await (await school.as("francais")).open("/")
  assert.match(french.body, "12ème TSE – Français")
  assert.not.match(french.body, "/bulletins/")
})

test("the secretary's first gesture is a search; what is missing is one link away", async () => {
  const page = await (await school.as("secretaire")).open("/")
  assert.match(page.body, /<input type="search" id="q" name="q"[^>]* autofocus>/)
  assert.match(page.body, "élève sans matricule")
})

test("a parent finds the children, a student oneself, and nobody else's", async () => {
  const parent = await (await school.as("parent")).open("/")
  assert.match(parent.body, `/family/${school.ids.students.moussa}"`)
  assert.match(parent.body, `/family/${school.ids.students.fanta}"`)
  assert.not.match(parent.body, "Salif")
  assert.not.match(parent.body, "<script")
  const student = await (await school.as("moussa")).open("/")
  assert.match(student.body, "Moussa KEÏTA")
  assert.not.match(student.body, "Fanta")
})

test("a right that is taken away takes its part of the page along", async () => {
  const { db } = school.school
  const id = school.ids.accounts.proviseur as number
  await db.updateTable("account_role").set({ role: "accountant" }).where("account_id", "=", id).execute()
  const page = await (await school.as("proviseur")).open("/")
  assert.not.match(page.body, "/bulletins/")
  assert.not.match(page.body, "Où en sont les classes")
})

test("the period shown is the one asked for, else the first that has not ended, else the last", () => {
  const periods = [
    { id: 1, ends_on: "2026-12-23" },
    { id: 2, ends_on: "2027-03-26" },
  ]
  const shown = (day: string, asked = 0) => periodShown(periods, { asked, day })?.id
  assert.is(shown("2026-10-01"), 1)
  assert.is(shown("2026-12-24"), 2)
  assert.is(shown("2027-09-01"), 2)
  assert.is(shown("2026-10-01", 2), 2)
  assert.is(periodShown([], { asked: 0, day: "2026-10-01" }), null)
})

test("what is left is said in words", () => {
  const span = { starts_on: "2026-10-01", ends_on: "2026-12-23" }
  assert.is(timeLeft(span, "2026-12-22"), "encore 1 jour")
  assert.is(timeLeft(span, "2026-12-23"), "se termine aujourd’hui")
  assert.is(timeLeft(span, "2026-12-25"), "terminé depuis 2 jours")
  assert.is(timeLeft(span, "2026-09-30"), "commence dans 1 jour")
  const row = (state: "open" | "locked" | "checked" | "published", locked: number) => ({
    state,
    subjects: 10,
    marked: 10,
    locked,
  })
  const said = (...rows: Parameters<typeof totals>[0][number][]) => nextStep(totals(rows))
  assert.is(
    said(row("locked", 10), row("locked", 10), row("checked", 10)),
    "2 classes sont à contrôler, 1 classe est à publier.",
  )
  assert.is(said(row("open", 9)), "Il reste 1 matière à verrouiller.")
  assert.is(said(row("published", 10)), "Toutes les classes sont publiées.")
  assert.is(said(), "")
})

test("files of enrolment that wait are counted for the office, not for who may not see them", async () => {
  const applications = "dossiers? d’inscription en cours"
  const before = await (await school.as("secretaire")).open("/")
  assert.not.match(before.body, new RegExp(applications))
  await makeRows(school)
  const secretary = await (await school.as("secretaire")).open("/")
  assert.match(secretary.body, "1 dossier d’inscription en cours")
  const supervisor = await (await school.as("surveillant")).open("/")
  assert.not.match(supervisor.body, new RegExp(applications))
})

test.run()
