import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { linkUrl, makeLinks, revokeLink } from "../links/queries.ts"

let school: TestSchool
let mother: Client
let moussa: number
let at: string
test.before.each(async () => {
  school = await openTestSchool()
  mother = await school.as("parent")
  moussa = school.ids.students.moussa as number
  at = `/family/${moussa}/correction`
})
test.after.each(() => school.close())

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What the form shows: the school's values, with some typed otherwise. */
const HELD = {
  surname: "KEÏTA",
  given_names: "Moussa",
  birth: "04/03/2011",
  birth_place: "Bamako",
  phone: "70 00 00 01",
}

const propose = (who: Client, typed: Record<string, string>, path = at) =>
  who.submit(path, { ...HELD, ...typed })
const waiting = () =>
  school.school.db
    .selectFrom("correction_field")
    .innerJoin("correction", "correction.id", "correction_field.correction_id")
    .select(["field", "proposed", "held"])
    .where("state", "=", "waiting")
    .orderBy("field")
    .execute()
const card = () =>
  school.school.db.selectFrom("student").selectAll().where("id", "=", moussa).executeTakeFirstOrThrow()
const later = (ms: number) => {
  school.now = new Date(school.now.getTime() + ms)
}

async function linkToMoussa(): Promise<{ path: string; id: number }> {
  const asked = [{ guardian_id: school.ids.guardians.parent as number, student_id: moussa }]
  const [id] = (await makeLinks(school.school.db, school.school, asked, school.now)) as [number]
  return { path: new URL(linkUrl(school.school, id)).pathname, id }
}

/** The latest proposal's page at the desk. */
async function deskPage(): Promise<string> {
  const { id } = await school.school.db
    .selectFrom("correction")
    .select("id")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow()
  return `/corrections/${id}`
}

test("a mother says where they live now; nothing changes before the school accepts; then she reads it and is told", async () => {
  const page = await mother.open(`/family/${moussa}`)
  assert.match(page.body, "Signaler une erreur")
  assert.match((await mother.open(at)).body, 'value="04/03/2011"')
  const sent = await propose(mother, { quartier: "Hamdallaye", birth_place: "Kayes", phone: "70000001" })
  assert.match(sent.body, "Votre signalement est arrivé")
  assert.equal(await waiting(), [
    { field: "birth_place", proposed: "Kayes", held: "Bamako" },
    { field: "quartier", proposed: "Hamdallaye", held: null },
  ])
  assert.is((await card()).quartier, null)

  const secretary = await school.as("secretaire")
  assert.match((await secretary.open("/corrections")).body, "KEÏTA Moussa")
  const desk = await deskPage()
  await secretary.open(desk)
  const unsaid = await secretary.post(desk, { quartier: "accepted" })
  assert.is(unsaid.status, 422)
  assert.match(unsaid.body, "Lieu de naissance : acceptez ou refusez.")
  const decided = await secretary.submit(desk, {
    quartier: "accepted",
    birth_place: "refused",
    reason_birth_place: "L’acte de naissance dit Bamako",
  })
  assert.match(decided.body, "est traité")
  const { quartier, birth_place } = await card()
  assert.equal([quartier, birth_place], ["Hamdallaye", "Bamako"])
  assert.match((await secretary.open(`/students/${moussa}/history`)).body, "Proposé par Aminata KEÏTA")

  const answer = await mother.open(at)
  assert.match(answer.body, "acceptée le")
  assert.match(answer.body, "refusée : L’acte de naissance dit Bamako")
  const [sms] = await school.school.db.selectFrom("outbox").selectAll().execute()
  assert.is(sms?.recipient, "+22370000001")
  assert.match(sms?.body ?? "", "Corrig")
  assert.not.match(sms?.body ?? "", "Hamdallaye", "an SMS names no value")
})

test("her own telephone: accepted, it is on her card, and the SMS goes to the new number", async () => {
  await mother.open(at)
  await propose(mother, { phone: "76 12 34 56", email: "Aminata@Exemple.org" })
  const secretary = await school.as("secretaire")
  const desk = await deskPage()
  await secretary.open(desk)
  await secretary.submit(desk, { phone: "accepted", email: "accepted" })
  const guardian = await school.school.db
    .selectFrom("guardian")
    .select(["phone", "email", "sms_consent"])
    .where("id", "=", school.ids.guardians.parent as number)
    .executeTakeFirstOrThrow()
  assert.equal(guardian, { phone: "+22376123456", email: "aminata@exemple.org", sms_consent: 1 })
  const [sms] = await school.school.db.selectFrom("outbox").select("recipient").execute()
  assert.is(sms?.recipient, "+22376123456")
})

