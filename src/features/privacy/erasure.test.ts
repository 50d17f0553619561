// When their time is over, and somebody decides it, a family leaves no trace but what the school must attest.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { type Former, formerStudent, MARKS, placesThatSay, YEARS_LATER } from "../../../test/formerStudent.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let former: Former
let head: Client
test.before.each(async () => {
  school = await openTestSchool()
  former = await formerStudent(school)
  school.now = YEARS_LATER
  head = await school.as("proviseur")
})
test.after.each(() => school.close())

const chosen = (...rows: number[]) =>
  `/privacy/erasure/rehearsal?person=student&${rows.map((n) => `row=${n}`).join("&")}`

async function erase(
  who: Client,
  fields: Record<string, string | string[]> = {},
  path = chosen(former.student),
) {
  await who.open(path)
  return who.post("/privacy/erasure", {
    person: "student",
    row: String(former.student),
    word: "EFFACER",
    ...fields,
  })
}

const erasures = () => school.school.db.selectFrom("erasure").selectAll().orderBy("id").execute()

test("the list knows who is past their term; the rehearsal says what goes and what stays, and writes nothing", async () => {
  const { body } = await head.open("/privacy/erasure")
  assert.match(body, "ZEBULON Xavière")
  assert.match(body, "10/12/2026")
  assert.not.match(body, "KEÏTA", "whoever is in a class is not there")
  const page = (await head.open(chosen(former.student))).body
  for (const said of [
    "Liens avec les tuteurs (1)",
    "Notes de santé (1)",
    "Photo (1)",
    "Inscriptions (1)",
    "Zoé Quasimodo",
  ])
    assert.match(page, said)
  assert.equal(await erasures(), [])
})

test("after the erasure nothing in the whole database tells of the family, but the identity that is kept", async () => {
  const before = await placesThatSay(school, MARKS)
  for (const place of [
    "student.phone",
    "guardian.name",
    "audit.after",
    "audit.reason",
    "import_line.raw",
    "list_export.query",
  ])
    assert.ok(before.includes(place), `${place} told of them before`)
  const answer = await erase(head)
  assert.is(answer.status, 303, answer.body.match(/<main[\s\S]*<\/main>/)?.[0])
  assert.equal(await placesThatSay(school, MARKS), [
    "kept_record.folded",
    "kept_record.given_names",
    "kept_record.surname",
  ])
  const row = await school.school.db
    .selectFrom("student")
    .selectAll()
    .where("id", "=", former.student)
    .executeTakeFirstOrThrow()
  assert.is(row.status, "erased")
  assert.is(row.surname, `Élève effacé n° ${former.student}`)
  assert.equal(
    [row.phone, row.address, row.birth_date, row.matricule, row.father_name],
    [null, null, null, null, null],
  )
  const enrolments = await school.school.db
    .selectFrom("enrolment")
    .select("id")
    .where("student_id", "=", former.student)
    .execute()
  assert.is(enrolments.length, 1, "what attests the schooling stays")
  assert.not.ok(existsSync(join(school.school.folder, former.portrait)))
  assert.equal(
    (await erasures()).map(({ person }) => person),
    ["student", "guardian"],
  )
})

test("that something was done stays in the trail, and who did it", async () => {
  const about = () =>
    school.school.db
      .selectFrom("audit")
      .select(["action", "account_id"])
      .where("subject", "=", "student")
      .where("subject_id", "=", former.student)
      .orderBy("id")
      .execute()
  const before = await about()
  await erase(head)
  const after = await about()
  assert.equal(after.slice(0, before.length), before)
  assert.equal(after.at(-1), { action: "erased", account_id: school.ids.accounts.proviseur })
})

