// Terms, the nightly work, the register of processing, consents, and the page that everybody may read.
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { formerStudent, YEARS_LATER } from "../../../test/formerStudent.ts"
import { preview, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { purge, tellDue } from "./jobs.ts"
import { squeezed } from "./rules/markers.ts"
import { overSince, retentionsOf, termText } from "./rules/retention.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const count = async (
  table: "outbox" | "page_link" | "page_link_opening" | "import_line" | "medical_look" | "student",
) => (await school.school.db.selectFrom(table).selectAll().execute()).length

test("terms: a proposal by country, the school’s choice before it; leap days and whole days", () => {
  const mali = retentionsOf("ML", [])
  assert.is(mali.student.amount, 10)
  assert.is(mali.student.confidence, "L")
  assert.is(retentionsOf("BE", []).guardian.amount, 1)
  const own = retentionsOf("ML", [{ kind: "student", amount: 5, obliged: 1, source: null }])
  assert.equal([own.student.amount, own.student.obliged, own.student.chosen], [5, true, true])
  assert.is(overSince({ amount: 1, unit: "years" }, "2028-02-29"), "2027-02-28")
  assert.is(overSince({ amount: 90, unit: "days" }, "2026-03-31"), "2025-12-31")
  assert.is(termText({ amount: 1, unit: "years" }), "1 an")
  assert.is(squeezed("KEÏTA; Moussa"), "keitamoussa")
})

test("the night takes away what its time is over for, tells how many, and never a person", async () => {
  await formerStudent(school)
  const { db, folder } = school.school
  const file = (await db.selectFrom("import").select("file_path").executeTakeFirstOrThrow()).file_path
  assert.ok(existsSync(join(folder, file)))
  const students = await count("student")
  const first = await purge(school.school, school.now)
  assert.is(first, "0 messages, 0 links, 0 imports emptied, 0 notes on health, 0 looks, 0 exports, 0 files")
  const second = await purge(school.school, YEARS_LATER)
  assert.is(second, "1 messages, 1 links, 1 imports emptied, 1 notes on health, 0 looks, 1 exports, 1 files")
  assert.equal(await Promise.all((["outbox", "page_link", "import_line"] as const).map(count)), [0, 0, 0])
  assert.not.ok(existsSync(join(folder, file)))
  assert.is(await count("student"), students)
  assert.match(await purge(school.school, YEARS_LATER), "0 imports emptied")
  assert.match(await tellDue(school.school, YEARS_LATER), /^1 students, 1 guardians, 0 staff/)
  assert.is(await count("student"), students)
})

test("the notes on health of a student who is here are not touched, however old", async () => {
  const { db } = school.school
  await db
    .insertInto("medical_note")
    .values({
      student_id: school.ids.students.moussa as number,
      allergies: "Lait",
      updated_at: "2016-01-01T00:00:00.000Z",
    })
    .execute()
  assert.match(await purge(school.school, school.now), "0 notes on health")
})

test("an import emptied at night still has its page, and nothing of it can be undone", async () => {
  const desk = await school.as("secretaire")
  const csv = "Matricule;Nom;Prénoms;Né(e) le;Classe\r\nRC15CG26Z7778F;SOUMARÉ;Kani;05/06/2011;10ème CG 1\r\n"
  const path = await preview(desk, { name: "a.csv", content: csv }, { kind: "students", from: "year" })
  await write(desk, path)
  await purge(school.school, new Date("2027-04-10T03:40:00.000Z"))
  const page = await desk.open(path)
  assert.is(page.status, 200)
  assert.not.match(page.body, "SOUMARÉ")
  const undo = await desk.open(`${path}/undo`)
  assert.is(undo.status, 200)
  const { n } = await school.school.db
    .selectFrom("student")
    .where("surname", "=", "SOUMARÉ")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  assert.is(Number(n), 1)
})

