// Several desks at once, and what the board finds.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { money } from "../../web/french.ts"
import { AWA, fileRow, later, leadTo, openAtDesk, set, ticks } from "./enrolment.fixture.ts"
import { addApplication } from "./queries/making.ts"

let school: TestSchool
let one: Client
let other: Client
test.before.each(async () => {
  school = await openTestSchool()
  one = await school.as("secretaire")
  other = await school.as("censeur")
})
test.after.each(() => school.close())

const db = () => school.school.db
const names = (body: string) =>
  [...body.matchAll(/<th scope="row"><a href="\/enrolment\/\d+">([^<]+)<\/a>/g)].map(([, name]) => name)

/** Files checked and waiting for their number, written straight into the database. */
async function checkedFiles(many: number): Promise<number[]> {
  const row = {
    birth_date: "2011-06-05",
    birth_year: 2011,
    birth_approximate: 0,
    sex: null,
    remark: null,
  } as const
  const empty = {
    birth_place: null,
    nationality: null,
    address: null,
    previous_school: null,
    matricule: null,
  }
  const ids: number[] = []
  for (let n = 0; n < many; n++) {
    const asked = {
      ...row,
      ...empty,
      surname: "KONÉ",
      given_names: `Awa ${n}`,
      level_code: "10",
      series_code: "CG",
    }
    const given = {
      row: asked,
      guardians: [],
      documents: [] as number[],
      source: "desk" as const,
      year: school.ids.year,
    }
    const made = await addApplication(
      db(),
      null,
      { ...given, today: "2026-12-10", sentFrom: null },
      school.now,
    )
    ids.push(made?.id as number)
  }
  await db().updateTable("application").set({ state: "checked" }).where("id", "in", ids).execute()
  return ids
}

test("two desks give two hundred numbers at once: none twice, none left out", async () => {
  const files = await checkedFiles(200)
  await one.open(`/enrolment/${files[0]}`)
  await other.open(`/enrolment/${files[0]}`)
  const answers = await Promise.all(
    files.map((file, n) =>
      (n % 2 ? one : other).post(`/enrolment/${file}/number`, { who: "new", version: "1" }),
    ),
  )
  assert.equal([...new Set(answers.map(({ status }) => status))], [303])
  const rows = await db()
    .selectFrom("application")
    .select("internal_number")
    .where("id", "in", files)
    .execute()
  assert.equal(
    rows.map(({ internal_number }) => internal_number).sort(),
    files.map((_, n) => `2026-${String(n + 1).padStart(4, "0")}`),
  )
})

test("two desks on one file at the same moment: one number, the other is told", async () => {
  const [file] = (await checkedFiles(1)) as [number]
  await one.open(`/enrolment/${file}`)
  await other.open(`/enrolment/${file}`)
  const answers = await Promise.all([one, other].map((desk) => desk.post(`/enrolment/${file}/number`)))
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409])
  const next = (await checkedFiles(1))[0] as number
  await one.open(`/enrolment/${next}`)
  await one.submit(`/enrolment/${next}/number`)
  assert.is((await fileRow(school, next)).internal_number, "2026-0002", "the desk that came second took none")
})

test("documents ticked at two desks: the second sees who did what and what it had ticked itself", async () => {
  const file = await openAtDesk(school, one)
  const at = `/enrolment/${file}`
  await one.open(at)
  await other.open(at)
  await one.submit(`${at}/documents`, await ticks(school, ["Extrait d’acte de naissance"]))
  const late = await other.post(`${at}/documents`, await ticks(school, ["4 photos d’identité"]))
  assert.is(late.status, 409)
  assert.match(late.body, "Kadiatou BERTHÉ a changé ce dossier")
  assert.is(late.body.match(/vous aviez coché/g)?.length, 1)
  assert.is(late.body.match(/vous aviez décoché/g)?.length, 1)
  assert.is(late.body.match(/ checked/g)?.length, 1, "what is shown is what is stored")
  const both = await ticks(school, ["Extrait d’acte de naissance", "4 photos d’identité"])
  assert.is((await other.post(`${at}/documents`, both)).status, 303)
})

