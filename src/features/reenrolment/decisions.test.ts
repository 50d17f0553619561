import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { giveAssessment, giveMarks } from "../grades/grid.fixture.ts"
import { presets } from "../grades/presets.ts"
import { COUNCIL, councilSaid, type EndedYear, everything, openEndedYear } from "./passage.fixture.ts"
import { staleResults } from "./queries/results.ts"

let school: EndedYear
let secretary: Client
const CG1 = "10ème CG 1"
let page = ""

async function begin(options: Parameters<typeof openEndedYear>[0] = {}) {
  school = await openEndedYear(options)
  secretary = await school.as("secretaire")
  page = `/reenrolment/${school.ids.classes[CG1]}`
}
test.after.each(() => school.close())

const id = (key: string) => school.ids.students[key] as number
/** The row of a student in the page last shown, without its marks of writing. */
const row = (key: string, who = secretary) =>
  (who.page?.body ?? "")
    .split("<tr")
    .find((one) => one.includes(`/students/${id(key)}"`))
    ?.replace(/<select[\s\S]*?<\/select>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ") ?? ""

/** The form as a browser sends it, with every list and text as shown, and what is chosen otherwise. */
async function save(fields: Record<string, string>, who = secretary) {
  const body = who.page?.body ?? ""
  const shown: Record<string, string> = {}
  for (const [, name, options] of body.matchAll(
    /<select id="[^"]+" name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g,
  )) {
    shown[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ""
  }
  for (const [, name, value] of body.matchAll(
    /<input id="[^"]+" name="([^"]+)" maxlength="200" value="([^"]*)"/g,
  )) {
    shown[name as string] = (value as string).replaceAll("&#39;", "'").replaceAll("&amp;", "&")
  }
  return who.submit(page, { ...shown, ...fields })
}

test("a class is decided as one form: destinations, a reason against the council, and the rest at once", async () => {
  await begin()
  await councilSaid(school, { moussa: "Admis(e)", aminata1: "Redouble" })
  await secretary.open(page)
  assert.match(row("moussa"), "Admis(e) conseil")
  assert.match(row("moussa"), "11ème SES 1")
  assert.match(row("issa"), "à décider")
  const refused = await save({ [`to-${id("aminata1")}`]: "pass" })
  assert.is(refused.status, 422)
  assert.match(
    refused.body,
    "TRAORÉ Aminata : « Redouble » est proposé, dites pourquoi vous décidez autrement.",
  )
  assert.match(refused.body, `href="#f-why-${id("aminata1")}"`)
  const why = "Rattrapage du 2 juillet, 12,00 & mention d'office"
  const saved = await save({ [`why-${id("aminata1")}`]: why, rest: "repeat", rest_why: "Absents du conseil" })
  assert.match(saved.body, "3 décisions sont enregistrées")
  assert.match(row("aminata1"), "11ème SES 1 Kadiatou BERTHÉ")
  assert.match(row("issa"), "10ème CG 1")
  const again = await save({})
  assert.match(again.body, "Rien n’a changé", "what is shown is what is stored, whatever its letters")
  await save({ [`to-${id("aminata1")}`]: "", [`why-${id("aminata1")}`]: "" })
  assert.match(row("aminata1"), "10ème CG 1", "as the council said again")
  const history = await secretary.open(`/students/${id("issa")}/history`)
  assert.match(history.body, "Passage en année supérieure décidé")
  assert.match(history.body, "Absents du conseil")
})

test("an exclusion asks why; choosing a class alone does not", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await secretary.open(page)
  const refused = await save({ [`to-${id("issa")}`]: "leave:excluded" })
  assert.match(refused.body, "ƝARE Issa : dites pourquoi.")
  await secretary.open(page)
  const place = school.nextClasses["11ème SES 1"]
  assert.match((await save({ [`to-${id("moussa")}`]: `pass:${place}` })).body, "Une décision est enregistrée")
  assert.match(row("moussa"), "Admis(e) en classe supérieure conseil")
})

test("wrong lists, classes of another level and students of another class change nothing", async () => {
  await begin()
  await secretary.open(page)
  const before = await everything(school.db)
  for (const wrong of [
    "pass:999999",
    `pass:${school.nextClasses["12ème TSE"]}`,
    "leave:",
    "leave:fired",
    "jump",
    `repeat:${school.ids.classes[CG1]}`,
  ]) {
    const answer = await save({ [`to-${id("issa")}`]: wrong })
    assert.is(answer.status, 422, wrong)
    assert.match(answer.body, "ƝARE Issa :")
    await secretary.open(page)
  }
  await save({ [`to-${id("salif")}`]: "repeat" })
  await secretary.open(page)
  assert.is((await secretary.post(page, { seen: "1 |2 |x", [`to-${id("salif")}`]: "repeat" })).status, 303)
  const after = await everything(school.db)
  for (const name of ["reenrolment_choice", "enrolment", "student"]) assert.equal(after[name], before[name])
})

