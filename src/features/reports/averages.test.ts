import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { sha256 } from "../../web/signing.ts"
import { enrolMany } from "../grades/grid.fixture.ts"
import type { AverageListContent } from "./contract.ts"
import { correct, EXAM_CLASS, giveYear, publishClass } from "./year.fixture.ts"

let school: TestSchool
let candidates: number[]
let assessments: Record<string, number>
test.before.each(async () => {
  school = await openTestSchool()
  candidates = [school.ids.students.fanta as number, ...(await enrolMany(school, EXAM_CLASS, 3))]
  const [fanta, second, third, fourth] = candidates as [number, number, number, number]
  assessments = await giveYear(school, EXAM_CLASS, {
    T1: { [fanta]: 1200, [second]: 800, [third]: 1525, [fourth]: 999 },
    T2: { [fanta]: 1300, [second]: 900, [third]: 1450, [fourth]: 1000 },
    T3: { [fanta]: 1250, [second]: 1000, [third]: 1500, [fourth]: 1001 },
  })
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const classId = () => String(school.ids.classes[EXAM_CLASS])
const lists = () => school.school.db.selectFrom("average_list").selectAll().orderBy("id").execute()
const contentOf = async (id: number) => {
  const row = await school.school.db
    .selectFrom("average_list")
    .select("content")
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  return JSON.parse(row.content) as AverageListContent
}

/** The secretary draws a list up; its path. */
async function drafted(): Promise<string> {
  const secretary = await school.as("secretaire")
  await secretary.get("/reports/averages/new")
  const fields = { exam: "Baccalauréat 2027", class: classId() }
  const answer = await secretary.post("/reports/averages", fields)
  assert.is(answer.status, 303, answer.body.slice(0, 2000))
  return answer.location as string
}

async function sign(person: Client, path: string, fields: Record<string, string> = { compared: "1" }) {
  await person.get(`${path}/sign`)
  return person.post(`${path}/sign`, fields)
}

/** The same without the page that offers it, as from a tab left open. */
async function forced(person: Client, path: string) {
  await person.get(path)
  const hash = (await lists())[0]?.hash
  return person.post(`${path}/sign`, { compared: "1", hash })
}

/** Drawn up by the secretary, signed by the dean, then by the head. */
async function signed(): Promise<string> {
  const path = await drafted()
  assert.is((await sign(await school.as("censeur"), path)).status, 303)
  assert.is((await sign(await school.as("proviseur"), path)).status, 303)
  return path
}

test("the exact averages of the three published periods, each candidate once, in the order of names", async () => {
  await drafted()
  const { lines, periods } = await contentOf(1)
  assert.equal(periods, ["T1", "T2", "T3"])
  assert.is(lines.length, 4)
  const fanta = lines.find(({ studentId }) => studentId === school.ids.students.fanta)
  assert.equal(fanta?.periods, ["12,00", "13,00", "12,50"])
  assert.equal([fanta?.annual, fanta?.exact], ["12,50", "25/2"])
  const third = lines.find(({ studentId }) => studentId === candidates[2])
  assert.equal([third?.annual, third?.exact], ["14,92", "179/12"])
  assert.equal(
    lines.map(({ surname, givenNames }) => `${surname} ${givenNames}`),
    [...lines.map(({ surname, givenNames }) => `${surname} ${givenNames}`)].sort((a, b) =>
      a.localeCompare(b, "fr"),
    ),
  )
})

test("two different persons sign, then nothing changes any more and the papers leave", async () => {
  const path = await drafted()
  const secretary = await school.as("secretaire")
  assert.is((await secretary.get(`${path}/file?format=csv`)).status, 409)
  assert.is((await secretary.post(`${path}/sign`, { compared: "1" })).status, 403)
  const dean = await school.as("censeur")
  const unticked = await sign(dean, path, {})
  assert.is(unticked.status, 422)
  assert.match(unticked.body, "Cochez cette case")
  assert.is((await sign(dean, path)).status, 303)
  const again = await forced(dean, path)
  assert.is(again.status, 409)
  assert.match(again.body, "La première signature est la vôtre")
  const head = await school.as("proviseur")
  assert.is((await sign(head, path)).status, 303)
  const [list] = await lists()
  assert.equal([list?.state, list?.reference], ["signed", "LM-2026-0001"])
  assert.is(list?.hash, sha256(list?.content ?? ""))
  const csv = await secretary.get(`${path}/file?format=csv`)
  assert.match(csv.body, "Moyenne annuelle;Valeur exacte")
  assert.match(csv.body, "KEÏTA;Fanta;F;12/09/2008;Bamako;12ème TSE;TSE;12,00;13,00;12,50;12,50;25/2")
  assert.is((await secretary.get(`${path}/file?format=xlsx`)).status, 200)
  assert.is((await secretary.get(`${path}/file`)).headers.get("content-type"), "application/pdf")
  const third = await school.as("admin")
  assert.is((await third.get(`${path}/sign`)).status, 403)
  const late = await forced(head, path)
  assert.is(late.status, 409)
  assert.match(late.body, "n’attend plus de signature")
})

test("a correction published after the signature is told line by line, and the signed list stays what it was", async () => {
  const path = await signed()
  const before = (await lists())[0]
  const fanta = school.ids.students.fanta as number
  await correct(school, { assessment: assessments.T2 as number, student: fanta, value: 1600 })
  await publishClass(school, EXAM_CLASS, "T2", { reason: "Note mal recopiée" })
  const page = await (await school.as("proviseur")).get(path)
  assert.match(page.body, "diffère de ce qui est publié maintenant, pour un candidat")
  assert.match(
    page.body,
    "dans la liste 12,00 · 13,00 · 12,50 → 12,50 ; publié 12,00 · 16,00 · 12,50 → 13,50",
  )
  assert.equal((await lists())[0], before)
  const check = await school.visitor().get(`/r/${before?.code}?line=1`)
  assert.match(check.body, "Liste authentique, en vigueur")
})

test("between the two signatures a new version stops the second one", async () => {
  const path = await drafted()
  await sign(await school.as("censeur"), path)
  await correct(school, {
    assessment: assessments.T3 as number,
    student: candidates[1] as number,
    value: 1900,
  })
  await publishClass(school, EXAM_CLASS, "T3", { reason: "Copie retrouvée" })
  const answer = await sign(await school.as("proviseur"), path)
  assert.is(answer.status, 409)
  assert.match(answer.body, "ont changé depuis que cette liste a été établie")
  assert.is((await lists())[0]?.state, "checked")
  const secretary = await school.as("secretaire")
  await secretary.get(path)
  assert.is((await secretary.post(`${path}/drop`)).status, 303)
  await drafted()
  assert.equal(
    (await lists()).map(({ state }) => state),
    ["dropped", "draft"],
  )
})

test("a new list with a reason replaces the signed one, which stays verifiable and says so", async () => {
  const path = await signed()
  const old = (await lists())[0]
  const fanta = school.ids.students.fanta as number
  await correct(school, { assessment: assessments.T2 as number, student: fanta, value: 1600 })
  await publishClass(school, EXAM_CLASS, "T2", { reason: "Note mal recopiée" })
  const secretary = await school.as("secretaire")
  await secretary.get(path)
  const nothing = await secretary.post(`${path}/replace`, { reason: "" })
  assert.is(nothing.status, 422)
  const next = (await secretary.post(`${path}/replace`, { reason: "Note de Fanta KEÏTA corrigée" }))
    .location as string
  assert.match((await school.visitor().get(`/r/${old?.code}`)).body, "en vigueur")
  assert.is((await sign(await school.as("proviseur"), next)).status, 303)
  assert.is((await sign(await school.as("censeur"), next)).status, 303)
  const [first, second] = await lists()
  assert.equal([first?.state, second?.state, second?.reference], ["replaced", "signed", "LM-2026-0002"])
  assert.is(first?.content, old?.content)
  const check = await school.visitor().get(`/r/${old?.code}`)
  assert.match(check.body, "remplacée</b> par la liste LM-2026-0002")
  const page = await secretary.get(next)
  assert.match(page.body, "Note de Fanta KEÏTA corrigée")
  assert.not.match(page.body, "diffère de ce qui est publié")
})

test("who is in the class without a bulletin is named: nobody is forgotten", async () => {
  const path = await drafted()
  const late = school.ids.students.salif as number
  await school.school.db
    .updateTable("enrolment")
    .set({ class_id: Number(classId()) })
    .where("student_id", "=", late)
    .execute()
  const page = await (await school.as("censeur")).get(path)
  assert.match(
    page.body,
    "Un élève est inscrit dans ces classes sans être dans les derniers bulletins publiés",
  )
  assert.match(page.body, `/students/${late}`)
})

test("no list of a class with a period that is not published, nor two of one class", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get("/reports/averages/new")
  assert.match(page.body, "pas encore publié : 1er trimestre, 2e trimestre, 3e trimestre")
  const fields = { exam: "Bac", class: String(school.ids.classes["11ème SES 1"]) }
  const refused = await secretary.post("/reports/averages", fields)
  assert.is(refused.status, 409)
  assert.match(refused.body, "Toutes les périodes doivent être publiées")
  await secretary.get("/reports/averages/new")
  assert.is((await secretary.post("/reports/averages", { exam: "", class: classId() })).status, 422)
  await secretary.get("/reports/averages/new")
  assert.is((await secretary.post("/reports/averages", { exam: "Bac" })).status, 422)
  await drafted()
  await secretary.get("/reports/averages/new")
  const twice = await secretary.post("/reports/averages", { exam: "Bac", class: classId() })
  assert.is(twice.status, 409)
  assert.match(twice.body, "est déjà dans une liste en préparation")
  assert.is((await lists()).length, 1)
})

test("a bulletin that still prints the annual average of before a correction is pointed at", async () => {
  const fanta = school.ids.students.fanta as number
  await correct(school, { assessment: assessments.T1 as number, student: fanta, value: 900 })
  await publishClass(school, EXAM_CLASS, "T1", { reason: "Erreur de report" })
  const path = await drafted()
  const { lines } = await contentOf(1)
  const line = lines.find(({ studentId }) => studentId === fanta)
  assert.equal([line?.annual, line?.remarks], ["11,50", ["le bulletin du 3e trimestre dit 12,50"]])
  const page = await (await school.as("censeur")).get(`${path}/sign`)
  assert.match(page.body, "Une ligne porte une remarque")
})

test("anybody checks a line by its number, and reads no other; a wrong number is told so", async () => {
  await signed()
  const code = (await lists())[0]?.code
  const visitor = school.visitor()
  const asked = await visitor.get(`/b?code=${code}`)
  assert.is(asked.location, `/r/${code}`)
  const page = await visitor.get(`/r/${code}`)
  assert.match(page.body, "Total de contrôle")
  assert.not.match(page.body, "KEÏTA")
  const lines = (await contentOf(1)).lines
  const at = lines.findIndex(({ surname }) => surname === "KEÏTA") + 1
  const line = await visitor.get(`/r/${code}?line=${at}`)
  assert.match(line.body, "<b>12,50</b> / 20")
  for (const other of lines.filter((_, n) => n !== at - 1))
    assert.not.match(line.body, `${other.surname} ${other.givenNames}`)
  assert.match((await visitor.get(`/r/${code}?line=99`)).body, "Cette liste a 4 lignes.")
  assert.match((await visitor.get(`/r/${code}?line=abc`)).body, "Écrivez un nombre entier")
})

test("content changed behind the program's back is found out, inside and outside", async () => {
  const path = await signed()
  const { db } = school.school
  const [list] = await lists()
  const changed = (list?.content ?? "").replace('"annual":"12,50"', '"annual":"16,50"')
  assert.is.not(changed, list?.content)
  await db
    .updateTable("average_list")
    .set({ content: changed })
    .where("id", "=", list?.id ?? 0)
    .execute()
  const secretary = await school.as("secretaire")
  assert.match((await secretary.get(path)).body, "modifiée hors de l’application")
  assert.is((await secretary.get(`${path}/file?format=csv`)).status, 409)
  assert.match((await school.visitor().get(`/r/${list?.code}`)).body, "ne peut pas être confirmée")
})

test.run()
