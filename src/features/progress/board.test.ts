import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Answer } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { enrolMany, giveAssessment, giveMarks } from "../grades/grid.fixture.ts"
import { remindByRoutine } from "./jobs.ts"

const CLASS = "10ème CG 1"

let school: TestSchool
const period = () => school.ids.periods.T1 as number
const staff = (key: string) => school.ids.staff[key] as number
const db = () => school.school.db

test.before.each(async () => {
  school = await openTestSchool()
  await setPhone("francais", "+22376000001")
})
test.after.each(() => school.close())

const setPhone = (key: string, phone: string | null) =>
  db().updateTable("staff").set({ phone }).where("id", "=", staff(key)).execute()

const setDeadline = (due_on: string, level_code = "") =>
  db()
    .insertInto("progress_deadline")
    .values({ period_id: period(), level_code, due_on, changed_at: "2026-11-01T08:00:00.000Z" })
    .execute()

/** The rows of the board as text: subject, class, teacher… */
const rowsIn = ({ body }: Answer) =>
  [...body.matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    (row as string)
      .split(/<\/t[hd]>/)
      .map((cell) =>
        cell
          .replace(/<[^>]+>/g, " ")
          .replace(/\s+/g, " ")
          .trim(),
      )
      .join(" | "),
  )

const outbox = () => db().selectFrom("outbox").selectAll().orderBy("id").execute()
const reminders = () => db().selectFrom("progress_reminder").selectAll().orderBy("id").execute()

/** The mathematics of the class is typed but for one cell, and the French composition is still to be given. */
async function enterSome() {
  const homework = await giveAssessment(school, `${CLASS}/MATHS`)
  const { moussa, aminata1, aminata2 } = school.ids.students as Record<string, number>
  await giveMarks(db(), homework, {
    [moussa as number]: 1200,
    [aminata1 as number]: 900,
    [aminata2 as number]: 1400,
  })
  await giveAssessment(school, `${CLASS}/FR`, {
    held_on: "2026-12-18",
    label: "Composition",
    category: "COMPO",
  })
}

test("the dean sees who has entered what, who is late and since when, the late first", async () => {
  await enterSome()
  await setDeadline("2026-12-07")
  await db()
    .insertInto("subject_lock")
    .values({
      class_subject_id: school.ids.classSubjects[`${CLASS}/EPS`] as number,
      period_id: period(),
      locked_at: "2026-12-02T08:00:00.000Z",
      locked_by: null,
    })
    .execute()
  const dean = await school.as("censeur")
  const page = await dean.open(`/progress?period=${period()}&class=${school.ids.classes[CLASS]}`)
  const rows = rowsIn(page)
  assert.equal(rows.map((row) => row.split(" | ")[0]).at(-1), "Éducation physique et sportive")
  const maths = rows.find((row) => row.startsWith("Mathématiques")) as string
  assert.match(maths, "10ème CG 1 | Ibrahim COULIBALY | 1 | 3 / 4 | 1 | ✗ en retard depuis 3 jours")
  const french = rows.find((row) => row.startsWith("Français")) as string
  assert.match(french, "0 + 1 à venir | 0 / 4 | 4")
  assert.match(rows.find((row) => row.startsWith("Anglais")) as string, "! sans professeur")
  assert.match(rows.at(-1) as string, "◐ verrouillée ◐ 02/12")
  assert.match(page.body, "3 matières en retard")
  const late = await dean.open(`/progress?period=${period()}&late=1&teacher=${staff("maths")}`)
  assert.is(rowsIn(late).length, 1)
  const unassigned = await dean.open(
    `/progress?period=${period()}&teacher=none&class=${school.ids.classes[CLASS]}`,
  )
  assert.is(rowsIn(unassigned).length, 2)
})

test("a checked and a published class tell both days; a level has a deadline of its own", async () => {
  await setDeadline("2026-12-20")
  await setDeadline("2026-12-08", "12")
  const dean = await school.as("censeur")
  const late = await dean.open(`/progress?late=1&class=${school.ids.classes["12ème TSE"]}`)
  assert.match(rowsIn(late)[0] as string, "en retard depuis 2 jours")
  assert.match((await dean.open(`/progress?late=1&class=${school.ids.classes[CLASS]}`)).body, "Aucun retard")
  await dean.open(`/bulletins/${school.ids.classes[CLASS]}/${period()}`)
  await dean.post(`/bulletins/${school.ids.classes[CLASS]}/${period()}/check`, { anyway: "1" })
  assert.match(
    rowsIn(await dean.open(`/progress?class=${school.ids.classes[CLASS]}`))[0] as string,
    "✓ contrôlée ✓ 10/12",
  )
  school.now = new Date("2026-12-12T09:00:00.000Z")
  const head = await school.as("proviseur")
  await head.open(`/bulletins/${school.ids.classes[CLASS]}/${period()}/publish`)
  await head.post(`/bulletins/${school.ids.classes[CLASS]}/${period()}/publish`, { visible: "now" })
  const published = rowsIn(await head.open(`/progress?class=${school.ids.classes[CLASS]}`))[0] as string
  assert.match(published, "● publiée ✓ 10/12 ● 12/12")
})

