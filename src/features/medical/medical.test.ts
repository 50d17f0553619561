// Notes on a student's health: behind a right of their own, every look recorded.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { NOW, openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let supervisor: Client
let notes: string
test.before.each(async () => {
  school = await openTestSchool()
  supervisor = await school.as("surveillant")
  notes = `/students/${school.ids.students.moussa}/medical`
})
test.after.each(() => school.close())

const SECRET = "drépanocytose SS"
const WRITTEN = {
  conditions: SECRET,
  emergency: "Faire boire, appeler la mère au 70 00 00 01.",
  blood_group: "O+",
  doctor_phone: "76 12 34 56",
  sports: "partial",
  version: "0",
}

const looks = () => school.school.db.selectFrom("medical_look").selectAll().orderBy("id").execute()
const later = (minutes: number) => {
  school.now = new Date(NOW.getTime() + minutes * 60_000)
}

/** Opens the notes as the button does. */
async function open(who: Client, reason = "", path = notes) {
  await who.open(path)
  return who.submit(`${path}/looks`, { reason })
}

async function write(who: Client, fields: Record<string, string>) {
  await open(who)
  await who.open(`${notes}/edit`)
  return who.submit(`${notes}/edit`, fields)
}

test("the tab says only that notes exist; opening them is a look with a name, an hour and a reason", async () => {
  const page = await write(supervisor, WRITTEN)
  assert.match(page.body, SECRET)
  assert.match(page.body, "apte avec réserve")
  later(30)
  const head = await school.as("proviseur")
  const door = await head.open(notes)
  assert.match(door.body, "Des notes de santé existent")
  assert.not.match(door.body, SECRET)
  const shown = await open(head, "Malaise en classe")
  assert.match(shown.body, SECRET)
  const [first, second] = await looks()
  assert.is(first?.account_id, school.ids.accounts.surveillant)
  assert.is(second?.account_id, school.ids.accounts.proviseur)
  assert.is(second?.reason, "Malaise en classe")
  assert.match((await head.open(`${notes}/looks`)).body, "Malaise en classe")
  const register = (await head.open("/medical/looks")).body
  assert.match(register, "KEÏTA Moussa")
  assert.match(register, "Bakary KONATÉ")
})

test("a look lasts ten minutes, in the session that asked for it, for that student only", async () => {
  await write(supervisor, WRITTEN)
  later(9)
  assert.match((await supervisor.open(notes)).body, SECRET)
  const other = await school.as("surveillant")
  assert.not.match((await other.open(notes)).body, SECRET, "another device asks for itself")
  const edit = await other.get(`${notes}/edit`)
  assert.is(edit.location, notes)
  assert.is((await other.get(`${notes}/versions`)).location, notes)
  later(11)
  assert.not.match((await supervisor.open(notes)).body, SECRET)
  assert.is((await looks()).length, 1, "reading pages wrote nothing")
  await open(supervisor)
  await supervisor.post(`${notes}/looks`, { reason: "" })
  assert.is((await looks()).length, 2, "the button pressed twice is one look")
})

test("nobody else opens them: not the administrator, the secretary, a teacher, the mother or the student", async () => {
  await write(supervisor, { ...WRITTEN, instruction: "Anémie : laisser boire.", instruction_shown: "" })
  for (const key of ["admin", "secretaire", "censeur", "econome", "maths", "parent", "moussa"]) {
    const who = await school.as(key)
    for (const path of [notes, `${notes}/edit`, `${notes}/versions`, `${notes}/looks`, "/medical/looks"])
      assert.is((await who.get(path)).status, 403, `${key} ${path}`)
    assert.is((await who.post(`${notes}/looks`, {})).status, 403, key)
    assert.is((await who.post(`${notes}/edit`, WRITTEN)).status, 403, key)
  }
  assert.is((await looks()).length, 1)
})

test("what they say stands in no other page, no list, no export, no search and no audit trail", async () => {
  await write(supervisor, { ...WRITTEN, note: "marqueur-secret" })
  const head = await school.as("proviseur")
  const id = school.ids.students.moussa
  for (const path of [
    `/students/${id}`,
    `/students/${id}/history`,
    "/students?q=drepanocytose",
    "/students?q=marqueur",
    "/audit",
    "/audit?subject=medical_note",
  ])
    assert.not.match((await head.open(path)).body, /marqueur-secret|drépanocytose SS/, path)
  const trail = await school.school.db
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", "medical_note")
    .execute()
  assert.equal(
    trail.map(({ subject_id, action, before, after, reason }) => ({
      subject_id,
      action,
      before,
      after,
      reason,
    })),
    [{ subject_id: id, action: "changed", before: null, after: null, reason: null }],
  )
  assert.match((await head.open("/audit?subject=medical_note")).body, "Notes de santé")
})

test("no page about health is kept: no-store, no ETag, never a 304", async () => {
  await write(supervisor, WRITTEN)
  for (const path of [
    notes,
    `${notes}/edit`,
    `${notes}/versions`,
    `${notes}/looks`,
    "/medical/instructions",
  ]) {
    const { headers, status } = await supervisor.get(path)
    assert.is(status, 200, path)
    assert.is(headers.get("cache-control"), "no-store", path)
    assert.is(headers.get("etag"), null, path)
  }
  const kept = await supervisor.get("/students")
  const etag = kept.headers.get("etag") as string
  assert.ok(etag, "other pages keep theirs")
  assert.is((await supervisor.get("/students", { "if-none-match": etag })).status, 304)
})

