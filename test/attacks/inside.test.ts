// Those who work here: numbers of others in fields, rights that a field seems to give, two at the same moment.
import { test } from "uvu"
import * as assert from "uvu/assert"
import {
  councilPath,
  giveCouncilMarks,
  keptOf,
  openCouncil,
} from "../../src/features/council/council.fixture.ts"
import { keepPortrait } from "../../src/features/photos/files.ts"
import type { Client } from "../client.ts"
import { addClass } from "../imports.ts"
import { makeRows } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"
import { knock, numbersOf, urlencoded } from "./knock.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const id = (kind: "students" | "guardians" | "staff" | "classes" | "periods", key: string) =>
  school.ids[kind][key] as number

/** The hidden numbers of the form that leads there, of any name. */
function hiddenOf(body: string, action: string): Record<string, string> {
  const form = body.split("<form").find((html) => html.includes(`action="${action}"`)) ?? ""
  const fields = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
  return Object.fromEntries(fields.map(([, name, value]) => [name, value]))
}

/** Sends a form with these fields from a page of this client, without waiting for others. */
async function sender(client: Client, page: string, action: string) {
  const { body } = await client.open(page)
  const numbers = { ...hiddenOf(body, action), ...numbersOf(body, action) }
  return (fields: Record<string, string> = {}) =>
    knock(school.url, `POST ${action}`, {
      headers: urlencoded,
      body: new URLSearchParams({ ...numbers, ...fields }).toString(),
      as: client,
    })
}

const audited = async (...actions: string[]) =>
  (await school.school.db.selectFrom("audit").select("action").where("action", "in", actions).execute())
    .length

test("who writes appreciations takes no word of the council back, whatever the form carries", async () => {
  await giveCouncilMarks(school)
  const dean = await school.as("censeur")
  const path = councilPath(school)
  await openCouncil(dean, path)
  const at = `${path}/session/${id("students", "moussa")}`
  await dean.open(at)
  await dean.post(at, { award: "Tableau d’honneur", reason: "Travail" })
  const decided = (await keptOf(school, "moussa"))?.award
  assert.ok(decided, "the council has spoken")
  const teacher = await school.as("maths")
  for (const forged of [
    { undo: "1" },
    { award: "Encouragements" },
    { decision: "Exclu" },
    {},
    { undo: "1", award: "", decision: "", appreciation: "Bien" },
  ]) {
    await teacher.open(at)
    await teacher.post(at, { keep: "1", ...forged })
    assert.is((await keptOf(school, "moussa"))?.award, decided, JSON.stringify(forged))
    await teacher.open(at)
    assert.is((await teacher.post(at, { keep: "", ...forged })).status, 403)
  }
  assert.is((await keptOf(school, "moussa"))?.appreciation, "Bien", "which is theirs to write")
})

test("a form teacher writes in the class led, not in another where a subject is taught", async () => {
  const { db } = school.school
  const other = "11ème SES 1"
  const row = { teacher_id: id("staff", "maths") }
  await db.updateTable("class_subject").set(row).where("class_id", "=", id("classes", other)).execute()
  const path = `/council/${id("classes", other)}/${id("periods", "T1")}`
  await openCouncil(await school.as("censeur"), path)
  const teacher = await school.as("maths")
  const at = `${path}/session/${id("students", "salif")}`
  const page = await teacher.open(at)
  assert.is(page.status, 200)
  assert.not.match(page.body, "<textarea")
  assert.is((await teacher.post(at, { keep: "1", appreciation: "Bon élève" })).status, 403)
  // Salif's number in the class that is led, and Moussa's in this one
  const swapped = [
    `${councilPath(school)}/session/${id("students", "salif")}`,
    `${path}/session/${id("students", "moussa")}`,
  ]
  for (const elsewhere of swapped) assert.is((await teacher.get(elsewhere)).status, 404, elsewhere)
  assert.equal(await db.selectFrom("student_period").select("student_id").execute(), [])
})

