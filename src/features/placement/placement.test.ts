import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { enrolMany, giveAssessment, giveMarks } from "../grades/grid.fixture.ts"
import { studentsOfClass } from "../people/queries.ts"
import { dealt, freeSections } from "./rules.ts"

let school: TestSchool
let secretary: Client
let path: string
const CG1 = "10ème CG 1"
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  path = `/placement/${school.ids.classes[CG1]}`
})
test.after.each(() => school.close())

const rolls = async (on?: string) => {
  const { db } = school.school
  const classes = await db
    .selectFrom("class")
    .select(["id", "label"])
    .where("school_year_id", "=", school.ids.year)
    .orderBy("position")
    .execute()
  const all: Record<string, string[]> = {}
  for (const { id, label } of classes)
    all[label] = (await studentsOfClass(db, id, { on })).map(({ given_names }) => given_names)
  return all
}

/** Rows of what a placement may touch. */
async function rows() {
  const { db } = school.school
  const all: string[] = []
  for (const table of [
    "enrolment",
    "class",
    "class_subject",
    "student",
    "assessment",
    "mark",
    "coefficient",
  ] as const) {
    const found = await db
      .selectFrom(table as "class")
      .selectAll()
      .execute()
    all.push(...found.map((row) => `${table} ${JSON.stringify(row)}`).sort())
  }
  return all
}

/** The form of a split as a browser sends it, with what is put elsewhere. */
async function split(fields: Record<string, string>, who = secretary) {
  const shown = [...(who.page?.body ?? "").matchAll(/name="(to-\d+)"[^>]*>([\s\S]*?)<\/select>/g)].map(
    ([, name, options]) => [name as string, options?.match(/value="(\d)" selected/)?.[1] ?? ""],
  )
  return who.submit(`${path}/split`, { ...Object.fromEntries(shown), ...fields })
}

test("parts differ by one student at most; girls and boys are dealt equally", () => {
  const students = Array.from({ length: 75 }, (_, id) => ({
    id,
    sex: id % 3 === 0 ? ("F" as const) : ("M" as const),
  }))
  for (const way of ["sexes", "turns", "blocks"] as const) {
    const part = dealt(students, 3, way)
    const sizes = [0, 1, 2].map((n) => [...part.values()].filter((one) => one === n).length)
    assert.equal(sizes, [25, 25, 25], way)
  }
  const part = dealt(students, 3, "sexes")
  const girls = [0, 1, 2].map(
    (n) => students.filter(({ id, sex }) => sex === "F" && part.get(id) === n).length,
  )
  assert.ok(Math.max(...girls) - Math.min(...girls) <= 1)
  const four = Array.from({ length: 4 }, (_, id) => ({ id, sex: null }))
  assert.equal([...dealt(four, 3, "blocks").values()], [0, 1, 1, 2])
})

test("the new sections are the next free ones", () => {
  assert.equal(freeSections("1", new Set(["1", "2"]), 2), ["3", "4"])
  assert.equal(freeSections("", new Set([""]), 1), ["2"])
  assert.equal(freeSections("A", new Set(["A", "B"]), 1), ["C"])
})

test("a class of 75 becomes three: subjects and teachers go along, marks stay, histories keep both classes", async () => {
  await enrolMany(school, CG1, 71)
  const assessment = await giveAssessment(school, `${CG1}/MATHS`)
  await giveMarks(school.school.db, assessment, { [school.ids.students.moussa as number]: 1200 })
  const page = await secretary.open(`${path}/split?parts=3&way=sexes`)
  assert.match(page.body, "Une note reste dans le cahier de 10ème CG 1")
  assert.match(page.body, "10ème CG 3")
  const done = await split({ on: "10/12/2026" })
  assert.match(done.body, "La classe 10ème CG 1 est partagée : 50 élèves")
  const now = await rolls()
  assert.equal(
    ["10ème CG 1", "10ème CG 2", "10ème CG 3"].map((label) => now[label]?.length),
    [25, 25, 25],
  )
  assert.is((await rolls("2026-12-09"))[CG1]?.length, 75, "the roll of the day before")
  const subjects = await school.school.db
    .selectFrom("class_subject as s")
    .innerJoin("class as c", "c.id", "s.class_id")
    .select(["s.subject_id", "s.coefficient", "s.teacher_id", "c.label"])
    .where("c.label", "in", ["10ème CG 1", "10ème CG 3"])
    .orderBy("s.subject_id")
    .execute()
  const of = (label: string) =>
    subjects.filter((one) => one.label === label).map(({ label: _, ...line }) => line)
  assert.equal(of("10ème CG 3"), of("10ème CG 1"))
  const teacher = await school.as("maths")
  assert.match((await teacher.open("/classes")).body, "10ème CG 3")
})

