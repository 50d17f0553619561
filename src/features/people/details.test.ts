// The rest of a card: zone, transport, examinations, emergency contacts; guardians' ways of agreeing; staff.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let secretary: Client
let at: string
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  at = `/students/${school.ids.students.moussa}/edit`
})
test.after.each(() => school.close())

const CARD = {
  surname: "KEÏTA",
  given_names: "Moussa",
  matricule: "RC15CG26Z9001M",
  sex: "M",
  birth: "04/03/2011",
  birth_place: "Bamako",
}
const FULL = {
  quartier: "Faladiè",
  commune: "Commune VI",
  transport_stop: "Ligne 2, Tour d’Afrique",
  national_number: "1 11 03 198 765 432 b",
  previous_school: "École Mamadou Konaté",
  entered_on: "01/10/2026",
  repeated_before: "0",
  channel: "radio",
  exam_number: "def 2026 114",
  exam_centre: "Faladiè II",
  contact1_name: "Awa KEÏTA",
  contact1_relation: "tante",
  contact1_phone: "66 00 00 01",
}
const row = () =>
  school.school.db
    .selectFrom("student")
    .selectAll()
    .where("id", "=", school.ids.students.moussa as number)
    .executeTakeFirstOrThrow()
const contacts = () =>
  school.school.db
    .selectFrom("student_contact")
    .select(["position", "name", "relation", "phone"])
    .orderBy("position")
    .execute()

test("everything a card holds is typed, kept, shown, told in the history and typed again the same", async () => {
  await secretary.open(at)
  const page = await secretary.submit(at, { ...CARD, ...FULL })
  for (const told of ["Faladiè", "Commune VI", "Tour d’Afrique", "11103198765432B", "Radio"])
    assert.match(page.body, told)
  for (const told of [
    "École Mamadou Konaté",
    "01/10/2026",
    "DEF2026114",
    "Faladiè II",
    "Awa KEÏTA, tante",
    "66 00 00 01",
  ])
    assert.match(page.body, told)
  const kept = await row()
  assert.is(kept.repeated_before, 0)
  assert.is(kept.entered_on, "2026-10-01")
  assert.is(kept.home, "|faladie")
  assert.equal(await contacts(), [
    { position: 1, name: "Awa KEÏTA", relation: "tante", phone: "+22366000001" },
  ])
  const form = await secretary.open(at)
  assert.match(form.body, /name="repeated_before" class="w2" value="0"/)
  assert.is((await secretary.post(at, { ...CARD, ...FULL })).status, 303)
  assert.is((await row()).version, kept.version, "sent again unchanged, nothing is written")
  const history = await secretary.open(`/students/${school.ids.students.moussa}/history`)
  for (const told of [
    "Quartier",
    "Contact d’urgence 1 : téléphone",
    "Connaît l’école par",
    "Radio",
    "Numéro national",
  ])
    assert.match(history.body, told)
})

test("a new student is enrolled with all of it at once", async () => {
  await secretary.open("/students/new")
  const { matricule: _taken, ...card } = CARD
  const page = await secretary.submit("/students/new", { ...card, ...FULL, given_names: "Bakary" })
  for (const told of ["Faladiè", "Awa KEÏTA, tante", "Radio"]) assert.match(page.body, told)
})

