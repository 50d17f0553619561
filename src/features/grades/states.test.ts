import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { cellKey } from "./cells.ts"
import { filled, giveAssessment, giveMarks } from "./grid.fixture.ts"

let school: TestSchool
let grid: string
let homework: number
const student = (key: string) => school.ids.students[key] as number

test.before.each(async () => {
  school = await openTestSchool()
  grid = `/grades/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}`
  homework = await giveAssessment(school, "10ème CG 1/MATHS")
})
test.after.each(() => school.close())

const decide = (state: "checked" | "published") =>
  school.school.db
    .insertInto("class_period")
    .values({
      class_id: school.ids.classes["10ème CG 1"] as number,
      period_id: school.ids.periods.T1 as number,
      state,
      changed_at: "2026-12-20T08:00:00.000Z",
      changed_by: null,
    })
    .execute()

test("the teacher makes, changes and deletes an assessment", async () => {
  const teacher = await school.as("maths")
  await teacher.open(`${grid}/assessments/new`)
  const bad = await teacher.post(`${grid}/assessments`, {
    label: "Devoir 2",
    category: "CLASSE",
    held_on: "05/01/2027",
    max: "20",
    weight: "1",
  })
  assert.is(bad.status, 422)
  assert.match(bad.body, "Le 1er trimestre va du 01/10/2026 au 23/12/2026")
  const made = await teacher.submit(`${grid}/assessments`, {
    label: "Devoir 2",
    category: "CLASSE",
    held_on: "05/11/2026",
    max: "10",
    weight: "0,5",
  })
  assert.match(made.body, "« Devoir 2 » est créée")
  const { db } = school.school
  const { id } = await db
    .selectFrom("assessment")
    .where("label", "=", "Devoir 2")
    .selectAll()
    .executeTakeFirstOrThrow()
  await giveMarks(db, id, { [student("moussa")]: 900 })
  await teacher.open(`/grades/assessments/${id}`)
  const above = { label: "Devoir 2", category: "CLASSE", held_on: "", max: "8", weight: "1" }
  const refused = await teacher.post(`/grades/assessments/${id}`, above)
  assert.is(refused.status, 422)
  assert.match(refused.body, "Une note de 9 dépasse ce maximum.")
  const changed = await teacher.submit(`/grades/assessments/${id}`, { ...above, max: "20" })
  assert.match(changed.body, "est modifiée")
  const asked = await teacher.open(`/grades/assessments/${id}/delete`)
  assert.match(asked.body, "Une note est supprimée avec elle.")
  await teacher.submit(`/grades/assessments/${id}/delete`)
  assert.is((await db.selectFrom("assessment").selectAll().execute()).length, 1)
  const trail = await db.selectFrom("audit").where("subject_id", "=", id).orderBy("id").selectAll().execute()
  assert.equal(
    trail.map(({ subject, action }) => `${subject} ${action}`),
    ["assessment created", "assessment changed", "assessment deleted", "mark deleted"],
  )
})

test("assessments stand in the order of their dates", async () => {
  await giveAssessment(school, "10ème CG 1/MATHS", {
    label: "Composition",
    category: "COMPO",
    held_on: "2026-12-07",
  })
  await giveAssessment(school, "10ème CG 1/MATHS", { label: "Interrogation", held_on: "2026-10-05" })
  const { body } = await (await school.as("maths")).open(grid)
  const heads = [...body.matchAll(/href="\/grades\/assessments\/\d+">([^<]+)</g)].map(([, label]) => label)
  assert.equal(heads, ["Interrogation", "Devoir 1", "Composition"])
})

test("locking lists what is missing; then nobody types until the dean unlocks with a reason", async () => {
  const teacher = await school.as("maths")
  await giveMarks(school.school.db, homework, { [student("moussa")]: 1200 })
  const asked = await teacher.open(`${grid}/lock`)
  assert.match(asked.body, "3 notes manquent")
  assert.match(asked.body, "TRAORÉ Aminata (RC15CG26Z9002F)")
  const locked = await teacher.submit(`${grid}/lock`)
  assert.match(locked.body, "Mathématiques est verrouillée")
  assert.not.match(locked.body, 'name="seen"')
  const typed = { c: `${homework}.${student("issa")}.0`, t: "12", k: "" }
  assert.is((await teacher.post(`${grid}/cells`, typed)).status, 409)
  assert.is((await teacher.get(`${grid}/assessments/new`)).status, 409)
  assert.is((await teacher.get(`${grid}/unlock`)).status, 403, "the teacher may not unlock")

  const dean = await school.as("censeur")
  await dean.open(`${grid}/unlock`)
  const silent = await dean.post(`${grid}/unlock`, { reason: " " })
  assert.is(silent.status, 422)
  const opened = await dean.submit(`${grid}/unlock`, { reason: "Copie retrouvée" })
  assert.match(opened.body, "de nouveau ouverte")
  const trail = await school.school.db
    .selectFrom("audit")
    .where("subject", "=", "subject_lock")
    .orderBy("id")
    .selectAll()
    .execute()
  assert.equal(
    trail.map(({ action, reason, account_id }) => [action, reason, account_id]),
    [
      ["locked", null, school.ids.accounts.maths],
      ["unlocked", "Copie retrouvée", school.ids.accounts.censeur],
    ],
  )
  await teacher.open(grid)
  assert.is((await teacher.post(`${grid}/cells`, typed)).status, 303)
})

