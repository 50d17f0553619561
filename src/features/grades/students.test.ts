import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Answer } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let table: string
const student = (key: string) => school.ids.students[key] as number

test.before.each(async () => {
  school = await openTestSchool()
  table = `/grades/${school.ids.classes["10ème CG 1"]}/${school.ids.periods.T1}/students`
})
test.after.each(() => school.close())

/** The table's form as it stands, with some fields typed over, named « conduct.12 ». */
function typedOver({ body }: Answer, typed: Record<string, string>): Record<string, string | string[]> {
  const seen = /name="seen" value="([^"]*)"/.exec(body)?.[1] ?? ""
  const [head = "", ...rows] = seen.split("|")
  const fields: Record<string, string | string[]> = { seen }
  for (const column of head.split(".")) {
    const shown = [
      ...body.matchAll(new RegExp(`<input[^>]* name="${column}"[^>]*>|<input name="${column}"[^>]*>`, "g")),
    ]
    fields[column] = rows.map((row, r) => {
      const key = `${column}.${row.split(":")[0]}`
      return typed[key] ?? / value="([^"]*)"/.exec(shown[r]?.[0] ?? "")?.[1] ?? ""
    })
  }
  return fields
}

const told = (key: string) =>
  school.school.db
    .selectFrom("student_period")
    .where("student_id", "=", student(key))
    .select(["conduct", "absent_justified", "absent_unjustified", "late_count", "appreciation", "version"])
    .executeTakeFirst()

test("the supervisor gives conduct and absences, and writes no appreciation", async () => {
  const supervisor = await school.as("surveillant")
  const page = await supervisor.open(table)
  assert.not.match(page.body, 'name="appreciation"')
  const moussa = student("moussa")
  const answer = await supervisor.submit(
    table,
    typedOver(page, {
      [`conduct.${moussa}`]: "15,5",
      [`absent_justified.${moussa}`]: "4",
      [`absent_unjustified.${moussa}`]: "0",
      [`late_count.${moussa}`]: "2",
    }),
  )
  assert.match(answer.body, "4 cases sont enregistrées")
  assert.equal(await told("moussa"), {
    conduct: 1550,
    absent_justified: 4,
    absent_unjustified: 0,
    late_count: 2,
    appreciation: null,
    version: 1,
  })
  const slipped = { ...typedOver(answer, {}), seen: `appreciation|${moussa}:`, appreciation: "x" }
  assert.is((await supervisor.post(table, slipped)).status, 400)
})

test("a bad field is refused by itself; a field that two people change is a conflict, the row's others are not", async () => {
  const supervisor = await school.as("surveillant")
  const leader = await school.as("maths")
  const [one, other] = [await supervisor.open(table), await leader.open(table)]
  const moussa = student("moussa")
  await supervisor.post(table, typedOver(one, { [`conduct.${moussa}`]: "15" }))
  const answer = await leader.post(
    table,
    typedOver(other, {
      [`conduct.${moussa}`]: "12",
      [`late_count.${moussa}`]: "deux",
      [`appreciation.${moussa}`]: "Bon trimestre, « continuez »",
    }),
  )
  assert.is(answer.status, 422)
  assert.match(answer.body, "Bakary KONATÉ a mis 15.")
  assert.match(answer.body, "Un nombre entier de 0 à 999.")
  assert.is((await told("moussa"))?.conduct, 1500)
  assert.is((await told("moussa"))?.appreciation, "Bon trimestre, « continuez »")
  const settled = await leader.post(table, {
    ...typedOver(answer, { [`late_count.${moussa}`]: "2" }),
    [`kconduct.${moussa}`]: "mine.15",
  })
  assert.is(settled.status, 303)
  assert.equal([(await told("moussa"))?.conduct, (await told("moussa"))?.late_count], [1200, 2])
  const trail = await school.school.db
    .selectFrom("audit")
    .where("subject", "=", "student_period")
    .select(["before", "after"])
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow()
  assert.match(trail.before as string, '"conduct":1500')
  assert.match(trail.after as string, '"conduct":1200')
})

test("conduct changed after publication wants the right and a reason", async () => {
  const { db } = school.school
  const key = {
    class_id: school.ids.classes["10ème CG 1"] as number,
    period_id: school.ids.periods.T1 as number,
  }
  await db
    .insertInto("class_period")
    .values({ ...key, state: "published", changed_at: "2026-12-20T08:00:00.000Z" })
    .execute()
  const supervisor = await school.as("surveillant")
  assert.not.match((await supervisor.open(table)).body, 'name="seen"')
  assert.is((await supervisor.post(table, { seen: "" })).status, 409)
  const dean = await school.as("censeur")
  const page = await dean.open(table)
  const typed = typedOver(page, { [`conduct.${student("moussa")}`]: "14" })
  const wordless = await dean.post(table, { ...typed, reason: "" })
  assert.is(wordless.status, 422)
  assert.match(wordless.body, 'name="conduct" aria-label="Conduite" value="14"', "what was typed stays")
  assert.is((await dean.post(table, { ...typed, reason: "Décision du conseil" })).status, 303)
  const trail = await db
    .selectFrom("audit")
    .where("subject", "=", "student_period")
    .select("reason")
    .executeTakeFirstOrThrow()
  assert.is(trail.reason, "Décision du conseil")
})

test("the teacher writes a word in place of the profile's, and takes it back", async () => {
  const remarks = `/grades/${school.ids.classSubjects["10ème CG 1/MATHS"]}/${school.ids.periods.T1}/remarks`
  const teacher = await school.as("maths")
  const moussa = student("moussa")
  const written = await teacher.submit(
    remarks,
    typedOver(await teacher.open(remarks), { [`remark.${moussa}`]: "Élève sérieux" }),
  )
  assert.match(written.body, "Élève sérieux")
  const rows = () => school.school.db.selectFrom("subject_remark").selectAll().execute()
  assert.is((await rows()).length, 1)
  const stale = await teacher.open(remarks)
  await teacher.post(remarks, typedOver(stale, { [`remark.${moussa}`]: "Bien" }))
  const conflict = await teacher.post(remarks, typedOver(stale, { [`remark.${moussa}`]: "Moyen" }))
  assert.is(conflict.status, 422)
  assert.match(conflict.body, "Ibrahim COULIBALY a mis Bien.")
  const theirs = await teacher.open(remarks)
  await teacher.post(remarks, typedOver(theirs, { [`remark.${moussa}`]: "" }))
  assert.is((await rows()).length, 0)
})

test.run()