test("one file edited at two desks: field by field, the other’s change is kept where one typed nothing", async () => {
  const file = await openAtDesk(school, one)
  const at = `/enrolment/${file}/edit`
  await one.open(at)
  await other.open(at)
  await one.submit(at, { ...AWA, address: "Badalabougou", g1_phone: "70 11 22 34" })
  const late = await other.post(at, { ...AWA, given_names: "Awa Fatoumata", g1_phone: "70 11 22 35" })
  assert.is(late.status, 409)
  assert.match(late.body, 'value="Badalabougou"')
  assert.match(late.body, 'value="Awa Fatoumata"')
  assert.match(late.body, 'value="70 11 22 35"')
  assert.match(late.body, "+22370112234")
  assert.is(
    (await other.post(at, { ...AWA, given_names: "Awa Fatoumata", address: "Badalabougou" })).status,
    303,
  )
  const row = await fileRow(school, file)
  assert.equal([row.address, row.given_names], ["Badalabougou", "Awa Fatoumata"])
})

test("a button pressed twice does its step once", async () => {
  const file = await openAtDesk(school, one)
  const at = `/enrolment/${file}`
  await leadTo(school, one, file, "checked")
  await one.open(at)
  const answers = [await one.post(`${at}/number`), await one.post(`${at}/number`)]
  assert.equal(
    answers.map(({ location }) => location),
    [at, at],
  )
  const { n } = await db()
    .selectFrom("application_event")
    .where("action", "=", "numbered")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  assert.is(Number(n), 1)
})

test("the board counts by state and finds by name, phone, reference and number, whatever their spelling", async () => {
  const awa = await openAtDesk(school, one)
  await openAtDesk(school, one, {
    surname: "Ɲare",
    given_names: "Issa",
    place: "11/SES",
    g1_phone: "66 00 11 22",
    ...(await ticks(school)),
  })
  const page = await one.open("/enrolment")
  assert.equal(names(page.body), ["KONÉ Awa", "ƝARE Issa"])
  assert.match(page.body, 'À traiter <span class="quiet">(2)</span>')
  const found = async (query: string) => names((await one.open(`/enrolment?${query}`)).body)
  assert.equal(await found("q=kone+awa"), ["KONÉ Awa"])
  assert.equal(await found("q=nare"), ["ƝARE Issa"])
  assert.equal(await found("q=66001122"), ["ƝARE Issa"])
  assert.equal(await found("q=%2B223+66+00+11"), ["ƝARE Issa"])
  assert.equal(await found("q=D-2026-0001"), ["KONÉ Awa"])
  assert.equal(await found("q=0002"), ["ƝARE Issa"])
  assert.equal(await found("level=11"), ["ƝARE Issa"])
  assert.equal(await found("missing=1"), ["KONÉ Awa"])
  assert.equal(await found("q=zzz"), [])
  await leadTo(school, one, awa, "active")
  assert.equal(await found(""), ["ƝARE Issa"])
  assert.equal(await found("q=20260001"), ["KONÉ Awa"], "a search looks into every state")
  assert.equal(await found("state=active"), ["KONÉ Awa"])
})

test("3,000 files: pages of fifty, four questions, no more for the last page", async () => {
  const at = school.now.toISOString()
  const rows = Array.from({ length: 3000 }, (_, n) => ({
    reference: `D-2026-${n}`,
    code: `code ${n}`,
    school_year_id: school.ids.year,
    state: "received" as const,
    source: "site" as const,
    surname: "KONÉ",
    given_names: `Awa ${n}`,
    sort_name: `kone awa ${n}`,
    folded: `kone awa ${n}`,
    level_code: "10",
    series_code: "CG",
    created_at: at,
    updated_at: at,
  }))
  for (let start = 0; start < rows.length; start += 500)
    await db()
      .insertInto("application")
      .values(rows.slice(start, start + 500))
      .execute()
  const blank = await one.open("/enrolment/999999")
  const last = await one.open("/enrolment?page=60&missing=1")
  assert.is(names(last.body).length, 50)
  assert.match(last.body, "2951–3000 sur 3000")
  assert.ok(last.queries <= blank.queries + 3, `${last.queries} against ${blank.queries}`)
})