test("without consent nobody is told by SMS", async () => {
  const { db } = school.school
  await db.updateTable("guardian").set({ sms_consent: null }).execute()
  await mother.open(at)
  await propose(mother, { quartier: "Hamdallaye" })
  const secretary = await school.as("secretaire")
  const desk = await deskPage()
  assert.match((await secretary.open(desk)).body, "elle n’a pas accepté les SMS")
  await secretary.submit(desk, { quartier: "accepted" })
  assert.equal(await db.selectFrom("outbox").select("id").execute(), [])
})

test("a second sending changes the one that waits; a double click sends once; the sixth of a day waits for tomorrow", async () => {
  const { db } = school.school
  await mother.open(at)
  const numbers = { ...HELD, quartier: "Hamdallaye" }
  const first = mother.page
  await mother.post(at, numbers)
  mother.page = first
  const again = await mother.post(at, numbers)
  assert.is(again.status, 303)
  const sendings = async () => (await db.selectFrom("correction_sending").select("id").execute()).length
  assert.is(await sendings(), 1)
  assert.match((await mother.open(at)).body, 'value="Hamdallaye"')
  for (const quartier of ["Lafiabougou", "Badalabougou", "Korofina", "Sogoniko"]) {
    later(60 * SECOND)
    await mother.open(at)
    await propose(mother, { quartier })
  }
  assert.is((await db.selectFrom("correction").select("id").execute()).length, 1)
  await mother.open(at)
  const refused = await mother.post(at, { ...HELD, quartier: "Magnambougou" })
  assert.is(refused.status, 429)
  assert.match(refused.body, 'value="Magnambougou"')
  assert.equal(
    (await waiting()).map(({ proposed }) => proposed),
    ["Sogoniko"],
  )
  later(25 * HOUR)
  mother = await school.as("parent")
  await mother.open(at)
  await propose(mother, { quartier: "Magnambougou" })
  assert.is((await waiting())[0]?.proposed, "Magnambougou")
})

test("nothing said, a wrong date or a wrong number: told beside the field, nothing sent", async () => {
  await mother.open(at)
  const same = await mother.post(at, HELD)
  assert.is(same.status, 422)
  assert.match(same.body, "Rien ne diffère")
  for (const [field, value] of Object.entries({
    birth: "31/02/2011",
    phone: "12",
    email: "pas une adresse",
  })) {
    const wrong = await mother.post(at, { ...HELD, [field]: value })
    assert.is(wrong.status, 422, field)
    assert.match(wrong.body, `id="f-${field}-problem"`)
  }
  assert.equal(await waiting(), [])
})

test("an attacker proposes for another’s child, sends fields that are none, and HTML", async () => {
  const stranger = `/family/${school.ids.students.salif}/correction`
  assert.is((await mother.get(stranger)).status, 404)
  await mother.open(at)
  assert.is((await mother.post(stranger, { ...HELD, quartier: "X" })).status, 404)
  await mother.open(at)
  await propose(mother, {
    matricule: "RC99",
    status: "withdrawn",
    sms_consent: "0",
    merged_into: "1",
    quartier: "<script>alert(1)</script>",
    remark: "<b>gras</b>",
  })
  assert.equal(
    (await waiting()).map(({ field }) => field),
    ["quartier"],
  )
  const secretary = await school.as("secretaire")
  const desk = await deskPage()
  const page = await secretary.open(desk)
  assert.not.match(page.body, "<script>alert")
  assert.not.match(page.body, "<b>gras")
  assert.match(page.body, "&lt;script&gt;alert")
  await secretary.submit(desk, { quartier: "accepted", matricule: "accepted", status: "accepted" })
  const { matricule, status } = await card()
  assert.equal([matricule, status], ["RC15CG26Z9001M", "active"])
  assert.not.match((await mother.open(at)).body, "<script>alert")
})

