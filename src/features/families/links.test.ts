import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { announceBulletins } from "../bulletins/announce.ts"
import { linkUrl, makeLinks } from "../links/queries.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const DAY = 86_400_000

async function linkForMoussa(): Promise<string> {
  const { ids } = school
  const asked = [{ guardian_id: ids.guardians.parent as number, student_id: ids.students.moussa as number }]
  const [id] = await makeLinks(school.school.db, school.school, asked, school.now)
  return new URL(linkUrl(school.school, id as number)).pathname
}

test("a link opens one child's page without an account", async () => {
  const page = await school.visitor().get(await linkForMoussa())
  assert.is(page.status, 200)
  assert.match(page.body, "Moussa KEÏTA")
  assert.not.match(page.body, "Fanta")
})

test("a second browser is asked the child's birth year, and the right one opens", async () => {
  const link = await linkForMoussa()
  await school.visitor().get(link)
  const other = school.visitor()
  assert.match((await other.get(link)).body, "Année de naissance")
  const wrong = await other.post(link, { year: "2009" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Ce n’est pas la bonne année")
  const right = await other.submit(link, { year: "2011" })
  assert.match(right.body, "Moussa KEÏTA")
})

test("after five wrong years the link no longer answers strangers, and still opens for the family", async () => {
  const link = await linkForMoussa()
  const family = school.visitor()
  await family.get(link)
  const other = school.visitor()
  await other.get(link)
  for (const year of ["2001", "2002", "2003", "2004", "2005"]) await other.post(link, { year })
  assert.is((await other.get(link)).status, 410)
  assert.is((await family.get(link)).status, 200)
})

test("a tampered link does not exist, an expired and a revoked one say so", async () => {
  const link = await linkForMoussa()
  const changed = link.slice(0, -1) + (link.endsWith("A") ? "B" : "A")
  assert.is((await school.visitor().get(changed)).status, 404)
  const later = school.now
  school.now = new Date(school.now.getTime() + 61 * DAY)
  assert.is((await school.visitor().get(link)).status, 410)
  school.now = later
  const secretary = await school.as("secretaire")
  const links = `/students/${school.ids.students.moussa}/links`
  await secretary.open(links)
  const { id } = await school.school.db.selectFrom("page_link").select("id").executeTakeFirstOrThrow()
  await secretary.submit(`${links}/${id}/revoke`)
  const closed = await school.visitor().get(link)
  assert.is(closed.status, 410)
  assert.match(closed.body, "fermé par l’école")
})

test("a messaging app's preview does not take the family's place", async () => {
  const link = await linkForMoussa()
  await school.visitor().get(link, { "user-agent": "WhatsApp/2.23" })
  const page = await school.visitor().get(link)
  assert.match(page.body, "Moussa KEÏTA")
})

test("the school sees who opened a link", async () => {
  const link = await linkForMoussa()
  await school.visitor().get(link)
  const secretary = await school.as("secretaire")
  const page = await secretary.get(`/students/${school.ids.students.moussa}/links`)
  assert.match(page.body, "page vue")
})

test("one SMS for each guardian who agreed; no one else, and never twice", async () => {
  const { ids } = school
  const students = Object.values(ids.students).map((studentId) => ({
    studentId,
    name: "un élève",
    average: "12,50",
    rank: "3e",
    outOf: 45,
  }))
  const publication = { id: 1, periodLabel: "1er trimestre", correction: false, students }
  const { db } = school.school
  assert.is(await announceBulletins(db, school.school, publication, school.now), 2)
  assert.is(await announceBulletins(db, school.school, publication, school.now), 0)
  const messages = await db.selectFrom("outbox").selectAll().orderBy("id").execute()
  assert.equal(
    messages.map(({ guardian_id }) => guardian_id),
    [ids.guardians.parent, ids.guardians.stranger],
  )
  assert.is(messages[0]?.body.match(/\/e\//g)?.length, 2, "the mother of two gets one SMS with two links")
  assert.is(messages[0]?.encoding, "gsm7")
})

test("a parent's account sees the children, and another's child does not exist", async () => {
  const parent = await school.as("parent")
  const page = await parent.open("/family")
  assert.match(page.body, "Moussa")
  assert.match(page.body, "Fanta")
  assert.is((await parent.get(`/family/${school.ids.students.salif}`)).status, 404)
  assert.is((await parent.get(`/family/${school.ids.students.fanta}`)).status, 200)
})

test.run()