test("a decision and the end of the session at once: the minutes say what is kept", async () => {
  await giveCouncilMarks(school)
  const [dean, head] = [await school.as("censeur"), await school.as("proviseur")]
  const path = councilPath(school)
  await openCouncil(dean, path)
  const at = `${path}/session/${id("students", "moussa")}`
  const decide = await sender(dean, at, at)
  const close = await sender(head, `${path}/close`, `${path}/close`)
  const answers = await Promise.all([
    decide({ award: "Tableau d’honneur", reason: "Travail" }),
    close({ anyway: "1" }),
  ])
  assert.ok(
    answers.every(({ status }) => [303, 409].includes(status)),
    String(answers.map((one) => one.status)),
  )
  const kept = (await keptOf(school, "moussa"))?.award ?? ""
  const minutes = await school.school.db.selectFrom("council_minutes").select("content").execute()
  assert.is(minutes.length, 1)
  const { students } = JSON.parse(minutes[0]?.content as string) as {
    students: { name: string; award: string }[]
  }
  assert.is(students.find(({ name }) => name.includes("Moussa"))?.award, kept)
})

test("a guardian kept away at one desk is not let in again by the other at the same moment", async () => {
  const at = `/students/${id("students", "moussa")}/guardians/${id("guardians", "parent")}`
  const [secretary, head] = [await school.as("secretaire"), await school.as("proviseur")]
  const forbid = await sender(secretary, at, at)
  const move = await sender(head, at, at)
  const answers = await Promise.all([
    forbid({ link: "MERE", informed: "1", unseen: "1", unseen_reason: "Jugement du 3 mars" }),
    move({ link: "MERE", informed: "1", lives_with: "yes" }),
  ])
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
})

test("an absorbed card does not take an administrator's account with it", async () => {
  const [mine, theirs] = [id("staff", "secretaire"), id("staff", "admin")]
  const secretary = await school.as("secretaire")
  const path = `/doubles/staff/${mine}/${theirs}`
  await secretary.open(path)
  assert.is((await secretary.post(path)).status, 409)
  const admin = await school.as("admin")
  assert.is((await admin.get("/accounts")).status, 200)
  await admin.open(`/doubles/staff/${theirs}/${id("staff", "econome")}`)
  assert.is((await admin.post(`/doubles/staff/${theirs}/${id("staff", "econome")}`)).status, 303)
})

test("two cards merged twice at once are merged once; the merge undone twice at once, once", async () => {
  const [kept, other] = [id("students", "aminata1"), id("students", "aminata2")]
  const path = `/doubles/students/${kept}/${other}`
  const desks = [await school.as("secretaire"), await school.as("proviseur")] as const
  const merging = [await sender(desks[0], path, path), await sender(desks[1], path, path)]
  const merged = await Promise.all(merging.map((send) => send()))
  assert.is(merged.filter(({ status }) => status === 303).length, 1)
  const merge = merged.find(({ status }) => status === 303)?.headers.location as string
  const undoing = [
    await sender(desks[0], merge, `${merge}/undo`),
    await sender(desks[1], merge, `${merge}/undo`),
  ]
  const undone = await Promise.all(undoing.map((send) => send()))
  assert.equal(undone.map(({ status }) => status).sort(), [303, 409])
  assert.is(await audited("unmerged"), 2, "one line for each card")
})

test("a reminder pressed at two desks is one SMS; a batch started at two desks is one publication", async () => {
  await giveCouncilMarks(school)
  const { db } = school.school
  school.now = new Date("2027-01-15T09:00:00.000Z")
  await db.updateTable("staff").set({ phone: "+22376000000" }).execute()
  const period = id("periods", "T1")
  const desks = [await school.as("censeur"), await school.as("proviseur")] as const
  const from = `/progress/remind?period=${period}`
  const [dean, other] = desks
  const reminding = [
    await sender(dean, from, "/progress/remind"),
    await sender(other, from, "/progress/remind"),
  ]
  await Promise.all(reminding.map((send) => send({ period: String(period) })))
  const sms = await db
    .selectFrom("outbox")
    .select("recipient")
    .where("event", "=", "progress.reminder")
    .execute()
  const reminded = await db.selectFrom("progress_reminder").select("staff_id").execute()
  assert.ok(sms.length > 0)
  assert.is(sms.length, new Set(reminded.map(({ staff_id }) => staff_id)).size)

  const class_id = id("classes", "10ème CG 1")
  const checked = {
    class_id,
    period_id: period,
    state: "checked" as const,
    changed_at: school.now.toISOString(),
  }
  await db
    .insertInto("class_period")
    .values({ ...checked, changed_by: 1 })
    .execute()
  const [head, admin] = [await school.as("proviseur"), await school.as("admin")]
  const page = `/bulletins/batches?period=${period}`
  const to = "/bulletins/batches"
  const starting = [await sender(head, page, to), await sender(admin, page, to)]
  await Promise.all(starting.map((send) => send({ period: String(period), [`class-${class_id}`]: "1" })))
  await Promise.allSettled([...school.school.background])
  const versions = await db.selectFrom("publication").select("version").execute()
  assert.equal(versions, [{ version: 1 }])
})