test("each may be put elsewhere; a list that lies, an empty class or a day to come is refused", async () => {
  const { moussa, issa, aminata1, aminata2 } = school.ids.students
  const before = await rows()
  await secretary.open(`${path}/split`)
  assert.match((await split({ on: "11/12/2026" })).body, "n’est pas encore venue")
  assert.match((await split({ on: "30/09/2026" })).body, "n’est dans sa classe que depuis le 01/10/2026")
  assert.match(
    (await split({ on: "10/12/2026", [`to-${moussa}`]: "7" })).body,
    "Choisissez dans la liste la classe de KEÏTA Moussa",
  )
  const all = Object.fromEntries([moussa, issa, aminata1, aminata2].map((id) => [`to-${id}`, "0"]))
  assert.match((await split({ on: "10/12/2026", ...all })).body, "Une des classes resterait vide")
  assert.equal(await rows(), before)
  await split({ on: "10/12/2026", ...all, [`to-${moussa}`]: "1" })
  assert.equal((await rolls())["10ème CG 2"], ["Moussa"])
})

test("a student moved meanwhile: the preview is shown again, nothing is written", async () => {
  await secretary.open(`${path}/split`)
  const other = await school.as("censeur")
  const moussa = `/students/${school.ids.students.moussa}/move`
  await other.open(moussa)
  await other.post(moussa, { class: String(school.ids.classes["11ème SES 1"]), on: "01/12/2026" })
  const before = await rows()
  const late = await split({ on: "10/12/2026" })
  assert.is(late.status, 422)
  assert.match(late.body, "La liste de la classe a changé")
  assert.equal(await rows(), before)
})

test("undone, every row is as before; refused by name once somebody has a mark in the new class", async () => {
  const before = await rows()
  await secretary.open(`${path}/split?way=turns`)
  const first = await split({ on: "10/12/2026" })
  const undo = first.body.match(/\/placement\/runs\/\d+\/undo/)?.[0] as string
  await secretary.open(undo)
  assert.match((await secretary.submit(undo)).body, "C’est annulé")
  assert.equal(await rows(), before)

  await secretary.open(`${path}/split?way=turns`)
  const second = await split({ on: "10/12/2026" })
  const again = second.body.match(/\/placement\/runs\/\d+\/undo/)?.[0] as string
  await secretary.open(again)
  const { db } = school.school
  const subject = await db
    .selectFrom("class_subject as s")
    .innerJoin("class as c", "c.id", "s.class_id")
    .innerJoin("enrolment as e", "e.class_id", "c.id")
    .where("c.label", "=", "10ème CG 2")
    .select(["s.id", "e.student_id"])
    .executeTakeFirstOrThrow()
  school.ids.classSubjects.made = subject.id
  const test = await giveAssessment(school, "made")
  await giveMarks(db, test, { [subject.student_id]: 1000 })
  await db.updateTable("mark").set({ updated_at: "2026-12-11T08:00:00.000Z" }).execute()
  const kept = await rows()
  const refused = await secretary.post(again)
  assert.is(refused.status, 409)
  assert.match(refused.body, "a déjà des notes dans sa nouvelle classe")
  assert.match(refused.body, "<b>10ème CG 2</b> a déjà des évaluations")
  assert.equal(await rows(), kept)
})

test("two classes of one series become one, and are two again", async () => {
  await secretary.open(`${path}/split`)
  await split({ on: "05/12/2026" })
  const before = await rows()
  await secretary.open(`${path}/merge`)
  assert.match(
    (await secretary.submit(`${path}/merge`, { on: "10/12/2026" })).body,
    "Choisissez au moins une classe",
  )
  const second = (
    await school.school.db
      .selectFrom("class")
      .select("id")
      .where("label", "=", "10ème CG 2")
      .executeTakeFirstOrThrow()
  ).id
  assert.is(
    (
      await secretary.post(`${path}/merge`, {
        class: String(school.ids.classes["12ème TSE"]),
        on: "10/12/2026",
      })
    ).status,
    404,
  )
  await secretary.open(`${path}/merge`)
  const done = await secretary.submit(`${path}/merge`, { class: String(second), on: "10/12/2026" })
  assert.match(done.body, "2 élèves ont rejoint la classe 10ème CG 1")
  assert.equal([(await rolls())[CG1]?.length, (await rolls())["10ème CG 2"]?.length], [4, 0])
  const undo = done.body.match(/\/placement\/runs\/\d+\/undo/)?.[0] as string
  await secretary.open(undo)
  await secretary.submit(undo)
  assert.equal(await rows(), before)
})

test.run()
