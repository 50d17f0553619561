import { randomBytes } from "node:crypto"
import { rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { guardiansOf } from "../features/people/queries/guardians.ts"
import { maybeSiblings } from "../features/people/queries/siblings.ts"
import { openSchool, type School } from "../school.ts"
import { GUARDIANS, STUDENTS } from "./cast.ts"
import { CLASSES } from "./classes.ts"
import { openDemonstration } from "./index.ts"
import { CHECKED_CLASS } from "./marks.ts"

async function openedTwice(work: (school: School, other: School) => Promise<void>) {
  const folders = [0, 1].map(() => join(tmpdir(), `ardoise-demo-${randomBytes(6).toString("hex")}`))
  const [school, other] = (await Promise.all(folders.map((folder) => openSchool(folder)))) as [School, School]
  try {
    await openDemonstration(school)
    await openDemonstration(other)
    await work(school, other)
  } finally {
    await Promise.all([school.close(), other.close()])
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}

const rowsOf = (school: School) =>
  Promise.all([
    school.db.selectFrom("student").selectAll().orderBy("id").execute(),
    school.db.selectFrom("guardianship").selectAll().orderBy("guardian_id").orderBy("student_id").execute(),
    school.db.selectFrom("mark").selectAll().orderBy("assessment_id").orderBy("student_id").execute(),
    school.db.selectFrom("class_subject").selectAll().orderBy("id").execute(),
  ])

test("the demonstration is a whole lycée, and the same one each time", async () => {
  await openedTwice(async (school, other) => {
    const [students, guardianships, marks, classSubjects] = await rowsOf(school)
    assert.equal([students, guardianships, marks, classSubjects], await rowsOf(other))
    assert.is(school.settings.demo, true)
    assert.is(school.year?.label, "2026-2027")

    const sizes = await school.db
      .selectFrom("class as c")
      .innerJoin("enrolment as e", "e.class_id", "c.id")
      .where("c.school_year_id", "=", school.year?.id ?? 0)
      .groupBy("c.label")
      .select((eb) => ["c.label", eb.fn.countAll<number>().as("size")])
      .execute()
    assert.is(sizes.length, 14)
    for (const { label, size } of CLASSES)
      assert.is(sizes.find((one) => one.label === label)?.size, size, label)
    assert.ok(students.length > 600 && students.length < 640)
    for (const { givenNames, birthDate } of STUDENTS)
      assert.ok(students.some((one) => one.given_names === givenNames && one.birth_date === birthDate))
    assert.ok(
      students.every(({ matricule }) => !matricule || /^RC\d{2}CG\d{2}Z\d{4}[MF]$/.test(matricule)),
      "matricules of nobody: the letter Z",
    )

    const teachers = await school.db.selectFrom("staff").selectAll().where("teaching", "=", 1).execute()
    assert.is(teachers.length, 40)
    const teaching = new Set(classSubjects.map(({ teacher_id }) => teacher_id))
    assert.is(teaching.size, 40, "each of them teaches")
    const led = await school.db.selectFrom("class").select(["label", "form_teacher_id"]).execute()
    assert.ok(led.every(({ form_teacher_id }) => teaching.has(form_teacher_id)))

    const consents = await school.db.selectFrom("guardian").select("sms_consent").distinct().execute()
    assert.is(consents.length, 3, "yes, no, never asked")
    const families = new Set(guardianships.map(({ guardian_id }) => guardian_id))
    assert.ok(families.size < guardianships.length, "some guardians have several children here")
    assert.ok(families.size > GUARDIANS.length)
  })
})

test("one class is ready to be published, others still lack marks", async () => {
  await openedTwice(async (school) => {
    const cells = await school.db
      .selectFrom("class as c")
      .innerJoin("class_subject as cs", "cs.class_id", "c.id")
      .innerJoin("assessment as a", "a.class_subject_id", "cs.id")
      .innerJoin("enrolment as e", "e.class_id", "c.id")
      .leftJoin("mark as m", (join) =>
        join.onRef("m.assessment_id", "=", "a.id").onRef("m.student_id", "=", "e.student_id"),
      )
      .groupBy("c.label")
      .select((eb) => [
        "c.label",
        eb.fn.countAll<number>().as("cells"),
        eb.fn.count<number>("m.assessment_id").as("given"),
      ])
      .execute()
    const missing = cells.filter(({ cells, given }) => given < cells).map(({ label }) => label)
    assert.not(missing.includes(CHECKED_CLASS))
    assert.ok(missing.includes("10ème CG 1"))
    const all = cells.reduce((sum, one) => sum + one.cells, 0)
    const given = cells.reduce((sum, one) => sum + one.given, 0)
    assert.ok(given / all > 0.9 && given / all < 0.99, `nearly complete: ${given} of ${all}`)
    const beyond = await school.db
      .selectFrom("mark as m")
      .innerJoin("assessment as a", "a.id", "m.assessment_id")
      .whereRef("m.value", ">", "a.max")
      .select("m.value")
      .execute()
    assert.is(beyond.length, 0)
  })
})

test("the files of enrolment came between the return to school and the day of the last marks", async () => {
  await openedTwice(async (school) => {
    const files = await school.db.selectFrom("application").select(["created_at", "updated_at"]).execute()
    assert.ok(files.length >= 12)
    const told = await school.db.selectFrom("application_event").select("at").execute()
    const times = [...files.flatMap((one) => [one.created_at, one.updated_at]), ...told.map(({ at }) => at)]
    const last = await school.db
      .selectFrom("mark")
      .select((eb) => eb.fn.max("updated_at").as("at"))
      .executeTakeFirstOrThrow()
    assert.equal(
      times.filter((at) => at < "2026-09-15" || at > last.at),
      [],
    )
  })
})

test("most cards are filled, some lack something; a couple lives apart, some may be one family", async () => {
  await openedTwice(async (school, other) => {
    const cards = (of: School) =>
      Promise.all([
        of.db.selectFrom("student_contact").selectAll().orderBy("id").execute(),
        of.db.selectFrom("student_consent").selectAll().orderBy("id").execute(),
        of.db.selectFrom("guardian").selectAll().orderBy("id").execute(),
        of.db.selectFrom("staff").selectAll().orderBy("id").execute(),
      ])
    assert.equal(await cards(school), await cards(other))
    const [students, links] = await rowsOf(school)
    const share = (known: (one: (typeof students)[number]) => unknown) =>
      students.filter(known).length / students.length
    for (const column of [
      "quartier",
      "national_number",
      "channel",
      "previous_school",
      "entered_on",
    ] as const) {
      const filled = share((one) => one[column] !== null)
      assert.ok(filled > 0.5 && filled < 0.98, `${column}: ${filled}`)
    }
    const apart = links.filter(({ may_see }) => may_see === 0)
    assert.ok(apart.length >= 1 && apart.every(({ unseen_reason }) => unseen_reason))
    const head = {
      ...{ id: 1, staffId: null, guardianId: null, studentId: null },
      ...{ roles: ["head" as const], permissions: school.permissions },
    }
    const reasons: string[] = []
    for (const one of students) {
      const guardians = await guardiansOf(school.db, one.id)
      const phones = guardians.flatMap(({ phone, phone2 }) => [phone ?? [], phone2 ?? []].flat())
      reasons.push(...(await maybeSiblings(school.db, head, one, phones)).map(({ why }) => why))
    }
    assert.equal([...new Set(reasons)].sort(), ["home", "phone"])
    assert.ok(reasons.length < 20, `a few, not many: ${reasons.length}`)
  })
})

test("a school that has a year is never overwritten", async () => {
  await openedTwice(async (school) => {
    try {
      await openDemonstration(school)
      assert.unreachable("refused")
    } catch (problem) {
      assert.match((problem as Error).message, "no empty school")
    }
  })
})

test.run()
