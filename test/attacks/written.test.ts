// What people write, upload and wait for: scripts and formulas in new texts, small files that are not, hours not come.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { stopWorker } from "../../src/documents/pool.ts"
import { councilPath, giveCouncilMarks, openCouncil } from "../../src/features/council/council.fixture.ts"
import { exampleMarks } from "../../src/features/grades/profileExample.ts"
import { profileFor } from "../../src/features/grades/profiles.ts"
import { typedOf } from "../../src/features/grades/profileTyped.ts"
import { features } from "../../src/features/index.ts"
import { linkUrl, makeLinks } from "../../src/features/links/queries.ts"
import type { Client } from "../client.ts"
import { hand, workbookOf } from "../imports.ts"
import { makeRows, type Parameter } from "../rows.ts"
import { openTestSchool, type TestSchool } from "../school.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const id = (kind: "students" | "guardians" | "staff" | "classes" | "periods", key: string) =>
  school.ids[kind][key] as number

const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`
const sheet = (...rows: string[]) => workbookOf(`<sheetData>${rows.join("")}</sheetData>`)

test("two kilobytes that name a cell at the end of the world are refused, not filled in", async () => {
  const head = `<row r="1">${text("A1", "NOM")}${text("B1", "PRENOMS")}</row>`
  const secretary = await school.as("secretaire")
  for (const last of [
    `<row r="1048576">${text("XFD1048576", "x")}</row>`,
    `<row r="99999999">${text("A99999999", "x")}</row>`,
    `<row r = '2' ><c t="inlineStr" r = '&#88;FD99'><is><t>x</t></is></c></row>`,
    `<row r="20000">${text("ZZZZZZ20000", "x")}</row>`,
  ]) {
    const file = { name: "personnel.xlsx", content: sheet(head, last) }
    const began = performance.now()
    const answer = await hand(secretary, file, { kind: "staff" })
    assert.is(answer.status, 422, last.slice(0, 60))
    assert.match(answer.body, "Ce classeur")
    assert.ok(performance.now() - began < 3000, "at once")
  }
  const farAndEmpty = sheet(
    head,
    `<row r="2">${text("A2", "DIARRA")}${text("B2", "Awa")}</row>`,
    `<row r="1048576"/>`,
  )
  const taken = await hand(secretary, { name: "p.xlsx", content: farAndEmpty }, { kind: "staff" })
  assert.is(taken.status, 303, "what a tidy spreadsheet leaves below its table harms nobody")
})

test("an archive whose headers lie about what they hold is read by what it holds", async () => {
  const content = sheet(`<row r="1">${text("A1", "NOM")}${text("B1", "PRENOMS")}</row>`)
  const bytes = Buffer.from(content)
  // every local header says that four gigabytes follow
  for (let at = bytes.indexOf("PK\x03\x04"); at !== -1; at = bytes.indexOf("PK\x03\x04", at + 4))
    bytes.writeUInt32LE(0xfffffff0, at + 22)
  const secretary = await school.as("secretaire")
  const file = { name: "personnel.xlsx", content: new Uint8Array(bytes) }
  const before = process.memoryUsage().rss
  assert.ok([303, 422].includes((await hand(secretary, file, { kind: "staff" })).status))
  assert.ok(process.memoryUsage().rss - before < 500_000_000)
})

const SCRIPT = `"><script>alert(1)</script><img src=x>`

/** Opens pages that show it; the client refuses inline scripts, this test their tags. */
async function harmless(who: Client, ...paths: string[]) {
  for (const path of paths) {
    const { status, body } = await who.open(path)
    assert.is(status, 200, path)
    assert.match(body, "alert(1)", `${path} shows it`)
    assert.not.match(body, "<script>alert", path)
    assert.not.match(body, "<img src=x", path)
  }
}

