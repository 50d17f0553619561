import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, root, type TestSchool } from "../../../test/school.ts"
import { gradesOfClass, gradesOfYear } from "./grading.ts"
import { giveAssessment, giveMarks, rowOf } from "./grid.fixture.ts"
import { bulletinReport } from "./report.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const AT = "2026-10-01T08:00:00.000Z"
const hundredths = (decimal: string) => Math.round(Number(decimal) * 100)

type Example = {
  input: {
    config: { periods: { code: string; label?: string; weight?: string }[] }
    subjects: { code: string; label: string; coef: string; optional?: "bonus_above" | null }[]
    assessments: {
      id: string
      period: string
      subject: string
      category: string
      max: string
      weight?: string
    }[]
    students: {
      id: string
      nom: string
      prenom: string
      sex?: "M" | "F"
      repeating?: boolean
      conduct?: Record<string, string | null>
      exempt?: Record<string, string[]>
      periods?: string[]
    }[]
    marks: Record<string, Record<string, { v?: string; s?: "ABS_J" | "ABS_NJ" | "DISP" | "NE" }>>
  }
  expected: {
    periods: Record<string, { bulletins: Record<string, { lines: { flags: string[] }[] }> }>
    annual?: Record<string, { annual_average: string; rank: string; proposed_decision: string }>
  }
}

/** Writes a worked class into the database as a class of a year of its own. */
async function store({ input }: Example) {
  const { db } = school.school
  const only = async <T>(query: { executeTakeFirstOrThrow(): Promise<T> }) => query.executeTakeFirstOrThrow()
  const year = await only(
    db
      .insertInto("school_year")
      .values({ label: "Exemple", starts_on: "2030-10-01", ends_on: "2031-06-30" })
      .returning("id"),
  )
  const periods = new Map<string, { id: number; starts_on: string; ends_on: string }>()
  for (const [n, { code, label, weight }] of input.config.periods.entries()) {
    const days = { starts_on: `203${n}-01-01`, ends_on: `203${n}-12-31` }
    const row = {
      school_year_id: year.id,
      code,
      label: label ?? code,
      position: n,
      weight: hundredths(weight ?? "1"),
    }
    const made = await only(
      db
        .insertInto("period")
        .values({ ...row, ...days })
        .returning("id"),
    )
    periods.set(code, { id: made.id, ...days })
  }
  const profile = { school_year_id: year.id, version: 1, label: "Exemple", created_at: AT }
  await db
    .insertInto("grading_profile")
    .values({ ...profile, config: JSON.stringify(input.config) })
    .execute()
  const made = await only(
    db
      .insertInto("class")
      .values({
        school_year_id: year.id,
        level_code: "12",
        series_code: "TSE",
        label: "Exemple",
        folded: "exemple",
        position: 1,
      })
      .returning("id"),
  )
  const subjects = new Map<string, number>()
  for (const [n, { code, label, coef, optional }] of input.subjects.entries()) {
    const row = { code, label, short_label: code, position: n }
    const subject = await only(
      db
        .insertInto("subject")
        .values(row)
        .onConflict((oc) => oc.column("code").doUpdateSet({ label }))
        .returning("id"),
    )
    const line = {
      class_id: made.id,
      subject_id: subject.id,
      coefficient: hundredths(coef),
      group_code: "",
      optional: optional ?? null,
      position: n,
    }
    subjects.set(code, (await only(db.insertInto("class_subject").values(line).returning("id"))).id)
  }
  const assessments = new Map<string, number>()
  for (const [n, one] of input.assessments.entries()) {
    const row = {
      class_subject_id: subjects.get(one.subject) as number,
      period_id: periods.get(one.period)?.id as number,
      category: one.category,
      label: one.id,
      max: hundredths(one.max),
      weight: hundredths(one.weight ?? "1"),
      position: n,
      created_at: AT,
    }
    assessments.set(one.id, (await only(db.insertInto("assessment").values(row).returning("id"))).id)
  }
  const students = new Map<string, number>()
  for (const [n, one] of input.students.entries()) {
    const name = `${String(n).padStart(3, "0")}`
    const student = await only(
      db
        .insertInto("student")
        .values({
          surname: one.nom,
          given_names: one.prenom,
          sex: one.sex ?? null,
          folded: name,
          sort_name: name,
          created_at: AT,
          updated_at: AT,
        })
        .returning("id"),
    )
    students.set(one.id, student.id)
    const present = one.periods ?? [...periods.keys()]
    await db
      .insertInto("enrolment")
      .values({
        student_id: student.id,
        class_id: made.id,
        school_year_id: year.id,
        starts_on: periods.get(present[0] as string)?.starts_on as string,
        ends_on:
          present.at(-1) === [...periods.keys()].at(-1)
            ? null
            : periods.get(present.at(-1) as string)?.ends_on,
        repeating: one.repeating ? 1 : 0,
      })
      .execute()
    for (const [code, { id }] of periods) {
      const conduct = one.conduct?.[code]
      const key = { student_id: student.id, period_id: id }
      if (conduct) {
        const told = { ...key, class_id: made.id, conduct: hundredths(conduct), updated_at: AT }
        await db.insertInto("student_period").values(told).execute()
      }
      for (const subject of one.exempt?.[code] ?? []) {
        const exemption = { ...key, class_subject_id: subjects.get(subject) as number, created_at: AT }
        await db.insertInto("exemption").values(exemption).execute()
      }
    }
    for (const [assessment, { v, s }] of Object.entries(input.marks[one.id] ?? {})) {
      const mark = { value: v === undefined ? null : hundredths(v), status: s ?? null, updated_at: AT }
      const cell = { assessment_id: assessments.get(assessment) as number, student_id: student.id }
      await db
        .insertInto("mark")
        .values({ ...cell, ...mark })
        .execute()
    }
  }
  return { classId: made.id, periods, students, assessments }
}

