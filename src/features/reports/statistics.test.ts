import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { figuresOfContents, keptFigures, readFigures, unitsOf } from "../bulletins/figures.ts"
import { gradesOfClass } from "../grades/grading.ts"
import { gradesOfClasses } from "../grades/manyClasses.ts"
import { classesReported, periodsOfYear } from "./queries/figures.ts"
import { barsPath, linePath } from "./rules/plots.ts"
import { binLabels, classStatistics, distribution, percent, summaryOf, together } from "./rules/statistics.ts"
import { EXAM_CLASS, giveComposition, giveYear, OURS, publishClass } from "./year.fixture.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const id = (key: string) => school.ids.students[key] as number
const T1 = () => school.ids.periods.T1

/** 14,50 for Moussa, 11,00 and 9,00 for the two Aminata, 8,25 for Issa. */
const marks = () => ({
  [id("moussa")]: 1450,
  [id("aminata1")]: 1100,
  [id("aminata2")]: 900,
  [id("issa")]: 825,
})

/** The cells of a row of a table, as they are read. */
function cells(page: string, row: string): string[] {
  const html = page.split("<tr").find((one) => one.includes(row)) ?? ""
  return [...html.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) =>
    (cell as string)
      .replace(/<[^>]+>/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  )
}

test("mean, median, extremes and the share of passes, by hand", () => {
  assert.equal(summaryOf([1450, 1100, 900, 825], 1000), {
    n: 4,
    mean: 1069,
    median: 1000,
    highest: 1450,
    lowest: 825,
    passed: 2,
    share: 500,
  })
  assert.is(summaryOf([1000, 1001], 1000).median, 1001, "a half goes up")
  assert.is(summaryOf([700, 800, 1000], 1000).median, 800)
  assert.equal(summaryOf([], 1000), {
    n: 0,
    mean: null,
    median: null,
    highest: null,
    lowest: null,
    passed: 0,
    share: null,
  })
  assert.is(percent(summaryOf([999, 1000, 1000], 1000).share), "66,7 %")
})

test("each average falls in one tenth of the scale, the greatest in the last", () => {
  assert.equal(distribution([0, 199, 200, 1000, 1999, 2000], 2000), [2, 1, 0, 0, 0, 1, 0, 0, 0, 2])
  assert.equal(binLabels("10").slice(-1), ["9 – 10"])
  assert.equal(binLabels("20").slice(0, 2), ["0 – 2", "2 – 4"])
  assert.is(barsPath([0, 2, 1], 30, 10), "M10.6 0h8.8V10h-8.8zM20.6 5h8.8V10h-8.8z")
  assert.is(linePath([0, null, 10], { width: 20, height: 10, low: 0, high: 10 }), "M0 10M20 0")
})

test("what is entered counts at once and is called provisional; once published the bulletins' own numbers stand", async () => {
  await giveComposition(school, OURS, "T1", marks())
  const dean = await school.as("censeur")
  const before = await dean.get(`/reports/statistics?period=${T1()}`)
  assert.match(before.body, "provisoire")
  assert.match(before.body, "Sans moyenne : 11ème SES 1, 12ème TSE.")
  await publishClass(school, OURS, "T1")
  const after = await dean.get(`/reports/statistics?period=${T1()}`)
  assert.not.match(after.body, "provisoire")
  assert.equal(cells(after.body, ">10ème CG 1<"), [
    "10ème CG 1",
    "4",
    "10,69",
    "10,00",
    "14,50",
    "8,25",
    "2 50,0 %",
    "10,00 50,0 %",
    "11,38 50,0 %",
  ])
  const bulletins = await dean.get(`/bulletins/${school.ids.classes[OURS]}/${T1()}`)
  assert.match(bulletins.body, "14,50")
})

test("thirty classes cost no more questions than one", async () => {
  await giveComposition(school, OURS, "T1", marks())
  const dean = await school.as("censeur")
  const page = await dean.get(`/reports/statistics?period=${T1()}`)
  assert.ok(page.queries > 0 && page.queries <= 12, `${page.queries} questions for three unpublished classes`)
  for (const name of [OURS]) await publishClass(school, name, "T1")
  const published = await dean.get(`/reports/statistics?period=${T1()}&show=heat`)
  assert.ok(published.queries <= 12)
})

test("many classes at once come to the same as each by itself", async () => {
  await giveComposition(school, OURS, "T1", marks())
  await giveComposition(school, EXAM_CLASS, "T1", { [id("fanta")]: 1325 })
  const { db } = school.school
  const all = { id: 1, roles: ["head"], staffId: null, guardianId: null, studentId: null } as const
  const classes = await classesReported(
    db,
    { ...all, permissions: school.school.permissions },
    school.ids.year,
  )
  const [period] = await periodsOfYear(db, school.ids.year)
  assert.ok(period && classes.length === 3)
  for (const one of await gradesOfClasses(db, classes, period)) {
    const alone = await gradesOfClass(db, one.class.id, period.id)
    assert.equal(one.result.students, alone?.result.students)
  }
})

