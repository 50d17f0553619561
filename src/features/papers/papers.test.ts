import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { qrOf, textOf } from "../../documents/readPdf.testing.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { cardUrl } from "./cards.ts"
import { issuePaper } from "./issuing.ts"
import { staysOfStudent } from "./queries.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const at = (key: string) => `/students/${school.ids.students[key]}/papers`
const kept = () => join(school.school.folder, "documents", "papers")
const papers = () => school.school.db.selectFrom("paper").selectAll().orderBy("id").execute()
const hours = (n: number) => {
  school.now = new Date(school.now.getTime() + n * 3_600_000)
}

async function issue(client: Client, key: string, kind: string, fields: Record<string, string> = {}) {
  await client.get(`${at(key)}?kind=${kind}`)
  const answer = await client.post(at(key), { kind, ...fields })
  assert.is(answer.status, 303, answer.body.slice(0, 2000))
  return answer.location as string
}

/** The file that the address serves, as it is kept: an answer's text would lose its bytes. */
async function pdfOf(client: Client, path: string): Promise<Uint8Array> {
  const answer = await client.get(path)
  assert.is(answer.status, 200, `${path} ${answer.body.slice(0, 300)}`)
  assert.is(answer.headers.get("content-type"), "application/pdf")
  const [, paper, , copy] = path.match(/(\d+)\/pdf(\?copy=(\d+))?/) as RegExpMatchArray
  return readFileSync(join(kept(), copy ? `${paper}-${copy}.pdf` : `${paper}.pdf`))
}

/** The hidden fields of a page's form, to send it later. */
const hidden = (page: { body: string }) =>
  Object.fromEntries(
    [...page.body.matchAll(/name="(_form|_once|version|kind|year)" value="([^"]+)"/g)].map(
      ([, name, said]) => [name as string, said],
    ),
  )

const flat = (pdf: Uint8Array) => (textOf(pdf)[0] ?? "").replace(/\s+/g, " ")

test("the secretary finds a student and prints a certificate with Enter alone", async () => {
  const secretary = await school.as("secretaire")
  const card = await secretary.get(`/students/${school.ids.students.moussa}`)
  assert.match(card.body, `href="${at("moussa")}"`)
  const ask = await secretary.get(at("moussa"))
  assert.match(ask.body, /<button class="main" autofocus>Délivrer/)
  assert.match(ask.body, "KEÏTA Moussa")
  const issued = await secretary.submit(at("moussa"))
  assert.match(issued.body, "Certificat de scolarité n° CS-2026-0001")
  assert.match(issued.body, /<button class="main" autofocus>Imprimer l’original/)
  const text = flat(await pdfOf(secretary, "/papers/1/pdf"))
  assert.match(text, "l’élève KEÏTA Moussa, né le 4 mars 2011 à Bamako")
  assert.match(text, "régulièrement inscrit dans l’établissement, en classe de 10ème CG 1")
  assert.match(text, "N° CS-2026-0001")
})

test("a girl's paper is hers", async () => {
  const secretary = await school.as("secretaire")
  await issue(secretary, "fanta", "enrolment")
  assert.match(flat(await pdfOf(secretary, "/papers/1/pdf")), "KEÏTA Fanta, née le 12 septembre 2008")
})

test("what a kind needs is asked; without it nothing takes a number", async () => {
  const secretary = await school.as("secretaire")
  const page = await secretary.get(`${at("moussa")}?kind=transfer`)
  assert.match(page.body, 'name="destination"')
  assert.match(page.body, "L’élève est encore inscrit(e)")
  const refused = await secretary.post(at("moussa"), { kind: "transfer", left_on: "01/12/2026" })
  assert.is(refused.status, 422)
  assert.match(refused.body, "Écrivez l’établissement de destination.")
  assert.is(
    (await secretary.post(at("moussa"), { kind: "transfer", destination: "Kayes", left_on: "31/02/2026" }))
      .status,
    422,
  )
  assert.equal(await papers(), [])
  const path = await issue(secretary, "moussa", "transfer", {
    destination: "Lycée de Kayes",
    left_on: "01/12/2026",
    conduct: "Bonne",
  })
  assert.match(
    flat(await pdfOf(secretary, `${path}/pdf`)),
    "Destination Lycée de Kayes Date de radiation 1er décembre 2026 Conduite Bonne",
  )
  assert.is((await papers())[0]?.reference, "CT-2026-0001")
})