const read = (name: string): Example =>
  JSON.parse(readFileSync(join(root, "test/examples/grading", name), "utf8")) as Example

for (const name of [
  "01_mali_tse_trimestre.json",
  "02_mali_ses_annuel.json",
  "06_cote_d_ivoire_trimestres.json",
  "07_guinee_semestres.json",
]) {
  test(`a class kept in the database comes out as worked by hand: ${name}`, async () => {
    const example = read(name)
    const { classId, periods, students, assessments } = await store(example)
    const names = new Map([...assessments].map(([name, id]) => [String(id), name]))
    const graded = await gradesOfYear(school.school.db, classId)
    assert.is(graded?.periods.length, periods.size)
    for (const { period, result } of graded?.periods ?? []) {
      const { bulletins } = example.expected.periods[period.code] as Example["expected"]["periods"][string]
      assert.is(result.students.length, Object.keys(bulletins).length, period.code)
      for (const [key, bulletin] of Object.entries(bulletins)) {
        const { student: _, ...expected } = bulletin as unknown as Record<string, unknown>
        const line = result.byStudent.get(students.get(key) as number)
        assert.ok(line, key)
        const said = bulletinReport(result, line)
        const lines = said.lines.map((one) => ({
          ...one,
          flags: one.flags.map((flag) => flag.replace(/^\d+/, (id) => names.get(id) ?? id)),
        }))
        assert.equal({ ...said, lines }, expected, `${period.code} ${key}`)
      }
    }
    for (const [key, expected] of Object.entries(example.expected.annual ?? {})) {
      const line = graded?.year?.byStudent.get(students.get(key) as number)
      assert.is(line?.average?.text ?? null, expected.annual_average, key)
      assert.is(line?.decision ?? null, expected.proposed_decision, key)
    }
  })
}

test("a class is read in ten questions, a year in as many, without remarks in one fewer", async () => {
  const { db } = school.school
  const classId = school.ids.classes["10ème CG 1"] as number
  const count = async (work: () => Promise<unknown>) => {
    const before = school.school.queries
    await work()
    return school.school.queries - before
  }
  assert.is(await count(() => gradesOfClass(db, classId, school.ids.periods.T1 as number)), 10)
  assert.is(await count(() => gradesOfYear(db, classId)), 10)
  assert.is(await count(() => gradesOfYear(db, classId, undefined, { remarks: false })), 9)
  assert.is(await gradesOfClass(db, classId, 9_999), null)
})

