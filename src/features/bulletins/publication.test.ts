import { existsSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { type GradingInput, grade } from "../grades/rules.ts"
import type { BulletinData } from "./contract.ts"
import { makeFiles } from "./files.ts"
import { CLASS, enterMarks } from "./marks.fixture.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
  await enterMarks(school)
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const path = () => `/bulletins/${school.ids.classes[CLASS]}/${school.ids.periods.T1}`

async function check(person = "censeur") {
  const dean = await school.as(person)
  await dean.open(path())
  return dean.post(`${path()}/check`, { anyway: "1" })
}

async function publishAs(reason = "") {
  const head = await school.as("proviseur")
  await head.open(`${path()}/publish`)
  return { head, answer: await head.post(`${path()}/publish`, { reason }) }
}

const publications = () => school.school.db.selectFrom("publication").selectAll().orderBy("id").execute()
const contentOf = async (key: string) => {
  const row = await school.school.db
    .selectFrom("bulletin")
    .selectAll()
    .where("student_id", "=", school.ids.students[key] as number)
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow()
  return { ...row, content: JSON.parse(row.content) as BulletinData }
}

test("the dean checks, the head publishes: numbers frozen, families told, files made", async () => {
  assert.is((await check()).status, 303)
  const { head, answer } = await publishAs()
  assert.is(answer.status, 303)
  const { content } = await contentOf("moussa")
  assert.is(content.generalAverage, "14,33")
  assert.is(content.rank, "1er")
  assert.is(content.outOf, 4)
  assert.equal([content.scaleMax, content.classStats?.passMark], ["20", "10"])
  const twins = [await contentOf("aminata1"), await contentOf("aminata2")]
  assert.equal(
    twins.map((twin) => twin.content.rank),
    ["2e ex aequo", "2e ex aequo"],
  )
  assert.is(is(await contentOf("issa")).categories[1]?.display, "Abs.")
  const messages = await school.school.db.selectFrom("outbox").selectAll().execute()
  assert.equal(
    messages.map(({ guardian_id }) => guardian_id),
    [school.ids.guardians.parent],
  )
  await makeFiles(school.school, school.now)
  const files = await school.school.db.selectFrom("bulletin_file").selectAll().execute()
  assert.is(files.length, 5)
  for (const file of files)
    assert.ok(existsSync(join(school.school.folder, file.path as string)), "the file is kept")
  const page = await head.open(path())
  const whole = page.body.match(/\/bulletin-files\/\d+/)?.[0] as string
  const pdf = await head.get(whole)
  assert.is(pdf.headers.get("content-type"), "application/pdf")
})

const is = ({ content }: { content: BulletinData }) => content.lines[0] as BulletinData["lines"][number]

test("a published period works out again to itself from what it froze", async () => {
  await check()
  await publishAs()
  const [publication] = await publications()
  const input = JSON.parse(publication?.input as string) as GradingInput
  const again = grade(input).periods.T1 as {
    bulletins: Record<string, { general_average: string; rank: string }>
  }
  for (const key of ["moussa", "aminata1", "issa"]) {
    const { content, student_id } = await contentOf(key)
    const { general_average, rank } = again.bulletins[student_id] as { general_average: string; rank: string }
    assert.is(general_average.replace(".", ","), content.generalAverage)
    assert.is(rank, content.rank)
  }
})

test("nothing is published before the dean has checked", async () => {
  const { answer } = await publishAs()
  assert.is(answer.status, 403, "the confirmation has no form yet")
  assert.is((await publications()).length, 0)
})

test("a check lifted while the head reads the confirmation stops the publication", async () => {
  await check()
  const head = await school.as("proviseur")
  await head.open(`${path()}/publish`)
  const dean = await school.as("censeur")
  await dean.open(path())
  const silent = await dean.post(`${path()}/uncheck`, { reason: " " })
  assert.is(silent.status, 422, "a check is lifted with a reason")
  assert.is((await dean.post(`${path()}/uncheck`, { reason: "Une copie retrouvée" })).status, 303)
  const answer = await head.post(`${path()}/publish`)
  assert.is(answer.status, 409)
  assert.match(answer.body, "contrôler")
  assert.is((await publications()).length, 0)
})

test("a correction makes a new version with its reason; the old one stays and says that it is replaced", async () => {
  await check()
  await publishAs()
  const first = await contentOf("moussa")
  await school.school.db
    .updateTable("mark")
    .set({ value: 2000 })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  const without = await publishAs()
  assert.is(without.answer.status, 422)
  assert.match(without.answer.body, "Dites pourquoi")
  assert.is((await publishAs("Notes de Moussa corrigées")).answer.status, 303)
  const second = await contentOf("moussa")
  assert.is(first.content.generalAverage, "14,33")
  assert.is(second.content.generalAverage, "20,00")
  const old = await school.visitor().get(`/b/${first.code}`)
  assert.match(old.body, "remplacé")
  assert.match(old.body, "14,33")
  const fresh = await school.visitor().get(`/b/${second.code}`)
  assert.match(fresh.body, "authentique")
  assert.match(fresh.body, "20,00")
})

test("of two heads publishing at once, one wins and the other is told", async () => {
  await check()
  const one = await school.as("proviseur")
  const other = await school.as("admin")
  await one.open(`${path()}/publish`)
  await other.open(`${path()}/publish`)
  const answers = await Promise.all([one.post(`${path()}/publish`), other.post(`${path()}/publish`)])
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
  assert.is((await publications()).length, 1)
})

test("publishing twice with one form gives the first answer again", async () => {
  await check()
  const head = await school.as("proviseur")
  await head.open(`${path()}/publish`)
  const answers = await Promise.all([head.post(`${path()}/publish`), head.post(`${path()}/publish`)])
  assert.equal(
    answers.map(({ status, location }) => [status, location]),
    [
      [303, path()],
      [303, path()],
    ],
  )
  assert.is((await publications()).length, 1)
  assert.is((await school.school.db.selectFrom("outbox").select("id").execute()).length, 1)
})

test("the family reads the published figures and takes the PDF; later marks do not show", async () => {
  await check()
  await publishAs()
  await school.school.db.updateTable("mark").set({ value: 100 }).execute()
  const parent = await school.as("parent")
  const page = await parent.open(`/family/${school.ids.students.moussa}`)
  assert.match(page.body, "14,33")
  const marks = await parent.open(page.body.match(/\/family\/\d+\/marks\/\d+/)?.[0] as string)
  assert.match(marks.body, "14,5")
  assert.match(marks.body, "<h2>Mathématiques</h2>")
  const pdf = await parent.get(page.body.match(/\/family\/\d+\/bulletins\/\d+/)?.[0] as string)
  assert.is(pdf.headers.get("content-type"), "application/pdf")
  const theirs = await contentOf("aminata1")
  assert.is((await parent.get(`/family/${school.ids.students.moussa}/bulletins/${theirs.id}`)).status, 404)
})

test("the family opens how each average was made, from what was published, and of nobody else", async () => {
  await check()
  await publishAs()
  await school.school.db.updateTable("mark").set({ value: 100 }).execute()
  const parent = await school.as("parent")
  const page = await parent.open(`/family/${school.ids.students.moussa}`)
  const path = page.body.match(/\/family\/\d+\/working\/\d+/)?.[0] as string
  const general = await parent.open(path)
  assert.match(general.body, "Somme des points ÷ somme des coefficients")
  assert.match(general.body, "<b>14,33</b>")
  const maths = await parent.open(`${path}?subject=MATHS`)
  assert.match(maths.body, "Moyenne de classe : 14 ÷ 1 = <b>14,00</b>")
  assert.match(maths.body, "Moyenne : (14 × 1 + 14,5 × 2) ÷ 3 = <b>14,33</b>")
  assert.is((await parent.get(`${path}?subject=LATIN`)).status, 404)
  const theirs = await contentOf("aminata1")
  assert.is((await parent.get(`/family/${school.ids.students.moussa}/working/${theirs.id}`)).status, 404)
})

test("a typed code is read with or without its dash, in any case; a wrong one says so", async () => {
  await check()
  await publishAs()
  const { code } = await contentOf("moussa")
  const visitor = school.visitor()
  await visitor.get("/b")
  const found = await visitor.open(`/b?code=${code.replace("-", " ").toLowerCase()}`)
  assert.match(found.body, "authentique")
  assert.is((await visitor.get("/b?code=0000")).status, 422)
  assert.is((await visitor.get("/b/AAAAA-AAAAA")).status, 404)
})

test.run()
