import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { renderInWorker, stopWorker } from "../../documents/pool.ts"
import { infoOf, textOf } from "../../documents/readPdf.testing.ts"
import { sampleHonours } from "./papers.fixture.ts"
import { chosenOf, groupsOf } from "./rules/honours.ts"
import { giveComposition, OURS, publishClass } from "./year.fixture.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
  const marks = { moussa: 1650, aminata1: 1450, aminata2: 1250, issa: 600 }
  const own = Object.entries(marks).map(([key, value]) => [school.ids.students[key], value])
  await giveComposition(school, OURS, "T1", Object.fromEntries(own))
  // conduct is good enough for an award
  for (const [student] of own) {
    await school.school.db
      .insertInto("student_period")
      .values({
        student_id: student as number,
        class_id: school.ids.classes[OURS] as number,
        period_id: school.ids.periods.T1 as number,
        conduct: 1600,
        updated_at: school.now.toISOString(),
      })
      .execute()
  }
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const path = () => `/reports/honours?period=${school.ids.periods.T1}&class=${school.ids.classes[OURS]}`
const diplomas = () => `/reports/honours/${school.ids.classes[OURS]}/${school.ids.periods.T1}/diplomas`

test("nothing before publication; then those honoured, the highest award first, and no warning", async () => {
  const dean = await school.as("censeur")
  assert.match((await dean.get(path())).body, "Rien de publié")
  await publishClass(school, OURS, "T1")
  const page = await dean.get(path())
  const names = [...page.body.matchAll(/<h2>([^<]+)<|\/reports\/students\/\d+">([^<]+)</g)].map(
    ([, award, name]) => award ?? name,
  )
  assert.equal(names, [
    "Félicitations",
    "KEÏTA Moussa",
    "Encouragements",
    "TRAORÉ Aminata",
    "Tableau d’honneur",
    "TRAORÉ Aminata",
  ])
  assert.match(page.body, "Blâme (travail)")
  const only = await dean.get(`${path()}&award=Encouragements`)
  assert.not.match(only.body, "KEÏTA Moussa")
  const school_ = await dean.get(`/reports/honours?period=${school.ids.periods.T1}`)
  assert.match(school_.body, "3 élèves")
})

test("the council's own word wins over what the averages proposed", async () => {
  await school.school.db
    .updateTable("student_period")
    .set({ award: "Encouragements" })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  await publishClass(school, OURS, "T1")
  const page = await (await school.as("censeur")).get(path())
  assert.not.match(page.body, "<h2>Félicitations")
})

test("results that families do not see yet are not to be pinned on the wall: the page says so", async () => {
  await publishClass(school, OURS, "T1", { visibleAt: "2026-12-18T17:00:00.000Z" })
  assert.match((await (await school.as("censeur")).get(path())).body, "n’affichez rien avant")
})

test("the paper has every name once, and averages only when they are asked for", async () => {
  const sample = sampleHonours(8)
  const [text = ""] = textOf(await renderInWorker("honours", sample))
  const names = sample.groups.flatMap(({ students }) => students.map(({ name }) => name))
  assert.ok(names.length >= 8)
  for (const name of names) {
    assert.is(text.split(name).length - 1, names.filter((other) => other === name).length, name)
  }
  const many = await renderInWorker("honours", sampleHonours(200))
  assert.ok(Number(infoOf(many).Pages) > 1)
  await publishClass(school, OURS, "T1")
  const dean = await school.as("censeur")
  const file = await dean.get(path().replace("honours?", "honours/file?"))
  assert.is(file.headers.get("content-type"), "application/pdf")
  assert.is(
    (await dean.get(`${path().replace("honours?", "honours/file?")}&award=Avertissement (travail)`)).status,
    200,
  )
})

test("diplomas are numbered in one go, once each, and checked like any certificate", async () => {
  await publishClass(school, OURS, "T1")
  const secretary = await school.as("secretaire")
  const page = await secretary.get(diplomas())
  assert.not.match(page.body, "ƝARE", "a warning earns no diploma")
  const student = ["moussa", "aminata1"].map((key) => String(school.ids.students[key]))
  const made = await secretary.submit(diplomas(), { student })
  assert.match(made.body, "2 diplômes sont inscrits au registre")
  assert.match(made.body, "DH-2026-0001")
  assert.match(made.body, "Imprimer les 2 diplômes")
  const pdf = await secretary.get(`${diplomas()}/file`)
  assert.is(pdf.headers.get("content-type"), "application/pdf")
  const again = await secretary.submit(diplomas(), { student })
  assert.match(again.body, "Aucun diplôme n’a été délivré")
  const papers = await school.school.db.selectFrom("paper").selectAll().orderBy("id").execute()
  assert.equal(
    papers.map(({ reference }) => reference),
    ["DH-2026-0001", "DH-2026-0002"],
  )
  const check = await school.visitor().get(`/p/${papers[0]?.code}`)
  assert.match(check.body, "Document authentique, en vigueur.")
  assert.match(check.body, "Félicitations")
  assert.match((await secretary.get("/papers?kind=diploma")).body, "DH-2026-0002")
  school.now = new Date(school.now.getTime() + 2 * 3_600_000)
  assert.is((await secretary.get(`${diplomas()}/file`)).status, 409)
})

test("a student of another class, slipped into the form, gets no diploma", async () => {
  await publishClass(school, OURS, "T1")
  const secretary = await school.as("secretaire")
  await secretary.get(diplomas())
  const student = [String(school.ids.students.salif), String(school.ids.students.issa), "0", "abc"]
  await secretary.post(diplomas(), { student })
  assert.equal(await school.school.db.selectFrom("paper").select("id").execute(), [])
})

test("choices and order", () => {
  const rules = [
    { label: "Félicitations", positive: true },
    { label: "Blâme", positive: false },
  ]
  assert.equal(chosenOf(rules, []), ["Félicitations"])
  assert.equal(chosenOf(rules, ["Blâme", "Autre"]), ["Blâme"])
  const one = (studentId: number, general: number) => ({
    studentId,
    publicationId: 1,
    classId: 1,
    className: "",
    award: "Félicitations",
    general,
  })
  assert.equal(
    groupsOf([one(1, 1600), one(2, 1700), one(3, 1600)], ["Félicitations"])[0]?.students.map(
      ({ studentId }) => studentId,
    ),
    [2, 1, 3],
  )
})

test.run()
