// A sheet of marks of one class, from the file to the grid and back; and what a teacher may do of it.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import {
  addClass,
  enrolList,
  example,
  expectedOf,
  numberIn,
  preview,
  rowsOf,
  takeBack,
  write,
} from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

const SHEET = { name: "03_notes_T1_11S1.csv", content: example("03_notes_T1_11S1.csv") }
const S1 = { level: "11", series: "S", section: "1", label: "11ème S 1" }
const SUBJECTS = [
  { code: "MATHS", label: "Mathématiques" },
  { code: "PHYS", label: "Physique" },
  { code: "CHIM", label: "Chimie" },
  { code: "SVT", label: "Sciences de la vie et de la Terre" },
  { code: "FR", label: "Français" },
  { code: "ANG", label: "Anglais" },
]

type Cell = { value?: string; status?: string; note?: string }
const expected = expectedOf("03_notes_T1_11S1")
const outcomes = expected.outcomes as {
  line: number
  action: string
  matricule: string
  cells?: Record<string, Cell>
}[]

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

async function fillClass(): Promise<Record<string, string>> {
  const classId = await addClass(test_, S1, SUBJECTS)
  await enrolList(test_, expected.class_list, () => classId)
  return { kind: "marks", class: String(classId), period: String(test_.ids.periods.T1) }
}

const marksOf = () =>
  test_.school.db
    .selectFrom("mark")
    .innerJoin("assessment", "assessment.id", "mark.assessment_id")
    .innerJoin("class_subject", "class_subject.id", "assessment.class_subject_id")
    .innerJoin("subject", "subject.id", "class_subject.subject_id")
    .innerJoin("student", "student.id", "mark.student_id")
    .select([
      "student.matricule",
      "subject.code",
      "assessment.category",
      "assessment.label",
      "mark.value",
      "mark.status",
      "mark.remark",
      "mark.version",
    ])
    .execute()

const CODES: Record<string, string> = {
  MATHS: "MATHS",
  PHYSIQUE: "PHYS",
  CHIMIE: "CHIM",
  SVT: "SVT",
  FRANÇAIS: "FR",
  ANGLAIS: "ANG",
}

/** A small sheet of the cast's class. */
const ours = (...lines: string[]) => ({ name: "notes.csv", content: lines.join("\n") })
const oursFor = (period = "T1") => ({
  kind: "marks",
  class: String(test_.ids.classes["10ème CG 1"]),
  period: String(test_.ids.periods[period]),
})

test("every good cell of the sheet becomes a mark of its subject, class mark or composition", async () => {
  const fields = await fillClass()
  const path = await preview(secretary, SHEET, fields)
  const done = await write(secretary, path)
  const cells = outcomes
    .filter(({ action }) => action === "marks")
    .flatMap(({ matricule, cells = {} }) =>
      Object.entries(cells).flatMap(([key, cell]) => {
        const [subject, category] = key.split(".") as [string, string]
        const kept = cell.value !== undefined || ["ABS_J", "ABS_NJ", "DISP"].includes(cell.status ?? "")
        if (!kept) return []
        const value = cell.value === undefined ? null : Math.round(Number(cell.value) * 100)
        const status = cell.value === undefined ? cell.status : null
        const kind = category === "CL" ? "CLASSE" : "COMPO"
        const remark = cell.note?.includes("asterisk") ? "*" : null
        return [[matricule, CODES[subject], kind, value, status, remark].join("|")]
      }),
    )
  assert.match(done.body, `${cells.length} notes écrites, 12 évaluations créées`)
  const names = new Map(
    (expected.class_list as { matricule: string | null; nom: string; prenom: string }[]).map((one) => [
      one.matricule,
      one,
    ]),
  )
  assert.ok(names.size > 60)
  const stored = (await marksOf()).map((row) =>
    [row.matricule ?? "null", row.code, row.category, row.value, row.status, row.remark].join("|"),
  )
  const wanted = cells.map((text) => text.replace(/^null\|/, "null|").replace(/^\|/, "null|"))
  assert.equal(stored.sort(), wanted.sort())
  const labels = new Set((await marksOf()).map(({ label }) => label))
  assert.equal([...labels].sort(), ["Composition (import)", "Note de classe (import)"])
})

