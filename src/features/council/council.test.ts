// The class council of 10ème CG 1, one evening of December.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { CLASS, councilPath, giveCouncilMarks, keptOf, MARKS, openCouncil, words } from "./council.fixture.ts"

let school: TestSchool
let path: string
test.before.each(async () => {
  school = await openTestSchool()
  await giveCouncilMarks(school)
  path = councilPath(school)
})
test.after.each(() => school.close())

const student = (key: string) => `${path}/session/${school.ids.students[key]}`

test("the dean prepares the session, ticks who came, opens it, and is led to the first of the class", async () => {
  const dean = await school.as("censeur")
  assert.match(words(await dean.get("/council")), "10ème CG 1 – … à préparer 0 / 4 Préparer")
  const page = await dean.get(path)
  assert.match(words(page), "Ibrahim COULIBALY Mathématiques, professeur principal")
  assert.match(page.body, 'value="Mme Oumou DIALLO"')
  const maths = `present_${school.ids.staff.maths}`
  const saved = await dean.submit(path, { held_on: "2026-12-10", held_at: "16 h", [maths]: "1" })
  assert.match(words(saved), "La séance est préparée.")
  assert.match(saved.body, 'value="16:00"')
  assert.match(saved.body, `name="${maths}" value="1" checked`)
  assert.not.match(saved.body, `name="present_${school.ids.staff.francais}" value="1" checked`)

  const first = await openCouncil(dean, path)
  assert.match(first.body, "<h1>KEÏTA Moussa</h1>")
  assert.match(words(first), "14,64 / 20 Rang 1er / 4 Classe 12,25")
  assert.match(words(first), "Matières principales 14,50")
  assert.match(words(first), "Encouragements proposé")
  assert.match(words(await dean.get("/council")), "10/12/2026, 16 h 30 ○ ouvert 0 / 4 Séance")
})

test("what is missing to open a session is said beside the fields, and what was typed stays", async () => {
  const dean = await school.as("censeur")
  await dean.get(path)
  const typed = { go: "open", held_on: "", held_at: "25:99", president: "", others: "Mme Awa", place: "Ici" }
  const odd = await dean.post(path, typed)
  assert.is(odd.status, 422)
  assert.match(words(odd), "Écrivez une heure comme 16:30")
  assert.match(odd.body, "Mme Awa")
  const empty = await dean.post(path, { ...typed, held_at: "" })
  assert.is(empty.status, 422)
  assert.match(words(empty), "Écrivez la date de la séance")
  assert.match(words(empty), "Écrivez qui préside")
  assert.is(
    await school.school.db.selectFrom("council_session").select("state").executeTakeFirst(),
    undefined,
  )
})

test("following the proposal takes one press, and leads to the next of the class", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const next = await head.submit(student("moussa"), { award: "Encouragements" })
  assert.match(next.body, "<h1>TRAORÉ Aminata</h1>")
  assert.match(words(next), "KEÏTA Moussa : Encouragements.")
  assert.match(words(next), "1 décidé sur 4")
  const kept = await keptOf(school, "moussa")
  assert.is(kept?.award, "Encouragements")
  assert.is(kept?.decision, null)
  assert.is(kept?.proposed_award, "Encouragements")
  assert.is(kept?.decided_average, "14.64")
  assert.is(kept?.overruled_reason, null)
  assert.is(kept?.decided_by, school.ids.accounts.proviseur)
  assert.is(kept?.conduct, 1600, "what others wrote stands")
})

test("another answer than the proposal's needs a reason, which is kept with who and when", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const asked = await head.post(student("moussa"), {
    award: "Félicitations",
    appreciation: "Trimestre brillant.",
  })
  assert.is(asked.status, 422)
  assert.match(words(asked), "« Félicitations » au lieu de « Encouragements » : pourquoi ?")
  assert.is((await keptOf(school, "moussa"))?.decided_at, null, "nothing is decided yet")
  const next = await head.submit(student("moussa"), { reason: "Travail et sérieux en classe" })
  assert.match(next.body, "<h1>TRAORÉ Aminata</h1>")
  const kept = await keptOf(school, "moussa")
  assert.is(kept?.award, "Félicitations")
  assert.is(kept?.appreciation, "Trimestre brillant.", "what was typed before the question is not lost")
  assert.is(kept?.overruled_reason, "Travail et sérieux en classe")
  assert.is(kept?.decided_at, school.now.toISOString())
  assert.match(
    words(await head.get(student("moussa"))),
    "Proposé : Encouragements. Motif : Travail et sérieux",
  )

  await head.get(student("aminata1"))
  await head.post(student("aminata1"), { award: "" })
  await head.submit(student("aminata1"), { reason_other: "Deux retenues ce mois-ci" })
  const refused = await keptOf(school, "aminata1")
  assert.equal([refused?.award, refused?.overruled_reason], ["", "Deux retenues ce mois-ci"])
  const trail = await school.school.db
    .selectFrom("audit")
    .selectAll()
    .where("action", "=", "council_decided")
    .where("subject_id", "=", school.ids.students.aminata1 as number)
    .executeTakeFirstOrThrow()
  assert.is(trail.reason, "Deux retenues ce mois-ci")
  assert.is(JSON.parse(trail.after as string).proposed_award, "Tableau d’honneur")
})

