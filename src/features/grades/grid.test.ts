import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { cellKey } from "./cells.ts"
import { enrolMany, filled, giveAssessment, giveMarks, rowOf } from "./grid.fixture.ts"

let school: TestSchool
let grid: string
let homework: number
let exam: number
const student = (key: string) => school.ids.students[key] as number
const cell = (assessment: number, key: string) => cellKey(assessment, student(key))
const markOf = (assessment: number, key: string) =>
  school.school.db
    .selectFrom("mark")
    .where("assessment_id", "=", assessment)
    .where("student_id", "=", student(key))
    .select(["value", "status", "remark", "version", "updated_by"])
    .executeTakeFirst()

test.before.each(async () => {
  school = await openTestSchool()
  grid = `/grades/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}`
  homework = await giveAssessment(school, "10ème CG 1/MATHS")
  exam = await giveAssessment(school, "10ème CG 1/MATHS", {
    label: "Composition",
    category: "COMPO",
    held_on: "2026-12-07",
  })
})
test.after.each(() => school.close())

test("the teacher fills the grid without scripts, in every way a mark is written", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  const typed = {
    [cell(homework, "moussa")]: "12,5",
    [cell(homework, "aminata1")]: "7/10",
    [cell(homework, "aminata2")]: "abs j",
    [cell(homework, "issa")]: "disp",
    [cell(exam, "moussa")]: " 14 ",
    [cell(exam, "aminata1")]: "15*",
    [cell(exam, "aminata2")]: "anj",
    [cell(exam, "issa")]: "-",
  }
  const answer = await teacher.post(grid, filled(page, typed))
  assert.is(answer.status, 303)
  const after = await teacher.open(answer.location as string)
  assert.match(after.body, "7 notes sont enregistrées")
  assert.equal(await markOf(homework, "moussa"), {
    value: 1250,
    status: null,
    remark: null,
    version: 1,
    updated_by: school.ids.accounts.maths,
  })
  assert.is((await markOf(homework, "aminata1"))?.value, 1400)
  assert.is((await markOf(homework, "aminata2"))?.status, "ABS_J")
  assert.is((await markOf(homework, "issa"))?.status, "DISP")
  assert.is((await markOf(exam, "aminata1"))?.remark, "*")
  assert.is((await markOf(exam, "aminata2"))?.status, "ABS_NJ")
  assert.is(await markOf(exam, "issa"), undefined)
  // (12,5 + 2 × 14) ÷ 3
  assert.equal(rowOf(after, "KEÏTA Moussa").slice(1), ["12,5", "14", "12,50", "14,00", "13,50"])
  assert.match(after.body, "7 notes saisies sur 8")
})

test("a bad cell is refused by itself with its reason, and what was typed stays", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  const answer = await teacher.post(
    grid,
    filled(page, {
      [cell(homework, "moussa")]: "21",
      [cell(homework, "aminata1")]: "1O",
      [cell(homework, "aminata2")]: "12,345",
      [cell(homework, "issa")]: "11",
      [cell(exam, "moussa")]: '"><b>',
      [cell(exam, "issa")]: "125",
    }),
  )
  assert.is(answer.status, 422)
  assert.match(answer.body, "La note dépasse le maximum, 20.")
  assert.match(answer.body, "La lettre O")
  assert.match(answer.body, "deux décimales au plus")
  assert.match(answer.body, "Vouliez-vous écrire 12,5")
  assert.match(answer.body, "5 cases ne sont pas enregistrées")
  for (const typed of ["21", "1O", "12,345", "125"]) assert.match(answer.body, `value="${typed}"`)
  assert.is((await markOf(homework, "issa"))?.value, 1100)
  assert.is(await markOf(homework, "moussa"), undefined)
  // corrected on the page that came back
  const corrected = await teacher.post(
    grid,
    filled(answer, {
      [cell(homework, "moussa")]: "12",
      [cell(homework, "aminata1")]: "10",
      [cell(homework, "aminata2")]: "12,34",
      [cell(exam, "moussa")]: "",
      [cell(exam, "issa")]: "12,5",
    }),
  )
  assert.is(corrected.status, 303)
  assert.is((await markOf(homework, "moussa"))?.value, 1200)
})

