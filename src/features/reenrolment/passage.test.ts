import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { studentsOfClass } from "../people/queries.ts"
import { settleDepartures } from "./jobs.ts"
import { COUNCIL, councilSaid, type EndedYear, everything, JUNE, openEndedYear } from "./passage.fixture.ts"

let school: EndedYear
let secretary: Client
let dean: Client

async function begin(options: Parameters<typeof openEndedYear>[0] = {}) {
  school = await openEndedYear(options)
  secretary = await school.as("secretaire")
  dean = await school.as("censeur")
}
test.after.each(() => school.close())

const CG1 = "10ème CG 1"
const of = (label: string) => school.ids.classes[label] as number
const roll = async (label: string) =>
  (await studentsOfClass(school.db, school.nextClasses[label] as number)).map(
    ({ given_names, repeating }) => `${given_names}${repeating ? " redouble" : ""}`,
  )
const rehearse = (label?: string) =>
  dean.open(`/reenrolment/rehearsal?from=${school.ids.year}${label ? `&class=${of(label)}` : ""}`)
/** The clock moves; nobody's session lasts that long. */
async function later(now: string) {
  school.now = new Date(now)
  secretary = await school.as("secretaire")
  dean = await school.as("censeur")
}
/** The form of the last rehearsal sent, with its classes and what it showed. */
async function run(who = dean) {
  const form =
    who.page?.body.match(/<form method="post" action="\/reenrolment\/run">[\s\S]*?<\/form>/)?.[0] ?? ""
  const classes = [...form.matchAll(/name="class" value="(\d+)"/g)].map(([, id]) => id as string)
  return who.submit("/reenrolment/run", { class: classes })
}
const status = async (key: string) =>
  (
    await school.db
      .selectFrom("student")
      .select("status")
      .where("id", "=", school.ids.students[key] as number)
      .executeTakeFirstOrThrow()
  ).status

test("the whole school passes as the council said: places, a repeater, a departure, one left to be decided", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  const board = await secretary.open("/reenrolment")
  assert.match(board.body, "De <b>2026-2027</b> à <b>2027-2028</b>")
  const shown = await rehearse()
  assert.match(shown.body, "Rien n’est écrit")
  assert.match(shown.body, "Faire le passage de 5 élèves")
  assert.equal(await roll(CG1), [], "a rehearsal writes nothing")
  const done = await run()
  assert.match(done.body, "4 élèves ont leur place en 2027-2028, 1 quittent l’école, 1 restent à décider")
  assert.match(done.body, "ƝARE Issa")
  assert.equal(await roll(CG1), ["Aminata redouble"])
  assert.equal(await roll("11ème SES 1"), ["Moussa", "Aminata"])
  assert.equal(await roll("12ème TSE"), ["Salif"])
  assert.equal([await status("fanta"), await status("issa")], ["withdrawn", "active"])
  const fanta = await secretary.open(`/students/${school.ids.students.fanta}`)
  assert.match(fanta.body, "fin de cycle")
  const moussa = await secretary.open(`/students/${school.ids.students.moussa}`)
  assert.match(moussa.body, "2027-2028 · du 01/10/2027")
  const history = await secretary.open(`/students/${school.ids.students.fanta}/history`)
  assert.match(history.body, "Passage en année supérieure : fin de cycle")
})

test("undone, every table is as before; and the passage can be made again", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await rehearse()
  const before = await everything(school.db)
  const done = await run()
  const path = `/reenrolment/runs/${done.body.match(/\/reenrolment\/runs\/(\d+)\/undo/)?.[1]}`
  assert.not.equal(await everything(school.db), before)
  const head = await school.as("proviseur")
  await head.open(`${path}/undo`)
  await dean.open(`${path}/undo`)
  const back = await dean.submit(`${path}/undo`)
  assert.match(back.body, "tout est comme avant")
  assert.equal(await everything(school.db), before)
  assert.match((await dean.open(path)).body, "a été annulé")
  const late = await head.post(`${path}/undo`)
  assert.is(late.status, 409)
  assert.match(late.body, "déjà annulé")
  await rehearse()
  await run()
  assert.equal(await roll("11ème SES 1"), ["Moussa", "Aminata"])
})