test("an erased student opens nowhere: neither card, search, link nor account", async () => {
  await erase(head)
  for (const path of ["", "/edit", "/history", "/medical", "/data"])
    assert.is((await head.get(`/students/${former.student}${path}`)).status, 404, path)
  assert.not.match((await head.open("/students?status=all&q=zebulon")).body, `/students/${former.student}`)
  assert.not.match((await head.open("/students?status=all")).body, "effacé")
  assert.is((await head.get(`/guardians/${former.guardian}`)).status, 404)
  const link = await school.visitor().open(`/e/${former.link}`)
  assert.not.match(link.body, "Xavière")
  assert.is(link.status, 404)
  const account = await school.school.db
    .selectFrom("account")
    .select("id")
    .where("id", "=", former.account)
    .executeTakeFirst()
  assert.is(account, undefined)
})

test("the kept identity is for the head alone, and attests the schooling", async () => {
  await erase(head)
  const list = await head.open("/privacy/kept?q=zebulon")
  assert.match(list.body, "ZEBULON Xavière")
  const path = list.body.match(/\/privacy\/kept\/\d+/)?.[0] as string
  const { body } = await head.open(path)
  for (const said of ["RC15CG26Z7777F", "05/06/2011", "Kati", "10ème CG 1", "2026-2027"])
    assert.match(body, said)
  for (const key of ["admin", "secretaire", "censeur", "maths", "parent"])
    assert.is((await (await school.as(key)).get(path)).status, 403, key)
})

test("without the word, nothing; whoever is still in a class cannot be erased, whatever is sent", async () => {
  for (const word of ["", "oui", "EFFACE"]) {
    const refused = await erase(head, { word })
    assert.is(refused.status, 422)
    assert.match(refused.body, "Écrivez le mot EFFACER")
  }
  const moussa = String(school.ids.students.moussa)
  const present = await erase(head, { row: moussa })
  assert.is(present.status, 409)
  assert.match(present.body, "encore à l’école")
  assert.is((await head.get(chosen(school.ids.students.moussa as number))).status, 409)
  const both = await erase(head, { row: [String(former.student), moussa] })
  assert.is(both.status, 409, "all or none")
  assert.is((await erase(head, { row: "999999" })).status, 404)
  assert.is((await erase(head, { row: [] })).status, 404)
  assert.equal(await erasures(), [])
})

test("nobody but the head erases", async () => {
  for (const key of [
    "admin",
    "censeur",
    "surveillant",
    "secretaire",
    "econome",
    "maths",
    "parent",
    "moussa",
  ]) {
    const who = await school.as(key)
    assert.is((await who.get("/privacy/erasure")).status, 403, key)
    assert.is((await erase(who, {}, "/account")).status, 403, key)
  }
  assert.equal(await erasures(), [])
})

test("two desks at once: one erases, the other is told, and it is written once", async () => {
  const other = await school.as("proviseur")
  await head.open(chosen(former.student))
  await other.open(chosen(former.student))
  const fields = { person: "student", row: String(former.student), word: "effacer" }
  const answers = await Promise.all([
    head.post("/privacy/erasure", fields),
    other.post("/privacy/erasure", fields),
  ])
  const [first, second] = answers.map(({ status }) => status).sort()
  assert.is(first, 303)
  assert.ok(second === 404 || second === 409, "gone when it was looked for, or when it was to be erased")
  assert.is((await erasures()).length, 2)
})

test("a desk that takes the student back while they are erased is told; an erased card comes to life nowhere", async () => {
  const desk = await school.as("secretaire")
  const place = `/students/${former.student}/move`
  await desk.open(place)
  await head.open(chosen(former.student))
  const taken = { class: String(school.ids.classes["10ème CG 1"]), on: "10/12/2026" }
  await Promise.all([
    head.post("/privacy/erasure", { person: "student", row: String(former.student), word: "EFFACER" }),
    desk.post(place, taken),
  ])
  const row = await school.school.db
    .selectFrom("student as s")
    .leftJoin("enrolment as e", (join) => join.onRef("e.student_id", "=", "s.id").on("e.ends_on", "is", null))
    .select(["s.status", "s.surname", "e.id as open"])
    .where("s.id", "=", former.student)
    .executeTakeFirstOrThrow()
  const whole = row.status === "erased" ? row.open === null : row.surname === "ZEBULON"
  assert.ok(whole, `${row.status} ${row.surname} ${row.open}`)
})

