// A merge and its undo leave the school as it was: tried on many pairs of a whole lycée, then with life in between.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeRows } from "../../../test/rows.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { chance } from "../../demo/chance.ts"
import type { Person } from "../../personal.ts"
import { DESK, dump, merge, undo } from "./doubles.fixture.ts"
import type { Side } from "./rules/fields.ts"

const SEED = 20260412

test("whoever is merged with whomever, and whatever was chosen: undone in reverse, all tables are as before", async () => {
  const school = await openTestSchool({ demonstration: true })
  try {
    const { db } = school.school
    const by = chance(SEED)
    const side = (): Side => (by.percent(50) ? "kept" : "other")
    const classmates = await db
      .selectFrom("enrolment")
      .select(["student_id as id"])
      .where("class_id", "=", school.ids.classes["10ème CG 1"] as number)
      .orderBy("id")
      .execute()
    const everybody = await db.selectFrom("student").select("id").orderBy("id").execute()
    const guardians = await db.selectFrom("guardian").select("id").orderBy("id").execute()
    const staff = await db.selectFrom("staff").select("id").orderBy("id").execute()
    const before = await dump(school)
    const made: number[] = []
    let refused = 0
    for (let round = 0; round < 36; round++) {
      const kind: Person = by.pick(["student", "student", "guardian", "staff"])
      const among = { student: round % 3 ? classmates : everybody, guardian: guardians, staff }[kind]
      const [kept, other] = [by.pick(among).id, by.pick(among).id]
      const gone = await db
        .selectFrom(kind)
        .select("id")
        .where("id", "in", [kept, other])
        .where("merged_into", "is not", null)
        .execute()
      if (kept === other || gone.length > 0) continue
      const merged = await merge(school, kind, [kept, other], { field: side, row: side })
      if ("merge" in merged) made.push(merged.merge)
      else refused++
    }
    assert.ok(made.length >= 15, `${made.length} merges`)
    assert.ok(refused > 0, "pupils of two classes are not merged")
    assert.not.equal(await dump(school), before)
    for (const id of made.reverse()) assert.equal(await undo(school, id), [], `merge ${id}`)
    const after = await dump(school)
    for (const table of Object.keys(before)) assert.equal(after[table], before[table], table)
  } finally {
    await school.close()
  }
})

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const student = (id: number) =>
  school.school.db.selectFrom("student").selectAll().where("id", "=", id).executeTakeFirstOrThrow()

test("two pupils with everything that a pupil may have: merged, then as before", async () => {
  await makeRows(school)
  const { moussa, issa } = school.ids.students as Record<string, number> as { moussa: number; issa: number }
  const before = await dump(school)
  const merged = await merge(school, "student", [issa, moussa], { field: () => "other", row: () => "other" })
  if ("refused" in merged) return assert.unreachable("both are in 10ème CG 1")
  const { db } = school.school
  assert.is((await student(issa)).matricule, "RC15CG26Z9001M", "the kept card takes the other’s matricule")
  assert.is((await student(moussa)).matricule, null)
  const hanging = async (table: "guardianship" | "mark" | "paper" | "page_link" | "outbox" | "account") =>
    (await db.selectFrom(table).select("student_id").where("student_id", "=", moussa).execute()).length
  for (const table of ["guardianship", "mark", "paper", "page_link", "outbox", "account"] as const) {
    assert.is(await hanging(table), 0, `${table}: nothing stays with the absorbed card`)
  }
  assert.equal(await undo(school, merged.merge), [])
  const after = await dump(school)
  for (const table of Object.keys(before)) assert.equal(after[table], before[table], table)
})

test("what was written since the merge stays, and is told", async () => {
  const { db } = school.school
  const { moussa, issa } = school.ids.students as { moussa: number; issa: number }
  await db.updateTable("student").set({ phone: "+22370111111" }).where("id", "=", issa).execute()
  const merged = await merge(school, "student", [moussa, issa])
  if ("refused" in merged) return assert.unreachable("both are in 10ème CG 1")
  assert.is((await student(moussa)).phone, "+22370111111", "what the kept card lacked comes from the other")
  await db
    .updateTable("student")
    .set((eb) => ({ phone: "+22370222222", version: eb("version", "+", 1) }))
    .where("id", "=", moussa)
    .execute()
  const left = await undo(school, merged.merge)
  assert.is((await student(moussa)).phone, "+22370222222")
  assert.is((await student(issa)).phone, "+22370111111")
  assert.equal(left, ["Téléphone : changé depuis la fusion, la nouvelle valeur reste."])
})

test("a matricule given to somebody else since is not taken back", async () => {
  const { db } = school.school
  const { moussa, issa, fanta } = school.ids.students as { moussa: number; issa: number; fanta: number }
  const merged = await merge(school, "student", [issa, moussa], {
    field: (name) => (name === "matricule" ? "kept" : "other"),
  })
  if ("refused" in merged) return assert.unreachable("both are in 10ème CG 1")
  await db.updateTable("student").set({ matricule: "RC15CG26Z9001M" }).where("id", "=", fanta).execute()
  const left = await undo(school, merged.merge)
  assert.match(left.join(), "RC15CG26Z9001M")
  assert.is((await student(moussa)).matricule, null)
})

test("merges are undone last first; an undone one is not undone again", async () => {
  const { moussa, issa, aminata1 } = school.ids.students as Record<string, number> as {
    moussa: number
    issa: number
    aminata1: number
  }
  const first = await merge(school, "student", [moussa, issa])
  const second = await merge(school, "student", [aminata1, moussa])
  if ("refused" in first || "refused" in second) return assert.unreachable("one class")
  assert.is((await student(issa)).merged_into, aminata1, "a card absorbed before follows")
  let refusal = ""
  await undo(school, first.merge).catch((problem) => {
    refusal = problem.message
  })
  assert.match(refusal, "annulez d’abord")
  await undo(school, second.merge)
  assert.is((await student(issa)).merged_into, moussa)
  await undo(school, first.merge)
  const { undone_by } = await school.school.db
    .selectFrom("merge")
    .select("undone_by")
    .where("id", "=", first.merge)
    .executeTakeFirstOrThrow()
  assert.is(undone_by, DESK.id)
  await undo(school, first.merge).then(
    () => assert.unreachable("undone twice"),
    (problem) => assert.match(problem.message, "déjà annulée"),
  )
})

test.run()