test("a file that the disk refused to give up is taken away the next night", async () => {
  const { db, folder } = school.school
  mkdirSync(join(folder, "photos"), { recursive: true })
  writeFileSync(join(folder, "photos", "left.jpg"), "left")
  await db.insertInto("file_to_remove").values({ path: "photos/left.jpg", since: "2026-12-01" }).execute()
  await db.insertInto("file_to_remove").values({ path: "../outside", since: "2026-12-01" }).execute()
  writeFileSync(join(folder, "..", "outside"), "not ours")
  await purge(school.school, school.now)
  assert.not.ok(existsSync(join(folder, "photos", "left.jpg")))
  assert.ok(existsSync(join(folder, "..", "outside")), "nothing outside the school's folder")
})

test("files of enrolment that came to nothing go together, with the word and a year later", async () => {
  const { db } = school.school
  const at = "2025-09-10T08:00:00.000Z"
  const row = {
    school_year_id: school.ids.year,
    source: "desk",
    given_names: "Kani",
    level_code: "10",
    series_code: "CG",
  } as const
  for (const [n, state] of (["refused", "abandoned", "documents"] as const).entries()) {
    const { id } = await db
      .insertInto("application")
      .values({
        ...row,
        reference: `D-${n}`,
        code: `C-${n}`,
        state,
        surname: "WAGUÉ",
        sort_name: "wague kani",
        folded: "wague kani",
        created_at: at,
        updated_at: at,
      })
      .returning("id")
      .executeTakeFirstOrThrow()
    await db
      .insertInto("application_guardian")
      .values({ application_id: id, position: 1, name: "Mory WAGUÉ", phone: "+22371717171", link: "PERE" })
      .execute()
  }
  const head = await school.as("proviseur")
  await head.open("/privacy/erasure?person=application")
  await head.post("/privacy/erasure/applications", { word: "non" })
  assert.is((await db.selectFrom("application").select("id").execute()).length, 3)
  await head.open("/privacy/erasure?person=application")
  const page = await head.submit("/privacy/erasure/applications", { word: "EFFACER" })
  assert.match(page.body, "2 dossiers d’inscription sont effacés")
  assert.equal(await db.selectFrom("application").select("state").execute(), [{ state: "documents" }])
  assert.is((await db.selectFrom("application_guardian").select("id").execute()).length, 1)
})

test("the register: proposed, corrected, versioned, printed; two who write at once are told", async () => {
  const [head, admin] = [await school.as("proviseur"), await school.as("admin")]
  assert.match((await head.open("/privacy/register")).body, "Texte proposé, pas encore relu")
  const fields = (body: string) =>
    Object.fromEntries(
      [...body.matchAll(/name="(\w+)"[^>]*>\n?([^<]*)<\/textarea>/g)].map(([, name, text]) => [
        name,
        text as string,
      ]),
    )
  const edit = await head.open("/privacy/register/students")
  await admin.open("/privacy/register/students")
  const typed = { ...fields(edit.body), title: "Élèves", version: "0", recipients: "La direction seule." }
  assert.is((await head.post("/privacy/register/students", typed)).status, 303)
  const late = await admin.post("/privacy/register/students", { ...typed, recipients: "Tout le monde." })
  assert.is(late.status, 409)
  assert.match(late.body, "La direction seule.")
  assert.match((await head.open("/privacy/register/students")).body, "Version 1")
  await head.open("/privacy/register/new")
  const empty = await head.post("/privacy/register/new", { title: "Cantine" })
  assert.is(empty.status, 422)
  await head.open("/privacy/register/new")
  await head.post("/privacy/register/new", { ...typed, title: "Cantine" })
  const print = (await head.open("/privacy/register/print")).body
  for (const said of ["Cantine", "La direction seule.", "APDP", "loi n° 2013-015"]) assert.match(print, said)
  await head.open("/privacy/register/own-1")
  await head.post("/privacy/register/own-1/remove", {})
  assert.not.match((await head.open("/privacy/register")).body, "Cantine</h2>")
  assert.is((await head.get("/privacy/register/own-1")).status, 404)
  assert.is((await (await school.as("secretaire")).get("/privacy/register")).status, 403)
})