test("two desks decide of the same student: the second is told who, and may still replace it", async () => {
  await begin()
  const dean = await school.as("censeur")
  await secretary.open(page)
  await dean.open(page)
  await save({ [`to-${id("issa")}`]: "pass" })
  const late = await save({ [`to-${id("issa")}`]: "repeat", [`to-${id("moussa")}`]: "pass" }, dean)
  assert.is(late.status, 422)
  assert.match(late.body, "ƝARE Issa : Kadiatou BERTHÉ a mis « admis(e) » entre-temps")
  const stored = await school.db.selectFrom("reenrolment_choice").select(["student_id", "kind"]).execute()
  assert.equal(stored, [{ student_id: id("issa"), kind: "pass" }], "nothing of the second form")
  const replaced = await save({ [`to-${id("issa")}`]: "repeat" }, dean)
  assert.match(replaced.body, "2 décisions sont enregistrées")
  assert.match(row("issa", dean), "10ème CG 1")
})

/** Marks of every trimester in mathematics and French, and conduct: the year's average is known. */
async function wholeYear(marks: Record<string, number>) {
  const config = JSON.stringify({
    ...presets.find(({ code }) => code === "cote-d-ivoire")?.config,
    conduct: { mode: "none" },
    periods: presets[0]?.config.periods,
  })
  await school.db
    .updateTable("grading_profile")
    .set({ config })
    .where("school_year_id", "=", school.ids.year)
    .execute()
  let last = 0
  for (const period of ["T1", "T2", "T3"]) {
    last = await giveAssessment(school, `${CG1}/MATHS`, { period })
    const given = Object.entries(marks).map(([key, value]) => [id(key), value])
    await giveMarks(school.db, last, Object.fromEntries(given))
  }
  return last
}
const MARKS = { moussa: 1142, aminata1: 820, aminata2: 975, issa: 900 }

test("the rule proposes from a complete year only, and a second repetition as the school says", async () => {
  await begin()
  await school.db
    .updateTable("enrolment")
    .set({ repeating: 1 })
    .where("student_id", "in", [id("aminata2")])
    .execute()
  const last = await wholeYear(MARKS)
  const { db } = school
  const missing = { assessment_id: last, student_id: id("issa") }
  await db
    .deleteFrom("mark")
    .where((eb) => eb.and(missing))
    .execute()
  await secretary.open(page)
  assert.match(row("moussa"), "– – ", "nothing is known before the results are read")
  await secretary.submit("/reenrolment/prepare", { class: String(school.ids.classes[CG1]) })
  assert.match(row("moussa"), "11,42 Admis(e) en classe supérieure règle")
  assert.match(row("aminata1"), "8,20 Exclu(e) : insuffisance de moyenne règle")
  assert.match(row("aminata2"), "9,75 Exclu(e) règle", "the profile itself knows repeaters")
  assert.match(row("issa"), "des notes manquent encore")
  assert.match(row("issa"), "à décider")
  const head = await school.as("proviseur")
  await head.open("/reenrolment/paths")
  await head.submit("/reenrolment/paths", { second: "leave" })
  await councilSaid(school, { aminata2: "Redouble" })
  await secretary.open(`/reenrolment/rehearsal?class=${school.ids.classes[CG1]}`)
  assert.match(row("aminata2"), "9,75 ")
  assert.match(row("aminata2"), "Redouble (conseil) ; redouble pour la deuxième fois")
})

test("a mark corrected after the results were read: the run says whose, and writes nothing", async () => {
  await begin()
  const last = await wholeYear(MARKS)
  const dean = await school.as("censeur")
  await dean.open(page)
  await dean.submit("/reenrolment/prepare", { class: String(school.ids.classes[CG1]) })
  assert.equal([...(await staleResults(school.db, school.ids.classes[CG1] as number))], [])
  await dean.open(`/reenrolment/rehearsal?class=${school.ids.classes[CG1]}`)
  const before = await everything(school.db)
  const cell = { assessment_id: last, student_id: id("moussa") }
  await school.db
    .updateTable("mark")
    .set({ value: 500 })
    .where((eb) => eb.and(cell))
    .execute()
  const refused = await dean.post("/reenrolment/run", { class: String(school.ids.classes[CG1]) })
  assert.is(refused.status, 409)
  assert.match(refused.body, "des notes ont changé depuis la lecture des résultats (KEÏTA Moussa)")
  const after = await everything(school.db)
  assert.equal(after.enrolment, before.enrolment)
  await dean.open(page)
  await dean.submit("/reenrolment/prepare", { class: String(school.ids.classes[CG1]) })
  assert.match(row("moussa", dean), "9,28 Redouble règle")
})