test("pupils, teachers and whoever may not see the child propose nothing", async () => {
  const pupil = await school.as("moussa")
  assert.is((await pupil.get(at)).status, 403)
  assert.not.match((await pupil.open(`/family/${moussa}`)).body, "Signaler une erreur")
  assert.is((await (await school.as("maths")).get(at)).status, 403)
  await school.school.db
    .updateTable("guardianship")
    .set({ may_see: 0 })
    .where("student_id", "=", moussa)
    .execute()
  assert.is((await mother.get(at)).status, 404)
})

test("by the link of an SMS: only what its page tells is filled in; what is written is the guardian’s", async () => {
  const { path } = await linkToMoussa()
  const phone = school.visitor()
  assert.is((await phone.get(`${path}/correction`)).status, 404, "before the page itself was shown")
  assert.match((await phone.open(path)).body, `${path}/correction`)
  const page = await phone.open(`${path}/correction`)
  assert.match(page.body, 'value="KEÏTA"')
  assert.not.match(page.body, 'value="04/03/2011"', "the year of birth opens the link on another telephone")
  assert.not.match(page.body, "70 00 00 01")
  const fast = await phone.post(`${path}/correction`, { birth: "04/03/2010" })
  assert.is(fast.status, 422)
  assert.match(fast.body, "trop vite")
  later(30 * SECOND)
  const robot = await phone.post(`${path}/correction`, { birth: "04/03/2010", website: "http://x.example" })
  assert.is(robot.status, 422)
  assert.match((await phone.submit(`${path}/correction`, { birth: "04/03/2010" })).body, "est arrivé")
  assert.equal(await waiting(), [{ field: "birth", proposed: "04/03/2010", held: "04/03/2011" }])
  assert.match((await mother.open(at)).body, "attend la réponse de l’école", "the same guardian, signed in")

  const secretary = await school.as("secretaire")
  const desk = await deskPage()
  assert.match((await secretary.open(desk)).body, "par le lien reçu par SMS")
  await secretary.submit(desk, { birth: "accepted" })
  const { birth_date, birth_year } = await card()
  assert.equal([birth_date, birth_year], ["2010-03-04", 2010])
})

test("an expired, a revoked or somebody else’s link proposes nothing", async () => {
  const { path, id } = await linkToMoussa()
  const phone = school.visitor()
  await phone.open(path)
  await phone.open(`${path}/correction`)
  const form = phone.page
  const send = () => {
    phone.page = form
    return phone.post(`${path}/correction`, { quartier: "X" })
  }
  const other = school.visitor()
  await other.get(path)
  assert.is((await other.get(`${path}/correction`)).status, 404, "asked for the year of birth first")
  later(61 * DAY)
  assert.is((await phone.get(`${path}/correction`)).status, 410)
  assert.is((await send()).status, 410)
  later(-61 * DAY)
  await revokeLink(school.school.db, id, 1, school.now.toISOString())
  assert.is((await send()).status, 410)
  assert.equal(await waiting(), [])
})

test("the card changed meanwhile: the desk is shown it; what the family changed too", async () => {
  await mother.open(at)
  await propose(mother, { quartier: "Hamdallaye" })
  const [secretary, dean] = [await school.as("secretaire"), await school.as("censeur")]
  const desk = await deskPage()
  await secretary.open(desk)
  await school.school.db
    .updateTable("student")
    .set((eb) => ({ quartier: "Korofina", version: eb("version", "+", 1) }))
    .where("id", "=", moussa)
    .execute()
  const late = await secretary.post(desk, { quartier: "accepted" })
  assert.is(late.status, 409)
  assert.match(late.body, "Korofina")
  assert.is((await card()).quartier, "Korofina")
  await mother.open(at)
  await propose(mother, { quartier: "Sogoniko" })
  assert.is(
    (await secretary.post(desk, { quartier: "accepted" })).status,
    409,
    "another proposal than was read",
  )
  await dean.open(desk)
  await secretary.open(desk)
  assert.is((await dean.post(desk, { quartier: "accepted" })).status, 303)
  assert.is((await secretary.post(desk, { quartier: "refused" })).status, 409, "two desks decide")
  assert.is((await card()).quartier, "Sogoniko")
})

test("switched off there is neither page nor link to it", async () => {
  await changeSettings(school.school.db, { off: "corrections" })
  await refresh(school.school)
  assert.is((await mother.get(at)).status, 404)
  assert.not.match((await mother.open(`/family/${moussa}`)).body, "Signaler")
})

test.run()