test("a decision is taken back, and the student is to be decided again", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  await head.submit(student("moussa"), { award: "Encouragements", appreciation: "Bien." })
  await head.get(student("moussa"))
  const page = await head.submit(student("moussa"), { undo: "1" })
  assert.match(page.body, "<h1>KEÏTA Moussa</h1>")
  assert.match(words(page), "la décision est annulée")
  const kept = await keptOf(school, "moussa")
  assert.equal([kept?.award, kept?.decided_at, kept?.appreciation], [null, null, "Bien."])
})

test("an award that the school does not give, a phrase that is gone, a text too long: nothing is written", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  for (const [fields, said] of [
    [{ award: "Prix d’excellence" }, "Choisissez une distinction"],
    [{ award: "Encouragements", phrase: "99999" }, "Cette phrase n’est plus dans la liste"],
    [{ award: "Encouragements", appreciation: "x".repeat(301) }, "300 caractères au plus"],
    [{ award: "Félicitations", reason: "x".repeat(201) }, "200 caractères au plus"],
  ] as const) {
    await head.get(student("moussa"))
    const answer = await head.post(student("moussa"), fields)
    assert.is(answer.status, 422, said)
    assert.match(words(answer), said)
  }
  assert.is((await keptOf(school, "moussa"))?.decided_at, null)
  // a decision is sent though it is not the last period: it is not taken
  await head.get(student("moussa"))
  await head.post(student("moussa"), { award: "Encouragements", decision: "Redouble" })
  assert.is((await keptOf(school, "moussa"))?.decision, null)
})

test("two persons decide of the same student: the second is shown what the first wrote", async () => {
  const head = await school.as("proviseur")
  const dean = await school.as("censeur")
  await openCouncil(head, path)
  await head.get(student("moussa"))
  await dean.get(student("moussa"))
  await dean.post(student("moussa"), { award: "Encouragements", appreciation: "Très bien." })
  const late = await head.post(student("moussa"), {
    award: "",
    reason: "Conduite",
    appreciation: "À revoir.",
  })
  assert.is(late.status, 409)
  assert.match(words(late), "Mamadou TOURÉ a écrit entre-temps")
  assert.match(words(late), "Vous aviez choisi « aucune distinction »")
  assert.is((await keptOf(school, "moussa"))?.award, "Encouragements")
  // pressed again on the page that shows it, it replaces
  await head.post(student("moussa"), { award: "", reason: "Conduite" })
  assert.is((await keptOf(school, "moussa"))?.award, "")
})

test("one decides while the other writes the text: both are kept; two texts are a conflict", async () => {
  const head = await school.as("proviseur")
  const maths = await school.as("maths")
  await openCouncil(head, path)
  await head.get(student("moussa"))
  await maths.get(student("moussa"))
  assert.is((await maths.post(student("moussa"), { keep: "1", appreciation: "Élève moteur." })).status, 303)
  assert.is((await head.post(student("moussa"), { award: "Encouragements", appreciation: "" })).status, 303)
  const kept = await keptOf(school, "moussa")
  assert.equal([kept?.award, kept?.appreciation], ["Encouragements", "Élève moteur."])

  await head.get(student("moussa"))
  await maths.get(student("moussa"))
  await head.post(student("moussa"), { keep: "1", appreciation: "Excellent." })
  const late = await maths.post(student("moussa"), { keep: "1", appreciation: "Bon élève." })
  assert.is(late.status, 409)
  assert.match(words(late), "Oumou DIALLO a écrit entre-temps")
  assert.match(words(late), "Vous aviez choisi « Bon élève. »")
  assert.match(late.body, "Excellent.")
})