test("classes of others in the fields of a batch, of a photo, of a placement are as if they were not there", async () => {
  const rows = await makeRows(school)
  const { db } = school.school
  const head = await school.as("proviseur")
  const ready = {
    class_id: id("classes", "10ème CG 1"),
    period_id: id("periods", "T1"),
    state: "checked" as const,
  }
  await db
    .insertInto("class_period")
    .values({ ...ready, changed_at: school.now.toISOString(), changed_by: 1 })
    .execute()
  await head.open(`/bulletins/batches?period=${rows.period.ours}`)
  const forged = {
    period: rows.period.ours,
    [`class-${rows.class.theirs}`]: "1",
    "class-0": "1",
    class___proto__: "1",
  }
  assert.is(
    (await head.post("/bulletins/batches", forged)).status,
    422,
    "the one that is ready is not ticked",
  )
  const split = `/placement/${rows.class.ours}/split`
  await head.open(split)
  assert.is((await head.post(split, { seen: "0", [`to-${rows.student.theirs}`]: "1" })).status, 422)
  await addClass(school, { level: "10", series: "CG", section: "2", label: "10ème CG 2" })
  const merge = `/placement/${rows.class.ours}/merge`
  await head.open(merge)
  assert.is((await head.post(merge, { class: String(rows.class.theirs) })).status, 404, "of another level")
  assert.is((await db.selectFrom("bulletin_batch").select("id").execute()).length, 1, "the one of the rows")
})

test("the name of another student's photo under one's own address is no photo", async () => {
  const { db } = school.school
  const jpeg = Buffer.from("\xff\xd8\xff\xd9", "latin1")
  for (const key of ["moussa", "salif"])
    await keepPortrait(school.school, {
      by: { id: 1 },
      whose: { person: "student", id: id("students", key) },
      jpeg,
      now: school.now,
    })
  const { name, path } = await db
    .selectFrom("photo")
    .select(["name", "path"])
    .where("student_id", "=", id("students", "salif"))
    .executeTakeFirstOrThrow()
  const teacher = await school.as("maths")
  const own = `/students/${id("students", "moussa")}/photo.jpg`
  assert.is((await teacher.get(own)).status, 200)
  for (const asked of [name, path, `../${path}`, "..%2F..%2Fschool.sqlite", "__proto__"])
    assert.is((await teacher.get(`${own}?${asked}`)).status, 404, asked)
  assert.is((await teacher.get(`/students/${id("students", "salif")}/photo.jpg?${name}`)).status, 404)
})

test("a student's account opens its own results and nothing that is the guardians' or the school's", async () => {
  const rows = await makeRows(school)
  const student = await school.as("moussa")
  const own = `/family/${rows.child.ours}`
  for (const page of [own, `${own}/marks/${rows.ownBulletin.ours}`, "/account"])
    assert.is((await student.get(page)).status, 200, page)
  assert.not.match((await student.open(own)).body, "Signaler une erreur")
  for (const page of [
    `${own}/correction`,
    `/students/${rows.student.ours}`,
    `/students/${rows.student.ours}/photo.jpg`,
    `/scans/${rows.scan.ours}`,
    `/council/${rows.class.ours}/${rows.period.ours}`,
    `/progress/${rows.class.ours}/${rows.period.ours}`,
    "/medical/instructions",
    "/photos",
    "/imports",
  ])
    assert.ok([403, 404].includes((await student.get(page)).status), page)
})

test.run()