test("a script in what the council, the register, a scan, a consent or a family says is text", async () => {
  await giveCouncilMarks(school)
  const moussa = `/students/${id("students", "moussa")}`
  const [head, secretary, mother] = [
    await school.as("proviseur"),
    await school.as("secretaire"),
    await school.as("parent"),
  ]
  await head.open("/council/phrases")
  await head.post("/council/phrases", {
    text: SCRIPT,
    from_mark: "",
    below_mark: "",
    position: "1",
    active: "1",
  })
  await harmless(head, "/council/phrases")
  const path = councilPath(school)
  await openCouncil(head, path)
  const at = `${path}/session/${id("students", "moussa")}`
  await head.open(at)
  await head.post(at, { award: "", reason: SCRIPT, appreciation: SCRIPT })
  await harmless(head, at)

  await head.open("/privacy/register/new")
  const parts = [...(head.page as { body: string }).body.matchAll(/<textarea[^>]* name="(\w+)"/g)].map(
    ([, name]) => name,
  )
  const line = Object.fromEntries(parts.map((name) => [name as string, SCRIPT]))
  await head.post("/privacy/register/new", { ...line, title: SCRIPT })
  await harmless(head, "/privacy/register", "/privacy/register/print")

  await secretary.open(`${moussa}/scans`)
  const pdf = { field: "file", name: `${SCRIPT}\r\nX: y.pdf`, content: "%PDF-1.4\n%%EOF" }
  await secretary.post(`${moussa}/scans`, { document: "other", label: SCRIPT }, pdf)
  await harmless(secretary, `${moussa}/scans`)
  const { id: scan } = await school.school.db.selectFrom("scan").select("id").executeTakeFirstOrThrow()
  const sent = await secretary.get(`/scans/${scan}`)
  assert.match(sent.headers.get("content-disposition") as string, /^attachment; filename="[\w-]+\.pdf"$/)

  await secretary.open(`${moussa}/consents`)
  const kind = (secretary.page as { body: string }).body.match(/<option value="(\w+)"/)?.[1] as string
  const answer = { kind, answer: "yes", given_on: "01/12/2026", source: SCRIPT }
  await secretary.post(`${moussa}/consents`, answer)
  await harmless(secretary, `${moussa}/consents`)

  const said = `/family/${id("students", "moussa")}/correction`
  await mother.open(said)
  await mother.post(said, { quartier: SCRIPT.slice(0, 60), remark: SCRIPT })
  await harmless(mother, said)
  const correction = await school.school.db.selectFrom("correction").select("id").executeTakeFirstOrThrow()
  await harmless(secretary, `/corrections/${correction.id}`)
  await harmless(head, "/audit")
})

test("a formula written as the source of a consent is no formula in the export", async () => {
  const moussa = `/students/${id("students", "moussa")}`
  const secretary = await school.as("secretaire")
  await secretary.open(`${moussa}/consents`)
  const kind = (secretary.page as { body: string }).body.match(/<option value="(\w+)"/)?.[1] as string
  for (const source of ["=HYPERLINK(1)", "@SUM(1)", "+1", "-1"]) {
    await secretary.open(`${moussa}/consents`)
    await secretary.post(`${moussa}/consents`, { kind, answer: "yes", given_on: "01/12/2026", source })
    await secretary.open(`/privacy/consents?kind=${kind}`)
    const { location } = await secretary.post("/privacy/consents/export", { kind })
    const { body } = await secretary.get(location as string)
    assert.match(body, `'${source}`)
    assert.not.match(body, new RegExp(`(^|;|")${source.replace(/[+()]/g, "\\$&")}`, "m"))
  }
})

test("the editor of rules stands any code, scale and number of rows", async () => {
  const { profile } = await profileFor(school.school.db, school.ids.year, null)
  const typed: Record<string, string> = { label: "Essai", ...typedOf(profile), ...exampleMarks(profile) }
  const head = await school.as("proviseur")
  const forged: Record<string, string>[] = [
    { "categories-1-code": "__proto__" },
    { "categories-1-code": "constructor", "categories-2-code": "hasOwnProperty" },
    { "groups-1-code": "__proto__", "groups-1-subjects": "__proto__ constructor MATHS" },
    { scale_max: "0,001" },
    { scale_max: "999999999", scale_step: "0,000001" },
    { scale_step: "0" },
    { "example-MATHS-1": `${"9".repeat(30_000)}` },
    { "example-MATHS-1": "; ".repeat(4_000) },
    { decimals: "__proto__", rounding_stage: "constructor", conduct_mode: "toString" },
    { ["__proto__"]: "x", constructor: "x", "categories-99-code": "X" },
  ]
  for (const changed of forged) {
    const query = new URLSearchParams({ ...typed, ...changed })
    const shown = await head.get(`/grading/edit?${query}`)
    assert.ok(
      [200, 414, 431].includes(shown.status),
      `${shown.status} ${JSON.stringify(changed).slice(0, 60)}`,
    )
    await head.open("/grading/edit")
    const saved = await head.post("/grading/edit", { ...typed, ...changed })
    assert.ok([303, 422].includes(saved.status), `${saved.status} ${JSON.stringify(changed).slice(0, 60)}`)
    assert.is((await head.open("/grading")).status, 200)
    const grid = `/bulletins/${id("classes", "10ème CG 1")}/${id("periods", "T1")}`
    assert.is((await head.open(grid)).status, 200, JSON.stringify(changed))
  }
  assert.is(({} as Record<string, unknown>).x, undefined)
})

test("what a guardian proposed from the account is not read back by who holds the link of an SMS", async () => {
  const guardian = id("guardians", "parent")
  const moussa = id("students", "moussa")
  const mother = await school.as("parent")
  const at = `/family/${moussa}/correction`
  await mother.open(at)
  await mother.post(at, {
    address: "Rue 14, porte 3, Hamdallaye",
    phone: "76 12 34 56",
    remark: "Nous fuyons le père",
  })
  const asked = [{ guardian_id: guardian, student_id: moussa }]
  const [link] = await makeLinks(school.school.db, school.school, asked, school.now)
  const path = new URL(linkUrl(school.school, link as number)).pathname
  const browser = school.visitor()
  await browser.open(path)
  const { body } = await browser.open(`${path}/correction`)
  assert.match(body, "attend la réponse")
  for (const said of ["Hamdallaye", "76 12 34 56", "fuyons"]) assert.not.match(body, said)
})