test("before the term a reason is asked, without a name in it; a text that forbids it is obeyed", async () => {
  school.now = new Date("2036-12-09T09:00:00.000Z")
  assert.not.match((await head.open("/privacy/erasure")).body, "ZEBULON")
  const silent = await erase(head)
  assert.is(silent.status, 422)
  assert.match(silent.body, "Dites pourquoi")
  const named = await erase(head, { reason: "Demande de Mme Zebulon" })
  assert.is(named.status, 422)
  assert.match(named.body, "N’écrivez pas le nom")
  await head.open(chosen(former.student))
  const open = head.page
  await head.open("/privacy/settings")
  await head.post("/privacy/settings", { ...terms, obliged_student: "1", source_student: "Arrêté 12" })
  const forbidden = await head.open(chosen(former.student))
  assert.is(forbidden.status, 409)
  assert.match(forbidden.body, "Arrêté 12")
  head.page = open
  const sent = { person: "student", row: String(former.student), word: "EFFACER", reason: "Demande écrite" }
  assert.is((await head.post("/privacy/erasure", sent)).status, 409, "from a page opened before, too")
  await head.open("/privacy/settings")
  await head.post("/privacy/settings", terms)
  const answer = await erase(head, { reason: "Demande écrite de la famille" })
  assert.is(answer.status, 303)
  assert.is((await erasures())[0]?.reason, "Demande écrite de la famille")
  assert.equal(
    (await placesThatSay(school, MARKS)).filter((place) => !place.startsWith("kept_record")),
    [],
  )
})

/** The form of the terms as it stands, nothing ticked. */
const terms = {
  amount_student: "10",
  amount_guardian: "2",
  amount_staff: "10",
  amount_application: "1",
  amount_medical: "1",
  amount_message: "2",
  amount_link: "1",
  amount_import: "90",
  amount_look: "1",
  amount_export: "1",
}

test("a mother whose other child is at school stays, with her number; her history forgets the erased child", async () => {
  const { db } = school.school
  await db
    .insertInto("guardianship")
    .values({ guardian_id: former.guardian, student_id: school.ids.students.issa as number, link: "MERE" })
    .execute()
  await erase(head)
  const guardian = await db
    .selectFrom("guardian")
    .select("phone")
    .where("id", "=", former.guardian)
    .executeTakeFirst()
  assert.is(guardian?.phone, "+22366554433")
  const places = await placesThatSay(school, ["Zebulon", "Xavière"])
  assert.equal(
    places.filter((place) => !place.startsWith("kept_record")),
    [],
  )
  assert.equal(
    (await erasures()).map(({ person }) => person),
    ["student"],
  )
})

test("a namesake keeps the lines of the trail that may be about them", async () => {
  const { db } = school.school
  const { aminata1, aminata2 } = school.ids.students as { aminata1: number; aminata2: number }
  const at = "2026-12-01T08:00:00.000Z"
  const line = {
    at,
    subject: "student",
    action: "changed",
    after: JSON.stringify({ note: "TRAORÉ Aminata" }),
  }
  await db
    .insertInto("audit")
    .values([
      { ...line, subject_id: aminata1 },
      { ...line, subject_id: aminata2 },
    ])
    .execute()
  await db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-02" })
    .where("student_id", "=", aminata1)
    .execute()
  const answer = await erase(head, { row: String(aminata1) }, chosen(aminata1))
  assert.is(answer.status, 303)
  const trail = await db
    .selectFrom("audit")
    .select(["subject_id", "after"])
    .where("at", "=", at)
    .orderBy("subject_id")
    .execute()
  assert.equal(
    trail.map(({ after }) => after !== null),
    [false, true],
  )
})

test.run()