test("consents: who said yes, no, and who was never asked; the list leaves as a file, the slips on paper", async () => {
  const desk = await school.as("secretaire")
  const all = (await desk.open("/privacy/consents")).body
  for (const name of ["Aminata KEÏTA", "Karim TRAORÉ", "Lassina TRAORÉ"]) assert.match(all, name)
  const never = (await desk.open("/privacy/consents?kind=sms&answer=unasked")).body
  assert.match(never, "Lassina TRAORÉ")
  assert.not.match(never, "Karim TRAORÉ")
  const { db } = school.school
  const row = {
    kind: "photo",
    source: "Fiche signée",
    recorded_by: 1,
    recorded_at: "2026-11-01T08:00:00.000Z",
  }
  const moussa = school.ids.students.moussa as number
  await db
    .insertInto("student_consent")
    .values([
      { ...row, student_id: moussa, answer: 1, given_on: "2026-10-01" },
      { ...row, student_id: moussa, answer: 0, given_on: "2026-11-01" },
    ])
    .execute()
  const said = (await desk.open("/privacy/consents?kind=photo&answer=no")).body
  assert.match(said, "KEÏTA Moussa")
  assert.not.match(
    (await desk.open("/privacy/consents?kind=photo&answer=yes")).body,
    "KEÏTA Moussa",
    "the last counts",
  )
  const classId = String(school.ids.classes["10ème CG 1"])
  const page = await desk.open(`/privacy/consents?kind=photo&class=${classId}`)
  assert.not.match(page.body, "TRAORÉ Salif")
  const answer = await desk.post("/privacy/consents/export", { kind: "photo", class: classId })
  const file = await desk.get(answer.location as string)
  assert.match(file.headers.get("content-type") ?? "", "text/csv")
  assert.match(file.body, "KEÏTA Moussa;10ème CG 1;non;01/11/2026;Fiche signée")
  assert.is((await desk.get((answer.location as string).replace("photo", "sms"))).status, 303, "sealed")
  const slips = (await desk.open(`/privacy/consents/slips?class=${classId}`)).body
  assert.is((slips.match(/Signature/g) ?? []).length, 4)
})

test("everybody may read what the school holds, why, how long, and where to complain", async () => {
  const visitor = school.visitor()
  const { body, status, bytes } = await visitor.get("/privacy-policy", { "accept-encoding": "br" })
  assert.is(status, 200)
  assert.ok(bytes <= 7900, `${bytes} bytes`)
  const page = body.length > 100 ? body : (await visitor.get("/privacy-policy")).body
  for (const said of ["Notes de santé", "APDP", "Vos droits", "10 ans après le départ"])
    assert.match(page, said)
  for (const [country, authority] of [
    ["GA", "APDPVP"],
    ["BE", "APD"],
    ["GN", "guinéenne"],
  ] as const) {
    await changeSettings(school.school.db, { country })
    await refresh(school.school)
    assert.match((await visitor.get("/privacy-policy")).body, authority)
  }
})

test("wrong terms are refused beside the field; right ones hold at once", async () => {
  const admin = await school.as("admin")
  const { body } = await admin.open("/privacy/settings")
  const typed = Object.fromEntries(
    [...body.matchAll(/name="(amount_\w+)"[^>]* value="(\d+)"/g)].map(([, name, value]) => [
      name,
      value as string,
    ]),
  )
  assert.is(Object.keys(typed).length, 10)
  const refused = await admin.post("/privacy/settings", {
    ...typed,
    amount_student: "cent",
    contact_email: "non",
  })
  assert.is(refused.status, 422)
  assert.match(refused.body, "Écrivez un nombre entier de 0 à 60")
  const saved = await admin.submit("/privacy/settings", {
    ...typed,
    amount_student: "7",
    declaration: "APDP-2026-0456",
  })
  assert.match(saved.body, "Retenu : 7 ans (choix de l’école)")
  assert.match((await admin.open("/privacy")).body, "APDP-2026-0456")
  const same = await admin.submit("/privacy/settings", {
    ...typed,
    amount_student: "7",
    declaration: "APDP-2026-0456",
  })
  assert.match(same.body, "Rien n’a changé")
})

test.run()
