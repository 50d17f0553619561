// From a family's phone to an active student, step by step.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { money } from "../../web/french.ts"
import {
  AWA,
  ask,
  fileRow,
  lastFile,
  leadTo,
  openApplications,
  openAtDesk,
  ticks,
} from "./enrolment.fixture.ts"

let school: TestSchool
let desk: Client
test.before.each(async () => {
  school = await openTestSchool()
  desk = await school.as("secretaire")
})
test.after.each(() => school.close())

const db = () => school.school.db
const sms = () => db().selectFrom("outbox").selectAll().orderBy("id").execute()
const students = () => db().selectFrom("student").selectAll().orderBy("id").execute()
const stateOf = async (file: number) => (await fileRow(school, file)).state
const classOf = (label: string) => String(school.ids.classes[label])

test("the whole way: asked from a phone, documents, check, number, class, an active student and a family told", async () => {
  await openApplications(school)
  await db()
    .insertInto("enrolment_fee")
    .values({ school_year_id: school.ids.year, level_code: "10", amount: 15_000 })
    .execute()
  const family = school.visitor()
  const { location } = await ask(school, family, {
    g2_name: "Seydou KONÉ",
    g2_link: "PERE",
    g2_sms_consent: "no",
    g2_phone: "66001122",
    previous_school: "Second cycle de Kati",
  })
  const file = await lastFile(school)
  const at = `/enrolment/${file}`

  assert.match((await desk.open("/enrolment")).body, "KONÉ Awa")
  await desk.open(at)
  const given = await ticks(school, ["Extrait d’acte de naissance", "Attestation du DEF"])
  const saved = await desk.submit(`${at}/documents`, { ...given, tell: "1" })
  assert.match(saved.body, "la famille est prévenue par SMS")
  assert.is(await stateOf(file), "documents")
  const [missing] = await sms()
  assert.is(missing?.recipient, "+22370112233")
  assert.match(missing?.body ?? "", "Il manque : Bulletins de l'année précédente, 4 photos d'identité.")
  assert.match(missing?.body ?? "", `https://kalanso.example${location}`)
  await desk.submit(`${at}/documents`, { ...given, tell: "1" })
  assert.is((await sms()).length, 1, "the same list is told once")
  assert.match((await family.open(location ?? "")).body, "4 photos d’identité")

  assert.is((await desk.post(`${at}/check`)).status, 422, "what is missing needs a reason")
  await desk.submit(`${at}/documents`, await ticks(school))
  assert.match((await desk.submit(`${at}/check`)).body, "est contrôlé")
  assert.match(
    (await desk.submit(`${at}/number`, { matricule: "rc15 cg26 a1234 f" })).body,
    "reçoit le numéro 2026-0001",
  )
  const done = await desk.submit(`${at}/activate`, {
    class: classOf("10ème CG 1"),
    on: "10/12/2026",
    regime: "ETAT",
  })
  assert.match(done.body, "est inscrit(e) en 10ème CG 1")
  assert.match(done.body, money(15_000))

  const student = (await students()).at(-1)
  assert.equal(
    [student?.surname, student?.given_names, student?.birth_date, student?.birth_place, student?.matricule],
    ["KONÉ", "Awa", "2011-06-05", "Kati", "RC15CG26A1234F"],
  )
  assert.equal(
    [
      student?.internal_number,
      student?.previous_school,
      student?.entered_on,
      student?.mother_name,
      student?.father_name,
      student?.status,
    ],
    ["2026-0001", "Second cycle de Kati", "2026-12-10", "Mariam DIARRA", "Seydou KONÉ", "active"],
  )
  const told = (await sms()).at(-1)
  assert.is((await sms()).length, 2, "one more, to the guardian who agreed")
  assert.match(
    told?.body ?? "",
    "KONÉ Awa est inscrit(e) en 10ème CG 1, numéro 2026-0001. Droits d'inscription : 15 000 F CFA.",
  )
  assert.is(told?.encoding, "gsm7")
  assert.is(told?.student_id, student?.id)
  assert.match((await family.open(location ?? "")).body, "L’inscription est faite")
  const page = await desk.open(`/students/${student?.id}`)
  for (const name of ["Mariam DIARRA", "Seydou KONÉ", "10ème CG 1"]) assert.match(page.body, name)
  const history = (await desk.open(at)).body
  for (const said of ["la famille, en ligne", "Kadiatou BERTHÉ", "Dossier contrôlé", "Élève actif"])
    assert.match(history, said)
})