test("a bare « abs » is asked about, and the answer is stored", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  const asked = await teacher.post(grid, filled(page, { [cell(homework, "moussa")]: "abs" }))
  assert.is(asked.status, 422)
  const question = `k${cell(homework, "moussa")}`
  assert.match(asked.body, `name="${question}" value="ABS_J"`)
  assert.match(asked.body, `name="${question}" value="ABS_NJ"`)
  const answer = await teacher.post(grid, { ...filled(asked, {}), [question]: "ABS_NJ" })
  assert.is(answer.status, 303)
  assert.is((await markOf(homework, "moussa"))?.status, "ABS_NJ")
})

test("two people in one cell see a conflict, and choose", async () => {
  const teacher = await school.as("maths")
  const dean = await school.as("censeur")
  const seenByTeacher = await teacher.open(grid)
  const seenByDean = await dean.open(grid)
  const key = cell(homework, "moussa")
  await dean.post(grid, filled(seenByDean, { [key]: "13", [cell(homework, "issa")]: "9" }))
  const conflict = await teacher.post(
    grid,
    filled(seenByTeacher, { [key]: "12", [cell(exam, "moussa")]: "15" }),
  )
  assert.is(conflict.status, 422)
  assert.match(conflict.body, "Mamadou TOURÉ a mis 13.")
  assert.is((await markOf(homework, "moussa"))?.value, 1300, "nothing is overwritten")
  assert.is((await markOf(homework, "issa"))?.value, 900, "what I left blank does not erase theirs")
  assert.is((await markOf(exam, "moussa"))?.value, 1500, "the other cells are stored")
  const again = await teacher.post(grid, filled(conflict, {}))
  assert.is(again.status, 422, "sending again does not insist")
  const mine = await teacher.post(grid, { ...filled(again, {}), [`k${key}`]: "mine.1" })
  assert.is(mine.status, 303)
  assert.equal(
    [(await markOf(homework, "moussa"))?.value, (await markOf(homework, "moussa"))?.version],
    [1200, 2],
  )
})

test("in a conflict one can keep theirs; the same value from both is none", async () => {
  const teacher = await school.as("maths")
  const dean = await school.as("censeur")
  const [mine, theirs] = [await teacher.open(grid), await dean.open(grid)]
  const key = cell(homework, "moussa")
  const other = cell(homework, "issa")
  await dean.post(grid, filled(theirs, { [key]: "13", [other]: "8" }))
  const conflict = await teacher.post(grid, filled(mine, { [key]: "12", [other]: "8,0" }))
  assert.is(conflict.status, 422)
  assert.match(conflict.body, "Une case n’est pas enregistrée")
  const kept = await teacher.post(grid, { ...filled(conflict, {}), [`k${key}`]: "theirs" })
  assert.is(kept.status, 303)
  assert.is((await markOf(homework, "moussa"))?.value, 1300)
})

test("a cell that I did not touch and a colleague changed is no conflict of mine", async () => {
  const teacher = await school.as("maths")
  const dean = await school.as("censeur")
  const first = await teacher.open(grid)
  await teacher.post(grid, filled(first, { [cell(homework, "moussa")]: "10" }))
  const stale = await teacher.open(grid)
  await dean.post(grid, filled(await dean.open(grid), { [cell(homework, "moussa")]: "11" }))
  const answer = await teacher.post(grid, filled(stale, { [cell(exam, "moussa")]: "16" }))
  assert.is(answer.status, 303)
  assert.is((await markOf(homework, "moussa"))?.value, 1100)
})

test("one cell is saved by itself and comes back rendered, with the averages of its row", async () => {
  const teacher = await school.as("maths")
  await teacher.open(grid)
  const sent = { c: `${homework}.${student("moussa")}.0`, t: "16,5", k: "" }
  const answer = await teacher.post(`${grid}/cells`, sent)
  assert.is(answer.status, 303)
  assert.match(answer.location as string, `cells=${cell(homework, "moussa")}`)
  const cells = await teacher.open(answer.location as string)
  assert.match(cells.body, `data-seen="${student("moussa")}:1.0"`)
  assert.match(cells.body, 'class="cell saved"')
  assert.not.match(cells.body, "ƝARE", "only the rows that were sent")
  assert.ok(answer.queries + cells.queries <= 20)
  const refused = await teacher.post(`${grid}/cells`, {
    c: [`${homework}.${student("moussa")}.1`, `${exam}.${student("issa")}.0`],
    t: ["18", "22"],
    k: ["", ""],
  })
  assert.is(refused.status, 422)
  assert.match(refused.body, "La note dépasse le maximum")
  assert.is((await markOf(homework, "moussa"))?.value, 1800, "the good one is stored")
})