test("the form teacher writes appreciations of his class and decides nothing; other teachers read", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const maths = await school.as("maths")
  const page = await maths.get(student("moussa"))
  assert.not.match(page.body, 'name="award"')
  assert.is((await maths.post(student("moussa"), { award: "Encouragements" })).status, 403)
  const next = await maths.submit(student("moussa"), { keep: "1", appreciation: "Bon travail." })
  assert.match(next.body, "<h1>TRAORÉ Aminata</h1>")
  assert.is((await keptOf(school, "moussa"))?.appreciation, "Bon travail.")

  const francais = await school.as("francais")
  const read = await francais.get(student("moussa"))
  assert.match(words(read), "Bon travail.")
  assert.not.match(read.body, "<textarea")
  const table = await francais.get(`${path}/session?view=table`)
  assert.not.match(table.body, "/follow")
  const supervisor = await school.as("surveillant")
  await supervisor.get(student("moussa"))
  assert.is((await supervisor.post(student("moussa"), { keep: "1", appreciation: "x" })).status, 403)
})

test("numbers changed by hand lead nowhere: another class, another class's student, another period's", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const stranger = school.ids.students.salif
  assert.is((await head.get(`${path}/session/${stranger}`)).status, 404)
  assert.is((await head.post(`${path}/session/${stranger}`, { award: "" })).status, 404)
  const theirs = `/council/${school.ids.classes["11ème SES 1"]}/${school.ids.periods.T1}`
  const maths = await school.as("maths")
  for (const page of [theirs, `${theirs}/session`, `${theirs}/minutes`, `${theirs}/session/${stranger}`])
    assert.is((await maths.get(page)).status, 404, page)
  assert.not.match(words(await maths.get("/council")), "11ème SES 1")
  await maths.get(student("moussa"))
  const posted = await maths.post(`${theirs}/session/${stranger}`, { keep: "1", appreciation: "x" })
  assert.is(posted.status, 404)
})

test("nothing is decided in a session that is not open", async () => {
  const head = await school.as("proviseur")
  await head.get(path)
  assert.is((await head.post(student("moussa"), { award: "Encouragements" })).status, 409)
  assert.is((await head.get(`${path}/session`)).location, path)
  assert.is((await keptOf(school, "moussa"))?.decided_at, null)
})

test("a phrase of the school's is written as it is said of this student", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const page = await head.get(student("aminata1"))
  const [, id] =
    page.body.match(/name="phrase" value="(\d+)"[^>]*>(?:<kbd>\w<\/kbd> )?<span>Élève attentive/) ?? []
  assert.ok(id, "offered in her form, for her average")
  assert.not.match(page.body, "Résultats insuffisants", "not of her band")
  await head.post(student("aminata1"), { award: "Tableau d’honneur", phrase: id })
  assert.is(
    (await keptOf(school, "aminata1"))?.appreciation,
    "Élève attentive et volontaire, dont les efforts portent leurs fruits.",
  )
  assert.match(words(await head.get(student("issa"))), "Résultats insuffisants")
})

test("the proposals left are followed in one go, confirmed by their number; what is decided stays", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  await head.post(student("moussa"), { award: "", reason: "Conduite" })
  const asked = await head.get(`${path}/follow`)
  assert.match(words(asked), "pour les 3 élèves restants")
  assert.match(words(asked), "2 : Tableau d’honneur")
  const dean = await school.as("censeur")
  await dean.get(student("issa"))
  await dean.post(student("issa"), { award: "", reason: "Progrès au cours de l’année" })
  const late = await head.post(`${path}/follow`, {})
  assert.is(late.status, 409, "the number has changed")
  await head.get(`${path}/follow`)
  const table = await head.submit(`${path}/follow`, {})
  assert.match(words(table), "La proposition est suivie pour 2 élèves.")
  assert.match(words(table), "4 élèves sur 4 décidés")
  assert.is((await keptOf(school, "moussa"))?.award, "")
  assert.is((await keptOf(school, "issa"))?.award, "")
  assert.is((await keptOf(school, "aminata2"))?.award, "Tableau d’honneur")
})

test("a mark corrected after the decision is noticed where the student is shown", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  await head.post(student("moussa"), { award: "Encouragements" })
  assert.not.match(words(await head.get(student("moussa"))), "La moyenne a changé")
  await school.school.db
    .updateTable("mark")
    .set({ value: MARKS.moussa + 300 })
    .where("student_id", "=", school.ids.students.moussa as number)
    .execute()
  const page = await head.get(student("moussa"))
  assert.match(words(page), "17,36 / 20")
  assert.match(words(page), "La moyenne a changé depuis la décision, prise à 14,64")
  assert.match(words(await head.get(`${path}/session?view=table`)), "moyenne changée")
  assert.match(
    words(await head.get(`${path}/close`)),
    "La moyenne a changé depuis la décision (1) : KEÏTA Moussa",
  )
})