test("what was printed stays, whatever becomes of the name and the school", async () => {
  const secretary = await school.as("secretaire")
  const path = await issue(secretary, "moussa", "enrolment")
  const { db } = school.school
  await db
    .updateTable("student")
    .set({ surname: "SIDIBÉ", folded: "sidibe moussa" })
    .where("id", "=", school.ids.students.moussa as number)
    .execute()
  await changeSettings(db, { headName: "M. Autre", name: "Lycée Autre" })
  await refresh(school.school)
  const folder = kept()
  await pdfOf(secretary, `${path}/pdf`)
  const before = readFileSync(join(folder, "1.pdf"))
  rmSync(folder, { recursive: true })
  assert.ok((await pdfOf(secretary, `${path}/pdf`)).length > 5000, "a lost file is made again")
  assert.ok(readFileSync(join(folder, "1.pdf")).equals(before), "the same to the byte")
  const check = await school.visitor().get(`/p/${(await papers())[0]?.code}`)
  assert.match(check.body, "KEÏTA Moussa")
  assert.match(check.body, "Lycée Kalanso")
  assert.not.match(check.body, "SIDIBÉ")
  for (const q of ["keita", "sidibe"])
    assert.match((await secretary.get(`/papers?q=${q}`)).body, "CS-2026-0001")
})

test("twenty desks at once: every number once, none left out, each kind with its own", async () => {
  const ready: (() => Promise<{ status: number }>)[] = []
  for (const key of ["secretaire", "censeur", "proviseur", "admin"]) {
    const desk = await school.as(key)
    for (const student of ["moussa", "aminata1", "aminata2", "issa", "fanta"]) {
      const fields = hidden(await desk.get(at(student)))
      ready.push(() => desk.post(at(student), fields))
    }
  }
  const posts = ready.map((send) => send())
  for (const { status } of await Promise.all(posts)) assert.is(status, 303)
  const numbers = (await papers()).map(({ number }) => number).sort((a, b) => a - b)
  assert.equal(
    numbers,
    Array.from({ length: 20 }, (_, n) => n + 1),
  )
  await issue(await school.as("secretaire"), "moussa", "attendance")
  assert.is((await papers()).at(-1)?.reference, "AF-2026-0001")
})

test("an issue that fails leaves no hole", async () => {
  const { db } = school.school
  const [stay] = await staysOfStudent(db, school.ids.students.moussa as number)
  const student = await db
    .selectFrom("student")
    .selectAll()
    .where("id", "=", school.ids.students.moussa as number)
    .executeTakeFirstOrThrow()
  const asked = {
    kind: "enrolment",
    student,
    stay: stay as NonNullable<typeof stay>,
    fields: {},
    on: "2026-12-10",
  } as const
  const by = { id: school.ids.accounts.secretaire as number }
  await issuePaper(school.school, by, asked, school.now)
  let failed = ""
  await issuePaper(school.school, by, { ...asked, student: { ...student, id: 999_999 } }, school.now).catch(
    (error: Error) => {
      failed = error.message
    },
  )
  assert.match(failed, /foreign key/i)
  assert.is((await issuePaper(school.school, by, asked, school.now)).reference, "CS-2026-0002")
})

test("a form sent twice issues once; a card changed meanwhile is read again", async () => {
  const secretary = await school.as("secretaire")
  const fields = hidden(await secretary.get(at("moussa")))
  const first = await secretary.post(at("moussa"), fields)
  const second = await secretary.post(at("moussa"), fields)
  assert.is(second.location, first.location)
  assert.is((await papers()).length, 1)
  await secretary.get(at("moussa"))
  await school.school.db
    .updateTable("student")
    .set({ version: 9 })
    .where("id", "=", school.ids.students.moussa as number)
    .execute()
  const late = await secretary.post(at("moussa"), { kind: "enrolment" })
  assert.is(late.status, 409)
  assert.match(late.body, "vient d’être modifiée")
  assert.is((await secretary.post(at("moussa"), { kind: "enrolment" })).status, 303, "after reading it again")
})

