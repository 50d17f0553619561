// Staff, guardians, cards that absorbed another, accounts that two persons share.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { loginOf } from "../../../test/client.ts"
import { placesThatSay, YEARS_LATER } from "../../../test/formerStudent.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { DEMO_PASSWORD } from "../../demo/cast.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

async function erase(person: string, id: number, reason = "") {
  const head = await school.as("proviseur")
  const rehearsal = await head.open(`/privacy/erasure/rehearsal?person=${person}&row=${id}`)
  if (rehearsal.status !== 200) return rehearsal
  return head.post("/privacy/erasure", { person, row: String(id), word: "EFFACER", reason })
}

const signsIn = async (login: string) => {
  const visitor = school.visitor()
  await visitor.get("/sign-in")
  return (await visitor.post("/sign-in", { login, password: DEMO_PASSWORD })).status === 303
}

test("somebody of the staff who left: the card is emptied, nobody signs in, the trail still names the author", async () => {
  const { db } = school.school
  const id = school.ids.staff.maths as number
  assert.is((await erase("staff", id)).status, 409, "at work: refused")
  await db.updateTable("staff").set({ active: 0, phone: "+22377554466" }).where("id", "=", id).execute()
  await db.updateTable("staff").set({ updated_at: "2026-06-30T08:00:00.000Z" }).where("id", "=", id).execute()
  school.now = YEARS_LATER
  const answer = await erase("staff", id)
  assert.is(answer.status, 303)
  const staff = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  assert.is(staff.surname, `Personnel effacé n° ${id}`)
  assert.equal([staff.phone, staff.email, staff.sex], [null, null, null])
  assert.not.ok(await signsIn(loginOf("maths")))
  assert.equal(await placesThatSay(school, ["COULIBALY", "maths@kalanso", "77554466"]), ["account.name"])
  const led = await db.selectFrom("class").select("id").where("form_teacher_id", "=", id).execute()
  assert.equal(led, [])
  const again = await erase("staff", id)
  assert.is(again.status, 404, "an erased person is there no more")
  assert.is((await (await school.as("proviseur")).open("/privacy")).status, 200)
})

test("a mother asks, her child stays: her card, number and account go, the child’s file forgets her", async () => {
  const { db } = school.school
  const id = school.ids.guardians.stranger as number
  assert.is((await erase("guardian", id, "Demande")).status, 409, "her child is in a class")
  const salif = school.ids.students.salif as number
  await db.deleteFrom("guardianship").where("guardian_id", "=", id).execute()
  const at = "2026-12-01T08:00:00.000Z"
  const named = { subject: "student", subject_id: salif, at, action: "guardian_added" }
  await db
    .insertInto("audit")
    .values({ ...named, after: JSON.stringify({ guardian: "Rokia TRAORÉ" }) })
    .execute()
  assert.is((await erase("guardian", id)).status, 422, "before the term: why?")
  assert.is((await erase("guardian", id, "Demande écrite")).status, 303)
  assert.equal(await placesThatSay(school, ["Rokia", "70000002"]), [])
  assert.not.ok(await signsIn("+22370000002"))
})

test("an account that a teacher shares with the mother she is stays the teacher’s", async () => {
  const { db } = school.school
  const [guardian, teacher] = [school.ids.guardians.unasked as number, school.ids.accounts.francais as number]
  await db.updateTable("account").set({ guardian_id: guardian }).where("id", "=", teacher).execute()
  await db.insertInto("account_role").values({ account_id: teacher, role: "parent" }).execute()
  await db.deleteFrom("guardianship").where("guardian_id", "=", guardian).execute()
  assert.is((await erase("guardian", guardian, "Demande écrite")).status, 303)
  assert.ok(await signsIn(loginOf("francais")))
  const roles = await db.selectFrom("account_role").select("role").where("account_id", "=", teacher).execute()
  assert.equal(roles, [{ role: "teacher" }])
})

test("a card that was absorbed goes with the one that absorbed it", async () => {
  const { db } = school.school
  const [kept, absorbed] = [school.ids.students.issa, school.ids.students.aminata2] as [number, number]
  await db
    .updateTable("student")
    .set({ merged_into: kept, surname: "OUOLOGUEM", phone: "+22374125896" })
    .where("id", "=", absorbed)
    .execute()
  await db
    .insertInto("student_contact")
    .values({ student_id: absorbed, position: 1, name: "Yapérou OUOLOGUEM", phone: "+22374125896" })
    .execute()
  await db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-02" })
    .where("student_id", "in", [kept, absorbed])
    .execute()
  const head = await school.as("proviseur")
  const path = `/students/${kept}/data`
  await head.open(path)
  const { location } = await head.post(path, { format: "json" })
  assert.match(
    (await head.get(location as string)).body,
    "OUOLOGUEM",
    "its data is given out with the other's",
  )
  assert.is((await erase("student", kept, "Demande écrite")).status, 303)
  assert.equal(await placesThatSay(school, ["OUOLOGUEM", "74125896"]), [])
})

test("one scan kept for two children stays while one of them does", async () => {
  const { db } = school.school
  const { moussa, issa } = school.ids.students as { moussa: number; issa: number }
  const at = "2026-12-01T08:00:00.000Z"
  const scan = { label: "Acte", format: "pdf" as const, path: "scans/same.pdf", bytes: 3, created_at: at }
  await db
    .insertInto("scan")
    .values([
      { ...scan, student_id: moussa },
      { ...scan, student_id: issa },
    ])
    .execute()
  await db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-02" })
    .where("student_id", "in", [moussa, issa])
    .execute()
  const waiting = () => db.selectFrom("file_to_remove").select("path").execute()
  await erase("student", issa, "Demande écrite")
  assert.equal(await waiting(), [])
  assert.is((await db.selectFrom("scan").select("id").execute()).length, 1)
})

test.run()