test("a bulletin that waits for its hour is not told of by the code of the one before", async () => {
  const rows = await makeRows(school)
  const { db } = school.school
  const later = new Date(school.now.getTime() + 86_400_000)
  const first = await db
    .selectFrom("publication")
    .selectAll()
    .where("id", "=", Number(rows.publication.ours))
    .executeTakeFirstOrThrow()
  const { id: _id, ...again } = { ...first, version: 2, visible_at: later.toISOString(), announced_at: null }
  const second = await db.insertInto("publication").values(again).returning("id").executeTakeFirstOrThrow()
  const bulletin = await db
    .selectFrom("bulletin")
    .selectAll()
    .where("id", "=", Number(rows.bulletin.ours))
    .executeTakeFirstOrThrow()
  const { id: _old, ...copy } = { ...bulletin, publication_id: second.id, code: "Z9QM2-XRD7F" }
  const { id: hidden } = await db
    .insertInto("bulletin")
    .values(copy)
    .returning("id")
    .executeTakeFirstOrThrow()
  const mother = await school.as("parent")
  const link = `/e/${rows.link.ours}`
  const phone = school.visitor()
  await phone.open(link)
  for (const part of ["marks", "working", "bulletins"]) {
    const asked = `/${part}/${hidden}`
    assert.is((await mother.get(`/family/${rows.child.ours}${asked}`)).status, 404, asked)
    assert.is((await phone.get(`${link}${asked}`)).status, 404, asked)
  }
  assert.match((await phone.get(`/b/${rows.code.ours}`)).body, "version en vigueur")
  school.now = later
  assert.match((await phone.get(`/b/${rows.code.ours}`)).body, "remplacé")
})

test("no page tells a secret to who has no right to it, whatever feature shows it", async () => {
  const rows = await makeRows(school)
  const { db } = school.school
  const student = { student_id: id("students", "moussa") }
  const health = { ...student, conditions: "drépanocytose", instruction_shown: 0, version: 1 }
  const by = { updated_at: school.now.toISOString(), updated_by: 1 }
  await db
    .insertInto("medical_note")
    .values({ ...health, ...by })
    .execute()
  const kept = { ...student, guardian_id: id("guardians", "stranger"), link: "TUTEUR" as const, may_see: 0 }
  await db
    .insertInto("guardianship")
    .values({ ...kept, unseen_reason: "Jugement du 3 mars" })
    .execute()
  const address = (path: string, who: string) =>
    path.replace(/:(\w+)/g, (_, name: Parameter) => rows[name].own?.[who] ?? rows[name].ours)
  const pages = features.flatMap(({ routes }) => routes.filter(({ method }) => method === "get"))
  const told: string[] = []
  for (const who of [
    "admin",
    "censeur",
    "secretaire",
    "econome",
    "surveillant",
    "maths",
    "parent",
    "moussa",
  ]) {
    const client = await school.as(who)
    for (const { path } of pages.filter((one) => !/^.(e|first|apply)\b/.test(one.path))) {
      const { body } = await client.get(`${address(path, who)}?q=drepanocytose`)
      if (body.includes("drépanocytose") && who !== "surveillant") told.push(`${who} ${path}: health`)
      if (body.includes("Jugement") && !["admin", "censeur", "secretaire"].includes(who))
        told.push(`${who} ${path}: judgment`)
    }
  }
  assert.equal(told, [])
  const desk = await school.as("secretaire")
  assert.match((await desk.open(`/students/${rows.student.ours}`)).body, "Jugement", "whose it is to know")
})

test("a class split at two desks at once is split once", async () => {
  const path = `/placement/${id("classes", "10ème CG 1")}/split`
  const [one, other] = [await school.as("secretaire"), await school.as("censeur")]
  for (const desk of [one, other]) await desk.open(path)
  const to = (n: number, key: string) => [`to-${id("students", key)}`, String(n)]
  const parts = [to(0, "moussa"), to(1, "aminata1"), to(0, "aminata2"), to(1, "issa")]
  const fields = { ...Object.fromEntries(parts), parts: "2", way: "sexes", on: "10/12/2026" }
  const answers = await Promise.all([one, other].map((desk) => desk.post(path, fields)))
  assert.equal(answers.map(({ status }) => status).sort(), [303, 422])
  const classes = await school.school.db
    .selectFrom("class")
    .select("label")
    .where("level_code", "=", "10")
    .execute()
  assert.is(classes.length, 2)
})

test.run()
