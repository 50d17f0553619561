// Children of one family: suggested by what cards say, linked only when a person has confirmed it.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { familyPlan, type Relative, sameHousehold } from "./family.ts"
import { homeOf } from "./rules.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

const student = (key: string) => school.ids.students[key] as number
const guardian = (key: string) => school.ids.guardians[key] as number
const setGuardian = (key: string, row: object) =>
  school.school.db.updateTable("guardian").set(row).where("id", "=", guardian(key)).execute()
const links = (key: string) =>
  school.school.db
    .selectFrom("guardianship")
    .select(["guardian_id", "link"])
    .where("student_id", "=", student(key))
    .orderBy("guardian_id")
    .execute()

/** What the card of a student suggests: the addresses of the confirmation pages. */
const suggested = async (key: string) => {
  const { body } = await secretary.open(`/students/${student(key)}`)
  return [...body.matchAll(/href="\/students\/\d+\/family\/(\d+)"/g)].map(([, id]) => Number(id))
}
const between = (one: string, other: string) => `/students/${student(one)}/family/${student(other)}`

/** Fills a card's address through its form, as the secretary does. */
async function livesAt(key: string, fields: Record<string, string>) {
  const at = `/students/${student(key)}/edit`
  const { body } = await secretary.open(at)
  const value = (name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(body)?.[1] ?? ""
  const names = ["surname", "given_names", "matricule", "birth"]
  const card = Object.fromEntries(names.map((name) => [name, value(name)]))
  assert.is((await secretary.post(at, { ...card, ...fields })).status, 303)
}

test("a guardian’s number shared by another student’s guardian suggests a family; nothing is linked by looking", async () => {
  assert.equal(await suggested("aminata1"), [])
  await setGuardian("unasked", { phone2: "+22370000003" })
  assert.equal(await suggested("aminata1"), [student("aminata2")])
  assert.equal(await suggested("aminata2"), [student("aminata1")])
  const page = await secretary.open(between("aminata1", "aminata2"))
  const said = page.body.replace(/<[^>]+>/g, "").replace(/\s+/g, " ")
  assert.match(said, "Rattacher Lassina TRAORÉ (70 00 00 04, 70 00 00 03) à TRAORÉ Aminata comme père")
  assert.is((await links("aminata1")).length, 1)
})

test("confirmed, the ticked guardian is linked, both histories say it, and the suggestion is over", async () => {
  await setGuardian("unasked", { phone: "+22370000003" })
  const at = between("aminata1", "aminata2")
  await secretary.open(at)
  const step = `step-${guardian("unasked")}-${student("aminata1")}`
  const page = await secretary.submit(at, { [step]: "1" })
  assert.match(page.body, "est enregistrée")
  assert.match(page.body, "Frères et sœurs à l’école")
  assert.equal(
    (await links("aminata1")).map(({ guardian_id }) => guardian_id),
    [guardian("refuses"), guardian("unasked")],
  )
  assert.equal(await suggested("aminata1"), [])
  for (const of of [`/students/${student("aminata1")}`, `/guardians/${guardian("unasked")}`])
    assert.match((await secretary.open(`${of}/history`)).body, "Tuteur ajouté")
})

test("one person with two cards keeps one of them for both children", async () => {
  await setGuardian("unasked", { name: "Karim TRAORÉ", folded: "karim traore", phone: "+22370000003" })
  const at = between("aminata2", "aminata1")
  const page = await secretary.open(at)
  assert.match(page.body, "a deux fiches avec le même numéro")
  const step = `step-${guardian("refuses")}-${student("aminata2")}`
  await secretary.submit(at, { [step]: "1" })
  assert.equal(await links("aminata2"), [{ guardian_id: guardian("refuses"), link: "PERE" }])
})

test("a tick that the page did not offer does nothing, nor does an empty form", async () => {
  await setGuardian("unasked", { phone: "+22370000003" })
  const at = between("aminata1", "aminata2")
  for (const fields of [{}, { [`step-${guardian("parent")}-${student("aminata1")}`]: "1" }]) {
    await secretary.open(at)
    const page = await secretary.submit(at, fields)
    assert.match(page.body, "aucun lien n’a été fait")
  }
  assert.is((await links("aminata1")).length, 1)
  assert.is((await secretary.get(`/students/${student("moussa")}/family/${student("moussa")}`)).status, 404)
  const teacher = await school.as("maths")
  assert.is((await teacher.get(at)).status, 403)
})

test("« not the same family » holds for good, on both cards", async () => {
  await setGuardian("unasked", { phone: "+22370000003" })
  const at = between("aminata2", "aminata1")
  await secretary.open(at)
  const page = await secretary.submit(`${at}/dismiss`)
  assert.match(page.body, "ne seront plus rapprochés")
  await secretary.open(at)
  assert.is((await secretary.post(`${at}/dismiss`)).status, 303, "twice is once")
  assert.equal(await suggested("aminata1"), [])
  assert.equal(await suggested("aminata2"), [])
  assert.match(
    (await secretary.open(`/students/${student("aminata1")}/history`)).body,
    "Rapprochement écarté",
  )
})

test("the same address and quartier with a parent of the same name suggest a family, however they are typed", async () => {
  await livesAt("issa", { address: "Rue 12, porte 4", quartier: "Faladiè", father_name: "Bakary Ɲare" })
  await livesAt("salif", { address: "rue 12,  porte 4", quartier: "FALADIE", father_name: "Bakary NARE" })
  assert.equal(await suggested("issa"), [student("salif")])
  assert.match(
    (await secretary.open(`/students/${student("issa")}`)).body,
    "Même adresse, parent du même nom",
  )
  await school.school.db
    .updateTable("student")
    .set({ status: "withdrawn" })
    .where("id", "=", student("salif"))
    .execute()
  assert.equal(await suggested("issa"), [], "who has left is not suggested")
})

test("a quartier alone is home to thousands: both parents must have the same names", () => {
  const home = homeOf(null, "Faladiè")
  const one = { home, address: null, father_name: "Moussa SY", mother_name: "Awa BA" }
  assert.ok(sameHousehold(one, { ...one }))
  assert.not(sameHousehold(one, { ...one, mother_name: "Fanta BA" }))
  assert.not(sameHousehold(one, { ...one, mother_name: null }))
  const house = { ...one, home: homeOf("rue 12", "Faladiè"), address: "rue 12" }
  assert.ok(sameHousehold(house, { ...house, mother_name: null }))
  assert.not(sameHousehold(house, { ...house, father_name: null, mother_name: null }))
  assert.not(sameHousehold({ ...one, home: null }, { ...one, home: null }))
})

const relative = (id: number, given: Partial<Relative> = {}): Relative => ({
  ...{ id, name: `N${id}`, folded: `n${id}`, phone: null, phone2: null, sms_consent: null, account: false },
  ...{ link: "PERE", informed: 1, may_see: 1, lives_with: null, unseen_reason: null },
  ...given,
})

test("a card that somebody signs in with, or that refused SMS, never gives way to another one", () => {
  const same = { folded: "awa sy", phone: "+22370000009" }
  const plan = (one: Partial<Relative>, other: Partial<Relative>) =>
    familyPlan(
      { id: 1, guardians: [relative(10, { ...same, ...one })] },
      { id: 2, guardians: [relative(20, { ...same, ...other })] },
    ).map(({ key, replaces }) => [key, replaces?.id ?? null])
  assert.equal(plan({}, {}), [["20-1", 10]])
  assert.equal(plan({ account: true }, {}), [["10-2", 20]])
  assert.equal(plan({ sms_consent: 0 }, { sms_consent: 1 }), [["10-2", 20]])
  assert.equal(plan({ account: true }, { account: true }), [
    ["20-1", null],
    ["10-2", null],
  ])
})

test("a guardian kept from one child is never proposed for the other", () => {
  const kept = relative(20, { phone: "+22370000009", may_see: 0 })
  const plan = familyPlan(
    { id: 1, guardians: [relative(10, { phone: "+22370000009" })] },
    { id: 2, guardians: [kept] },
  )
  assert.not(plan.find(({ key }) => key === "20-1")?.proposed)
})

test("a guardian’s page shows every child with class, phone and what is missing", async () => {
  await school.school.db
    .updateTable("student")
    .set({ phone: "+22366000001" })
    .where("id", "=", student("moussa"))
    .execute()
  const { body } = await secretary.open(`/guardians/${guardian("parent")}`)
  for (const told of ["KEÏTA Moussa", "KEÏTA Fanta", "10ème CG 1", "12ème TSE", "66 00 00 01"])
    assert.match(body, told)
  assert.match(body, "contact d’urgence, adresse, réponse sur les photos")
})

test.run()
