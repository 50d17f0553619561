import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Answer, Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { derived } from "../people/queries.ts"

let school: TestSchool
let secretary: Client
let moussa: number
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  moussa = school.ids.students.moussa as number
})
test.after.each(() => school.close())

const AT = "2026-11-02T08:00:00.000Z"

/** A second card of Moussa’s, written the other way round, in his class where `className` says so. */
async function secondCard(more: object = {}, className: string | null = "10ème CG 1"): Promise<number> {
  const { db } = school.school
  const names = { surname: "MOUSSA", given_names: "Keita", matricule: null }
  const card = {
    ...names,
    ...derived(names),
    birth_date: "2011-03-04",
    birth_year: 2011,
    created_at: AT,
    updated_at: AT,
  }
  const { id } = await db
    .insertInto("student")
    .values({ ...card, ...more } as never)
    .returning("id")
    .executeTakeFirstOrThrow()
  if (className) {
    const place = { class_id: school.ids.classes[className] as number, school_year_id: school.ids.year }
    await db
      .insertInto("enrolment")
      .values({ ...place, student_id: id, starts_on: "2026-10-05" })
      .execute()
  }
  return id
}

const mergedInto = async (answer: Answer) => {
  assert.is(answer.status, 303, answer.body)
  return secretary.open(answer.location as string)
}

test("a pupil who is there twice is found, compared, merged; the old address leads to the kept card", async () => {
  const twin = await secondCard({ phone: "+22370123456", address: "Hamdallaye" })
  const list = await secretary.open("/doubles")
  assert.match(list.body, `/doubles/students/${moussa}/${twin}`)
  assert.match(list.body, "nom et prénoms inversés")
  assert.not.match(list.body, "TRAORÉ", "two Aminata born apart are two persons")
  const at = `/doubles/students/${moussa}/${twin}`
  const page = await secretary.open(at)
  assert.match(page.body, "Hamdallaye")
  const done = await mergedInto(
    await secretary.post(at, { "field.surname": "kept", "field.given_names": "kept" }),
  )
  assert.match(done.body, "n’en font plus qu’une")
  const card = await secretary.open(`/students/${twin}`)
  assert.match(card.body, "KEÏTA Moussa")
  assert.match(card.body, "70 12 34 56")
  const away = await secretary.get(`/students/${twin}/edit?from=list`)
  assert.is(away.status, 303)
  assert.is(away.location, `/students/${moussa}/edit?from=list`)
  const history = await secretary.open(`/students/${moussa}/history`)
  assert.match(history.body, "une autre fiche est passée dans celle-ci")
  assert.match(history.body, "fiche passée dans une autre")
  assert.not.match((await secretary.open("/doubles")).body, `${moussa}/${twin}`)
})

test("a form opened on a card that was merged meanwhile is told, and writes nothing", async () => {
  const twin = await secondCard()
  const other = await school.as("secretaire")
  await other.open(`/students/${twin}/edit`)
  await secretary.open(`/doubles/students/${moussa}/${twin}`)
  await secretary.post(`/doubles/students/${moussa}/${twin}`)
  const late = await other.post(`/students/${twin}/edit`, { surname: "AUTRE", given_names: "Nom" })
  assert.is(late.status, 409)
  assert.match(late.body, "fusionnée avec une autre")
})

test("a card changed while two were compared: nothing is merged, both are shown again", async () => {
  const twin = await secondCard()
  const at = `/doubles/students/${moussa}/${twin}`
  await secretary.open(at)
  await school.school.db
    .updateTable("student")
    .set((eb) => ({ address: "Lafiabougou", version: eb("version", "+", 1) }))
    .where("id", "=", twin)
    .execute()
  const late = await secretary.post(at)
  assert.is(late.status, 409)
  assert.match(late.body, "Lafiabougou")
  assert.is((await secretary.get(`/students/${twin}`)).status, 200)
})

test("two classes of one year must be settled first", async () => {
  const twin = await secondCard({}, "11ème SES 1")
  const at = `/doubles/students/${moussa}/${twin}`
  const page = await secretary.open(at)
  assert.match(page.body, "La fiche gardée est en 10ème CG 1, l’autre en 11ème SES 1")
  assert.not.match(page.body, "Fusionner les deux fiches")
  assert.is((await secretary.post(at)).status, 422)
  await secretary.open(`/students/${twin}/move`)
  await secretary.post(`/students/${twin}/move`, {
    class: String(school.ids.classes["10ème CG 1"]),
    on: "02/12/2026",
  })
  await secretary.open(at)
  await mergedInto(await secretary.post(at))
  const roll = await secretary.open(`/students?class=${school.ids.classes["10ème CG 1"]}`)
  assert.is(roll.body.match(/href="\/students\/\d+">KEÏTA Moussa/g)?.length, 1)
})

test("two different marks of one test: somebody says which counts", async () => {
  const { db } = school.school
  const twin = await secondCard()
  const classSubject = school.ids.classSubjects["10ème CG 1/MATHS"] as number
  const test = {
    class_subject_id: classSubject,
    period_id: school.ids.periods.T1 as number,
    max: 2000,
    weight: 100,
  }
  const { id: assessment } = await db
    .insertInto("assessment")
    .values({ ...test, category: "CLASSE", label: "Devoir 1", position: 1, created_at: AT })
    .returning("id")
    .executeTakeFirstOrThrow()
  for (const [student_id, value] of [
    [moussa, 1200],
    [twin, 900],
  ] as const) {
    await db
      .insertInto("mark")
      .values({ assessment_id: assessment, student_id, value, updated_at: AT })
      .execute()
  }
  const at = `/doubles/students/${moussa}/${twin}`
  const page = await secretary.open(at)
  assert.match(page.body, "Devoir 1")
  assert.match(page.body, "Note : 12,00")
  const unsaid = await secretary.post(at)
  assert.is(unsaid.status, 422)
  assert.match(unsaid.body, "Devoir 1 : dites laquelle des deux compte.")
  await mergedInto(await secretary.post(at, { [`row.mark.student_id.${assessment}`]: "other" }))
  const marks = await db
    .selectFrom("mark")
    .select(["student_id", "value"])
    .where("assessment_id", "=", assessment)
    .execute()
  assert.equal(marks, [{ student_id: moussa, value: 900 }])
})