test("a trimester without marks proposes nothing: the year is not over", async () => {
  await begin()
  const assessment = await giveAssessment(school, `${CG1}/MATHS`)
  await giveMarks(school.db, assessment, { [id("moussa")]: 1500 })
  await secretary.open(page)
  await secretary.submit("/reenrolment/prepare", { class: String(school.ids.classes[CG1]) })
  assert.match(row("moussa"), "pas de notes : 2e trimestre, 3e trimestre")
})

test("series lead where the school says; a student or a whole class is oriented", async () => {
  await begin({ classes: false })
  const { db } = school
  await db
    .insertInto("series")
    .values({ code: "L", label: "Lettres", level_code: "11", position: 9 })
    .execute()
  for (const [n, label, series] of [
    [1, "11ème SES 1", "SES"],
    [2, "11ème L", "L"],
  ] as const) {
    const row = {
      school_year_id: school.next,
      level_code: "11",
      series_code: series,
      section: series === "L" ? "" : "1",
    }
    await db
      .insertInto("class")
      .values({ ...row, label, folded: label, position: n })
      .execute()
  }
  await councilSaid(school, COUNCIL)
  await secretary.open(page)
  assert.match(row("moussa"), "série à choisir : SES, L")
  assert.match(row("aminata2"), "aucune classe de 10ème")
  const letters = await db
    .selectFrom("class")
    .select("id")
    .where("label", "=", "11ème L")
    .executeTakeFirstOrThrow()
  await save({ pass_to: String(letters.id) })
  assert.match(row("moussa"), "11ème L")
  await secretary.open("/reenrolment/paths")
  await secretary.submit("/reenrolment/paths", { "path-10-CG": "SES", second: "profile" })
  await secretary.open(page)
  assert.match(row("moussa"), "11ème SES 1", "the path forbids what the class had chosen")
})

test("the next year's classes are made from this year's, with the subjects of their tables", async () => {
  await begin({ classes: false })
  const board = await secretary.open("/reenrolment")
  assert.match(board.body, "n’a pas encore de classes")
  const list = await secretary.open(`/reenrolment/classes?from=${school.ids.year}`)
  const asked = [...list.body.matchAll(/name="class" value="(\d+)" checked/g)].map(([, id]) => id as string)
  assert.is(asked.length, 3)
  const made = await secretary.submit("/reenrolment/classes", { class: asked.slice(0, 2) })
  assert.match(made.body, "2 classes sont créées en 2027-2028")
  const rest = await secretary.open(`/reenrolment/classes?from=${school.ids.year}`)
  assert.is([...rest.body.matchAll(/name="class"/g)].length, 1)
  const subjects = await school.db
    .selectFrom("class_subject as s")
    .innerJoin("class as c", "c.id", "s.class_id")
    .where("c.school_year_id", "=", school.next)
    .select("s.id")
    .execute()
  assert.is(subjects.length, 8)
  await secretary.submit("/reenrolment/classes", { class: [...asked, "999999"] })
  const all = await school.db
    .selectFrom("class")
    .select("id")
    .where("school_year_id", "=", school.next)
    .execute()
  assert.is(all.length, 3, "none twice")
})

test("without a next year the decisions can be prepared, and nothing can be run", async () => {
  await begin({ classes: false })
  await school.db.deleteFrom("coefficient").where("school_year_id", "=", school.next).execute()
  await school.db.deleteFrom("grading_profile").where("school_year_id", "=", school.next).execute()
  await school.db.deleteFrom("period").where("school_year_id", "=", school.next).execute()
  await school.db.deleteFrom("school_year").where("id", "=", school.next).execute()
  const board = await secretary.open("/reenrolment")
  assert.match(board.body, "n’existe pas encore")
  await secretary.open(page)
  assert.match((await save({ [`to-${id("issa")}`]: "repeat" })).body, "Une décision est enregistrée")
  const dean = await school.as("censeur")
  assert.not.match((await dean.open("/reenrolment/rehearsal")).body, '/reenrolment/run"')
  assert.is((await dean.get("/reenrolment/classes")).status, 409)
})

test.run()