test("the original is printed once; whatever is printed later is a duplicate with its own count", async () => {
  const secretary = await school.as("secretaire")
  const path = await issue(secretary, "moussa", "enrolment")
  assert.is((await secretary.get(`${path}/pdf`)).status, 200)
  assert.is((await secretary.get(`${path}/pdf?copy=1`)).status, 404, "no duplicate yet")
  hours(2)
  assert.is((await secretary.get(`${path}/pdf`)).status, 409, "never a second original")
  assert.not.match((await secretary.get(path)).body, "Imprimer l’original")
  const page = await secretary.submit(`${path}/duplicates`)
  assert.match(page.body, /autofocus>Imprimer le duplicata n° 1/)
  assert.match(
    flat(await pdfOf(secretary, `${path}/pdf?copy=1`)),
    "DUPLICATA n° 1 imprimé le 10 décembre 2026",
  )
  const head = await school.as("proviseur")
  const desks = [secretary, head]
  const forms = [hidden(await secretary.get(path)), hidden(await head.get(path))]
  await Promise.all(desks.map((desk, n) => desk.post(`${path}/duplicates`, forms[n])))
  const made = await school.school.db.selectFrom("paper_duplicate").selectAll().orderBy("number").execute()
  assert.equal(
    made.map(({ number }) => number),
    [1, 2, 3],
  )
  assert.match((await secretary.get(path)).body, "Duplicata n° 3")
  for (const nonsense of ["0", "4", "x", "-1"]) {
    assert.is((await secretary.get(`${path}/pdf?copy=${nonsense}`)).status, 404, nonsense)
  }
})

test("a cancelled paper keeps its number, is not printed, and its check says so", async () => {
  const secretary = await school.as("secretaire")
  const head = await school.as("proviseur")
  const path = await issue(secretary, "moussa", "enrolment")
  const { code } = (await papers())[0] as { code: string }
  assert.match((await school.visitor().get(`/p/${code}`)).body, "authentique")
  const open = hidden(await secretary.get(path))
  await head.get(`${path}/cancel`)
  assert.is((await head.post(`${path}/cancel`, { reason: " " })).status, 422)
  const cancelled = await head.submit(`${path}/cancel`, { reason: "Erreur de classe" })
  assert.match(cancelled.body, "Motif : Erreur de classe")
  const check = await school.visitor().get(`/p/${code}`)
  assert.match(check.body, "annulé")
  assert.not.match(check.body, "authentique")
  assert.not.match(check.body, "Erreur de classe", "the reason is the school's own")
  assert.is((await secretary.get(`${path}/pdf`)).status, 409)
  assert.is((await secretary.post(`${path}/duplicates`, open)).status, 409)
  await issue(secretary, "issa", "enrolment")
  assert.is((await papers()).at(-1)?.reference, "CS-2026-0002")
  const register = await secretary.get("/papers/register?kind=enrolment")
  assert.match(register.body, "ANNULÉ le 10/12/2026 : Erreur de classe")
  assert.ok(register.body.indexOf("CS-2026-0001") < register.body.indexOf("CS-2026-0002"))
  assert.not.match((await secretary.get("/papers?state=valid")).body, "CS-2026-0001")
})

test("one page checks every document: it leads to the paper, and says when there is none", async () => {
  const secretary = await school.as("secretaire")
  const path = await issue(secretary, "moussa", "enrolment")
  const { code } = (await papers())[0] as { code: string }
  assert.is(qrOf(await pdfOf(secretary, `${path}/pdf`), 1), `https://kalanso.example/p/${code}`)
  const visitor = school.visitor()
  for (const place of ["/b", "/p"]) {
    const found = await visitor.open(`${place}?code=${code.replace("-", "").toLowerCase()}`)
    assert.match(found.body, "CS-2026-0001")
  }
  assert.is((await visitor.get("/b?code=AAAAA-AAAAA")).status, 422)
  assert.is((await visitor.get("/b?code=zz")).status, 422)
  assert.is((await visitor.get("/p/AAAAA-AAAAA")).status, 404)
})

test("a content changed behind the application's back is no longer confirmed", async () => {
  const secretary = await school.as("secretaire")
  await issue(secretary, "moussa", "enrolment")
  const [paper] = await papers()
  const content = paper?.content.replaceAll("KEÏTA", "KONÉ") as string
  await school.school.db.updateTable("paper").set({ content }).execute()
  const check = await school.visitor().get(`/p/${paper?.code}`)
  assert.match(check.body, "ne peut pas être confirmé")
  assert.not.match(check.body, "authentique,")
})

test("a teacher issues nothing; with the right to see, a stranger's papers still do not exist", async () => {
  const secretary = await school.as("secretaire")
  const [ours, theirs] = [
    await issue(secretary, "moussa", "enrolment"),
    await issue(secretary, "salif", "enrolment"),
  ]
  const teacher = await school.as("maths")
  assert.is((await teacher.get("/papers")).status, 403)
  assert.is((await teacher.get(at("moussa"))).status, 403)
  await school.school.db
    .insertInto("role_permission")
    .values({ role: "teacher", permission: "papers.see", granted: 1 })
    .execute()
  await refresh(school.school)
  assert.is((await teacher.get(ours)).status, 200)
  assert.is((await teacher.get(theirs)).status, 404)
  assert.is((await teacher.get(at("salif"))).status, 404)
  const register = await teacher.get("/papers")
  assert.match(register.body, "CS-2026-0001")
  assert.not.match(register.body, "CS-2026-0002")
  assert.not.match((await teacher.get("/papers/register")).body, "CS-2026-0002")
})

