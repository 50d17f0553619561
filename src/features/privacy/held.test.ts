// « Données »: a person is given everything that the school holds about them, and it is written down.
import { readSheet } from "read-excel-file/node"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { formerStudent } from "../../../test/formerStudent.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"

let school: TestSchool
let secretary: Client
let place: string
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  place = `/students/${school.ids.students.moussa}/data`
})
test.after.each(() => school.close())

/** Asks for the data and follows the way to the file. */
async function given(who: Client, path: string, format = "json") {
  await who.open(path)
  const answer = await who.post(path, { format })
  assert.is(answer.status, 303)
  return who.get(answer.location as string)
}

const jsonOf = async (who: Client, path: string) =>
  JSON.parse((await given(who, path)).body) as {
    personne: string
    etabli_le: string
    donnees: { titre: string; lignes?: Record<string, unknown>[]; a_part?: string }[]
  }

const exports = () => school.school.db.selectFrom("privacy_export").selectAll().orderBy("id").execute()

test("everything about a student, under French headings, with the day; the register says who gave it out", async () => {
  const former = await formerStudent(school)
  const told = await jsonOf(secretary, `/students/${former.student}/data`)
  assert.is(told.personne, "ZEBULON Xavière")
  assert.is(told.etabli_le, "2026-12-10")
  const headings = told.donnees.map(({ titre }) => titre)
  for (const titre of [
    "Fiche de l’élève",
    "Inscriptions",
    "Liens avec les tuteurs",
    "Liens envoyés à la famille",
    "Messages au sujet de l’élève",
    "Dossiers d’inscription",
    "Dossiers d’inscription : Tuteurs du dossier",
    "Photo",
    "Journal des modifications",
  ])
    assert.ok(headings.includes(titre), titre)
  const text = JSON.stringify(told)
  assert.match(text, "12 rue Zanzibar")
  assert.not.match(text, /password_hash|first_browser|"folded"|Kadiatou BERTHÉ/)
  const [row] = await exports()
  assert.is(row?.account_id, school.ids.accounts.secretaire)
  assert.is(row?.medical, 0)
  assert.match((await secretary.open("/privacy")).body, "ZEBULON Xavière")
})

test("the same as a workbook, one sheet a heading", async () => {
  const answer = await given(secretary, place, "xlsx")
  assert.is(answer.status, 200)
  assert.match(answer.headers.get("content-disposition") ?? "", /donnees-student-\d+-2026-12-10\.xlsx/)
  assert.is(answer.headers.get("cache-control"), "no-store")
  const response = await fetch(`${school.url}${(await secretary.post(place, { format: "xlsx" })).location}`, {
    headers: { cookie: secretary.cookies() },
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const summary = await readSheet(bytes, "Résumé")
  assert.match(String(summary[0]?.[0]), "Données de KEÏTA Moussa")
  const card = await readSheet(bytes, "Fiche de l élève")
  assert.ok(card[0]?.includes("Lieu de naissance"))
  assert.ok(card[1]?.includes("Bamako"))
  const enrolments = await readSheet(bytes, "Inscriptions")
  assert.ok(enrolments[1]?.includes("10ème CG 1 (2026-2027)"), "a class by its name")
})

test("notes on health are in it only for who may open them, and giving them out is a look", async () => {
  const { db } = school.school
  const student = school.ids.students.moussa as number
  await db
    .insertInto("medical_note")
    .values({ student_id: student, allergies: "Arachides", updated_at: "2026-12-01T08:00:00.000Z" })
    .execute()
  const apart = await jsonOf(secretary, place)
  assert.not.match(JSON.stringify(apart), "Arachides")
  const notes = apart.donnees.find(({ titre }) => titre === "Notes de santé")
  assert.match(notes?.a_part ?? "", "tenues à part")
  assert.match((await secretary.open(place)).body, "tenu à part")
  assert.equal(await db.selectFrom("medical_look").selectAll().execute(), [])
  const head = await school.as("proviseur")
  assert.match(JSON.stringify(await jsonOf(head, place)), "Arachides")
  const looks = await db.selectFrom("medical_look").select(["reason", "account_id"]).execute()
  assert.equal(looks, [{ reason: "Export des données", account_id: school.ids.accounts.proviseur }])
})

test("guardians and staff have theirs", async () => {
  const guardian = await jsonOf(secretary, `/guardians/${school.ids.guardians.parent}/data`)
  assert.match(JSON.stringify(guardian), "+22370000001")
  const staff = await jsonOf(secretary, `/staff/${school.ids.staff.maths}/data`)
  assert.match(JSON.stringify(staff), "maths@kalanso.example")
  assert.ok(staff.donnees.some(({ titre }) => titre === "Matières enseignées"))
})

test("the address of a file is for who asked, for that person, for ten minutes", async () => {
  await secretary.open(place)
  const { location } = await secretary.post(place, { format: "json" })
  const path = location as string
  const head = await school.as("proviseur")
  assert.is((await head.get(path)).location, place, "somebody else's address opens nothing")
  const other = path.replace(
    `/students/${school.ids.students.moussa}/`,
    `/students/${school.ids.students.salif}/`,
  )
  assert.is((await secretary.get(other)).status, 303, "nor another student's data")
  assert.is((await secretary.get(path.replace("medical=0", "medical=1"))).status, 303)
  school.now = new Date(school.now.getTime() + 11 * 60_000)
  assert.is((await secretary.get(path)).status, 303)
})

test("a file about the person is given to who may; no address leads out of what is held", async () => {
  const former = await formerStudent(school)
  const own = `/students/${former.student}/data`
  const link = (await secretary.open(own)).body.match(/href="(\/students\/\d+\/data\/file[^"]+)"/)?.[1]
  const path = (link as string).replace("&amp;", "&")
  const answer = await secretary.get(path)
  assert.is(answer.body, "a portrait")
  assert.match(answer.headers.get("content-disposition") ?? "", "attachment")
  const elsewhere = path.replace(`/students/${former.student}/`, `/students/${school.ids.students.moussa}/`)
  assert.is((await secretary.get(elsewhere)).status, 404, "the row is of somebody else")
  for (const asked of ["place=99&row=1", "place=1&row=999", "place=-1&row=1", "place=a&row=b"])
    assert.is((await secretary.get(`${own}/file?${asked}`)).status, 404, asked)
  await school.school.db.updateTable("photo").set({ path: "../../etc/passwd" }).execute()
  assert.is((await secretary.get(path)).status, 404, "a path that leaves the school's folder")
})

test("nobody reads it without the right; with it, a teacher has only the own students", async () => {
  for (const key of ["censeur", "surveillant", "econome", "maths", "parent", "moussa"]) {
    const who = await school.as(key)
    assert.is((await who.get(place)).status, 403, key)
    assert.is((await who.post(place, { format: "json" })).status, 403, key)
  }
  const { db } = school.school
  await db
    .insertInto("role_permission")
    .values({ role: "teacher", permission: "privacy.see", granted: 1 })
    .execute()
  await refresh(school.school)
  const teacher = await school.as("maths")
  assert.is((await teacher.open(place)).status, 200)
  const stranger = place.replace(String(school.ids.students.moussa), String(school.ids.students.salif))
  await teacher.open(place)
  for (const path of [stranger, `${stranger}/export`, `${stranger}/file?place=1&row=1`])
    assert.is((await teacher.get(path)).status, 404, path)
  assert.is((await teacher.post(stranger, { format: "json" })).status, 404)
  assert.equal(await exports(), [])
})

test.run()
