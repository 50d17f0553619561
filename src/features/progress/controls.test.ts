import { test } from "uvu"
import * as assert from "uvu/assert"
import { addClass } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { enrolMany } from "../grades/grid.fixture.ts"
import { CLASS, ORDINARY, plain, sentencesIn, Twelve } from "./twelve.fixture.ts"

const AT = "2026-11-20T10:00:00.000Z"

let school: TestSchool
let twelve: Twelve
const db = () => school.school.db
const student = (key: string) => school.ids.students[key] as number
const period = (code = "T1") => school.ids.periods[code] as number
const classSubject = (code: string) => school.ids.classSubjects[`${CLASS}/${code}`] as number
const controls = (className = CLASS, code = "T1") =>
  `/progress/${school.ids.classes[className]}/${period(code)}`
const ordinary = () => twelve.ordinary()
const column = (...given: Parameters<Twelve["column"]>) => twelve.column(...given)

test.before.each(async () => {
  school = await openTestSchool()
  twelve = await Twelve.of(school)
})
test.after.each(() => school.close())

/** What the dean reads, sentence by sentence. */
async function found(path = controls()) {
  const dean = await school.as("censeur")
  return sentencesIn((await dean.open(path)).body)
}

test("an ordinary class has nothing to look at", async () => {
  await ordinary()
  const dean = await school.as("censeur")
  const page = await dean.open(controls())
  assert.equal(sentencesIn(page.body), [])
  assert.match(page.body, "Rien à signaler")
  assert.match((await dean.open(`${controls()}/count`)).body, "Aucun point à regarder")
})

test("zeros, full marks and marks far from the class are shown, each with its cell", async () => {
  await ordinary()
  const id = await column("MATHS", [0, 20, 1, ...ORDINARY.slice(3)])
  assert.equal(await found(), [
    "! KEÏTA Moussa a 0 sur 20 à « Devoir 1 » ; la médiane de la classe est 11,75.",
    "! TRAORÉ Aminata (RC15CG26Z9002F) a 20 sur 20 à « Devoir 1 » ; la médiane de la classe est 11,75.",
    "! TRAORÉ Aminata (RC16CG26Z9003F) a 1 sur 20 à « Devoir 1 » ; la médiane de la classe est 11,75.",
  ])
  const dean = await school.as("censeur")
  const { body } = await dean.open(controls())
  assert.match(body, `href="/grades/marks/${id}/${student("moussa")}"`)
  const cell = await dean.open(`/grades/marks/${id}/${student("moussa")}`)
  assert.match(plain(cell.body), "Note actuelle : 0 sur 20")
})

test("a column copied from another subject, one of a single value, one given on half the scale", async () => {
  await ordinary()
  await column("MATHS", ORDINARY, { label: "Devoir 2" })
  await column("FR", ORDINARY, { label: "Devoir A" })
  await column("ANG", [...ORDINARY].fill(12), { label: "Oral" })
  await column(
    "EPS",
    ORDINARY.map((point) => point / 2),
    { label: "Course" },
  )
  const said = await found()
  assert.equal(said, [
    "! « Devoir A » a exactement les mêmes notes que « Devoir 2 » de Mathématiques, pour 12 élèves.",
    "! Les 12 notes de « Oral » sont toutes 12.",
    "! Aucune note de « Course », sur 20, ne dépasse 10 : ont-elles été données sur 10 ?",
  ])
})

test("an unusual scale and unequal weights are said, a mark on ten or forty is usual", async () => {
  await ordinary()
  const onThirty = ORDINARY.map((point) => 1.5 * point)
  await column("MATHS", onThirty, { label: "Sur trente", max: 3000, weight: 200 })
  await column(
    "FR",
    ORDINARY.map((point) => point / 2),
    { label: "Dictée", max: 1000 },
  )
  assert.equal(await found(), [
    "! Les évaluations d’une même catégorie n’ont pas le même poids : « Interrogation » 1, « Sur trente » 2.",
    "! « Sur trente » est sur 30, quand le barème est sur 20.",
  ])
})

test("a mark missing for one student while most have one; a column half filled is one line; an empty one too", async () => {
  await ordinary()
  await column("MATHS", [null, ...ORDINARY.slice(1)])
  await column("FR", [null, null, null, null, null, null, ...ORDINARY.slice(6)])
  await column("ANG", [], { held_on: "2026-12-01", label: "Composition", category: "COMPO" })
  await column("EPS", [], { held_on: "2026-12-18", label: "À venir" })
  assert.equal(await found(), [
    "✗ KEÏTA Moussa n’a ni note ni absence à « Devoir 1 » ; 11 élèves sur 12 en ont.",
    "✗ 6 notes sur 12 manquent à « Devoir 1 ».",
    "✗ « Composition » n’a encore aucune note.",
  ])
})

test("a subject without teacher, with coefficient 0, or without any assessment", async () => {
  await ordinary()
  const { teacher_id, coefficient } = { teacher_id: null, coefficient: 0 }
  await db().updateTable("class_subject").set({ teacher_id }).where("id", "=", classSubject("FR")).execute()
  await db().updateTable("class_subject").set({ coefficient }).where("id", "=", classSubject("ANG")).execute()
  await db()
    .deleteFrom("mark")
    .where(
      "assessment_id",
      "in",
      db().selectFrom("assessment").select("id").where("class_subject_id", "=", classSubject("EPS")),
    )
    .execute()
  await db().deleteFrom("assessment").where("class_subject_id", "=", classSubject("EPS")).execute()
  assert.equal(await found(), [
    "✗ Le coefficient est 0 : la matière ne compte pas dans la moyenne générale.",
    "✗ Aucune évaluation n’existe pour la période : la matière n’aura pas de moyenne.",
    "! Aucun professeur n’est attribué à la matière : personne ne répond de ces notes.",
  ])
})

