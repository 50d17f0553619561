import fc from "fast-check"
import readWorkbook from "read-excel-file/node"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { hand } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { renderWorkbook } from "../../documents/workbook.ts"
import { cellKey, type TypedCell } from "./cells.ts"
import { checkTotals, countField, totalField } from "./checkTotals.ts"
import { enrolMany, filled, giveAssessment, giveMarks } from "./grid.fixture.ts"

const CLASS = "10ème CG 1"

let school: TestSchool
let grid: string
let homework: number
let exam: number
const student = (key: string) => school.ids.students[key] as number
const cell = (assessment: number, key: string) => cellKey(assessment, student(key))
const marks = () => school.school.db.selectFrom("mark").selectAll().execute()

test.before.each(async () => {
  school = await openTestSchool()
  grid = `/grades/${school.ids.classSubjects[`${CLASS}/MATHS`]}/${school.ids.periods.T1}`
  homework = await giveAssessment(school, `${CLASS}/MATHS`)
  exam = await giveAssessment(school, `${CLASS}/MATHS`, {
    label: "Composition",
    category: "COMPO",
    held_on: "2026-12-07",
  })
})
test.after.each(() => school.close())
test.after(() => stopWorker())

test("the paper sheet has a box for each student and assessment, a line for the sum and one for the count", async () => {
  const exempt = {
    student_id: student("issa"),
    class_subject_id: school.ids.classSubjects[`${CLASS}/MATHS`] as number,
  }
  await school.school.db
    .insertInto("exemption")
    .values({ ...exempt, period_id: school.ids.periods.T1 as number, created_at: "2026-10-05T08:00:00.000Z" })
    .execute()
  await giveMarks(school.school.db, homework, { [student("moussa")]: 1200 })
  const teacher = await school.as("maths")
  const { body } = await teacher.open(`${grid}/paper`)
  const rows = [...body.matchAll(/<tr><td class="number">\d+<\/td>([\s\S]*?)<\/tr>/g)].map(
    ([row]) => row as string,
  )
  assert.is(rows.length, 4)
  assert.match(rows[0] as string, "KEÏTA Moussa")
  assert.ok(
    [0, 2, 3].every((n) => rows[n]?.endsWith("<td></td><td></td></tr>")),
    "empty even where a mark is known",
  )
  assert.match(rows[1] as string, "<td>Disp.</td><td>Disp.</td>")
  assert.match(body, "Somme des notes")
  assert.match(body, "Nombre de notes (sans les absents)")
  assert.match(body, "sur 20 · le 12/10")
  const one = await teacher.open(`${grid}/paper?assessment=${exam}`)
  assert.not.match(one.body, "Devoir 1")
  assert.is((await (await school.as("francais")).get(`${grid}/paper`)).status, 404)
})

test("a class of two hundred and thirty has three sheets, each with its own totals, like the pages of its grid", async () => {
  await enrolMany(school, CLASS, 226)
  const teacher = await school.as("maths")
  const { body } = await teacher.open(`${grid}/paper?assessment=${exam}`)
  assert.is((body.match(/Somme des notes/g) ?? []).length, 3)
  assert.match(body, "Feuille 3 sur 3 : page 3 de la grille")
})

test("typed from paper: the totals are right, everything is saved and each mark remembers its sheet", async () => {
  const teacher = await school.as("maths")
  const page = await teacher.open(`${grid}?from=paper`)
  assert.not.match(page.body, 'id="courier"', "nothing is saved cell by cell")
  const typed = {
    [cell(homework, "moussa")]: "12,5",
    [cell(homework, "aminata1")]: "abs j",
    [cell(homework, "aminata2")]: "0",
    [cell(homework, "issa")]: "7,25",
  }
  const totals = { [totalField(homework)]: "19,75", [countField(homework)]: "3" }
  const saved = await teacher.submit(`${grid}?from=paper`, { ...filled(page, typed), ...totals })
  assert.match(saved.body, "4 notes sont enregistrées : le total de la feuille est juste.")
  assert.is((await marks()).length, 4)
  const history = await teacher.open(`/grades/marks/${homework}/${student("moussa")}`)
  assert.match(history.body.match(/<ol[\s\S]*<\/ol>/)?.[0] ?? "", "Feuille papier : total 19,75, 3 notes")
})

test("a total or a count that differs saves nothing, says by how much and keeps what was typed", async () => {
  const teacher = await school.as("maths")
  const path = `${grid}?from=paper&assessment=${homework}`
  const page = await teacher.open(path)
  const typed = { [cell(homework, "moussa")]: "12,5", [cell(homework, "aminata1")]: "1O" }
  const wrong = await teacher.post(path, {
    ...filled(page, typed),
    [totalField(homework)]: "22,5",
    [countField(homework)]: "2",
  })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Devoir 1 : la feuille totalise 22,5, les notes tapées 12,5, soit 10 de moins.")
  assert.match(wrong.body, "la feuille compte 2 notes, 1 est tapée : 1 manque.")
  assert.match(wrong.body, "La lettre O est écrite")
  assert.match(wrong.body, 'value="12,5"')
  assert.match(wrong.body, 'value="22,5"')
  assert.is((await marks()).length, 0)
  const right = filled(wrong, { ...typed, [cell(homework, "aminata1")]: "10" })
  const totals = { [totalField(homework)]: "22,50", [countField(homework)]: "2" }
  assert.is((await teacher.post(path, { ...right, ...totals })).status, 303)
  assert.is((await marks()).length, 2)
})

