// The end of the session: its minutes, what may still change, and what becomes of it on the bulletins.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { stopWorker } from "../../documents/pool.ts"
import { infoOf, textOf } from "../../documents/readPdf.testing.ts"
import { councilPath, giveCouncilMarks, keptOf, openCouncil, words } from "./council.fixture.ts"

let school: TestSchool
let path: string
let head: Client
test.before.each(async () => {
  school = await openTestSchool()
  await giveCouncilMarks(school)
  path = councilPath(school)
  head = await school.as("proviseur")
})
test.after.each(() => school.close())
test.after(() => stopWorker())

const student = (key: string) => `${path}/session/${school.ids.students[key]}`
const flat = (pages: string[]) => pages.join(" ").replace(/\s+/g, " ")

/** Moussa and Issa against the proposal, the two TRAORÉ with it. */
async function decideAll() {
  await openCouncil(head, path)
  await head.post(student("moussa"), {
    award: "Félicitations",
    reason: "Travail et sérieux en classe",
    appreciation: "Excellents résultats.",
  })
  await head.get(student("issa"))
  await head.post(student("issa"), { award: "", reason_other: "Malade en novembre" })
  await head.get(`${path}/follow`)
  await head.post(`${path}/follow`, {})
}

async function closeAll(remarks = "") {
  await head.get(`${path}/close`)
  return head.submit(`${path}/close`, { remarks })
}

async function minutes(of = path, who = head) {
  const response = await fetch(new URL(`${of}/minutes`, school.url), { headers: { cookie: who.cookies() } })
  return {
    status: response.status,
    type: response.headers,
    pdf: new Uint8Array(await response.arrayBuffer()),
  }
}

test("who has no decision or no appreciation is listed before the session is closed", async () => {
  await openCouncil(head, path)
  await head.post(student("moussa"), { award: "Encouragements", appreciation: "Très bien." })
  const asked = await head.get(`${path}/close`)
  assert.match(words(asked), "Sans décision (3) : ƝARE Issa , TRAORÉ Aminata (RC15CG26Z9002F · ")
  assert.match(words(asked), "Sans appréciation (3)")
  const refused = await head.post(`${path}/close`, { remarks: "Classe agréable." })
  assert.is(refused.status, 422)
  assert.match(words(refused), "cochez « Clore quand même »")
  assert.match(refused.body, "Classe agréable.")
  const closed = await head.submit(`${path}/close`, { remarks: "Classe agréable.", anyway: "1" })
  assert.match(words(closed), "✓ clos Close le 10/12/2026 à 09:00 par Oumou DIALLO.")
})