test("any mixture of decisions, run and taken back, leaves nothing behind", async () => {
  await begin()
  const words = ["Admis", "Redouble", "Exclu", "Cas à examiner", "Fin de cycle", "Transfert"]
  for (let turn = 0; turn < words.length; turn++) {
    const keys = Object.keys(COUNCIL)
    await councilSaid(
      school,
      Object.fromEntries(
        keys.map((key, n) => [key, words[(n * (turn + 1) + turn) % words.length] as string]),
      ),
    )
    const before = await everything(school.db)
    await rehearse()
    const done = await run()
    const path = done.body.match(/\/reenrolment\/runs\/\d+\/undo/)?.[0] as string
    await dean.open(path)
    await dean.submit(path)
    assert.equal(await everything(school.db), before, `turn ${turn}`)
  }
})

test("a decision changed since the rehearsal: nothing is written, and the page says whose", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await rehearse()
  const before = await everything(school.db)
  await councilSaid(school, { moussa: "Redouble" })
  const refused = await run()
  assert.is(refused.status, 409)
  assert.match(refused.body, "rien n’a été écrit")
  assert.match(refused.body, "KEÏTA Moussa, maintenant inscrit(e) en 10ème CG 1")
  await councilSaid(school, { moussa: COUNCIL.moussa })
  assert.equal(await everything(school.db), before)
  await councilSaid(school, { moussa: "Redouble" })
  await rehearse()
  await run()
  assert.equal(await roll(CG1), ["Moussa redouble", "Aminata redouble"])
})

test("two persons run at once: one wins, the other is told", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  const head = await school.as("proviseur")
  await rehearse()
  await head.open(`/reenrolment/rehearsal?from=${school.ids.year}`)
  const answers = await Promise.all([run(dean), run(head)])
  const told = answers.map(({ status }) => status).sort()
  assert.equal(told, [200, 409])
  assert.match(answers.find((one) => one.status === 409)?.body ?? "", "rien n’a été écrit")
  assert.equal(await roll("11ème SES 1"), ["Moussa", "Aminata"])
  const runs = await school.db.selectFrom("reenrolment_run").selectAll().execute()
  assert.is(runs.length, 1)
})

test("decided in September, the late ones alone are added", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await rehearse()
  await run()
  await later("2027-09-20T09:00:00.000Z")
  await school.db.updateTable("school_year").set({ current: 0 }).execute()
  await school.db.updateTable("school_year").set({ current: 1 }).where("id", "=", school.next).execute()
  await secretary.open(`/reenrolment/${of(CG1)}`)
  const issa = school.ids.students.issa
  await secretary.submit(`/reenrolment/${of(CG1)}`, { [`to-${issa}`]: "pass" })
  const shown = await rehearse(CG1)
  assert.match(shown.body, "Faire le passage de 1 élève")
  assert.match(shown.body, "déjà inscrit(e) en 11ème SES 1")
  await run()
  assert.equal(await roll("11ème SES 1"), ["Moussa", "Issa", "Aminata"])
  const again = await rehearse(CG1)
  assert.match(again.body, "Personne n’est à inscrire")
})

test("run in June, who leaves stays until the year's last day and is gone the day after", async () => {
  await begin({ now: JUNE })
  await councilSaid(school, COUNCIL)
  await rehearse()
  const done = await run()
  assert.match(done.body, "Les départs seront écrits le 01/07/2027")
  assert.is(await status("fanta"), "active")
  assert.match(await settleDepartures(school.school, new Date("2027-06-30T23:00:00.000Z")), "no departure")
  assert.is(await status("fanta"), "active")
  assert.match(await settleDepartures(school.school, new Date("2027-07-01T00:20:00.000Z")), "1 departures")
  assert.is(await status("fanta"), "withdrawn")
  assert.match(await settleDepartures(school.school, new Date("2027-07-02T00:20:00.000Z")), "no departure")
})