test("the same sheet again writes nothing; taken back, neither marks nor assessments are left", async () => {
  const fields = await fillClass()
  const path = await preview(secretary, SHEET, fields)
  await write(secretary, path)
  const marks = await rowsOf(test_, "mark")
  const again = await preview(secretary, SHEET, fields)
  assert.match(
    (await secretary.open(`${again}/commit`)).body,
    "Aucune ligne de ce fichier ne changerait l’école",
  )
  assert.is(await rowsOf(test_, "mark"), marks)
  await takeBack(secretary, path)
  assert.is(await rowsOf(test_, "mark"), 0)
  assert.is(await rowsOf(test_, "assessment"), 0)
})

test("a held cell is answered with a value or an absence and then written; an unreadable answer is refused", async () => {
  const path = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS;", ";CL;CO", "KEÏTA Moussa;125;abs", "ƝARE Issa;12;13"),
    oursFor(),
  )
  const line = await secretary.open(`${path}/line`)
  assert.match(line.body, "MATHS.CL : « 125 »")
  assert.match(line.body, "peut-être 12,5")
  assert.match(line.body, "absence justifiée ou non")
  const refused = await secretary.post(`${path}/line`, { line: "3", m0: "21", m1: "" })
  assert.is(refused.status, 422)
  assert.match(refused.body, 'href="#f-m0"')
  await secretary.submit(`${path}/line`, { line: "3", as: "marks", m0: "12,5", m1: "abs nj" })
  assert.match((await write(secretary, path)).body, "4 notes écrites")
  const stored = (await marksOf()).filter(({ matricule }) => matricule === "RC15CG26Z9001M")
  assert.equal(
    stored.map(({ category, value, status }) => [category, value, status]).sort(),
    [
      ["CLASSE", 1250, null],
      ["COMPO", null, "ABS_NJ"],
    ].sort(),
  )
})

test("cells held at the first writing can be answered and written afterwards", async () => {
  const path = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;1O", "ƝARE Issa;12"),
    oursFor(),
  )
  assert.match((await write(secretary, path)).body, "1 note écrite")
  await secretary.open(`${path}/line`)
  await secretary.submit(`${path}/line`, { line: "2", as: "marks", m0: "10" })
  assert.match((await write(secretary, path)).body, "1 note écrite")
  assert.is(await rowsOf(test_, "assessment"), 1, "into the assessment of the first writing")
})

test("marks of an unknown student are given to the one a person chooses", async () => {
  const path = await preview(secretary, ours("NOM ET PRENOMS;MATHS CL", "KEITA Mouss;14"), oursFor())
  const line = await secretary.open(`${path}/line`)
  assert.match(line.body, "Ces notes sont celles de")
  const moussa = String(test_.ids.students.moussa)
  await secretary.submit(`${path}/line`, { line: "2", as: "marks", student: moussa })
  await write(secretary, path)
  assert.equal(
    (await marksOf()).map(({ matricule, value }) => [matricule, value]),
    [["RC15CG26Z9001M", 1400]],
  )
})

test("a mark the school has already is never replaced without somebody's word", async () => {
  const first = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;12", "ƝARE Issa;9"),
    oursFor(),
  )
  await write(secretary, first)
  const second = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;14", "ƝARE Issa;9"),
    oursFor(),
  )
  assert.match((secretary.page as { body: string }).body, "L’école a déjà une autre note ici. (12)")
  assert.match((await secretary.open(`${second}/commit`)).body, "Rien à enregistrer")
  const line = await secretary.open(`${second}/line`)
  assert.match(line.body, "Garder 12, déjà dans l’école")
  await secretary.submit(`${second}/line`, { line: "2", as: "marks", r0: "file" })
  assert.match((await write(secretary, second)).body, "1 note remplacée")
  const values = async () => (await marksOf()).map(({ value, version }) => [value, version]).sort()
  assert.equal(
    await values(),
    [
      [1400, 2],
      [900, 1],
    ].sort(),
  )
  await takeBack(secretary, second)
  assert.equal(
    await values(),
    [
      [1200, 3],
      [900, 1],
    ].sort(),
    "the cell gets back what it held",
  )
})

