// Rights that a school gave, roles that mix, years that passed: who still sees only their own.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Role } from "../../src/roles.ts"
import { refresh } from "../../src/school.ts"
import type { Client } from "../client.ts"
import { makeRows, type Rows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"

let school: TestSchool
let rows: Rows
test.before.each(async () => {
  school = await openTestSchool()
  rows = await makeRows(school)
})
test.after.each(() => school.close())

async function give(role: Role, ...permissions: string[]): Promise<void> {
  const given = permissions.map((permission) => ({ role, permission, granted: 1 }))
  await school.school.db.insertInto("role_permission").values(given).execute()
  await refresh(school.school)
}

const statusOf = async (client: Client, path: string) => (await client.get(path)).status

test("a form teacher who may see guardians sees those of the class, and no child of another", async () => {
  await give("form_teacher", "people.guardians", "people.guardians_change")
  const teacher = await school.as("maths")
  const { parent, stranger } = school.ids.guardians
  const list = await teacher.get("/guardians")
  assert.match(list.body, "Aminata KEÏTA")
  assert.not.match(list.body, "Rokia")
  assert.not.match((await teacher.get("/guardians?q=70000002")).body, "Rokia")
  for (const page of ["", "/edit", "/history"]) {
    assert.is(await statusOf(teacher, `/guardians/${parent}${page}`), 200, page)
    assert.is(await statusOf(teacher, `/guardians/${stranger}${page}`), 404, page)
  }
  const moussa = school.ids.students.moussa
  for (const path of [`/guardians/${parent}`, `/students/${moussa}`, "/guardians"]) {
    const { body } = await teacher.get(path)
    assert.match(body, "Moussa")
    assert.not.match(body, "Fanta", path)
  }
  const found = await teacher.get(`/students/${moussa}/guardians/new?q=rokia`)
  assert.not.match(found.body, "Rokia TRAORÉ")
  await teacher.get(`/students/${moussa}/guardians/new`)
  const stolen = await teacher.post(`/students/${moussa}/guardians/${stranger}`, {
    link: "MERE",
    informed: "1",
  })
  assert.is(stolen.status, 404)
})

test("whoever may read the messages reads those about the students they see", async () => {
  await give("form_teacher", "messages.see", "messages.cancel")
  const [moussas, salifs] = ["à Moussa seul", "à Salif seul"]
  const message = (student: number | undefined, guardian: number | undefined, body: string) => ({
    channel: "sms" as const,
    recipient: "+22370000009",
    guardian_id: guardian,
    student_id: student,
    event: "bulletin.published",
    unique_key: body,
    body,
    encoding: "gsm7" as const,
    segments: 1,
    state: "waiting" as const,
    next_at: "2027-01-01",
    created_at: "2026-12-01",
  })
  const { students, guardians } = school.ids
  const [, theirs] = await school.school.db
    .insertInto("outbox")
    .values([
      message(students.moussa, guardians.parent, moussas as string),
      message(students.salif, guardians.stranger, salifs as string),
    ])
    .returning("id")
    .execute()
  const teacher = await school.as("maths")
  const journal = await teacher.get("/messages")
  assert.match(journal.body, moussas as string)
  assert.not.match(journal.body, salifs as string)
  assert.is((await teacher.post(`/messages/${theirs?.id}/cancel`)).status, 404)
  const secretary = await school.as("secretaire")
  assert.match((await secretary.get("/messages")).body, salifs as string)
})

test("who taught a student last year does not see the student this year", async () => {
  const { db } = school.school
  const { staff, students } = school.ids
  const { id: year } = await db
    .insertInto("school_year")
    .values({ label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-07-01", current: 0 })
    .returning("id")
    .executeTakeFirstOrThrow()
  const { id: oldClass } = await db
    .insertInto("class")
    .values({
      school_year_id: year,
      level_code: "10",
      series_code: "CG",
      label: "10ème CG 9",
      folded: "10eme cg 9",
      position: 1,
      form_teacher_id: staff.maths,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("enrolment")
    .values({
      student_id: students.salif as number,
      class_id: oldClass,
      school_year_id: year,
      starts_on: "2025-10-01",
    })
    .execute()
  const teacher = await school.as("maths")
  assert.is(await statusOf(teacher, `/students/${students.moussa}`), 200)
  assert.is(await statusOf(teacher, `/students/${students.salif}`), 404)
  assert.not.match((await teacher.get("/students?status=all")).body, "Salif")
})

test("a form teacher reads the bulletins of the class led, not of those where only one subject is taught", async () => {
  const { db } = school.school
  const { staff, accounts, classes, periods } = school.ids
  const led = classes["11ème SES 1"] as number
  await db.updateTable("class").set({ form_teacher_id: staff.francais }).where("id", "=", led).execute()
  await db
    .insertInto("account_role")
    .values({ account_id: accounts.francais as number, role: "form_teacher" })
    .execute()
  const teacher = await school.as("francais")
  const [taught, period] = [classes["10ème CG 1"], periods.T1]
  assert.is(await statusOf(teacher, `/bulletins/${led}/${period}`), 200)
  assert.is(await statusOf(teacher, `/bulletins/${taught}/${period}`), 404)
  assert.is(await statusOf(teacher, `/bulletin/${rows.bulletin.ours}`), 404)
  assert.is(await statusOf(teacher, `/bulletin-files/${rows.bulletinFile.ours}`), 404)
  assert.is(await statusOf(teacher, `/bulletin/${rows.bulletin.theirs}`), 200)
  const overview = await teacher.get("/bulletins")
  assert.match(overview.body, "11ème SES 1")
  assert.not.match(overview.body, "10ème CG 1")
})

test("a teacher who also keeps the accounts sees every class and enters marks in none but the own subjects", async () => {
  const { accounts, classSubjects, periods } = school.ids
  await school.school.db
    .insertInto("account_role")
    .values({ account_id: accounts.francais as number, role: "accountant" })
    .execute()
  const teacher = await school.as("francais")
  const path = (subject: string) => `/grades/${classSubjects[subject]}/${periods.T1}`
  assert.is(await statusOf(teacher, path("10ème CG 1/MATHS")), 200)
  await teacher.get(path("10ème CG 1/FR"))
  assert.is((await teacher.post(path("10ème CG 1/MATHS"))).status, 403)
  assert.is((await teacher.post(`${path("10ème CG 1/MATHS")}/cells`)).status, 403)
  assert.is(await statusOf(teacher, `${path("10ème CG 1/MATHS")}/assessments/new`), 403)
})

test("parents to whom the school opened the students' pages find their own children there", async () => {
  await give("parent", "people.see", "classes.see", "people.guardians")
  const mother = await school.as("parent")
  const { moussa, salif } = school.ids.students
  assert.is(await statusOf(mother, `/students/${moussa}`), 200)
  assert.is(await statusOf(mother, `/students/${salif}`), 404)
  assert.is(await statusOf(mother, `/classes/${school.ids.classes["10ème CG 1"]}`), 404)
  assert.is(await statusOf(mother, `/guardians/${school.ids.guardians.stranger}`), 404)
})

test("a right taken while a form is open is gone when the form is sent", async () => {
  const { db } = school.school
  const secretary = await school.as("secretaire")
  await secretary.get("/students/new")
  await db
    .updateTable("account_role")
    .set({ role: "accountant" })
    .where("account_id", "=", school.ids.accounts.secretaire as number)
    .execute()
  const refused = await secretary.post("/students/new", { surname: "TARD", given_names: "Trop" })
  assert.is(refused.status, 403)
  const made = await db.selectFrom("student").select("id").where("surname", "=", "TARD").execute()
  assert.equal(made, [])
})

test.run()