test("every average of the table is the one that its explanation comes to", async () => {
  const { ids } = school
  const student = (key: string) => ids.students[key] as number
  const d1 = await giveAssessment(school, "10ème CG 1/MATHS", { max: 1000, weight: 50 })
  const d2 = await giveAssessment(school, "10ème CG 1/MATHS", { label: "Devoir 2" })
  const compo = await giveAssessment(school, "10ème CG 1/MATHS", { label: "Composition", category: "COMPO" })
  const french = await giveAssessment(school, "10ème CG 1/FR", { label: "Dictée" })
  const { db } = school.school
  await giveMarks(db, d1, { [student("moussa")]: 725, [student("aminata1")]: 500 })
  await giveMarks(db, d2, { [student("moussa")]: 1333, [student("aminata1")]: 900 })
  await giveMarks(db, compo, { [student("moussa")]: 1475, [student("aminata1")]: 1150 })
  await giveMarks(db, french, { [student("moussa")]: 1100 })
  const told = { class_id: ids.classes["10ème CG 1"] as number, period_id: ids.periods.T1 as number }
  await db
    .insertInto("student_period")
    .values({ ...told, student_id: student("moussa"), conduct: 1800, updated_at: AT })
    .execute()

  const dean = await school.as("censeur")
  const base = `/grades/${ids.classes["10ème CG 1"]}/${ids.periods.T1}/averages`
  const table = await dean.open(`${base}?sort=name`)
  const row = rowOf(table, "KEÏTA Moussa")
  // devoirs (14,5 × 0,5 + 13,33 × 1) ÷ 1,5; then with twice the composition; points with conduct, over 4 + 3 + 1
  assert.equal(row.slice(1), ["1er", "13,58", "14,41", "11,00", "–", "–", "18,00", "Assez bien"])
  const whole = await dean.open(`${base}/${student("moussa")}`)
  for (const value of ["13,58", "14,41", "57,63", "33,00", "18,00", "108,63"]) assert.match(whole.body, value)
  assert.match(whole.body, "Anglais (aucune note)")
  const maths = `/grades/explain/${ids.classSubjects["10ème CG 1/MATHS"]}/${ids.periods.T1}`
  const one = await dean.open(`${maths}/${student("moussa")}`)
  assert.match(one.body, "moyenne <b>14,41</b>")
  assert.match(one.body, "7,25")
  assert.match(one.body, "14,5")
  assert.match(one.body, `href="/grades/marks/${d1}/${student("moussa")}"`)
  const second = { label: "Devoir", period: "T2", held_on: "2027-02-01" }
  await giveMarks(db, await giveAssessment(school, "10ème CG 1/MATHS", second), { [student("moussa")]: 1000 })
  const later = await dean.open(
    `/grades/${ids.classes["10ème CG 1"]}/${ids.periods.T2}/averages/${student("moussa")}`,
  )
  // (13,58 + 10,00) ÷ 2, from what was displayed
  for (const value of ["13,58", "10,00", "11,79"]) assert.match(later.body, value)
  const year = await dean.open(`/grades/${ids.classes["10ème CG 1"]}/${ids.periods.T2}/averages?year=1`)
  assert.match(year.body, `averages/${student("moussa")}#year"><b>11,79</b>`)
  const paper = await dean.open(`${base}?print=1`)
  assert.match(paper.body, '<body class="paper landscape"')
  assert.not.match(paper.body, `href="averages/`)
})

test("the profile is told in French, and another is chosen until something is published", async () => {
  const head = await school.as("proviseur")
  const page = await head.open("/grading")
  assert.match(page.body, "(Moyenne de classe + 2 × Composition) ÷ 3")
  assert.match(page.body, "compte pour zéro")
  const chosen = await head.submit("/grading", { preset: "senegal", level: "12", reason: "Essai" })
  assert.match(chosen.body, "(Moyenne des devoirs + Composition) ÷ 2")
  assert.match((await head.open("/grading")).body, "2 × Composition", "the other levels keep theirs")
  await giveAssessment(school, "10ème CG 1/MATHS")
  const lost = await head.post("/grading", { preset: "senegal", level: "", reason: "" })
  assert.is(lost.status, 422)
  assert.match(lost.body, "sont de la catégorie « CLASSE »")
  const { db } = school.school
  const profile = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  await db
    .insertInto("publication")
    .values({
      class_id: school.ids.classes["10ème CG 1"] as number,
      period_id: school.ids.periods.T1 as number,
      version: 1,
      published_at: AT,
      published_by: school.ids.accounts.proviseur as number,
      profile_id: profile.id,
      input: "{}",
      stats: "{}",
      hash: "x",
    })
    .execute()
  const late = await head.post("/grading", { preset: "guinee-1-2", level: "", reason: "" })
  assert.is(late.status, 422)
  assert.is((await (await school.as("maths")).get("/grading")).status, 403)
})

test.run()