test("a mark changed in the grid since stays when the import is taken back, and so does its assessment", async () => {
  const path = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;12", "ƝARE Issa;9"),
    oursFor(),
  )
  await write(secretary, path)
  const { db } = test_.school
  await db
    .updateTable("mark")
    .set({ value: 1300, version: 2 })
    .where("student_id", "=", test_.ids.students.moussa as number)
    .execute()
  const page = await secretary.open(`${path}/undo`)
  assert.match(page.body, "a changé depuis l’import")
  assert.match(page.body, "des notes y restent")
  await takeBack(secretary, path)
  const left = await marksOf()
  assert.equal(
    left.filter(({ value }) => value !== null).map(({ value }) => value),
    [1300],
  )
})

test("columns of a locked subject or a published period are refused, and said", async () => {
  const { db } = test_.school
  const subject = test_.ids.classSubjects["10ème CG 1/MATHS"] as number
  await db
    .insertInto("subject_lock")
    .values({
      class_subject_id: subject,
      period_id: test_.ids.periods.T1 as number,
      locked_at: "2026-12-01T00:00:00Z",
    })
    .execute()
  const path = await preview(
    secretary,
    ours("NOM ET PRENOMS;MATHS CL;ANGLAIS CL", "KEÏTA Moussa;12;13"),
    oursFor(),
  )
  assert.match((secretary.page as { body: string }).body, "verrouillées pour la période")
  assert.match((await write(secretary, path)).body, "1 note écrite, 1 évaluation créée")
  await db
    .insertInto("class_period")
    .values({
      class_id: test_.ids.classes["10ème CG 1"] as number,
      period_id: test_.ids.periods.T1 as number,
      state: "published",
      changed_at: "2026-12-02T00:00:00Z",
    })
    .execute()
  await preview(secretary, ours("NOM ET PRENOMS;ANGLAIS CO", "KEÏTA Moussa;15"), oursFor())
  assert.match((secretary.page as { body: string }).body, "vérifiée ou publiée")
  const page = await secretary.open(`${path}/undo`)
  assert.match(page.body, "la période est verrouillée ou publiée")
})

test("a column nobody recognises is placed by a person", async () => {
  const path = await preview(secretary, ours("NOM ET PRENOMS;DEVOIR 1", "KEÏTA Moussa;12"), oursFor())
  const english = test_.ids.classSubjects["10ème CG 1/ANG"] as number
  const before = await secretary.open(`${path}/choices`)
  assert.match(before.body, "Où vont les notes")
  const place = {
    class: String(test_.ids.classes["10ème CG 1"]),
    period: String(test_.ids.periods.T1),
    was0: "",
    m0: `${english}:CLASSE:new`,
  }
  await secretary.submit(`${path}/choices`, place)
  assert.match((await write(secretary, path)).body, "1 note écrite, 1 évaluation créée")
  const [stored] = await marksOf()
  assert.equal([stored?.code, stored?.category, stored?.label], ["ANG", "CLASSE", "Devoir 1 (import)"])
})

test("a teacher imports the marks of the subjects taught, sees no other import, and no other subject's place", async () => {
  const listed = await preview(secretary, ours("NOM ET PRENOMS;MATHS CL", "KEÏTA Moussa;12"), oursFor("T2"))
  const teacher = await test_.as("maths")
  assert.is((await teacher.get(listed)).status, 404)
  assert.not.match((await teacher.open("/imports")).body, listed)
  const path = await preview(
    teacher,
    ours("NOM ET PRENOMS;MATHS CL;FRANÇAIS CL", "KEÏTA Moussa;12;13"),
    oursFor(),
  )
  assert.match((teacher.page as { body: string }).body, "vous ne saisissez pas les notes de cette matière")
  const french = test_.ids.classSubjects["10ème CG 1/FR"] as number
  await teacher.open(`${path}/choices`)
  const forced = { class: String(test_.ids.classes["10ème CG 1"]), period: String(test_.ids.periods.T1) }
  await teacher.submit(`${path}/choices`, { ...forced, was1: "", m1: `${french}:CLASSE:new` })
  assert.match((await write(teacher, path)).body, "1 note écrite, 1 évaluation créée")
  assert.equal(
    (await marksOf()).map(({ code }) => code),
    ["MATHS"],
  )
  assert.ok(numberIn(path) > 0)
})

test.run()