test("without its totals a sheet is not saved; a column left as it was needs none", async () => {
  await giveMarks(school.school.db, exam, { [student("moussa")]: 1400 })
  const teacher = await school.as("maths")
  const path = `${grid}?from=paper`
  const page = await teacher.open(path)
  const typed = filled(page, { [cell(homework, "moussa")]: "9" })
  const silent = await teacher.post(path, typed)
  assert.is(silent.status, 422)
  assert.match(silent.body, "Devoir 1 : écrivez la somme des notes qui est sur la feuille.")
  assert.not.match(silent.body, "Composition : écrivez")
  assert.is((await marks()).length, 1)
  const odd = await teacher.post(path, {
    ...typed,
    [totalField(homework)]: "neuf",
    [countField(homework)]: "1,5",
  })
  assert.match(odd.body, "comme 512,5")
  assert.match(odd.body, "comme 42")
  const good = await teacher.post(path, {
    ...typed,
    [totalField(homework)]: "9",
    [countField(homework)]: "1",
  })
  assert.is(good.status, 303)
})

test("the sum of what was typed is right for every class, and no other sum is", () => {
  const column = { id: 1, label: "Devoir 1", max: 2000 }
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 250 }),
      fc.integer({ min: -300, max: 300 }),
      (values, off) => {
        const cells = values.map(
          (value, n): TypedCell => ({
            assessment: 1,
            student: n,
            seen: 0,
            typed: `${Math.floor(value / 100)},${String(value % 100).padStart(2, "0")}`,
            choice: null,
          }),
        )
        const sum = values.reduce((all, value) => all + value, 0) + off
        if (sum < 0) return true
        const total = `${Math.floor(sum / 100)},${String(sum % 100).padStart(2, "0")}`
        const body = { [totalField(1)]: total, [countField(1)]: String(values.length) }
        const { problems } = checkTotals([column], cells, { body, marks: new Map() })
        return (problems.length === 0) === (off === 0)
      },
    ),
  )
})

/** The class's workbook as a browser saves it. */
async function download(who: Client, path: string) {
  const headers = { cookie: `ardoise=${who.cookie("ardoise")}` }
  const response = await fetch(new URL(path, school.url), { headers, redirect: "manual" })
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
}

test("the workbook: downloaded, filled in, handed back to the import of marks without one unknown line", async () => {
  await giveMarks(school.school.db, homework, { [student("aminata1")]: 950 })
  const teacher = await school.as("maths")
  const page = await teacher.open(grid)
  assert.match(page.body, `href="${grid}/marks.xlsx"`)
  assert.match(page.body, 'href="/imports/new?kind=marks"')
  const { response, bytes } = await download(teacher, `${grid}/marks.xlsx`)
  assert.match(
    response.headers.get("content-disposition") as string,
    "notes-maths-10eme-cg-1-1er-trimestre.xlsx",
  )
  assert.is(response.headers.get("cache-control"), "no-store")
  const [sheet] = await readWorkbook(Buffer.from(bytes))
  const [head, ...rows] = (sheet?.data ?? []) as (string | number | null)[][]
  assert.equal(head, ["N°", "MATRICULE", "NOM ET PRENOMS", "Maths CL", "Maths CO"])
  assert.is(rows.length, 4)
  assert.is(rows.find((row) => row[1] === "RC15CG26Z9002F")?.[3], 9.5)

  const typed = rows.map((row, n) => [...row.slice(0, 3), row[3] ?? 10 + n, n === 1 ? "abs j" : 11.25 + n])
  const back = await renderWorkbook({
    name: "Maths",
    head: head as string[],
    widths: [],
    rows: typed as never,
  })
  const fields = {
    kind: "marks",
    class: String(school.ids.classes[CLASS]),
    period: String(school.ids.periods.T1),
  }
  const answer = await hand(teacher, { name: "notes.xlsx", content: new Uint8Array(back) }, fields)
  assert.is(answer.status, 303, answer.body)
  const preview = await teacher.open(answer.location as string)
  const lines = await school.school.db.selectFrom("import_line").select(["line", "action"]).execute()
  assert.equal(
    lines.map(({ action }) => action).filter((action) => action !== "marks" && action !== "header"),
    [],
    preview.body,
  )
  const { body } = await teacher.open(`${answer.location}/commit`)
  const agreed = body.match(/name="agreed" value="(\d+)"/)?.[1] as string
  await teacher.submit(`${answer.location}/commit`, { agreed })
  const kept = await marks()
  assert.is(kept.length, 8)
  assert.is(
    kept.filter(({ assessment_id }) => assessment_id === exam).length,
    4,
    "into the assessments that exist",
  )
  assert.is((await school.school.db.selectFrom("assessment").select("id").execute()).length, 2)
})

test("several tests of one kind keep their names; another scale stays out; nothing to fill in gives no file", async () => {
  await giveAssessment(school, `${CLASS}/MATHS`, { label: "Devoir 2" })
  await giveAssessment(school, `${CLASS}/MATHS`, { label: "Interro", max: 1000 })
  const teacher = await school.as("maths")
  const { bytes } = await download(teacher, `${grid}/marks.xlsx`)
  const [sheet] = await readWorkbook(Buffer.from(bytes))
  assert.equal(sheet?.data[0]?.slice(3), ["Maths Devoir 1", "Maths Devoir 2", "Maths CO"])
  const french = await school.as("francais")
  const empty = `/grades/${school.ids.classSubjects[`${CLASS}/FR`]}/${school.ids.periods.T1}`
  const { response } = await download(french, `${empty}/marks.xlsx`)
  assert.is(response.headers.get("location"), empty)
  assert.is((await french.get(`${grid}/marks.xlsx`)).status, 404)
})

test.run()