test("the minutes say who sat, what was decided, and why where the proposal was not followed", async () => {
  await decideAll()
  await closeAll("Classe agréable.\nTrop d’absences le lundi.")
  const { status, type, pdf } = await minutes()
  assert.is(status, 200)
  assert.is(type.get("content-type"), "application/pdf")
  assert.match(type.get("content-disposition") as string, /^inline; filename="proces-verbal-10eme-CG-1-1er-/)
  assert.is(infoOf(pdf).Pages, "1")
  assert.ok(pdf.length < 40_000, `${pdf.length} bytes`)
  const text = flat(textOf(pdf))
  for (const said of [
    "Lycée Kalanso",
    "PROCÈS-VERBAL DU CONSEIL DE CLASSE",
    "10ème CG 1 – 1er trimestre",
    "réuni le 10 décembre 2026 à 16 h 30 (Salle des professeurs), sous la présidence de Mme Oumou DIALLO",
    "Secrétaire de séance : Awa SANOGO",
    "Mme Rokia TRAORÉ parents d’élèves",
    "Absents : Ibrahim COULIBALY, Awa SANOGO",
    "Ensemble 4 4 12,25 14,64 7,82 3",
    "Filles 2 2 13,27 13,27 13,27 2",
    "Garçons 2 2 11,23 14,64 7,82 1",
    "Tableau d’honneur 2 · Félicitations 1",
    "14,64 1er Félicitations Excellents résultats.",
    "2e ex aequo Tableau d’honneur",
    "KEÏTA Moussa Encouragements Félicitations Travail et sérieux en classe Oumou DIALLO",
    "ƝARE Issa Avertissement (travail) aucune distinction Malade en novembre Oumou DIALLO",
    "Classe agréable. Trop d’absences le lundi.",
    "Le secrétaire de séance",
    "Le professeur principal",
    "Ibrahim COULIBALY",
    "Version 1, séance close le 10/12/2026 à 09:00 par Oumou DIALLO. Empreinte",
    "Page 1 / 1",
  ]) {
    assert.ok(text.includes(said), `« ${said} » in ${text}`)
  }
  assert.not.match(text, "PROJET")
  assert.equal((await minutes()).pdf, pdf, "the same file each time")
})

test("before the closing the paper is a draft and says so; before the opening there is none", async () => {
  await head.get(path)
  assert.is((await minutes()).status, 409)
  await openCouncil(head, path)
  const text = flat(textOf((await minutes()).pdf))
  assert.match(text, "PROJET : la séance n’est pas close")
  assert.match(text, "PROJET : ce papier n’est pas le procès-verbal.")
})

test("a closed session keeps every word, until it is opened again with a reason", async () => {
  await decideAll()
  await head.get(student("moussa"))
  const page = head.page
  await closeAll()
  head.page = page
  assert.is((await head.post(student("moussa"), { award: "" })).status, 409)
  assert.is((await keptOf(school, "moussa"))?.award, "Félicitations")
  assert.not.match((await head.get(student("moussa"))).body, 'name="award"')
  assert.is((await head.get(`${path}/follow`)).status, 409)

  // nor does the appreciation change on the page of the marks
  const maths = await school.as("maths")
  const told = await maths.get(path.replace("council", "grades").concat("/students"))
  assert.not.match(told.body, 'name="appreciation"')
  assert.match(told.body, 'name="conduct"')

  await head.get(path)
  const unsaid = await head.post(`${path}/reopen`, { reason: " " })
  assert.is(unsaid.status, 422)
  assert.match(words(unsaid), "Dites pourquoi la séance est ouverte de nouveau.")
  const open = await head.submit(`${path}/reopen`, { reason: "Une note d’anglais oubliée" })
  assert.match(words(open), "ouverte de nouveau")
  await head.get(student("moussa"))
  await head.post(student("moussa"), { award: "Encouragements" })
  await closeAll()
  const text = flat(textOf((await minutes()).pdf))
  assert.match(text, "Version 2, la séance ayant été rouverte : Une note d’anglais oubliée")
  assert.match(text, "14,64 1er Encouragements")
  const old = await fetch(new URL(`${path}/minutes?version=1`, school.url), {
    headers: { cookie: head.cookies() },
  })
  assert.match(flat(textOf(new Uint8Array(await old.arrayBuffer()))), "14,64 1er Félicitations")
  assert.is((await head.get(`${path}/minutes?version=3`)).status, 404)
})

test("two desks close and change the session at once: the second is told", async () => {
  await decideAll()
  const dean = await school.as("censeur")
  await dean.get(`${path}/close`)
  await head.get(path)
  const changed = await head.submit(path, { place: "Bibliothèque" })
  assert.match(words(changed), "La séance est préparée.")
  assert.is((await dean.post(`${path}/close`, {})).status, 409)
  await dean.get(path)
  await head.get(path)
  await head.submit(path, { held_on: "2026-12-10", place: "Cour" })
  const late = await dean.post(path, { held_on: "2026-12-10", place: "Salle 4" })
  assert.is(late.status, 409)
  assert.match(words(late), "Quelqu’un d’autre a changé cette séance")
  assert.match(late.body, 'value="Salle 4"')
  const again = await dean.submit(path, { held_on: "2026-12-10", place: "Salle 4" })
  assert.match(again.body, 'value="Salle 4"')
})

test("what the council decided is on the bulletins; after them the session is opened again with a reason", async () => {
  await decideAll()
  const bulletins = path.replace("council", "bulletins")
  await head.get(bulletins)
  await head.post(`${bulletins}/check`, { anyway: "1" })
  const asked = await head.get(`${bulletins}/publish`)
  assert.match(words(asked), "La séance du conseil de classe n’est pas close")
  school.now = new Date(school.now.getTime() + 60_000)
  await head.submit(`${bulletins}/publish`, {})
  const rows = await school.school.db.selectFrom("bulletin").selectAll().execute()
  const awards = new Map(rows.map(({ student_id, content }) => [student_id, JSON.parse(content).award]))
  assert.is(awards.get(school.ids.students.moussa as number), "Félicitations")
  assert.is(awards.get(school.ids.students.issa as number), "", "the warning that the council did not want")
  assert.is(awards.get(school.ids.students.aminata1 as number), "Tableau d’honneur")

  assert.match(words(await head.get(student("moussa"))), "Les bulletins ont été publiés pendant la séance")
  await head.get(path)
  assert.is((await head.post(student("moussa"), { award: "" })).status, 409)
  school.now = new Date(school.now.getTime() + 60_000)
  await head.get(path)
  await head.submit(`${path}/reopen`, { reason: "Erreur sur une appréciation" })
  await head.get(student("moussa"))
  assert.is((await head.post(student("moussa"), { award: "Encouragements" })).status, 303)
})

test("a session that begins after the publication says why", async () => {
  const bulletins = path.replace("council", "bulletins")
  await head.get(bulletins)
  await head.post(`${bulletins}/check`, { anyway: "1" })
  await head.get(`${bulletins}/publish`)
  await head.submit(`${bulletins}/publish`, {})
  school.now = new Date(school.now.getTime() + 60_000)
  const refused = await openCouncil(head, path)
  assert.is(refused.status, 422)
  assert.match(words(refused), "Les bulletins sont publiés : dites pourquoi le conseil siège.")
  const fields = { go: "open", held_on: "2026-12-10", president: "Mme DIALLO", reason: "Séance oubliée" }
  const open = await head.submit(path, fields)
  assert.match(open.body, "<h1>KEÏTA Moussa</h1>")
})

test.run()