test("subjects, subjects by class, distribution and the year each have their page", async () => {
  await giveYear(school, OURS, { T1: marks(), T2: { ...marks(), [id("issa")]: 1225 } })
  const dean = await school.as("censeur")
  const at = (show: string) => dean.get(`/reports/statistics?period=${school.ids.periods.T2}&show=${show}`)
  assert.equal(cells((await at("subjects")).body, ">Mathématiques<").slice(0, 3), [
    "Mathématiques",
    "4",
    "11,69",
  ])
  assert.equal(cells((await at("heat")).body, ">10ème CG 1<").slice(0, 3), ["10ème CG 1", "11,69", "11,69"])
  const distribution = await at("distribution")
  assert.match(distribution.body, /<svg[^>]+><path/)
  assert.equal(cells(distribution.body, ">10ème CG 1<").slice(2), [
    "–",
    "–",
    "–",
    "–",
    "1",
    "1",
    "1",
    "1",
    "–",
    "–",
  ])
  assert.equal(cells((await at("evolution")).body, ">10ème CG 1<").slice(2), ["10,69", "11,69", "–"])
  const one = await dean.get(`/reports/statistics/${school.ids.classes[OURS]}/${T1()}`)
  assert.match(one.body, "Histogramme des moyennes générales")
})

test("the files say what the page says, and numbers are numbers to Excel", async () => {
  await giveYear(school, OURS, { T1: marks() })
  const dean = await school.as("censeur")
  const path = `/reports/statistics/file?period=${T1()}`
  const csv = await dean.get(`${path}&format=csv`)
  assert.match(
    csv.body,
    "10ème CG 1;publié;4;4;10,69;10,00;14,50;8,25;2;50,0 %;2;10,00;50,0 %;2;11,38;50,0 %".replaceAll(
      " %",
      "",
    ),
  )
  assert.match((await dean.get(`${path}&format=subjects`)).body, "10ème CG 1;Mathématiques;4;10,69")
  assert.match((await dean.get(`${path}&format=xlsx`)).headers.get("content-type") ?? "", "spreadsheetml")
  assert.is((await dean.get(`${path}&format=pdf`)).headers.get("content-type"), "application/pdf")
})

test("a form teacher reads the class that is led, and no other", async () => {
  await giveYear(school, OURS, { T1: marks() })
  await giveYear(school, EXAM_CLASS, { T1: { [id("fanta")]: 1300 } })
  const teacher = await school.as("maths")
  const page = await teacher.get(`/reports/statistics?period=${T1()}`)
  assert.match(page.body, "10ème CG 1")
  assert.not.match(page.body, "12ème TSE")
  assert.is((await teacher.get(`/reports/statistics/${school.ids.classes[EXAM_CLASS]}/${T1()}`)).status, 404)
  const csv = await teacher.get(`/reports/statistics/file?period=${T1()}&format=csv`)
  assert.not.match(csv.body, "12ème")
  assert.is((await (await school.as("francais")).get("/reports/statistics")).status, 403)
})

test("a publication from before figures were kept is read out of its bulletins", async () => {
  await giveYear(school, OURS, { T1: marks() })
  const { db } = school.school
  const row = await db.selectFrom("publication").select("stats").executeTakeFirstOrThrow()
  const { figures, ...rest } = JSON.parse(row.stats)
  const dean = await school.as("censeur")
  const path = `/reports/statistics?period=${T1()}`
  const kept = cells((await dean.get(path)).body, ">10ème CG 1<")
  await db
    .updateTable("publication")
    .set({ stats: JSON.stringify(rest) })
    .execute()
  assert.equal(cells((await dean.get(path)).body, ">10ème CG 1<"), kept)
  assert.equal(keptFigures(readFigures(figures)), figures)
  assert.equal(
    [unitsOf("12,5", 2), unitsOf("9", 2), unitsOf("Disp.", 2), unitsOf(null, 2)],
    [1250, 900, null, null],
  )
  assert.is(figuresOfContents([]), null)
})

test("classes marked on ten are not averaged with classes marked on twenty", () => {
  const of = (scaleMax: string, general: number, classId: number) => ({
    id: classId,
    label: String(classId),
    provisional: false,
    figures: {
      decimals: 2,
      scaleMax,
      pass: Number(scaleMax) * 50,
      mean: null,
      subjects: [],
      students: [{ id: classId, sex: "F" as const, general, ranked: true, award: "", averages: [] }],
    },
  })
  const classes = [of("20", 1200, 1), of("10", 700, 2), of("20", 800, 3)]
  assert.equal(
    together(classes).map(({ scaleMax, all }) => [scaleMax, all.mean]),
    [
      ["20", 1000],
      ["10", 700],
    ],
  )
  assert.is(classStatistics(of("10", 700, 2)).bins[7], 1)
})

test.run()