test("a form that does not hold together is refused whole", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  const fields = filled(page, { [cell(homework, "moussa")]: "12" })
  const short = { ...fields, [`m${homework}`]: (fields[`m${homework}`] as string[]).slice(1) }
  assert.is((await teacher.post(grid, short)).status, 400)
  assert.is((await teacher.post(grid, { seen: "nonsense" })).status, 400)
  assert.is((await teacher.post(`${grid}/cells`, { c: "1.2", t: "3", k: "" })).status, 400)
  assert.is(await markOf(homework, "moussa"), undefined)
})

test("a student of another class, or an assessment of another subject, cannot be slipped into a form", async () => {
  const teacher = await school.as("maths")
  await teacher.open(grid)
  const other = await giveAssessment(school, "12ème TSE/FR")
  const answer = await teacher.post(`${grid}/cells`, {
    c: [`${homework}.${student("salif")}.0`, `${other}.${student("moussa")}.0`],
    t: ["12", "13"],
    k: ["", ""],
  })
  assert.is(answer.status, 422)
  assert.is((await school.school.db.selectFrom("mark").selectAll().execute()).length, 0)
})

test("marks on another scale are brought to twenty, and homonyms are told apart", async () => {
  const quiz = await giveAssessment(school, "10ème CG 1/MATHS", { label: "Interrogation", max: 1000 })
  await giveMarks(school.school.db, quiz, { [student("moussa")]: 800 })
  await giveMarks(school.school.db, homework, { [student("moussa")]: 1000 })
  const page = await (await school.as("maths")).open(grid)
  assert.is(rowOf(page, "KEÏTA Moussa").at(-3), "13,00")
  for (const sign of ["RC15CG26Z9002F", "18/06/2011", "RC16CG26Z9003F", "01/01/2010"])
    assert.match(page.body, sign)
  assert.match(page.body, "né(e) le 30/11/2011", "who has no matricule yet is known by the birth date")
})

test("an exempt student has no cell and no average", async () => {
  const dean = await school.as("censeur")
  await dean.open(`${grid}/exemptions`)
  const done = await dean.submit(`${grid}/exemptions`, {
    student: String(student("moussa")),
    reason: "Certificat médical",
  })
  assert.match(done.body, "Certificat médical")
  const page = await dean.open(grid)
  assert.equal(rowOf(page, "KEÏTA Moussa").slice(1, 3), ["Disp.", "Disp."])
  assert.is(rowOf(page, "KEÏTA Moussa").at(-1), "Disp.")
  const answer = await dean.post(grid, filled(page, { [cell(homework, "issa")]: "12" }))
  assert.is(answer.status, 303)
  assert.is((await markOf(homework, "issa"))?.value, 1200)
})

test("a class of a hundred with five assessments fits in 8 kB and a dozen questions", async () => {
  const many = await enrolMany(school, "10ème CG 1", 96)
  for (const label of ["Devoir 2", "Devoir 3", "Devoir 4"]) {
    const assessment = await giveAssessment(school, "10ème CG 1/MATHS", { label })
    const marks = many.map((id, i) => [id, ((i * 37 + label.charCodeAt(7) * 11) % 81) * 25])
    await giveMarks(school.school.db, assessment, Object.fromEntries(marks))
  }
  for (const [n, assessment] of [homework, exam].entries()) {
    const marks = many.map((id, i) => [id, ((i * 53 + n * 17) % 81) * 25])
    await giveMarks(school.school.db, assessment, Object.fromEntries(marks))
  }
  const teacher = await school.as("maths")
  const page = await teacher.get(grid, { "accept-encoding": "br" })
  assert.is(page.status, 200)
  assert.is((page.body.match(/<tr><th scope="row"/g) ?? []).length, 100)
  assert.ok(page.bytes <= 8000, `${page.bytes} bytes`)
  assert.ok(page.queries <= 12, `${page.queries} queries`)
  const only = await teacher.get(`${grid}?assessment=${exam}`, { "accept-encoding": "br" })
  assert.is(rowOf(only, "KEÏTA Moussa").length, 5, "one column, its averages and the name")
  const averages = await teacher.get(
    `/grades/${school.ids.classes["10ème CG 1"]}/${school.ids.periods.T1}/averages`,
  )
  assert.ok(averages.queries <= 12, `${averages.queries} queries`)
})

test.run()
