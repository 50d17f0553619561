// A guardian who may not see a child: no page, no link, no message about that child, whatever was sent before.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { announceBulletins } from "../bulletins/announce.ts"
import { familiesToTell } from "../bulletins/queries/periods.ts"
import { linkUrl, makeLinks } from "../links/queries.ts"
import { queueMessages } from "../messages/queries.ts"

let school: TestSchool
let secretary: Client
let moussa: number
let fanta: number
let mother: number
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
  moussa = school.ids.students.moussa as number
  fanta = school.ids.students.fanta as number
  mother = school.ids.guardians.parent as number
})
test.after.each(() => school.close())

const REASON = "Jugement du 3 mars, tribunal de la Commune VI"

/** The secretary writes down that the mother may not see this child. */
async function forbid(child: number) {
  const at = `/students/${child}/guardians/${mother}`
  await secretary.open(at)
  return secretary.submit(at, { link: "MERE", informed: "1", unseen: "1", unseen_reason: REASON })
}

const path = (id: number) => new URL(linkUrl(school.school, id)).pathname

async function linkFor(child: number): Promise<string> {
  const [id] = await makeLinks(
    school.school.db,
    school.school,
    [{ guardian_id: mother, student_id: child }],
    school.now,
  )
  return path(id as number)
}

const announced = (...children: number[]) =>
  announceBulletins(
    school.school.db,
    school.school,
    {
      id: 1,
      periodLabel: "1er trimestre",
      correction: false,
      students: children.map((studentId) => ({
        studentId,
        name: studentId === moussa ? "Moussa" : "Fanta",
        average: "12,50",
        rank: "3e",
        outOf: 45,
      })),
    },
    school.now,
  )

const waiting = () =>
  school.school.db.selectFrom("outbox").select(["body", "state"]).where("state", "=", "waiting").execute()

test("the account shows the other child only; the address of this one does not exist", async () => {
  const parent = await school.as("parent")
  assert.is((await parent.get(`/family/${moussa}`)).status, 200)
  await forbid(moussa)
  const page = await parent.open("/family")
  assert.not.match(page.body, "Moussa")
  assert.match(page.body, "Fanta")
  for (const at of [`/family/${moussa}`, `/family/${moussa}/marks/1`, `/family/${moussa}/bulletins/1`])
    assert.is((await parent.get(at)).status, 404, at)
})

test("the old link opens nothing any more, for the browser that opened it first as for one that knows the year", async () => {
  const link = await linkFor(moussa)
  const phone = school.visitor()
  assert.match((await phone.open(link)).body, "Moussa KEÏTA")
  const stranger = school.visitor()
  await stranger.open(link)
  await forbid(moussa)
  assert.is((await stranger.post(link, { year: "2011" })).status, 410, "the right birth year opens nothing")
  for (const browser of [phone, stranger, school.visitor()]) {
    const closed = await browser.get(link)
    assert.is(closed.status, 410)
    assert.not.match(closed.body, "Moussa")
  }
  assert.is((await phone.get(`${link}/marks/1`)).status, 410)
  assert.is((await phone.get(`${link}/bulletins/1`)).status, 410)
  const other = await linkFor(fanta)
  assert.is((await school.visitor().get(other)).status, 200, "the sister’s still opens")
})

test("no new link is made, even by hand with the guardian’s number", async () => {
  await forbid(moussa)
  const at = `/students/${moussa}/links`
  const page = await secretary.open(at)
  assert.not.match(page.body, "Aminata KEÏTA")
  await secretary.open(`/students/${fanta}/links`)
  assert.is((await secretary.post(at, { guardian: String(mother) })).status, 404)
  assert.equal(await school.school.db.selectFrom("page_link").select("id").execute(), [])
})

test("no message is written about this child, and none is counted; the sister’s news comes alone", async () => {
  await forbid(moussa)
  await announced(moussa, fanta)
  const [sms, ...others] = await waiting()
  assert.equal(others, [])
  assert.match(sms?.body as string, "Fanta")
  assert.not.match(sms?.body as string, "Moussa")
  const direct = {
    ...{ recipient: "+22370000001", guardianId: mother, studentId: moussa, event: "absence" },
    ...{ uniqueKey: "absence:1", body: "Moussa était absent" },
  }
  assert.is(await queueMessages(school.school.db, [direct], school.now.toISOString()), 0)
  const classId = school.ids.classes["10ème CG 1"] as number
  assert.is((await familiesToTell(school.school.db, classId, { ends_on: "2026-12-23" })).guardians, 0)
})

test("what waited to be sent is stopped, an SMS about several children too, and it is said", async () => {
  await announced(moussa, fanta)
  assert.is((await waiting()).length, 1)
  const page = await forbid(fanta)
  assert.match(page.body, "SMS arrêtés avant leur départ : 1.")
  assert.equal(await waiting(), [])
})

test("the reason is wanted, and read only by who may change guardians", async () => {
  const at = `/students/${moussa}/guardians/${mother}`
  await secretary.open(at)
  const asked = await secretary.post(at, { link: "MERE", unseen: "1", unseen_reason: " " })
  assert.is(asked.status, 422)
  assert.match(asked.body, "Écrivez pourquoi")
  const card = await forbid(moussa)
  assert.match(card.body, "ne doit rien voir")
  assert.match(card.body, REASON)
  for (const key of ["surveillant", "econome", "maths"]) {
    const { body } = await (await school.as(key)).open(`/students/${moussa}`)
    assert.not.match(body, "Jugement", key)
  }
  const head = await school.as("proviseur")
  assert.not.match((await head.open("/audit")).body, "Jugement", "the trail is read by others")
  const history = await secretary.open(`/students/${moussa}/history`)
  assert.match(history.body, /Peut voir l’élève :<\/span> <del>oui<\/del> → non/)
  assert.not.match(history.body, "Jugement")
})

test("a link page opened before does not undo the restriction; nor does linking again from a list", async () => {
  const at = `/students/${moussa}/guardians/${mother}`
  const dean = await school.as("censeur")
  await dean.open(at)
  await forbid(moussa)
  assert.is((await dean.post(at, { link: "MERE", informed: "1" })).status, 409)
  await dean.open(`/students/${moussa}/guardians/new?q=keita`)
  await dean.post(at, { link: "TUTEUR", informed: "1" })
  const row = await school.school.db
    .selectFrom("guardianship")
    .selectAll()
    .where("student_id", "=", moussa)
    .executeTakeFirstOrThrow()
  assert.is(row.may_see, 0)
  assert.is(row.unseen_reason, REASON)
})

test("lifted, everything opens again", async () => {
  const link = await linkFor(moussa)
  await forbid(moussa)
  const at = `/students/${moussa}/guardians/${mother}`
  await secretary.open(at)
  await secretary.submit(at, { link: "MERE", informed: "1", unseen_reason: REASON })
  assert.is((await school.visitor().get(link)).status, 200)
  const row = await school.school.db
    .selectFrom("guardianship")
    .select("unseen_reason")
    .where("student_id", "=", moussa)
    .executeTakeFirstOrThrow()
  assert.is(row.unseen_reason, null)
  assert.match((await (await school.as("parent")).open("/family")).body, "Moussa")
})

test("the class’s access slips do not name the child to this guardian", async () => {
  await forbid(moussa)
  const { slipPlanOf } = await import("../accounts/queries/slips.ts")
  const plan = await slipPlanOf(school.school.db, school.ids.classes["10ème CG 1"] as number)
  assert.not.match(JSON.stringify(plan), "Aminata KEÏTA")
})

test.run()
