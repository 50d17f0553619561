import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

const guardian = (key: string) =>
  school.school.db
    .selectFrom("guardian")
    .selectAll()
    .where("id", "=", school.ids.guardians[key] as number)
    .executeTakeFirstOrThrow()

test("a guardian known to the school is found by phone and linked to another child", async () => {
  const at = `/students/${school.ids.students.issa}/guardians`
  const found = await secretary.open(`${at}/new?q=70+00+00+04`)
  assert.match(found.body, "Lassina TRAORÉ")
  const { unasked } = school.ids.guardians
  const page = await secretary.submit(`${at}/${unasked}`, { link: "TUTEUR", informed: "1" })
  assert.match(page.body, "Le lien avec Lassina TRAORÉ est enregistré.")
  const card = await secretary.open(`/guardians/${unasked}`)
  for (const child of ["ƝARE Issa", "TRAORÉ Aminata"]) assert.match(card.body, child)
  const again = await secretary.open(`${at}/new?q=lassina`)
  assert.match(again.body, "déjà tuteur de cet élève")
})

test("a new guardian is added; the same name with the same number is asked about first", async () => {
  const at = `/students/${school.ids.students.issa}/guardians/new`
  await secretary.open(at)
  const fields = {
    name: "Karim Traoré",
    phone: "70000003",
    link: "PERE",
    informed: "1",
    sms_consent: "unasked",
  }
  const same = await secretary.post(at, fields)
  assert.is(same.status, 422)
  assert.match(same.body, "Une fiche existe déjà avec ce numéro")
  assert.match(same.body, `/guardians/${school.ids.guardians.refuses}`)
  const page = await secretary.submit(at, { ...fields, name: "Binta DIARRA" })
  assert.match(page.body, "Binta DIARRA", "a number may be shared")
  const row = await school.school.db
    .selectFrom("guardian")
    .selectAll()
    .where("folded", "=", "binta diarra")
    .executeTakeFirstOrThrow()
  assert.is(row.phone, "+22370000003")
  assert.is(row.sms_consent, null, "never asked is not a yes")
  assert.is(row.consent_at, null)
})

test("an answer about SMS is dated with its source; taking it back too", async () => {
  const at = `/guardians/${school.ids.guardians.unasked}/edit`
  await secretary.open(at)
  const fields = {
    name: "Lassina TRAORÉ",
    phone: "70000004",
    sms_consent: "yes",
    consent_source: "Au téléphone",
  }
  const page = await secretary.submit(at, fields)
  assert.match(page.body, "10/12/2026 · Au téléphone")
  const given = await guardian("unasked")
  assert.is(given.sms_consent, 1)
  assert.is(given.consent_at, "2026-12-10T09:00:00.000Z")
  await secretary.open(at)
  await secretary.post(at, { ...fields, sms_consent: "unasked" })
  assert.is((await guardian("unasked")).consent_at, null)
  await secretary.open(at)
  assert.is((await secretary.post(at, { ...fields, sms_consent: "perhaps" })).status, 422)
  await secretary.open(at)
  assert.is((await secretary.post(at, { ...fields, phone: "7000000" })).status, 422)
})

test("two people edit one guardian: the second sees what the first changed", async () => {
  const head = await school.as("proviseur")
  const at = `/guardians/${school.ids.guardians.parent}/edit`
  await secretary.open(at)
  await head.open(at)
  const card = {
    name: "Aminata KEÏTA",
    phone: "70000001",
    sms_consent: "yes",
    consent_source: "Fiche d’inscription",
  }
  assert.is((await head.post(at, { ...card, phone: "70000011" })).status, 303)
  const conflict = await secretary.post(at, { ...card, email: "a@keita.example" })
  assert.is(conflict.status, 409)
  assert.match(conflict.body, 'value="70 00 00 11"')
  assert.match(conflict.body, "+22370000011")
  assert.is((await guardian("parent")).email, null)
})

test("a link is changed and taken away; both histories tell it", async () => {
  const { moussa } = school.ids.students
  const { parent } = school.ids.guardians
  const at = `/students/${moussa}/guardians/${parent}`
  await secretary.open(at)
  const page = await secretary.submit(at, { link: "TUTEUR" })
  assert.match(page.body, "n’est pas informé")
  await secretary.open(at)
  const gone = await secretary.submit(`${at}/remove`)
  assert.match(gone.body, "n’est plus tuteur")
  assert.is((await secretary.get(at)).status, 404)
  assert.match((await secretary.open(`/students/${moussa}/history`)).body, "Tuteur retiré")
  assert.match((await secretary.open(`/guardians/${parent}/history`)).body, "KEÏTA Moussa")
})

test("guardians are listed by name, number and answer", async () => {
  assert.match((await secretary.open("/guardians?q=7000+0002")).body, "Rokia TRAORÉ")
  const unasked = await secretary.open("/guardians?consent=unasked")
  assert.match(unasked.body, "Lassina TRAORÉ")
  assert.not.match(unasked.body, "Rokia TRAORÉ")
  const teacher = await school.as("maths")
  assert.is((await teacher.get("/guardians")).status, 403)
})

test.run()