test("the account goes along when the kept card has none; of two, the kept one’s stays open", async () => {
  const { db } = school.school
  const accountOf = (id: number) =>
    db.selectFrom("account").select(["student_id", "active"]).where("id", "=", id).executeTakeFirst()
  const twin = await secondCard()
  await secretary.open(`/doubles/students/${twin}/${moussa}`)
  await mergedInto(await secretary.post(`/doubles/students/${twin}/${moussa}`))
  const account = school.ids.accounts.moussa as number
  assert.equal(await accountOf(account), { student_id: twin, active: 1 })
  const { parent, stranger } = school.ids.guardians as { parent: number; stranger: number }
  const rokia = await school.as("stranger")
  const page = await secretary.open(`/doubles/guardians/${parent}/${stranger}`)
  assert.match(page.body, "celui de la fiche gardée reste")
  await mergedInto(await secretary.post(`/doubles/guardians/${parent}/${stranger}`))
  const closed = await db.selectFrom("account").select("active").where("guardian_id", "=", stranger).execute()
  assert.equal(closed, [{ active: 0 }])
  assert.is((await rokia.get("/family")).status, 303, "whoever was signed in with it no longer is")
  const mother = await school.as("parent")
  assert.is((await mother.get(`/family/${school.ids.students.salif}`)).status, 200)
})

test("two persons are two persons, until somebody takes it back; a merge carries what was said along", async () => {
  const twin = await secondCard()
  await secretary.open("/doubles")
  const list = await secretary.submit(`/doubles/students/${moussa}/${twin}/dismiss`)
  assert.match(list.body, "ce sont deux personnes")
  assert.not.match(list.body, `students/${moussa}/${twin}"`)
  const third = await secondCard({}, null)
  await secretary.open(`/doubles/students/${twin}/${third}`)
  await secretary.post(`/doubles/students/${third}/${twin}`)
  assert.not.match((await secretary.open("/doubles")).body, `students/${moussa}/`)
  assert.match((await secretary.open("/doubles/dismissed")).body, "KEÏTA Moussa")
})

test("members of staff: classes, subjects and lessons follow; the list no longer shows the other", async () => {
  const { maths, francais } = school.ids.staff as { maths: number; francais: number }
  await secretary.open(`/doubles/staff/${francais}/${maths}`)
  const names = { "field.surname": "kept", "field.given_names": "kept" }
  await mergedInto(await secretary.post(`/doubles/staff/${francais}/${maths}`, names))
  const staff = await secretary.open("/staff")
  assert.not.match(staff.body, "COULIBALY")
  assert.not.match((await secretary.open("/staff?kind=gone")).body, "COULIBALY")
  const card = await secretary.open(`/staff/${maths}`)
  for (const told of ["SANOGO", "Mathématiques", "Français", "Professeur principal"])
    assert.match(card.body, told)
})

test("the merge is listed with who and when, and undone from its page", async () => {
  const twin = await secondCard()
  await secretary.open(`/doubles/students/${moussa}/${twin}`)
  await secretary.post(`/doubles/students/${moussa}/${twin}`)
  const list = await secretary.open("/doubles/merges")
  assert.match(list.body, "Kadiatou BERTHÉ")
  const { id } = await school.school.db.selectFrom("merge").select("id").executeTakeFirstOrThrow()
  await secretary.open(`/doubles/merges/${id}`)
  const undone = await secretary.submit(`/doubles/merges/${id}/undo`)
  assert.match(undone.body, "les deux fiches sont comme avant")
  assert.match((await secretary.open(`/students/${twin}`)).body, "MOUSSA Keita")
  assert.is((await secretary.post(`/doubles/merges/${id}/undo`)).status, 409)
})

test("notes on health that contradict each other are settled first, and their being there is not told", async () => {
  const { db } = school.school
  const twin = await secondCard()
  const note = { version: 1, instruction_shown: 0, updated_at: AT }
  await db
    .insertInto("medical_note")
    .values({ ...note, student_id: moussa, allergies: "Arachide" })
    .execute()
  const at = `/doubles/students/${moussa}/${twin}`
  const alone = await secretary.open(at)
  assert.not.match(alone.body, "anté")
  await db
    .insertInto("medical_note")
    .values({ ...note, student_id: twin, allergies: "Aucune" })
    .execute()
  const both = await secretary.open(at)
  assert.match(both.body, "À régler d’abord")
  assert.not.match(both.body, "Arachide")
  assert.is((await secretary.post(at)).status, 422)
})

test("the same card twice, an absorbed one, or no card at all cannot be compared; a dean may not merge", async () => {
  const twin = await secondCard()
  assert.is((await secretary.get(`/doubles/students/${moussa}/${moussa}`)).status, 404)
  assert.is((await secretary.get(`/doubles/students/${moussa}/999999`)).status, 404)
  await secretary.open(`/doubles/students/${moussa}/${twin}`)
  await secretary.post(`/doubles/students/${moussa}/${twin}`)
  assert.is((await secretary.get(`/doubles/students/${moussa}/${twin}`)).status, 404)
  const dean = await school.as("censeur")
  assert.is((await dean.get("/doubles")).status, 403)
})

test.run()