test("the head of the school changes a wording, tries it on real students, and takes it back", async () => {
  const head = await school.as("proviseur")
  const body = "{titre} certifie que {nom} est {inscrit|inscrite} en {classe}."
  const tried = await head.get(
    `/papers/templates?kind=enrolment&title=Attestation&body=${encodeURIComponent(body)}`,
  )
  assert.match(tried.body, /KEÏTA Fanta<\/b> est inscrite/)
  assert.match(tried.body, /KEÏTA Moussa<\/b> est inscrit en/)
  const wrong = await head.post("/papers/templates", {
    kind: "enrolment",
    title: "A",
    body: "{nom} de {clase}",
    seen: "",
  })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "{clase}")
  assert.is(
    (await head.post("/papers/templates", { kind: "enrolment", title: "Attestation", body, seen: "" }))
      .status,
    303,
  )
  const secretary = await school.as("secretaire")
  const path = await issue(secretary, "moussa", "enrolment")
  assert.match(
    flat(await pdfOf(secretary, `${path}/pdf`)),
    "Le Proviseur certifie que KEÏTA Moussa est inscrit en 10ème CG 1.",
  )
  const late = await head.post("/papers/templates", { kind: "enrolment", title: "B", body, seen: "" })
  assert.is(late.status, 409, "changed meanwhile")
  await head.get("/papers/templates?kind=enrolment")
  const { changed_at } = await school.school.db
    .selectFrom("paper_template")
    .select("changed_at")
    .executeTakeFirstOrThrow()
  assert.is(
    (await head.post("/papers/templates", { kind: "enrolment", seen: changed_at, reset: "1" })).status,
    303,
  )
  await issue(secretary, "issa", "enrolment")
  const texts = (await papers()).map(({ content }) => content)
  assert.match(texts[0] as string, "ATTESTATION")
  assert.match(texts[1] as string, "CERTIFICAT DE SCOLARITÉ")
  assert.is(
    (await head.get("/papers/templates/specimen?kind=transfer")).headers.get("content-type"),
    "application/pdf",
  )
})

test("a card is checked by its signature: name, class, year, and whether it is valid, no more", async () => {
  const secretary = await school.as("secretaire")
  const answer = await secretary.get(`/classes/${school.ids.classes["10ème CG 1"]}/cards`)
  assert.is(answer.headers.get("content-type"), "application/pdf")
  const url = cardUrl(school.school, school.ids.students.moussa as number, school.ids.year)
  const path = new URL(url).pathname
  const check = await school.visitor().get(path)
  assert.match(check.body, "Carte valable")
  assert.match(check.body, "KEÏTA Moussa")
  assert.match(check.body, "10ème CG 1")
  assert.not.match(check.body, /RC15CG26Z9001M|04\/03\/2011|2011/)
  assert.is(
    (await school.visitor().get(path.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).status,
    404,
  )
  assert.is((await school.visitor().get(path.replace("/c/", "/c/z"))).status, 404)
  await school.school.db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-01" })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  const after = await school.visitor().get(path)
  assert.match(after.body, "plus valable")
  assert.not.match(after.body, "10ème CG 1")
  assert.is((await secretary.get(`/students/${school.ids.students.moussa}/card`)).status, 409)
})

test("who has left gets a certificate of withdrawal with the day and the reason that are known", async () => {
  await school.school.db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-01", end_reason: "transferred" })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  const secretary = await school.as("secretaire")
  const page = await secretary.get(at("moussa"))
  assert.match(page.body, 'name="left_on" class="w8" value="01/12/2026"')
  assert.match(page.body, "Transfert vers un autre établissement")
  const path = await issue(secretary, "moussa", "enrolment")
  assert.match(flat(await pdfOf(secretary, `${path}/pdf`)), "a été régulièrement inscrit")
})

test("each act stands in the audit trail and the files in the school's folder", async () => {
  const secretary = await school.as("secretaire")
  const path = await issue(secretary, "moussa", "enrolment")
  await secretary.open(path)
  await secretary.post(`${path}/duplicates`)
  const trail = await school.school.db
    .selectFrom("audit")
    .select("action")
    .where("subject", "=", "paper")
    .execute()
  assert.equal(
    trail.map(({ action }) => action),
    ["issued", "duplicated"],
  )
  await secretary.get(`${path}/pdf?copy=1`)
  assert.ok(readdirSync(kept()).includes("1-1.pdf"))
})

test.run()