test("after publication one mark is corrected, with the right and a reason, and the trail says so", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  await teacher.post(grid, filled(page, { [cellKey(homework, student("moussa"))]: "12" }))
  await decide("published")
  const history = `/grades/marks/${homework}/${student("moussa")}`
  const read = await teacher.open(grid)
  assert.match(read.body, `href="${history}"`)
  assert.is(
    (await teacher.post(`${grid}/cells`, { c: `${homework}.${student("moussa")}.1`, t: "19", k: "" })).status,
    409,
  )
  assert.not.match((await teacher.open(history)).body, "Corriger cette note")
  assert.is((await teacher.post(history, { mark: "19", version: "1", reason: "x" })).status, 403)

  const head = await school.as("proviseur")
  assert.match((await head.open(history)).body, "Corriger cette note")
  const wordless = await head.post(history, { mark: "13,5", version: "1", reason: "" })
  assert.is(wordless.status, 422)
  const absurd = await head.post(history, { mark: "23", version: "1", reason: "Erreur de report" })
  assert.match(absurd.body, "La note dépasse le maximum")
  const stale = await head.post(history, { mark: "13,5", version: "0", reason: "Erreur de report" })
  assert.match(stale.body, "a changé entre-temps")
  const done = await head.submit(history, { mark: "13,5", version: "1", reason: "Erreur de report" })
  assert.match(done.body, "publiez une nouvelle version")
  assert.match(done.body, /<b>12 → 13,5<\/b>, changée par Oumou DIALLO<br>Motif\s:\sErreur de report/)
  assert.match(done.body, /<b>– → 12<\/b>, saisie par Ibrahim COULIBALY/)
})

test("who teaches, leads or directs sees; the others do not know that the page exists", async () => {
  const french = `/grades/${school.ids.classSubjects["10ème CG 1/FR"]}/${school.ids.periods.T1}`
  const stranger = `/grades/${school.ids.classSubjects["12ème TSE/FR"]}/${school.ids.periods.T1}`
  const classAverages = `/grades/${school.ids.classes["10ème CG 1"]}/${school.ids.periods.T1}/averages`
  const explained = `/grades/explain/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}`

  const teacher = await school.as("maths")
  assert.is((await teacher.get(french)).status, 200, "the form teacher reads the class's other subjects")
  assert.is((await teacher.get(stranger)).status, 404)
  assert.is((await teacher.get(classAverages)).status, 200)
  await giveAssessment(school, "10ème CG 1/FR")
  assert.is((await teacher.post(french, { seen: "" })).status, 403, "and does not change them")
  assert.is((await teacher.get(`${explained}/${student("salif")}`)).status, 404)

  const other = await school.as("francais")
  assert.is((await other.get(grid)).status, 404)
  assert.is((await other.get(`/grades/assessments/${homework}`)).status, 404)
  assert.is((await other.get(`/grades/marks/${homework}/${student("moussa")}`)).status, 404)
  assert.is((await other.get(classAverages)).status, 404, "she does not lead the class")
  await other.open(stranger)
  assert.is((await other.post(`${grid}/cells`, { c: `${homework}.1.0`, t: "1", k: "" })).status, 404)

  for (const key of ["secretaire", "econome", "parent", "moussa"]) {
    const client = await school.as(key)
    for (const path of ["/grades", grid, classAverages, `${explained}/${student("moussa")}`]) {
      assert.is((await client.get(path)).status, 403, `${key} at ${path}`)
    }
  }
  assert.is((await school.visitor().get(grid)).status, 303)
  const supervisor = await school.as("surveillant")
  assert.is((await supervisor.get(grid)).status, 200)
  assert.is((await supervisor.post(`${grid}/cells`, {})).status, 403)
})

test("the overview counts what is entered and what is missing", async () => {
  await giveMarks(school.school.db, homework, { [student("moussa")]: 1200, [student("issa")]: 900 })
  const mine = await (await school.as("maths")).open("/grades")
  assert.match(mine.body, "2 / 4")
  assert.match(mine.body, "2 à saisir")
  assert.match(mine.body, "Ma classe")
  const dean = await (await school.as("censeur")).open("/grades")
  assert.match(dean.body, "2/4")
  assert.match(dean.body, "12ème TSE")
  const one = await (await school.as("censeur")).open(`/grades?level=12&period=${school.ids.periods.T2}`)
  assert.not.match(one.body, "10ème CG 1")
})

test.run()