test("a class without students, and one without subjects", async () => {
  school.ids.classes.Vide = await addClass(school, {
    level: "10",
    series: "CG",
    section: "9",
    label: "10ème CG 9",
  })
  assert.equal(await found(controls("Vide")), [
    "✗ La classe n’a aucun élève à la fin de la période : il n’y a pas de bulletin à faire.",
  ])
  const [moved] = twelve.roll.slice(4) as [number]
  await db()
    .updateTable("enrolment")
    .set({ class_id: school.ids.classes.Vide as number })
    .where("student_id", "=", moved)
    .execute()
  assert.equal((await found(controls("Vide")))[1], "✗ 1 élève sans note de conduite : TRAORÉ Moussa.")
  assert.equal((await found(controls("Vide")))[0], "✗ La classe n’a aucune matière.")
})

test("an exempt student with marks, absences without reason, conduct that nobody gave", async () => {
  await ordinary()
  const exemption = {
    student_id: student("issa"),
    class_subject_id: classSubject("EPS"),
    period_id: period(),
  }
  await db()
    .insertInto("exemption")
    .values({ ...exemption, created_at: AT })
    .execute()
  await db()
    .updateTable("student_period")
    .set({ conduct: null })
    .where("student_id", "=", student("moussa"))
    .execute()
  for (const code of ["MATHS", "FR", "ANG"]) {
    const id = await column(
      code,
      [9, null, ...ORDINARY.slice(2)].map((one, n) => (one === null ? one : one + n / 100)),
    )
    const absent = {
      assessment_id: id,
      student_id: student("aminata1"),
      value: null,
      status: "ABS_NJ" as const,
    }
    await db()
      .insertInto("mark")
      .values({ ...absent, updated_at: AT })
      .execute()
  }
  const said = await found()
  assert.equal(said[0], "✗ 1 élève sans note de conduite : KEÏTA Moussa.")
  assert.ok(said.includes("! ƝARE Issa est dispensé(e), mais a 1 note : elle ne compte pas."))
  const absences = said.find((one) => one.includes("RC15CG26Z9002F")) as string
  assert.match(
    absences,
    "a 3 absences sans motif aux évaluations : « Devoir 1 » de Maths, « Devoir 1 » de Français",
  )
  assert.not.ok(
    said.some((one) => one.includes("9002F") && one.includes("ni note")),
    "an absence is no blank",
  )
})

test("who changed class in the period: marks left behind, marks after the departure, blanks from before the arrival", async () => {
  await ordinary()
  await column("MATHS", ORDINARY, { label: "Devoir 2", held_on: "2026-11-25" })
  const [gone, come] = [student("issa"), twelve.roll.at(-1) as number]
  await db()
    .updateTable("enrolment")
    .set({ ends_on: "2026-11-20", end_reason: "moved" })
    .where("student_id", "=", gone)
    .execute()
  const arrival = { starts_on: "2026-11-20" }
  await db().updateTable("enrolment").set(arrival).where("student_id", "=", come).execute()
  await db().deleteFrom("mark").where("student_id", "=", come).where("value", "<>", 1350).execute()
  const said = await found()
  assert.ok(
    said.includes(
      "! ƝARE Issa a changé de classe le 20/11/2026 et garde ici 1 note d’évaluations d’après son départ : rien n’en compte, et rien ne suit dans une autre classe.",
    ),
    said.join("\n"),
  )
  const arrived = said.find((one) => one.includes("est arrivé(e) dans la classe le 20/11/2026")) as string
  assert.match(
    arrived,
    /^✗ .* évaluations d’avant n’ont rien pour cet élève .* Écrivez « disp » ou « abs j »\.$/,
  )
  assert.not.ok(
    said.some((one) => one.includes("ni note ni absence")),
    "told once, not at each assessment",
  )
})

test("the average of a class jumps since the period before, and otherwise than the other subjects", async () => {
  await ordinary()
  await column(
    "MATHS",
    ORDINARY.map((point) => point + 5.5),
    { period: "T2", held_on: "2027-01-20", label: "T2" },
  )
  for (const [n, code] of ["FR", "ANG", "EPS"].entries()) {
    const moved = ORDINARY.map((point) => point + n / 4)
    await column(code, moved, { period: "T2", held_on: "2027-01-20", label: "T2" })
  }
  await db()
    .updateTable("student_period")
    .set({ period_id: period("T2") })
    .execute()
  school.now = new Date("2027-02-10T09:00:00.000Z")
  const said = await found(controls(CLASS, "T2"))
  assert.is(said.length, 1, said.join("\n"))
  assert.match(
    said[0] as string,
    /^! La moyenne de la classe passe de 11,04 à 16,71 \(\+5,67\), quand les autres matières changent de \+0,\d\d\.$/,
  )
})

test("a class of a hundred where everything is odd still fits its page", async () => {
  await db().updateTable("student").set({ matricule: null }).where("id", "in", twelve.roll.slice(4)).execute()
  const more = await enrolMany(school, CLASS, 90)
  twelve.roll.push(...more)
  for (const [n, code] of ["MATHS", "FR", "ANG", "EPS"].entries()) {
    await column(
      code,
      twelve.roll.map((_, m) => ((m * 7 + n) % 10 === 0 ? null : 1 + ((m * 13 + n) % 19))),
    )
    await column(
      code,
      twelve.roll.map((_, m) => (m % 9 === n ? null : 2 + ((m * 11 + n) % 18))),
      { label: "Devoir 2" },
    )
  }
  const dean = await school.as("censeur")
  const page = await dean.open(controls())
  assert.is(sentencesIn(page.body).length, 40)
  assert.ok((await dean.open(`${controls()}?page=2`)).bytes <= 8000)
})

test.run()
