import { readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { infoOf, qrOf, textOf } from "../../documents/readPdf.testing.ts"
import type { PaperData } from "../papers/contract.ts"
import { giveComposition, giveYear, OURS, publishClass } from "./year.fixture.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const id = (key: string) => school.ids.students[key] as number
const path = (key: string) => `/reports/students/${id(key)}`
const marks = (moussa: number) => ({
  [id("moussa")]: moussa,
  [id("aminata1")]: 1100,
  [id("aminata2")]: 900,
  [id("issa")]: 825,
})
const year = () => giveYear(school, OURS, { T1: marks(1450), T2: marks(1300), T3: marks(1250) })
const lastPaper = async () => {
  const row = await school.school.db
    .selectFrom("paper")
    .selectAll()
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow()
  return { ...row, content: JSON.parse(row.content) as PaperData }
}

async function pdfOf(paperPath: string, person = "secretaire"): Promise<Uint8Array> {
  const answer = await (await school.as(person)).get(`${paperPath}/pdf`)
  assert.is(answer.status, 200, answer.body.slice(0, 500))
  return readFileSync(join(school.school.folder, "documents", "papers", `${paperPath.split("/").at(-1)}.pdf`))
}

async function issue(key: string, what: "transcript" | "booklet", fields: Record<string, string> = {}) {
  const secretary = await school.as("secretaire")
  await secretary.get(path(key))
  const answer = await secretary.post(`${path(key)}/${what}`, { year: String(school.ids.year), ...fields })
  assert.is(answer.status, 303, answer.body.slice(0, 1000))
  return answer.location as string
}

test("a period that is not published is a dash; nothing published, nothing to issue", async () => {
  const secretary = await school.as("secretaire")
  assert.match((await secretary.get(path("moussa"))).body, "Rien de publié")
  await giveComposition(school, OURS, "T1", marks(1450))
  await publishClass(school, OURS, "T1")
  const page = await secretary.get(path("moussa"))
  assert.match(page.body, "14,50")
  assert.match(page.body, "Une période qui n’est pas publiée est « – »")
  const paper = await issue("moussa", "transcript")
  const text = textOf(await pdfOf(paper)).join(" ")
  assert.match(text, "RELEVÉ DE NOTES ANNUEL")
  assert.match(text, /Mathématiques\s+4\s+14,50\s+1er\s+–/)
})

test("the year's transcript: every period, the annual average, rank and decision, and its public check", async () => {
  await year()
  const paper = await issue("moussa", "transcript")
  const pdf = await pdfOf(paper)
  const text = textOf(pdf).join(" ").replace(/\s+/g, " ")
  for (const said of [
    "N° RN-2026-0001",
    "14,50",
    "13,00",
    "12,50",
    "13,33 / 20",
    "1er sur 4",
    "Admis(e) en classe supérieure",
  ])
    assert.ok(text.includes(said), `${said} in ${text}`)
  assert.is(infoOf(pdf).Pages, "1")
  const { code, content } = await lastPaper()
  assert.is(qrOf(pdf, 1), `https://kalanso.example/p/${code}`)
  const check = await school.visitor().get(`/p/${code}`)
  assert.match(check.body, "Document authentique, en vigueur.")
  assert.match(check.body, "14,50 · 13,00 · 12,50")
  assert.is(content.kind, "transcript")
  const secretary = await school.as("secretaire")
  await secretary.get(paper)
  assert.is((await secretary.post(`${paper}/duplicates`)).status, 303)
  const copy = await secretary.get(`${paper}/pdf?copy=1`)
  assert.is(copy.status, 200)
  const duplicate = readFileSync(join(school.school.folder, "documents", "papers", "1-1.pdf"))
  assert.match(textOf(duplicate).join(" "), "DUPLICATA n° 1")
})

test("what families do not see yet is not on a paper that leaves the school", async () => {
  await giveComposition(school, OURS, "T1", marks(1450))
  await publishClass(school, OURS, "T1", { visibleAt: "2026-12-20T17:00:00.000Z" })
  const secretary = await school.as("secretaire")
  assert.match((await secretary.get(path("moussa"))).body, "Rien de publié")
  school.now = new Date("2026-12-21T09:00:00.000Z")
  assert.match((await (await school.as("secretaire")).get(path("moussa"))).body, "14,50")
})

test("a paper issued stays what it was when a period is published anew", async () => {
  const { T1 } = await year()
  const paper = await issue("moussa", "transcript")
  const { db } = school.school
  await db
    .updateTable("mark")
    .set({ value: 1900 })
    .where("assessment_id", "=", T1 as number)
    .execute()
  await publishClass(school, OURS, "T1", { reason: "Correction" })
  assert.match(textOf(await pdfOf(paper)).join(" "), "14,50")
  const next = await issue("moussa", "transcript")
  assert.match(textOf(await pdfOf(next)).join(" "), "19,00")
})

test("the school record gathers the years, one a page, with what was written of each", async () => {
  await year()
  await lastYear()
  const secretary = await school.as("secretaire")
  const page = await secretary.get(path("moussa"))
  assert.match(page.body, "2025-2026")
  const pdf = await pdfOf(await issue("moussa", "booklet"))
  assert.is(infoOf(pdf).Pages, "2")
  const [first = "", second = ""] = textOf(pdf)
  assert.match(first, "Année scolaire 2025-2026")
  assert.match(second, "Année scolaire 2026-2027")
  assert.match(second, "page 2 sur 2")
  for (const n of [1, 2]) assert.is(qrOf(pdf, n), `https://kalanso.example/p/${(await lastPaper()).code}`)
})

/** The year before, in a class of then, with one period published. */
async function lastYear() {
  const { db } = school.school
  const own = await db
    .insertInto("school_year")
    .values({ label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30", current: 0 })
    .returning("id")
    .executeTakeFirstOrThrow()
  const period = await db
    .insertInto("period")
    .values({
      school_year_id: own.id,
      code: "T1",
      label: "1er trimestre",
      position: 1,
      weight: 100,
      starts_on: "2025-10-01",
      ends_on: "2025-12-20",
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  const ours = await db
    .selectFrom("class")
    .selectAll()
    .where("id", "=", school.ids.classes[OURS] as number)
    .executeTakeFirstOrThrow()
  const { id: _, ...copied } = ours
  const then = { ...copied, school_year_id: own.id, label: "9ème A", form_teacher_id: null }
  const made = await db.insertInto("class").values(then).returning("id").executeTakeFirstOrThrow()
  const line = { class_id: made.id, subject_id: school.ids.subjects.MATHS as number, coefficient: 400 }
  const subject = await db
    .insertInto("class_subject")
    .values({ ...line, group_code: "PRINCIPALES", position: 1 })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("enrolment")
    .values({ student_id: id("moussa"), class_id: made.id, school_year_id: own.id, starts_on: "2025-10-01" })
    .execute()
  school.ids.periods.before = period.id
  school.ids.classes["9ème A"] = made.id
  school.ids.classSubjects["9ème A/MATHS"] = subject.id
  await giveComposition(school, "9ème A", "before", { [id("moussa")]: 1375 })
  await publishClass(school, "9ème A", "before")
}

test("a form teacher reads the results of the class that is led, not of every class taught", async () => {
  await year()
  const teacher = await school.as("maths")
  assert.is((await teacher.get(path("moussa"))).status, 200)
  assert.is((await teacher.get(path("fanta"))).status, 404)
  const { db } = school.school
  // the mathematics teacher now also teaches Fanta's class
  await db
    .updateTable("class_subject")
    .set({ teacher_id: school.ids.staff.maths as number })
    .where("id", "=", school.ids.classSubjects["12ème TSE/MATHS"] as number)
    .execute()
  assert.is((await teacher.get(`/students/${id("fanta")}`)).status, 200)
  assert.is((await teacher.get(path("fanta"))).status, 404)
  assert.is((await teacher.post(`${path("moussa")}/transcript`, { year: "1" })).status, 403)
})

test("a year that is not the student's is not found", async () => {
  await year()
  const secretary = await school.as("secretaire")
  for (const wrong of ["0", "999", "abc"]) {
    await secretary.get(path("moussa"))
    assert.is((await secretary.post(`${path("moussa")}/transcript`, { year: wrong })).status, 404)
  }
  await secretary.get(path("moussa"))
  const nobody = await secretary.post(`${path("salif")}/booklet`)
  assert.is(nobody.status, 409)
})

test("attestations say the published year; before that, or without an admission, they say why not", async () => {
  const secretary = await school.as("secretaire")
  const at = (key: string, kind: string) => `/students/${id(key)}/papers?kind=${kind}`
  assert.match((await secretary.get(at("moussa", "success"))).body, "n’est pas encore publiée")
  assert.match((await secretary.get(at("moussa", "rank"))).body, "Aucun bulletin de l’année")
  await year()
  const page = await secretary.get(at("moussa", "success"))
  assert.match(page.body, "13,33 / 20")
  const made = await secretary.submit(`/students/${id("moussa")}/papers`, { kind: "success" })
  assert.match(made.body, "AR-2026-0001")
  const failed = await secretary.get(at("issa", "success"))
  assert.match(failed.body, "n’a pas prononcé d’admission")
  await secretary.get(at("issa", "level"))
  const forged = await secretary.post(`/students/${id("issa")}/papers`, { kind: "success" })
  assert.is(forged.status, 409)
  await secretary.get(at("issa", "level"))
  assert.is((await secretary.post(`/students/${id("issa")}/papers`, { kind: "level" })).status, 303)
  await secretary.get(at("moussa", "rank"))
  assert.is((await secretary.post(`/students/${id("moussa")}/papers`, { kind: "rank" })).status, 303)
  const text = textOf(await pdfOf("/papers/3"))
    .join(" ")
    .replace(/\s+/g, " ")
  assert.match(text, "Période 3e trimestre Moyenne générale 12,50 / 20 Rang 1er sur 4 classés")
  await secretary.get(at("moussa", "rank"))
  assert.is((await secretary.post(`/students/${id("moussa")}/papers`, { kind: "transcript" })).status, 404)
})

test.run()