test("a departure that was taken back, or is no longer true, is never written", async () => {
  await begin({ now: JUNE })
  await councilSaid(school, COUNCIL)
  await rehearse()
  const done = await run()
  const path = done.body.match(/\/reenrolment\/runs\/\d+\/undo/)?.[0] as string
  await dean.open(path)
  await dean.submit(path)
  await settleDepartures(school.school, new Date("2027-07-01T00:20:00.000Z"))
  assert.is(await status("fanta"), "active")
})

test("undo is refused by name once the new year has begun for somebody", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await rehearse()
  const done = await run()
  const path = done.body.match(/\/reenrolment\/runs\/\d+\/undo/)?.[0] as string
  const { db, next, nextClasses, ids } = school
  const waiting = await school.as("proviseur")
  await waiting.open(path)
  const subject = await db
    .selectFrom("class_subject")
    .select("id")
    .where("class_id", "=", nextClasses["11ème SES 1"] as number)
    .executeTakeFirstOrThrow()
  const period = await db
    .selectFrom("period")
    .select("id")
    .where("school_year_id", "=", next)
    .executeTakeFirstOrThrow()
  const at = "2027-10-20T10:00:00.000Z"
  const test = { category: "CLASSE", label: "Devoir 1", max: 2000, weight: 100, position: 1, created_at: at }
  const assessment = await db
    .insertInto("assessment")
    .values({ ...test, class_subject_id: subject.id, period_id: period.id })
    .returning("id")
    .executeTakeFirstOrThrow()
  const mark = {
    assessment_id: assessment.id,
    student_id: ids.students.moussa as number,
    value: 1200,
    updated_at: at,
  }
  await db.insertInto("mark").values(mark).execute()
  await db
    .updateTable("enrolment")
    .set({ class_id: nextClasses[CG1] as number, ends_on: "2027-10-10", end_reason: "moved" })
    .where("student_id", "=", ids.students.salif as number)
    .where("school_year_id", "=", next)
    .execute()
  const before = await everything(db)
  const page = await dean.open(path)
  assert.match(page.body, "KEÏTA Moussa</a> a des notes dans la nouvelle année")
  assert.match(page.body, "TRAORÉ Salif</a> a changé de classe")
  assert.not.match(page.body, "Annuler le passage</button>")
  const refused = await waiting.post(path)
  assert.is(refused.status, 409)
  assert.match(refused.body, "KEÏTA Moussa</a> a des notes")
  assert.equal(await everything(db), before)
})

test("who left in August, or was moved to another class of the year that ended, is seen", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await later("2027-08-10T09:00:00.000Z")
  const moussa = `/students/${school.ids.students.moussa}`
  await secretary.open(`${moussa}/withdraw`)
  await secretary.submit(`${moussa}/withdraw`, { on: "09/08/2027", reason: "moved_away" })
  const shown = await rehearse(CG1)
  assert.match(shown.body, "a quitté l’école entre-temps")
  await run()
  assert.equal(await roll("11ème SES 1"), ["Aminata"])
})

test("the secretary prepares; only the direction runs, and a teacher sees nothing", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  const shown = await secretary.open(`/reenrolment/rehearsal?from=${school.ids.year}`)
  assert.not.match(shown.body, '/reenrolment/run"')
  assert.is((await secretary.post("/reenrolment/run", {})).status, 403)
  const teacher = await school.as("maths")
  assert.is((await teacher.get("/reenrolment")).status, 403)
  assert.is((await teacher.get(`/reenrolment/${of(CG1)}`)).status, 403)
})

test("numbers that an attacker writes are not believed", async () => {
  await begin()
  await councilSaid(school, COUNCIL)
  await rehearse()
  const before = await everything(school.db)
  const wrong = [
    { class: "999999", "seen-999999": "x" },
    { class: String(school.nextClasses[CG1]), [`seen-${school.nextClasses[CG1]}`]: "x" },
    { class: [], from: "abc" },
    { class: String(of(CG1)), [`seen-${of(CG1)}`]: "" },
    { class: String(of(CG1)), from: String(school.next) },
  ]
  for (const fields of wrong) {
    await rehearse()
    const { status } = await dean.post("/reenrolment/run", fields)
    assert.ok([404, 409].includes(status), `${JSON.stringify(fields)}: ${status}`)
  }
  assert.equal(await everything(school.db), before)
})

test.run()