test("a file is opened at the desk with the documents handed in; missing ones are accepted with a reason that stays", async () => {
  const file = await openAtDesk(school, desk, {
    g1_phone: "",
    g1_sms_consent: "unasked",
    ...(await ticks(school, ["Extrait d’acte de naissance"])),
  })
  const at = `/enrolment/${file}`
  assert.is(await stateOf(file), "documents")
  const paper = await desk.open(`${at}/paper`)
  assert.match(paper.body, "☑ Extrait d’acte de naissance")
  assert.match(paper.body, "☐ 4 photos d’identité")
  assert.match(paper.body, "À apporter")
  await desk.open(at)
  await desk.submit(`${at}/check`, { reason: "promis pour lundi" })
  assert.is(await stateOf(file), "checked")
  assert.match((await desk.open(at)).body, "« promis pour lundi »")
  assert.match((await desk.submit(`${at}/number`, { matricule: "abc1" })).body, "n’a pas la forme habituelle")
  const row = await fileRow(school, file)
  assert.equal([row.matricule, row.internal_number], ["ABC1", "2026-0001"], "a warning, never a refusal")
})

test("a document’s day is today or earlier; one given back is told in the history", async () => {
  const file = await openAtDesk(school, desk)
  const at = `/enrolment/${file}`
  const birth = await ticks(school, ["Extrait d’acte de naissance"])
  const id = Object.keys(birth)[0]?.slice(4)
  await desk.open(at)
  const refused = await desk.post(`${at}/documents`, { ...birth, [`on_${id}`]: "11/12/2026" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "pas encore venue")
  await desk.submit(`${at}/documents`, { ...birth, [`on_${id}`]: "01/12/2026" })
  assert.match((await desk.open(at)).body, 'value="01/12/2026"')
  await desk.submit(`${at}/documents`, {})
  assert.match((await desk.open(at)).body, "repris : Extrait d’acte de naissance")
})

test("a known guardian is linked by number and name in any order, not doubled; a refusal of SMS stays a refusal", async () => {
  const count = async () => (await db().selectFrom("guardian").select("id").execute()).length
  const before = await count()
  const file = await openAtDesk(school, desk, {
    g1_name: "keita aminata",
    g1_phone: "70 00 00 01",
    g2_name: "Karim TRAORÉ",
    g2_phone: "70 00 00 03",
    g2_link: "TUTEUR",
    g2_sms_consent: "yes",
  })
  await leadTo(school, desk, file, "active")
  assert.is(await count(), before)
  const { student_id } = await fileRow(school, file)
  const links = await db()
    .selectFrom("guardianship")
    .select(["guardian_id", "link"])
    .where("student_id", "=", student_id)
    .orderBy("link")
    .execute()
  assert.equal(links, [
    { guardian_id: school.ids.guardians.parent as number, link: "MERE" },
    { guardian_id: school.ids.guardians.refuses as number, link: "TUTEUR" },
  ])
  const karim = await db()
    .selectFrom("guardian")
    .select("sms_consent")
    .where("id", "=", school.ids.guardians.refuses as number)
    .executeTakeFirstOrThrow()
  assert.is(karim.sms_consent, 0)
})

test("a child the school knows is compared side by side and linked: no second card, no number wasted", async () => {
  await db()
    .updateTable("student")
    .set({ status: "withdrawn", internal_number: "2025-0007" })
    .where("id", "=", school.ids.students.moussa as number)
    .execute()
  await db()
    .updateTable("enrolment")
    .set({ ends_on: "2026-11-01", end_reason: "withdrawn" })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  const before = (await students()).length
  const file = await openAtDesk(school, desk, {
    surname: "KEITA",
    given_names: "moussa",
    birth: "04/03/2011",
    sex: "M",
  })
  const at = `/enrolment/${file}`
  await leadTo(school, desk, file, "checked")
  const page = await desk.open(at)
  assert.match(page.body, "Un élève de l’école ressemble à cet enfant")
  assert.match(page.body, "RC15CG26Z9001M")
  assert.is((await desk.post(`${at}/number`, { who: "" })).status, 422, "somebody must say who it is")
  await desk.submit(`${at}/number`, { who: String(school.ids.students.moussa) })
  await desk.submit(`${at}/activate`, { class: classOf("10ème CG 1"), on: "10/12/2026" })
  assert.is((await students()).length, before)
  const moussa = (await students()).find(({ id }) => id === school.ids.students.moussa)
  assert.equal([moussa?.status, moussa?.internal_number], ["active", "2025-0007"])
  assert.is((await fileRow(school, file)).internal_number, null)

  await desk.open(at)
  assert.match((await desk.submit(`${at}/undo`)).body, "La dernière étape est annulée")
  const again = (await students()).find(({ id }) => id === school.ids.students.moussa)
  assert.equal(
    [again?.status, again?.internal_number, again?.matricule],
    ["withdrawn", "2025-0007", "RC15CG26Z9001M"],
  )
})

test("a student enrolled this year, or another’s matricule, is not enrolled twice", async () => {
  const file = await openAtDesk(school, desk, {
    surname: "KEÏTA",
    given_names: "Moussa",
    birth: "04/03/2011",
    sex: "M",
  })
  const at = `/enrolment/${file}`
  await leadTo(school, desk, file, "checked")
  const twice = await desk.post(`${at}/number`, { who: String(school.ids.students.moussa) })
  assert.is(twice.status, 422)
  assert.match(twice.body, "déjà inscrit(e) cette année, en 10ème CG 1")
  const taken = await desk.post(`${at}/number`, { who: "new", matricule: "RC16CG25Z9005M" })
  assert.is(taken.status, 422)
  assert.match(taken.body, "Ce matricule est celui de TRAORÉ Salif")
  assert.is((await fileRow(school, file)).internal_number, null)
})

test("a namesake enrolled between the number and the class stops the file until somebody looks", async () => {
  const one = await openAtDesk(school, desk)
  const other = await openAtDesk(school, desk, { remark: "", address: "Badalabougou" })
  assert.match((await desk.open(`/enrolment/${other}`)).body, "Autre dossier au même nom")
  await leadTo(school, desk, one, "numbered")
  await leadTo(school, desk, other, "active")
  await desk.open(`/enrolment/${one}`)
  const stopped = await desk.post(`/enrolment/${one}/activate`, {
    class: classOf("10ème CG 1"),
    on: "10/12/2026",
  })
  assert.is(stopped.status, 422)
  assert.match(stopped.body, "a été inscrit(e) entre-temps")
})

test("a full class is marked in the choice, and said when it overflows", async () => {
  await db()
    .updateTable("class")
    .set({ capacity: 4 })
    .where("id", "=", Number(classOf("10ème CG 1")))
    .execute()
  const file = await openAtDesk(school, desk)
  await leadTo(school, desk, file, "numbered")
  assert.match((await desk.open(`/enrolment/${file}`)).body, "10ème CG 1 – 4 sur 4, complète")
  const done = await desk.submit(`/enrolment/${file}/activate`, {
    class: classOf("10ème CG 1"),
    on: "10/12/2026",
  })
  assert.match(done.body, "dépasse sa capacité : 5 élèves pour 4 places")
})

test("the class must be one of the year’s, and its day neither in the future nor of another year", async () => {
  const file = await openAtDesk(school, desk)
  await leadTo(school, desk, file, "numbered")
  const at = `/enrolment/${file}/activate`
  await desk.open(`/enrolment/${file}`)
  for (const [fields, field] of [
    [{ class: "999999", on: "10/12/2026" }, "#f-class"],
    [{ class: classOf("10ème CG 1"), on: "11/12/2026" }, "#f-on"],
    [{ class: classOf("10ème CG 1"), on: "31/12/2025" }, "#f-on"],
  ] as const) {
    const { status, body } = await desk.post(at, fields)
    assert.is(status, 422)
    assert.match(body, `href="${field}"`)
  }
  assert.is((await students()).length, 6)
})

test("what was asked for is corrected while the file is open, with a line in the history and the audit trail", async () => {
  const file = await openAtDesk(school, desk)
  await desk.open(`/enrolment/${file}/edit`)
  const fields = { ...AWA, given_names: "Awa Fatoumata", g1_phone: "70 11 22 34" }
  const page = await desk.submit(`/enrolment/${file}/edit`, fields)
  assert.match(page.body, "KONÉ Awa Fatoumata")
  assert.match(page.body, "Prénoms, Téléphone (tuteur 1)")
  const audit = await db()
    .selectFrom("audit")
    .selectAll()
    .where("subject", "=", "application")
    .where("action", "=", "changed")
    .executeTakeFirstOrThrow()
  assert.equal(JSON.parse(audit.before ?? "{}"), { given_names: "Awa", g1_phone: "+22370112233" })
  await leadTo(school, desk, file, "active")
  assert.is((await desk.get(`/enrolment/${file}/edit`)).status, 409)
})

test.run()