test("emergency contacts move up, and go; half a contact is refused", async () => {
  await secretary.open(at)
  const two = { ...FULL, contact3_name: "Issa SY", contact3_relation: "voisin", contact3_phone: "66000003" }
  await secretary.post(at, { ...CARD, ...two })
  assert.equal(
    (await contacts()).map(({ position, name }) => [position, name]),
    [
      [1, "Awa KEÏTA"],
      [2, "Issa SY"],
    ],
  )
  await secretary.open(at)
  const refused = await secretary.post(at, { ...CARD, contact1_name: "Awa KEÏTA" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "Écrivez son numéro de téléphone.")
  assert.match(refused.body, "<details open><summary>Contacts d’urgence</summary>")
  const nameless = await secretary.post(at, { ...CARD, contact2_phone: "66000009" })
  assert.match(nameless.body, "Écrivez le nom de cette personne.")
  await secretary.open(at)
  await secretary.post(at, CARD)
  assert.equal(await contacts(), [])
})

test("a birth is read in eight digits too; a year of two digits and a day to come are refused with a sentence", async () => {
  await secretary.open(at)
  assert.is((await secretary.post(at, { ...CARD, birth: "05062011" })).status, 303)
  assert.is((await row()).birth_date, "2011-06-05")
  for (const [birth, sentence] of [
    ["5/6/11", "quatre chiffres"],
    ["050611", "quatre chiffres"],
    ["11/12/2026", "jour passé du calendrier"],
    ["32012011", "jour passé du calendrier"],
    ["2011-13-01", "jour passé du calendrier"],
  ] as const) {
    await secretary.open(at)
    const refused = await secretary.post(at, { ...CARD, birth })
    assert.is(refused.status, 422, birth)
    assert.match(refused.body, sentence)
    assert.match(refused.body, `value="${birth}"`)
  }
})

test("five hundred names in one field: said, with how many letters came; the browser cuts nothing silently", async () => {
  const form = await secretary.open(at)
  assert.not.match(form.body, /<input type="text"[^>]*maxlength/)
  const names = Array.from({ length: 500 }, (_, n) => `KEÏTA Moussa${n}`).join("\n")
  const refused = await secretary.post(at, { ...CARD, given_names: names, quartier: names })
  assert.is(refused.status, 422)
  assert.match(refused.body, `80 caractères au plus. Vous en avez écrit ${names.length}`)
  assert.match(refused.body, `60 caractères au plus. Vous en avez écrit ${names.length}`)
  assert.is((await row()).given_names, "Moussa")
  for (const [field, value, sentence] of [
    ["contact1_phone", "7000000", "Un numéro a 8 chiffres ; celui-ci en a 7."],
    ["repeated_before", "12", "Écrivez un nombre entier de 0 à 9"],
    ["entered_on", "01/13/2026", "Écrivez une date"],
    ["channel", "telepathy", "Choisissez dans la liste."],
    ["national_number", "<b>", "Des lettres et des chiffres"],
  ] as const) {
    await secretary.open(at)
    const answer = await secretary.post(at, {
      ...CARD,
      contact1_name: "Awa SY",
      contact1_phone: "66000001",
      [field]: value,
    })
    assert.is(answer.status, 422, field)
    assert.match(answer.body, sentence)
  }
})

test("two desks edit one card: the new fields and the emergency contacts are compared one by one", async () => {
  await secretary.open(at)
  const head = await school.as("proviseur")
  await head.open(at)
  const theirs = {
    commune: "Commune VI",
    contact1_name: "Awa KEÏTA",
    contact1_phone: "66000001",
    quartier: "Sogoniko",
  }
  assert.is((await head.post(at, { ...CARD, ...theirs })).status, 303)
  const mine = { ...CARD, quartier: "Faladiè", contact1_name: "Issa SY", contact1_phone: "66000002" }
  const conflict = await secretary.post(at, mine)
  assert.is(conflict.status, 409)
  for (const told of [
    "Quartier",
    "Sogoniko",
    "Commune",
    "inchangé",
    "Contact d’urgence 1 : téléphone",
    "+22366000001",
  ])
    assert.match(conflict.body, told)
  assert.match(conflict.body, 'value="Commune VI"')
  assert.match(conflict.body, 'value="Issa SY"')
  assert.equal(
    (await contacts()).map(({ name }) => name),
    ["Awa KEÏTA"],
    "nothing is overwritten",
  )
  const saved = await secretary.post(at, { ...mine, commune: "Commune VI" })
  assert.is(saved.status, 303)
  assert.equal(
    (await contacts()).map(({ name }) => name),
    ["Issa SY"],
  )
  assert.is((await row()).commune, "Commune VI")
})

test("a guardian agrees to each way of being written to apart, each dated with its source", async () => {
  const card = `/guardians/${school.ids.guardians.parent}`
  const fields = {
    name: "Aminata KEÏTA",
    phone: "70000001",
    phone2: "66000001",
    money_phone: "2",
    language: "bm",
    quartier: "Faladiè",
    sms_consent: "yes",
    consent_source: "Fiche d’inscription",
    email: "a@keita.example",
    email_consent: "no",
    email_consent_source: "Au téléphone",
    whatsapp_consent: "yes",
    whatsapp_consent_source: "Message du 2 décembre",
  }
  await secretary.open(`${card}/edit`)
  const page = await secretary.submit(`${card}/edit`, fields)
  for (const told of [
    "Bambara",
    "mobile money",
    "10/12/2026 · Au téléphone",
    "10/12/2026 · Message du 2 décembre",
  ])
    assert.match(page.body, told)
  assert.match(page.body, "15/09/2026 · Fiche d’inscription", "the SMS answer keeps its own day")
  await secretary.open(`${card}/edit`)
  const refused = await secretary.post(`${card}/edit`, { ...fields, phone2: "" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "Ce téléphone n’est pas rempli")
  await secretary.open(`${card}/edit`)
  await secretary.post(`${card}/edit`, { ...fields, whatsapp_consent: "unasked" })
  const kept = await school.school.db
    .selectFrom("guardian")
    .select(["whatsapp_consent", "whatsapp_consent_at", "email_consent"])
    .where("id", "=", school.ids.guardians.parent as number)
    .executeTakeFirstOrThrow()
  assert.equal(kept, { whatsapp_consent: null, whatsapp_consent_at: null, email_consent: 0 })
})

test("a member of staff has a grade, diplomas, specialities, a contract and the hours that can be counted on", async () => {
  const card = `/staff/${school.ids.staff.francais}`
  const fields = {
    ...{ surname: "SANOGO", given_names: "Awa", position: "Professeur", teaching: "1", sex: "F" },
    ...{ grade: "Professeur principal", diplomas: "Master, CAPES", specialities: "Français, latin" },
    ...{ availability: "Pas le vendredi", contract: "hourly", entered_on: "01/10/2019" },
    email: "francais@kalanso.example",
  }
  await secretary.open(`${card}/edit`)
  const page = await secretary.submit(`${card}/edit`, fields)
  for (const told of [
    "Master, CAPES",
    "Français, latin",
    "Pas le vendredi",
    "Vacataire",
    "01/10/2019",
    "12ème TSE",
  ])
    assert.match(page.body, told)
  await secretary.open(`${card}/edit`)
  const refused = await secretary.post(`${card}/edit`, { ...fields, entered_on: "01/10/2027" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "pas encore venu")
  assert.match((await secretary.open(`${card}/history`)).body, "Diplômes")
})

test.run()
