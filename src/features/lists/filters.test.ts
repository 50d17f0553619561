// Where students live, how they came, what families allow; a search that opens the card; years that are over.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let head: Client
test.before.each(async () => {
  school = await openTestSchool()
  head = await school.as("proviseur")
})
test.after.each(() => school.close())

const names = (body: string) =>
  [...body.matchAll(/<th scope="row"><a href="\/students\/\d+">([^<]+)<\/a>/g)].map(([, name]) => name)
const search = async (who: Client, query: string) => names((await who.open(`/students?${query}`)).body)
const student = (key: string) => school.ids.students[key] as number
const change = (key: string, row: object) =>
  school.school.db.updateTable("student").set(row).where("id", "=", student(key)).execute()

const answer = (key: string, given: number) =>
  school.school.db
    .insertInto("student_consent")
    .values({
      student_id: student(key),
      kind: "photo",
      answer: given,
      given_on: "2026-10-01",
      source: "Fiche signée",
      recorded_by: 1,
      recorded_at: school.now.toISOString(),
    })
    .execute()

test("communes and quartiers are offered once, however they were typed, and filter", async () => {
  await change("moussa", { quartier: "Faladiè", commune: "Commune VI" })
  await change("fanta", { quartier: "FALADIE", commune: "commune vi" })
  await change("salif", { quartier: "Badalabougou", commune: "Commune V" })
  const { body } = await head.open("/students?more=1")
  assert.is(body.match(/<option value="Faladiè"/g)?.length, 1)
  assert.not.match(body, 'value="FALADIE"')
  assert.equal(await search(head, "quartier=faladie"), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.equal(await search(head, "commune=Commune+V"), ["TRAORÉ Salif"])
  assert.equal(await search(head, "zone=fala"), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.equal(await search(head, "quartier=Nulle-part"), [])
  const shown = await head.open("/students?quartier=FALADI%C3%88")
  assert.match(shown.body, '<option value="Faladiè" selected>')
})

test("how a family came, and what it answered about photos: the last answer counts", async () => {
  await change("issa", { channel: "radio" })
  assert.equal(await search(head, "channel=radio"), ["ƝARE Issa"])
  await answer("moussa", 1)
  await answer("fanta", 1)
  await answer("fanta", 0)
  assert.equal(await search(head, "photo=yes"), ["KEÏTA Moussa"])
  assert.equal(await search(head, "photo=no"), ["KEÏTA Fanta"])
  assert.is((await search(head, "photo=unasked")).length, 4)
  const { body } = await head.open("/students?photo=no&col=photo.channel")
  assert.match(body, '<td data-label="Photos publiées">non</td>')
})

test("students without a guardian, and those of whom no guardian with a number may be told", async () => {
  assert.equal(await search(head, "consent=no_guardian"), ["ƝARE Issa"])
  await school.school.db
    .updateTable("guardianship")
    .set({ may_see: 0 })
    .where("student_id", "=", student("salif"))
    .execute()
  assert.equal(await search(head, "consent=no_phone"), ["ƝARE Issa", "TRAORÉ Salif"])
  assert.not((await search(head, "consent=yes")).includes("TRAORÉ Salif"))
})

test("a teacher reads neither addresses, zones, national numbers nor emergency numbers, by any address", async () => {
  await change("moussa", { quartier: "Faladiè", address: "rue 12", national_number: "11103198" })
  const teacher = await school.as("maths")
  const { body } = await teacher.open(
    "/students?quartier=Badalabougou&zone=x&more=1&col=address.quartier.national.phone.contacts.photo",
  )
  assert.match(body, "ils ne sont pas appliqués")
  assert.is(names(body).length, 4, "the filters are not applied, so that they tell nothing")
  assert.not.match(body, /Faladi|rue 12|11103198|name="zone"|name="quartier"/)
  assert.match(body, "jamais demandé")
})

test("Enter with one student found opens the card; with several, the list at its short address", async () => {
  const at = `/students/${student("issa")}`
  const sent = "q=nare&level=&class=&status=enrolled&go=1"
  const one = await head.get(`/students?${sent}`)
  assert.is(one.status, 303)
  assert.is(one.location, at)
  assert.is(
    (await head.get("/students?q=keita&level=10&class=&status=enrolled&go=1")).location,
    `/students/${student("moussa")}`,
  )
  const several = await head.get("/students?q=keita&level=&class=&status=enrolled&year=&go=1")
  assert.is(several.location, "/students?q=keita")
  assert.is((await head.get("/students?q=&class=&sex=F&more=1&go=1")).location, "/students?sex=F")
  assert.is((await head.get("/students?q=&more=1&go=1")).location, "/students?more=1", "the panel stays open")
  assert.is((await head.get("/students?q=nobody&go=1")).location, "/students?q=nobody")
  const typing = await head.get(`/students?${sent}`, { "HX-Request": "true" })
  assert.is(typing.status, 200, "as one types, the list stays")
  assert.equal(names(typing.body), ["ƝARE Issa"])
  const teacher = await school.as("maths")
  assert.is((await teacher.get("/students?q=salif&go=1")).location, "/students?q=salif", "a stranger’s child")
})

/** Last year, with Fanta and Salif in it and nobody's enrolment closed. */
async function lastYear() {
  const { db } = school.school
  const year = { label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30", current: 0 }
  const { id } = await db.insertInto("school_year").values(year).returning("id").executeTakeFirstOrThrow()
  const row = { school_year_id: id, level_code: "11", series_code: "SES", section: "", label: "11ème SES" }
  const { id: classId } = await db
    .insertInto("class")
    .values({ ...row, folded: "11eme ses", position: 1 })
    .returning("id")
    .executeTakeFirstOrThrow()
  for (const key of ["fanta", "salif"]) {
    const place = { class_id: classId, school_year_id: id, starts_on: "2025-10-01" }
    await db
      .insertInto("enrolment")
      .values({ student_id: student(key), ...place })
      .execute()
  }
  return { id, classId }
}

test("last year stays readable, with its own classes; nobody stands twice in this year’s list", async () => {
  const year = await lastYear()
  assert.equal(await search(head, `year=${year.id}&class=${year.classId}`), ["KEÏTA Fanta", "TRAORÉ Salif"])
  assert.is((await search(head, "")).length, 6)
  await school.school.db
    .updateTable("enrolment")
    .set({ ends_on: "2026-09-01", end_reason: "moved" })
    .where("student_id", "=", student("fanta"))
    .where("school_year_id", "=", year.id)
    .execute()
  assert.is((await search(head, `year=${year.id}`)).length, 2, "closed after the end: there until the end")
  await school.school.db
    .updateTable("enrolment")
    .set({ ends_on: "2026-02-01", end_reason: "withdrawn" })
    .where("student_id", "=", student("fanta"))
    .where("school_year_id", "=", year.id)
    .execute()
  assert.equal(await search(head, `year=${year.id}`), ["TRAORÉ Salif"], "left before the end")
  assert.match((await head.open(`/students?year=${year.id}`)).body, "11ème SES (1)")
})

test("another year with a class of this one: the class is not asked for any more", async () => {
  const year = await lastYear()
  const { body } = await head.open(`/students?year=${year.id}&class=${school.ids.classes["12ème TSE"]}`)
  assert.equal(names(body), ["KEÏTA Fanta", "TRAORÉ Salif"])
  assert.not.match(body, /Classe : inconnu/)
})

test("whoever has left is found in the class of that year", async () => {
  const year = await lastYear()
  await change("salif", { status: "withdrawn" })
  const { body } = await head.open(`/students?year=${year.id}`)
  assert.is(body.match(/11ème SES<\/td>/g)?.length, 2)
  assert.not.match(body, "parti(e)")
})

test("a family’s pages show a child once, though last year’s enrolment stands open", async () => {
  await lastYear()
  const { parent, stranger } = school.ids.guardians
  for (const [guardian, name] of [
    [parent, "KEÏTA Fanta"],
    [stranger, "TRAORÉ Salif"],
  ] as const) {
    const page = await head.open(`/guardians/${guardian}`)
    assert.is(page.body.split(`>${name}</a>`).length, 2, name)
  }
  const card = await head.open(`/students/${student("moussa")}`)
  assert.is(card.body.split(">KEÏTA Fanta</a>").length, 2)
  const list = await head.open("/guardians?q=rokia")
  assert.is(list.body.split("TRAORÉ Salif").length, 2)
  const family = await school.as("stranger")
  assert.match((await family.open("/family")).body, "11ème SES 1", "the only child, in this year’s class")
})

test.run()