test("a teacher sees the own lines, a form teacher those of the class led, nobody else's", async () => {
  const french = rowsIn(await (await school.as("francais")).open("/progress"))
  assert.equal(french.map((row) => row.split(" | ").slice(0, 2).join(", ")).sort(), [
    "Français, 10ème CG 1",
    "Français, 12ème TSE",
  ])
  const teacher = await school.as("maths")
  const own = rowsIn(await teacher.open(`/progress?class=${school.ids.classes["12ème TSE"]}`))
  assert.is(own.length, 0)
  assert.is(rowsIn(await teacher.open("/progress")).length, 4)
  assert.is((await teacher.get(`/progress/${school.ids.classes[CLASS]}/${period()}`)).status, 200)
  assert.is((await teacher.get("/progress/remind")).status, 403)
  assert.is((await (await school.as("secretaire")).get("/progress")).status, 403)
})

test("all who are late are reminded in one click: texts and price first, then one SMS each, never two a day", async () => {
  await enterSome()
  await setDeadline("2026-12-07")
  const dean = await school.as("censeur")
  const teachers = await dean.open(`/progress/teachers?period=${period()}`)
  assert.match(teachers.body, "! sans téléphone")
  assert.match(teachers.body, "Matières sans professeur")
  const asked = await dean.open(`/progress/remind?period=${period()}`)
  assert.match(asked.body, "<b>1</b> SMS, <b>1</b> segment à payer")
  assert.match(asked.body, "Sans téléphone :</b> Ibrahim COULIBALY")
  const text = /<p class="sms">([^<]+)<\/p>/.exec(asked.body)?.[1] as string
  const answers = await Promise.all([dean.post("/progress/remind"), dean.post("/progress/remind")])
  assert.equal(
    answers.map(({ status }) => status),
    [303, 303],
    "a double click is one click",
  )
  const [message, ...others] = await outbox()
  assert.is(others.length, 0)
  assert.is(message?.body, text.replaceAll("&#39;", "'"))
  assert.match(message?.body as string, "notes du 1er trimestre attendues le 07/12, 3 jours de retard")
  assert.equal([message?.recipient, message?.encoding, message?.segments], ["+22376000001", "gsm7", 1])
  assert.not.match(message?.body as string, /KEÏTA|TRAORÉ/)
  assert.is((await reminders()).length, 1)
  const head = await school.as("proviseur")
  const again = await head.open(`/progress/remind?period=${period()}`)
  assert.match(again.body, "Déjà rappelé aujourd’hui : Awa SANOGO")
  assert.not.match(again.body, "Envoyer")
  const log = await dean.open(`/progress/reminders?period=${period()}`)
  assert.match(rowsIn(log)[0] as string, "Awa SANOGO | 10/12/2026 à 09:00 | Mamadou TOURÉ")
  assert.match((await dean.open(`/progress/teachers?period=${period()}`)).body, "aujourd’hui")
})

test("two persons clicking at the same moment write one SMS; the next day another may leave", async () => {
  await setDeadline("2026-12-07")
  const [dean, supervisor] = [await school.as("censeur"), await school.as("surveillant")]
  for (const person of [dean, supervisor]) await person.open(`/progress/remind?period=${period()}`)
  await Promise.all([dean.post("/progress/remind"), supervisor.post("/progress/remind")])
  assert.is((await outbox()).length, 1)
  school.now = new Date("2026-12-11T09:00:00.000Z")
  const next = await school.as("censeur")
  await next.open(`/progress/remind?period=${period()}&teacher=${staff("francais")}`)
  const sent = await next.submit("/progress/remind")
  assert.match(sent.body, "Un rappel est écrit au journal des SMS.")
  assert.is((await outbox()).length, 2)
})

test("who is in time is reminded one by one only; who locked meanwhile is not reminded any more", async () => {
  const dean = await school.as("censeur")
  assert.match((await dean.open("/progress/remind")).body, "Il n’y a personne à rappeler")
  await dean.open(`/progress/remind?period=${period()}&teacher=${staff("francais")}`)
  for (const name of [`${CLASS}/FR`, "12ème TSE/FR"]) {
    const lock = { class_subject_id: school.ids.classSubjects[name] as number, period_id: period() }
    await db()
      .insertInto("subject_lock")
      .values({ ...lock, locked_at: "2026-12-10T08:59:00.000Z" })
      .execute()
  }
  const late = await dean.submit("/progress/remind")
  assert.match(late.body, "Aucun rappel n’est parti")
  assert.is((await outbox()).length, 0)
})