test("the students come by rank or by name, and the order is kept from one to the next", async () => {
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const page = await head.get(`${student("moussa")}?order=name`)
  const next = await head.submit(student("moussa"), { award: "Encouragements" })
  assert.match(page.body, 'name="order" value="name"')
  assert.match(next.body, "<h1>ƝARE Issa</h1>")
  assert.match(next.body, 'name="order" value="name"')
  const last = await head.get(student("issa"))
  assert.match(last.body, "4 / 4", "by rank he is the last")
  const table = await head.submit(student("issa"), { award: "Avertissement (travail)" })
  assert.match(words(table), "2 élèves sur 4 décidés")
})

test("the students of two periods are followed by a line, and the year's last period by a decision", async () => {
  await giveCouncilMarks(school, "T2", { moussa: 1200, aminata1: 1500, aminata2: 900, issa: 800 })
  await giveCouncilMarks(school, "T3", { moussa: 1100, aminata1: 1500, aminata2: 700, issa: 800 })
  path = councilPath(school, "T3")
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  const page = await head.get(student("moussa"))
  assert.match(page.body, '<svg class="spark"')
  assert.match(words(page), "▼ en baisse 1er trimestre 14,64 2e trimestre 12,36 Année 12,82")
  assert.match(words(page), "Admis(e) en classe supérieure proposé")
  const none = await head.post(student("moussa"), { award: "Encouragements" })
  assert.is(none.status, 422, "an award alone is no decision in the last period")
  await head.get(student("moussa"))
  const fields = { award: "", decision: "Admis(e) en classe supérieure" }
  assert.is((await head.post(student("moussa"), fields)).status, 303)
  const kept = await keptOf(school, "moussa", "T3")
  assert.equal([kept?.decision, kept?.decided_annual], ["Admis(e) en classe supérieure", "12.82"])

  // what the rule leaves to the council has no proposal to follow, and no reason is asked
  const open = await head.get(student("issa"))
  assert.match(words(open), "Cas à examiner par le conseil")
  assert.not.match(open.body, "data-enter")
  assert.match(words(await head.get(`${path}/follow`)), "À décider un par un")
  await head.get(student("issa"))
  await head.post(student("issa"), { award: "", decision: "Redouble" })
  const issa = await keptOf(school, "issa", "T3")
  assert.equal([issa?.decision, issa?.overruled_reason], ["Redouble", null])

  await head.get(student("aminata1"))
  const asked = await head.post(student("aminata1"), { award: "Encouragements", decision: "Redouble" })
  assert.is(asked.status, 422, "the rule had an answer")
})

test("a class of 120 keeps within the bytes and questions of a page, at work and as a table", async () => {
  const { enrolMany } = await import("../grades/grid.fixture.ts")
  await enrolMany(school, CLASS, 116)
  const { db } = school.school
  const all = await db
    .selectFrom("enrolment")
    .select("student_id")
    .where("class_id", "=", school.ids.classes[CLASS] as number)
    .execute()
  const compositions = await db.selectFrom("assessment").select("id").execute()
  const cast = new Set(Object.keys(MARKS).map((key) => school.ids.students[key]))
  const marks = all
    .filter(({ student_id }) => !cast.has(student_id))
    .flatMap(({ student_id }, n) =>
      compositions.map(({ id }, m) => ({
        assessment_id: id,
        student_id,
        value: 400 + ((n * 37 + m * 211) % 60) * 25,
        updated_at: school.now.toISOString(),
      })),
    )
  await db.insertInto("mark").values(marks).execute()
  const head = await school.as("proviseur")
  await openCouncil(head, path)
  await head.get(`${path}/follow`)
  await head.submit(`${path}/follow`, {})
  // the client itself refuses a page of more than 8,000 bytes or twelve questions
  const table = await head.get(`${path}/session?view=table`)
  assert.match(words(table), "120 élèves sur 120 décidés")
  assert.ok(table.queries > 0 && table.queries <= 12)
  const one = await head.get(student("moussa"))
  assert.ok(one.queries > 0 && one.queries <= 12)
  assert.ok(one.bytes < 4000, `${one.bytes} bytes`)
})

test.run()