test("two people write at once: the second sees both, field by field, and nothing is lost", async () => {
  await write(supervisor, WRITTEN)
  const head = await school.as("proviseur")
  await open(head)
  await head.open(`${notes}/edit`)
  await write(supervisor, { ...WRITTEN, version: "1", allergies: "Pénicilline", blood_group: "A+" })
  const refused = await head.post(`${notes}/edit`, { ...WRITTEN, version: "1", blood_group: "AB−" })
  assert.is(refused.status, 409)
  assert.match(refused.body, "Bakary KONATÉ a modifié cette fiche")
  assert.match(refused.body, /Groupe sanguin<\/th><td>O\+<\/td><td>A\+<\/td><td><b>AB−/)
  assert.match(refused.body, "Pénicilline", "what only the other wrote is taken over")
  assert.is(refused.headers.get("cache-control"), "no-store")
  const saved = await head.submit(`${notes}/edit`, {
    ...WRITTEN,
    version: "2",
    allergies: "Pénicilline",
    blood_group: "AB−",
  })
  assert.match(saved.body, "AB−")
  const told = (await head.open(`${notes}/versions`)).body
  for (const word of ["O+", "A+", "AB−", "Pénicilline"]) assert.match(told, word)
})

test("both write the first notes at the same moment: one is told", async () => {
  const head = await school.as("proviseur")
  await open(head)
  await head.open(`${notes}/edit`)
  await open(supervisor)
  await supervisor.open(`${notes}/edit`)
  const answers = await Promise.all([
    head.post(`${notes}/edit`, { ...WRITTEN, note: "du proviseur" }),
    supervisor.post(`${notes}/edit`, { ...WRITTEN, note: "du surveillant" }),
  ])
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
})

test("a form sent after its ten minutes is not lost, and is a look", async () => {
  await open(supervisor)
  await supervisor.open(`${notes}/edit`)
  later(45)
  const page = await supervisor.submit(`${notes}/edit`, WRITTEN)
  assert.match(page.body, SECRET)
  assert.is((await looks()).at(-1)?.reason, "Modification des notes")
})

test("weight and height are kept with their day; what cannot be is refused with what was typed", async () => {
  await open(supervisor)
  const page = await supervisor.submit(`${notes}/measures`, {
    measured_on: "02/11/2026",
    weight: "48,5",
    height: "161",
  })
  assert.match(page.body, "48,5 kg")
  assert.match(page.body, "161 cm")
  for (const [fields, sentence] of [
    [{ measured_on: "02/11/2030", weight: "48" }, "pas encore venue"],
    [{ measured_on: "hier", weight: "48" }, "Écrivez une date"],
    [{ measured_on: "02/11/2026" }, "Écrivez le poids, la taille ou les deux"],
    [{ measured_on: "02/11/2026", weight: "4800" }, "Écrivez un nombre de 5 à 250"],
    [{ measured_on: "02/11/2026", height: "1,61" }, "taille en centimètres"],
  ] as const) {
    const refused = await supervisor.post(`${notes}/measures`, fields)
    assert.is(refused.status, 422)
    assert.match(refused.body, sentence)
  }
  const [row] = await school.school.db.selectFrom("medical_measure").selectAll().execute()
  assert.equal([row?.weight, row?.height, row?.measured_on], [4850, 161, "2026-11-02"])
  const salif = `/students/${school.ids.students.salif}/medical`
  const elsewhere = await supervisor.post(`${salif}/measures/remove`, { measure: String(row?.id) })
  assert.is(elsewhere.status, 404, "a measure is removed from its own student only")
  await supervisor.submit(`${notes}/measures/remove`, { measure: String(row?.id) })
  assert.equal(await school.school.db.selectFrom("medical_measure").selectAll().execute(), [])
})

test("wrong fields are refused beside the field, and nothing typed is lost", async () => {
  await open(supervisor)
  await supervisor.open(`${notes}/edit`)
  const refused = await supervisor.post(`${notes}/edit`, {
    ...WRITTEN,
    blood_group: "Z+",
    doctor_phone: "12",
    instruction_shown: "1",
  })
  assert.is(refused.status, 422)
  assert.match(refused.body, SECRET)
  assert.match(refused.body, "Choisissez dans la liste")
  const unsaid = await supervisor.post(`${notes}/edit`, {
    ...WRITTEN,
    instruction_shown: "1",
    instruction: "",
  })
  assert.is(unsaid.status, 422)
  assert.match(unsaid.body, "Écrivez la consigne à montrer")
})

test("teachers of the class read the one sentence chosen for them, and only when it is", async () => {
  const sentence = "Allergie aux arachides : prévenir l’infirmerie."
  await write(supervisor, { ...WRITTEN, instruction: sentence })
  const teacher = await school.as("maths")
  const read = async () => (await teacher.open("/medical/instructions")).body
  assert.not.match(await read(), "arachides", "off unless somebody ticks it")
  await supervisor.open(`${notes}/edit`)
  await supervisor.submit(`${notes}/edit`, {
    ...WRITTEN,
    version: "1",
    instruction: sentence,
    instruction_shown: "1",
  })
  assert.match(await read(), "arachides")
  assert.not.match(await read(), SECRET)
  const { db } = school.school
  const at = NOW.toISOString()
  await db
    .insertInto("medical_note")
    .values({
      student_id: school.ids.students.salif as number,
      instruction: "Consigne de Salif",
      instruction_shown: 1,
      updated_at: at,
    })
    .execute()
  assert.not.match(await read(), "Consigne de Salif", "not of another’s class")
  assert.match((await supervisor.open("/medical/instructions")).body, "Consigne de Salif")
})

test.run()