test("a forged period or teacher sends nothing", async () => {
  await setDeadline("2026-12-07")
  const dean = await school.as("censeur")
  await dean.open(`/progress/remind?period=${period()}`)
  assert.is((await dean.post("/progress/remind", { period: "999" })).status, 404)
  await dean.open(`/progress/remind?period=${period()}`)
  assert.is((await dean.post("/progress/remind", { teacher: String(staff("proviseur")) })).status, 303)
  assert.is((await outbox()).length, 0)
})

test("the head fixes the deadlines, in the period's year, and is told when somebody else has just done so", async () => {
  const head = await school.as("proviseur")
  const path = `/progress/deadlines/${period()}`
  await head.open(path)
  const wrong = await head.post(path, { due: "12/09/2026", due_12: "hier", before: "90", every: "" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Écrivez une date comme 05/10/2026.")
  assert.match(wrong.body, "Écrivez un nombre entier de 0 à 30")
  assert.match(wrong.body, 'value="hier"')
  const early = await head.post(path, { due: "12/09/2026" })
  assert.match(early.body, "Choisissez un jour du 01/10/2026 au 30/06/2027.")
  const dean = await school.as("censeur")
  await dean.open(path)
  const saved = await head.submit(path, { due: "18/12/2026", due_12: "15/12/2026", before: "3", every: "2" })
  assert.match(saved.body, "Les échéances sont enregistrées")
  const late = await dean.post(path, { due: "21/12/2026" })
  assert.is(late.status, 422)
  assert.match(late.body, "ont changé entre-temps")
  assert.is((await dean.post(path, { due: "21/12/2026", before: "", every: "" })).status, 303)
  const rows = await db().selectFrom("progress_deadline").select(["level_code", "due_on"]).execute()
  assert.equal(rows, [{ level_code: "", due_on: "2026-12-21" }])
  const trail = await db().selectFrom("audit").where("action", "=", "deadlines").select("before").execute()
  assert.match(trail.at(-1)?.before as string, "2026-12-15")
  assert.is((await (await school.as("surveillant")).get(path)).status, 403)
})

test("reminders leave by themselves only where somebody asked for it, in the morning, once", async () => {
  await setDeadline("2026-12-12")
  const at = (iso: string) => remindByRoutine(school.school, new Date(iso))
  await at("2026-12-10T07:30:00.000Z")
  assert.is((await outbox()).length, 0, "nobody asked")
  await db()
    .insertInto("progress_routine")
    .values({ period_id: period(), days_before: 2, every_days: 3, changed_at: "2026-12-01T08:00:00.000Z" })
    .execute()
  assert.is(await at("2026-12-10T03:10:00.000Z"), "aucun rappel la nuit")
  assert.is(await at("2026-12-10T07:30:00.000Z"), "1 rappels écrits")
  await at("2026-12-10T07:31:00.000Z")
  await at("2026-12-11T07:30:00.000Z")
  await at("2026-12-14T07:30:00.000Z")
  assert.is((await outbox()).length, 1)
  await at("2026-12-15T07:30:00.000Z")
  assert.equal(
    (await reminders()).map(({ sent_on, sent_by }) => [sent_on, sent_by]),
    [
      ["2026-12-10", null],
      ["2026-12-15", null],
    ],
  )
  const log = await (await school.as("censeur")).open(`/progress/reminders?period=${period()}`)
  assert.match(log.body, "envoi automatique")
})

test("thirty classes of twelve subjects: forty lines a page, within its bytes and questions", async () => {
  await enrolMany(school, CLASS, 20)
  const { year } = school.ids
  for (let n = 0; n < 27; n++) {
    const label = `10ème CG ${n + 2}`
    const one = {
      school_year_id: year,
      level_code: "10",
      series_code: "CG",
      section: String(n + 2),
      position: 10 + n,
    }
    const { id } = await db()
      .insertInto("class")
      .values({ ...one, label, folded: label })
      .returning("id")
      .executeTakeFirstOrThrow()
    for (const [m, subject] of Object.values(school.ids.subjects).entries()) {
      const line = {
        class_id: id,
        subject_id: subject,
        coefficient: 200,
        group_code: "PRINCIPALES",
        position: m,
      }
      await db()
        .insertInto("class_subject")
        .values({ ...line, teacher_id: staff("maths") })
        .execute()
    }
  }
  const dean = await school.as("censeur")
  const page = await dean.open("/progress")
  assert.is(rowsIn(page).length, 40)
  assert.match(page.body, "sur 120")
  assert.is(rowsIn(await dean.open("/progress?page=3")).length, 40)
  assert.match((await dean.open("/progress/teachers")).body, "Ibrahim COULIBALY")
})

test("before the first school year the board says what to do first", async () => {
  await db().updateTable("school_year").set({ current: 0 }).execute()
  school.school.year = null
  const dean = await school.as("censeur")
  assert.match((await dean.open("/progress")).body, "Aucune année scolaire")
  assert.is((await dean.get("/progress/remind")).status, 409)
})

test.run()