test("the économe reads the files and writes none; the surveillant and teachers do not see them", async () => {
  const file = await openAtDesk(school, one)
  const bursar = await school.as("econome")
  const page = await bursar.open(`/enrolment/${file}`)
  assert.match(page.body, "KONÉ Awa")
  assert.not.match(page.body, "Enregistrer les pièces")
  assert.is((await bursar.post(`/enrolment/${file}/documents`, { version: "1" })).status, 403)
  for (const who of ["surveillant", "maths"])
    assert.is((await (await school.as(who)).get(`/enrolment/${file}`)).status, 403)
})

test("a school that keeps the check for the head: the secretary sees that the file waits, and undoes no check", async () => {
  await db()
    .insertInto("role_permission")
    .values({ role: "secretary", permission: "enrolment.check", granted: 0 })
    .execute()
  await set(school, {})
  const file = await openAtDesk(school, one, await ticks(school))
  const at = `/enrolment/${file}`
  assert.match((await one.open(at)).body, "Le dossier attend son contrôle.")
  assert.is((await one.post(`${at}/check`)).status, 403)
  await other.open(at)
  await other.submit(`${at}/check`)
  await one.open(at)
  assert.is((await one.post(`${at}/undo`)).status, 403)
})

test("fees and documents are the school’s to set, level by level", async () => {
  const head = await school.as("proviseur")
  await head.open("/enrolment/settings/fees")
  assert.is((await head.post("/enrolment/settings/fees", { fee_10: "quinze" })).status, 422)
  await head.submit("/enrolment/settings/fees", { fee_10: "15 000", fee_11: "" })
  const list = await head.open("/enrolment/settings/documents")
  const lines = [...list.body.matchAll(/name="(id_\d+)" value="(\d+)"/g)]
  assert.is(lines.length, 6)
  const fields: Record<string, string> = Object.fromEntries(
    lines.map(([, name, value]) => [name as string, value as string]),
  )
  // the first stays, the second is left out, a new one for the terminale only
  await head.submit("/enrolment/settings/documents", {
    ...fields,
    label_1: "Extrait d’acte de naissance",
    required_1: "1",
    label_2: "",
    label_3: "Relevé du bac blanc",
    id_3: "",
    required_3: "1",
    level_3_12: "1",
  })
  const file = await openAtDesk(school, one)
  const page = (await one.open(`/enrolment/${file}`)).body
  assert.match(page, "Extrait d’acte de naissance")
  assert.not.match(page, "Bulletins de l’année précédente")
  assert.not.match(page, "Relevé du bac blanc")
  assert.match(page, money(15_000))
  const last = await openAtDesk(school, one, { place: "12/TSE", given_names: "Oumou" })
  assert.match((await one.open(`/enrolment/${last}`)).body, "Relevé du bac blanc")
  assert.is((await one.get("/enrolment/settings")).status, 403)
})

test("the school’s own format, checked as it is typed; each year counts from one", async () => {
  const head = await school.as("proviseur")
  await head.open("/enrolment/settings")
  const fields = {
    applications: "closed",
    applicationsYear: "",
    applicationsFrom: "",
    applicationsUntil: "",
    applicationsText: "",
  }
  assert.is((await head.post("/enrolment/settings", { ...fields, studentNumber: "K-{year}" })).status, 422)
  const page = await head.submit("/enrolment/settings", { ...fields, studentNumber: "K{level}/{yy}-{n:3}" })
  assert.match(page.body, "K10/26-001")
  const file = await openAtDesk(school, one)
  await leadTo(school, one, file, "numbered")
  assert.is((await fileRow(school, file)).internal_number, "K10/26-001")
  const backwards = {
    ...fields,
    studentNumber: "{n}",
    applicationsFrom: "12/12/2026",
    applicationsUntil: "11/12/2026",
  }
  await head.open("/enrolment/settings")
  assert.match((await head.post("/enrolment/settings", backwards)).body, "avant l’ouverture")
})

test("bad input at the desk: nothing written, everything kept", async () => {
  await one.open("/enrolment/new")
  const wrong = await one.post("/enrolment/new", { ...AWA, birth: "30/02/2011", g1_phone: "7O 11 22 33" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Une lettre O")
  assert.match(wrong.body, 'value="30/02/2011"')
  later(school, 1)
  assert.is((await db().selectFrom("application").select("id").execute()).length, 0)
})

test.run()
