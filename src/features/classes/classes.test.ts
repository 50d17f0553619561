import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { canonicalClass } from "./naming.ts"
import { addAlias } from "./queries/naming.ts"
import { vocabularyOf } from "./queries.ts"

let school: TestSchool
let dean: Client
let cg1: number
test.before.each(async () => {
  school = await openTestSchool()
  dean = await school.as("censeur")
  cg1 = school.ids.classes["10ème CG 1"] as number
})
test.after.each(() => school.close())

const NEW = { level: "10", series: "CG", section: "2", template: "1" }

/** A mark in mathematics of 10ème CG 1. */
async function giveMark() {
  const { db } = school.school
  const assessment = await db
    .insertInto("assessment")
    .values({
      class_subject_id: school.ids.classSubjects["10ème CG 1/MATHS"] as number,
      period_id: school.ids.periods.T1 as number,
      category: "CLASSE",
      label: "Devoir 1",
      max: 2000,
      weight: 100,
      position: 1,
      created_at: "2026-11-01",
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("mark")
    .values({
      assessment_id: assessment.id,
      student_id: school.ids.students.moussa as number,
      value: 1250,
      updated_at: "2026-11-01",
    })
    .execute()
}

async function publish() {
  const { db } = school.school
  const profile = await db.selectFrom("grading_profile").select("id").executeTakeFirstOrThrow()
  await db
    .insertInto("publication")
    .values({
      class_id: cg1,
      period_id: school.ids.periods.T1 as number,
      version: 1,
      published_at: "2026-12-01",
      published_by: school.ids.accounts.proviseur as number,
      profile_id: profile.id,
      input: "{}",
      stats: "{}",
      hash: "h",
    })
    .execute()
}

test("the classes of the year by level, with their size and the subjects without teacher", async () => {
  const { body } = await dean.open("/classes")
  for (const told of ["10ème CG 1", "11ème SES 1", "12ème TSE", "2 sans professeur", "COULIBALY Ibrahim"]) {
    assert.match(body, told)
  }
  assert.ok(body.indexOf("10ème CG 1") < body.indexOf("11ème SES 1"))
})

test("a teacher sees the own classes only, without the power to change them", async () => {
  const teacher = await school.as("maths")
  const { body } = await teacher.open("/classes")
  assert.match(body, "10ème CG 1")
  assert.not.match(body, "12ème TSE")
  assert.is((await teacher.get(`/classes/${school.ids.classes["12ème TSE"]}`)).status, 404)
  assert.is((await teacher.get(`/classes/${cg1}/edit`)).status, 403)
  const subjects = await teacher.open(`/classes/${cg1}/subjects`)
  assert.match(subjects.body, "Mathématiques")
  assert.not.match(subjects.body, "<select")
  assert.is((await teacher.get("/coefficients")).status, 403)
})

test("a class is named by level, series and section, takes its place and the grid of its series", async () => {
  await dean.open("/classes/new")
  const page = await dean.submit("/classes/new", NEW)
  assert.match(page.body, "La classe 10ème CG 2 est créée.")
  const rows = await school.school.db
    .selectFrom("class")
    .select(["label", "position"])
    .orderBy("position")
    .execute()
  assert.equal(
    rows.map(({ label }) => label),
    ["10ème CG 1", "10ème CG 2", "11ème SES 1", "12ème TSE"],
  )
  const made = await school.school.db
    .selectFrom("class")
    .select("id")
    .where("label", "=", "10ème CG 2")
    .executeTakeFirstOrThrow()
  const subjects = await school.school.db
    .selectFrom("class_subject")
    .select("coefficient")
    .where("class_id", "=", made.id)
    .execute()
  assert.is(subjects.length, 4)
})

test("the same class twice, a series of another level, a bad section are refused", async () => {
  const refusal = async (fields: Record<string, string>, sentence: string) => {
    await dean.open("/classes/new")
    const answer = await dean.post("/classes/new", { ...NEW, ...fields })
    assert.is(answer.status, 422)
    assert.match(answer.body, sentence)
  }
  await refusal({ section: "1" }, "La classe 10ème CG 1 existe déjà cette année.")
  await refusal({ series: "TSE" }, "n’est pas de ce niveau")
  await refusal({ section: "0x" }, "Un numéro de 1 à 99")
  await refusal({ level: "13" }, "Choisissez dans la liste.")
  await refusal({ capacity: "9000" }, "de 1 à 500")
  await refusal({ room: "x".repeat(500) }, "40 caractères au plus.")
  await refusal({ form_teacher: "999999" }, "Choisissez dans la liste.")
})

test("two people edit a class: the second is told what it is now", async () => {
  const head = await school.as("proviseur")
  const at = `/classes/${cg1}/edit`
  await dean.open(at)
  await head.open(at)
  const fields = { level: "10", series: "CG", section: "1", form_teacher: String(school.ids.staff.maths) }
  assert.is((await head.post(at, { ...fields, room: "Salle 4" })).status, 303)
  const late = await dean.post(at, { ...fields, capacity: "60" })
  assert.is(late.status, 409)
  assert.match(late.body, "« Salle 4 »")
})

test("only an empty class is deleted", async () => {
  assert.match((await dean.open(`/classes/${cg1}/delete`)).body, "4 élèves y sont ou y ont été inscrits.")
  assert.is((await dean.post(`/classes/${cg1}/delete`)).status, 403, "the page offers no form")
  await dean.open("/classes/new")
  const made = (await dean.post("/classes/new", NEW)).location as string
  await dean.open(`${made}/delete`)
  const page = await dean.submit(`${made}/delete`)
  assert.match(page.body, "La classe 10ème CG 2 est supprimée.")
  assert.is((await dean.get(made)).status, 404)
})

test("the roll and the list to print are in the order of names, with matricule and birth date", async () => {
  for (const path of [`/classes/${cg1}`, `/classes/${cg1}/list`]) {
    const { body } = await dean.open(path)
    const places = ["KEÏTA Moussa", "ƝARE Issa", "RC15CG26Z9002F", "18/06/2011", "RC16CG26Z9003F"].map(
      (told) => body.indexOf(told),
    )
    assert.ok(
      places.every((place, n) => place > 0 && (n === 0 || place > (places[n - 1] as number))),
      `${path} ${places}`,
    )
  }
})

/** The fields of the subjects form as the page shows them. */
function shown(body: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name, value] of body.matchAll(/<input id="[^"]+" name="([a-z]+-\d+)" value="([^"]*)"/g))
    fields[name as string] = value as string
  for (const [, name, options] of body.matchAll(
    /<select id="[^"]+" name="([a-z]+-\d+)">([\s\S]*?)<\/select>/g,
  )) {
    fields[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ""
  }
  return fields
}

test("coefficients, blocks and teachers of a class are one form; each change is in the audit trail", async () => {
  const at = `/classes/${cg1}/subjects`
  const fields = shown((await dean.open(at)).body)
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"]
  assert.is(fields[`coefficient-${maths}`], "4")
  const changed = {
    ...fields,
    [`coefficient-${maths}`]: "2,5",
    [`teacher-${school.ids.classSubjects["10ème CG 1/ANG"]}`]: String(school.ids.staff.francais),
  }
  assert.match((await dean.submit(at, changed)).body, "2 matières sont modifiées.")
  const audit = await school.school.db
    .selectFrom("audit")
    .select(["before", "after"])
    .where("action", "=", "subject_changed")
    .execute()
  assert.match(audit[0]?.before as string, '"coefficient":400')
  assert.match(audit[0]?.after as string, '"coefficient":250')
  await dean.open(at)
  const wrong = await dean.post(at, { ...changed, [`coefficient-${maths}`]: "vingt" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, 'value="vingt"')
  assert.is((await dean.post(at, { ...changed, [`coefficient-${maths}`]: "20,01" })).status, 422)
})

test("two tabs change the same table: the second sees what is stored, nothing is overwritten", async () => {
  const at = `/classes/${cg1}/subjects`
  const head = await school.as("proviseur")
  const maths = `coefficient-${school.ids.classSubjects["10ème CG 1/MATHS"]}`
  const fields = shown((await dean.open(at)).body)
  await head.open(at)
  assert.is((await head.post(at, { ...fields, [maths]: "5" })).status, 303)
  const late = await dean.post(at, { ...fields, [maths]: "3" })
  assert.is(late.status, 409)
  assert.match(late.body, "enregistré : 5")
  assert.is((await dean.post(at, { ...fields, [maths]: "3" })).status, 303, "sent again, knowingly")
})

test("after a publication a change of coefficient says what it does not change", async () => {
  await publish()
  const at = `/classes/${cg1}/subjects`
  const page = await dean.open(at)
  assert.match(page.body, "Des bulletins de cette classe sont publiés (1er trimestre)")
  const fields = shown(page.body)
  fields[`coefficient-${school.ids.classSubjects["10ème CG 1/FR"]}`] = "4"
  assert.match((await dean.submit(at, fields)).body, "gardent les anciens coefficients")
})

test("a subject is added, and removed unless marks exist", async () => {
  const at = `/classes/${cg1}/subjects`
  const eps = school.ids.classSubjects["10ème CG 1/EPS"]
  await dean.open(`${at}/${eps}/remove`)
  assert.match((await dean.submit(`${at}/${eps}/remove`)).body, "est retirée de la classe")
  const back = await dean.submit(`${at}/add`, { subject: String(school.ids.subjects.EPS) })
  assert.match(back.body, "est ajoutée à la classe 10ème CG 1.")
  const { db } = school.school
  const line = await db
    .selectFrom("class_subject")
    .selectAll()
    .where("class_id", "=", cg1)
    .where("subject_id", "=", school.ids.subjects.EPS as number)
    .executeTakeFirstOrThrow()
  assert.is(line.group_code, "SECONDAIRES", "as in the grid of the series")
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"]
  await dean.open(`${at}/${maths}/remove`)
  await giveMark()
  const late = await dean.post(`${at}/${maths}/remove`)
  assert.is(late.status, 409)
  assert.match(late.body, "Des notes ou des appréciations existent en Mathématiques")
  assert.match((await dean.open(`${at}/${maths}/remove`)).body, "la matière reste dans la classe")
  const elsewhere = school.ids.classSubjects["12ème TSE/MATHS"]
  assert.is((await dean.get(`${at}/${elsewhere}/remove`)).status, 404)
})

test("the grid of the series is shown before it is copied; teachers stay", async () => {
  const { db } = school.school
  const at = `/classes/${cg1}/subjects/template`
  const maths = school.ids.classSubjects["10ème CG 1/MATHS"] as number
  assert.match((await dean.open(at)).body, "La classe suit déjà la grille")
  await db.updateTable("class_subject").set({ coefficient: 900 }).where("id", "=", maths).execute()
  const shownFirst = await dean.open(at)
  for (const told of ["coefficient 9", "coefficient 4", "modifiée", "Sans changement : Français"])
    assert.match(shownFirst.body, told)
  await db.updateTable("class_subject").set({ coefficient: 800 }).where("id", "=", maths).execute()
  assert.match((await dean.submit(at)).body, "a changé entre-temps")
  assert.match((await dean.submit(at)).body, "La grille est reprise dans la classe 10ème CG 1.")
  const line = await db
    .selectFrom("class_subject")
    .selectAll()
    .where("id", "=", maths)
    .executeTakeFirstOrThrow()
  assert.is(line.coefficient, 400)
  assert.is(line.teacher_id, school.ids.staff.maths as number)
})

test("a grid shows source and confidence, is changed line by line, and a past year’s no more", async () => {
  const { db } = school.school
  const path = `/coefficients?year=${school.ids.year}&level=12&series=TSE`
  const table = await dean.open(path)
  const fields = shown(table.body)
  const first = Object.keys(fields).find((name) => name.startsWith("coefficient-")) as string
  const made = await dean.submit("/coefficients", {
    ...fields,
    [first]: "5",
    source: "Conseil du 3 décembre",
    confidence: "H",
  })
  assert.match(made.body, "Conseil du 3 décembre")
  assert.match((await dean.open("/coefficients")).body, "Conseil du 3 décembre")
  await dean.open(path)
  const late = await dean.post("/coefficients", {
    ...fields,
    year: String(school.ids.year),
    level: "12",
    series: "TSE",
    seen: "x",
    confidence: "H",
  })
  assert.is(late.status, 409)
  const audit = await db.selectFrom("audit").select("id").where("subject", "=", "coefficient").execute()
  assert.is(audit.length, 4, "the source is every line’s")
  const past = { label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30" }
  const { id } = await db.insertInto("school_year").values(past).returning("id").executeTakeFirstOrThrow()
  await dean.open(path)
  assert.is(
    (await dean.post("/coefficients", { ...fields, year: String(id), level: "12", series: "TSE" })).status,
    409,
  )
  assert.is((await dean.get("/coefficients?level=12&series=CG")).status, 404)
  assert.is((await dean.get("/coefficients?year=999")).status, 404)
})

test("a new year takes the grids of the one before", async () => {
  const next = { label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30" }
  const { id } = await school.school.db
    .insertInto("school_year")
    .values(next)
    .returning("id")
    .executeTakeFirstOrThrow()
  await dean.open(`/coefficients?year=${id}`)
  const page = await dean.submit("/coefficients/copy", { year: String(id), from: String(school.ids.year) })
  assert.match(page.body, "12 lignes sont reprises de 2026-2027 en 2027-2028.")
})

test("a subject is created, renamed, taken out; its code never changes", async () => {
  await dean.open("/subjects/new")
  const fields = { label: "Bambara", short_label: "Bambara", code: "bam", position: "9", active: "1" }
  assert.match((await dean.submit("/subjects/new", fields)).body, "La matière Bambara est créée.")
  await dean.open("/subjects/new")
  const taken = await dean.post("/subjects/new", { ...fields, label: "Autre" })
  assert.is(taken.status, 422)
  assert.match(taken.body, "Le code BAM est celui d’une autre matière.")
  const { id } = await school.school.db
    .selectFrom("subject")
    .select("id")
    .where("code", "=", "BAM")
    .executeTakeFirstOrThrow()
  await dean.open(`/subjects/${id}/edit`)
  await dean.post(`/subjects/${id}/edit`, { ...fields, code: "XYZ", label: "Bamanankan", active: "" })
  const row = await school.school.db
    .selectFrom("subject")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  assert.equal([row.code, row.label, row.active], ["BAM", "Bamanankan", 0])
  const stale = await dean.post(`/subjects/${id}/edit`, { ...fields, seen: "0" })
  assert.is(stale.status, 409)
  assert.is((await dean.get("/subjects/999/edit")).status, 404)
})

test("the school’s own words for a level or a series are understood", async () => {
  await dean.open("/levels")
  assert.match(
    (await dean.submit("/levels/aliases", { alias: "T. Exactes", target: "series:TSE" })).body,
    "sera compris",
  )
  const vocabulary = await vocabularyOf(school.school.db, "ML")
  assert.is(canonicalClass("12e T.Exactes 2", vocabulary), "12ème TSE 2")
  assert.is(canonicalClass("10EME CG 1", vocabulary), "10ème CG 1")
  assert.is((await dean.post("/levels/aliases", { alias: "t exactes", target: "series:CG" })).status, 422)
  assert.is((await dean.post("/levels/aliases", { alias: "xyz", target: "series:NONE" })).status, 422)
  assert.match((await dean.open("/levels?try=T+S+E")).body, "série <b>TSE</b>")
  assert.match((await dean.open("/levels?try=Effectif")).body, "n’est pas compris")
  await dean.submit("/levels/aliases/remove", { alias: "texactes" })
  assert.is(
    (await vocabularyOf(school.school.db, "ML")).series
      .find(({ code }) => code === "TSE")
      ?.aliases.includes("texactes"),
    false,
  )
  const said = { by: { id: 1 } as never, at: "2026-12-10" }
  assert.is(await addAlias(school.school.db, { alias: "…", kind: "level", code: "10" }, said), false)
})

test("levels and series are added and renamed", async () => {
  await dean.open("/levels")
  assert.match(
    (await dean.submit("/levels", { code: "9", label: "9ème", cycle: "fondamental" })).body,
    "Le niveau 9ème est enregistré.",
  )
  assert.match(
    (await dean.submit("/levels/series", { code: "tll", label: "Langues", level: "12" })).body,
    "La série Langues est enregistrée.",
  )
  const wrong = await dean.post("/levels/series", { code: "T L", label: "", level: "99" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Des lettres sans accent")
  const series = await school.school.db
    .selectFrom("series")
    .select(["code", "level_code"])
    .where("code", "=", "TLL")
    .execute()
  assert.equal(series, [{ code: "TLL", level_code: "12" }])
})

test.run()
