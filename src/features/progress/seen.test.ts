import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { CLASS, ORDINARY, plain, sentencesIn, Twelve } from "./twelve.fixture.ts"

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

test("« vu, c’est juste »: with a name, a day and a remark, until the figure changes, and taken back", async () => {
  await ordinary()
  const id = await column("MATHS", [0, ...ORDINARY.slice(1)])
  const dean = await school.as("censeur")
  const page = await dean.open(controls())
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1] as string
  const nothing = await dean.post(`${controls()}/seen`, { remark: "" })
  assert.is(nothing.status, 422)
  assert.match(nothing.body, "Cochez d’abord ce que vous avez regardé.")
  const left = await dean.submit(`${controls()}/seen`, { seen, remark: "Copie blanche, vérifiée" })
  assert.match(left.body, "Un point est noté comme vu.")
  assert.equal(sentencesIn(left.body), [])
  assert.match(left.body, "Vu par Mamadou TOURÉ : Copie blanche, vérifiée")
  const kept = await db().selectFrom("progress_seen").selectAll().executeTakeFirstOrThrow()
  assert.equal([kept.student_id, kept.seen_by], [student("moussa"), school.ids.accounts.censeur])

  await db()
    .updateTable("mark")
    .set({ value: 2000 })
    .where("assessment_id", "=", id)
    .where("value", "=", 0)
    .execute()
  assert.match((await found())[0] as string, "a 20 sur 20", "another figure is another finding")
  await db()
    .updateTable("mark")
    .set({ value: 0 })
    .where("assessment_id", "=", id)
    .where("value", "=", 2000)
    .execute()
  assert.equal(await found(), [])
  await dean.open(controls())
  const back = await dean.submit(`${controls()}/unseen`, { finding: kept.finding })
  assert.match(back.body, "de nouveau à regarder")
  assert.is(sentencesIn(back.body).length, 1)
  const trail = await db()
    .selectFrom("audit")
    .where("subject", "=", "control")
    .orderBy("id")
    .selectAll()
    .execute()
  assert.equal(
    trail.map(({ action, reason }) => [action, reason]),
    [
      ["seen", "Copie blanche, vérifiée"],
      ["shown", null],
    ],
  )
})

test("a finding that changed while the page was open is not left unseen", async () => {
  await ordinary()
  const id = await column("MATHS", [0, ...ORDINARY.slice(1)])
  const dean = await school.as("censeur")
  const page = await dean.open(controls())
  const seen = /name="seen" value="([^"]+)"/.exec(page.body)?.[1] as string
  await db().updateTable("assessment").set({ max: 1000 }).where("id", "=", id).execute()
  await db()
    .updateTable("mark")
    .set({ value: 50 })
    .where("assessment_id", "=", id)
    .where("value", "=", 0)
    .execute()
  const late = await dean.submit(`${controls()}/seen`, { seen: [seen, "forged:1=0"] as never, remark: "" })
  assert.match(late.body, "ont changé entre-temps")
  assert.is((await db().selectFrom("progress_seen").select("finding").execute()).length, 0)
})

test("the form teacher reads the controls of the class led, and leaves none; others do not find the page", async () => {
  await ordinary()
  await column("MATHS", [0, ...ORDINARY.slice(1)])
  const teacher = await school.as("maths")
  const page = await teacher.open(controls())
  assert.match(page.body, "KEÏTA Moussa a 0 sur 20")
  assert.not.match(page.body, 'name="seen"')
  assert.is((await teacher.post(`${controls()}/seen`, { seen: "zero:1.1=0" })).status, 403)
  const stranger = await school.as("francais")
  for (const path of [controls(), `${controls()}/count`, `${controls()}/history`]) {
    assert.is((await stranger.get(path)).status, 404)
  }
})

test("the check of the bulletins leads to what is to be looked at, and the history tells who did what and why", async () => {
  await ordinary()
  await column("MATHS", [0, ...ORDINARY.slice(1)])
  const bulletins = `/bulletins/${school.ids.classes[CLASS]}/${period()}`
  const [teacher, dean] = [await school.as("maths"), await school.as("censeur")]
  const grid = `/grades/${classSubject("MATHS")}/${period()}`
  await teacher.open(`${grid}/lock`)
  await teacher.post(`${grid}/lock`)
  await dean.open(`${grid}/unlock`)
  await dean.post(`${grid}/unlock`, { reason: "Copie retrouvée" })
  const page = await dean.open(bulletins)
  assert.match(page.body, `hx-get="${controls()}/count"`)
  assert.match(plain((await dean.open(`${controls()}/count`)).body), "1 point à regarder")
  await dean.open(bulletins)
  await dean.post(`${bulletins}/check`, { anyway: "1" })
  await dean.open(bulletins)
  await dean.post(`${bulletins}/uncheck`, { reason: "Une note oubliée" })
  const history = plain((await dean.open(`${controls()}/history`)).body)
  const steps = [
    "Contrôle levé , par Mamadou TOURÉ Motif : Une note oubliée",
    "Classe contrôlée, 4 matières encore ouvertes , par Mamadou TOURÉ",
    "Mathématiques : déverrouillée , par Mamadou TOURÉ Motif : Copie retrouvée",
    "Mathématiques : verrouillée , par Ibrahim COULIBALY",
  ]
  const places = steps.map((step) => history.indexOf(step))
  assert.ok(
    places.every((place, n) => place > 0 && place > (places[n - 1] ?? 0)),
    history,
  )
})

test("the school moves the thresholds, and says so in its settings", async () => {
  await ordinary()
  await column("MATHS", [5, ...ORDINARY.slice(1)])
  assert.equal(await found(), [])
  const dean = await school.as("censeur")
  await dean.open("/progress/thresholds")
  const wrong = await dean.post("/progress/thresholds", {
    deviations: "0",
    jump: "abc",
    most: "80",
    absences: "3",
    fewest: "5",
  })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Écrivez un nombre de 1 à 10")
  const saved = await dean.submit("/progress/thresholds", {
    deviations: "2",
    jump: "3",
    most: "80",
    absences: "3",
    fewest: "5",
  })
  assert.match(saved.body, "Les seuils des contrôles sont enregistrés")
  assert.match((await found())[0] as string, "KEÏTA Moussa a 5 sur 20")
  assert.is((await (await school.as("maths")).get("/progress/thresholds")).status, 403)
})

test.run()
