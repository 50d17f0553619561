// A file about people the school has: what it says otherwise is shown field by field, chosen, written and put back.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { addClass, numberIn, preview, rowsOf, takeBack, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

const HEAD = "MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU;CLASSE;CONTACT"
const MOUSSA = "RC15CG26Z9001M;KEÏTA;Moussa;M"

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

const csv = (...lines: string[]) => ({ name: "liste.csv", content: [HEAD, ...lines].join("\n") })
const fields = { kind: "students", from: "year" }

const moussa = () =>
  test_.school.db
    .selectFrom("student")
    .selectAll()
    .where("matricule", "=", "RC15CG26Z9001M")
    .executeTakeFirstOrThrow()

const enrolments = (student: number) =>
  test_.school.db
    .selectFrom("enrolment")
    .innerJoin("class", "class.id", "enrolment.class_id")
    .where("student_id", "=", student)
    .select(["class.label", "starts_on", "ends_on", "end_reason"])
    .orderBy("enrolment.id")
    .execute()

test("what the card lacks is filled, and nothing is asked; taken back, the card is as it was", async () => {
  const before = await moussa()
  assert.is(before.phone, null)
  const path = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 55`), fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "À mettre à jour")
  assert.match(body, "Téléphone : vide → 70 00 00 55 (complété).")
  assert.not.match(body, "Répondre (")
  assert.match((await write(secretary, path)).body, "1 fiche complétée ou corrigée")
  assert.is((await moussa()).phone, "+22370000055")
  await takeBack(secretary, path)
  const { version, updated_at, ...after } = await moussa()
  const { version: _version, updated_at: _updated, ...was } = before
  assert.equal(after, was)
  assert.is(version, before.version + 2)
})

test("another value stays on the card unless somebody takes it, field by field", async () => {
  const file = csv(`${MOUSSA};05/03/2011;Kayes;10ème CG 1;70 00 00 55`)
  const path = await preview(secretary, file, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Fiche différente")
  assert.match(body, "Naissance : 04/03/2011 → 05/03/2011 (fiche gardée).")
  // without an answer: the empty phone is filled, the rest stays
  assert.match((await secretary.open(`${path}/commit`)).body, "1 fiche complétée ou corrigée")
  const id = test_.ids.students.moussa as number
  const line = await secretary.open(`${path}/line?line=2`)
  assert.match(line.body, '<input type="radio" name="t_naissance" value="card" checked>')
  assert.match(line.body, '<input type="radio" name="t_telephone" value="file" checked>')
  const answer = { line: "2", as: `student:${id}`, beside: `student:${id}` }
  await secretary.submit(`${path}/line`, {
    ...answer,
    t_naissance: "file",
    t_lieu: "card",
    t_telephone: "card",
  })
  await write(secretary, path)
  const card = await moussa()
  assert.equal([card.birth_date, card.birth_place, card.phone], ["2011-03-05", "Bamako", null])
  const trail = await test_.school.db
    .selectFrom("audit")
    .where("reason", "=", `Import n° ${numberIn(path)}`)
    .where("subject", "=", "student")
    .select(["before", "after"])
    .execute()
  assert.equal(trail, [
    { before: '{"birth_date":"2011-03-04"}', after: '{"birth_date":"2011-03-05","version":2}' },
  ])
  // the same file again asks the same again, and never undoes a choice by itself
  const again = await preview(secretary, file, fields)
  assert.match(
    (secretary.page as { body: string }).body,
    "Lieu de naissance : Bamako → Kayes (fiche gardée).",
  )
  assert.not.match((secretary.page as { body: string }).body, "Naissance :")
  await secretary.open(again)
})

test("an undo puts back what the import wrote, and leaves what was changed since", async () => {
  const path = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 55`), fields)
  await write(secretary, path)
  const { db } = test_.school
  const id = test_.ids.students.moussa as number
  await db.updateTable("student").set({ address: "Badalabougou", version: 3 }).where("id", "=", id).execute()
  await takeBack(secretary, path)
  const card = await moussa()
  assert.equal([card.phone, card.address, card.version], [null, "Badalabougou", 4])

  const second = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 56`), fields)
  await write(secretary, second)
  await db.updateTable("student").set({ phone: "+22370000099", version: 9 }).where("id", "=", id).execute()
  const page = await secretary.open(`${second}/undo`)
  assert.match(page.body, "a changé depuis l’import")
  assert.is((await moussa()).phone, "+22370000099")
})

test("a card that changes between the preview and the writing is not overwritten: the preview is made again", async () => {
  const path = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 55`), fields)
  await secretary.open(`${path}/commit`)
  const id = test_.ids.students.moussa as number
  await test_.school.db
    .updateTable("student")
    .set({ phone: "+22370000077", version: 2 })
    .where("id", "=", id)
    .execute()
  const answer = await secretary.submit(`${path}/commit`, { agreed: "1" })
  assert.match(answer.body, "L’école a changé depuis cet aperçu")
  assert.match(answer.body, "Téléphone : 70 00 00 77 → 70 00 00 55 (fiche gardée).")
  assert.is((await moussa()).phone, "+22370000077")
})

test("« tout remplacer » takes one column on every card, but where somebody kept the card's value", async () => {
  const { db, ids } = { db: test_.school.db, ids: test_.ids }
  await db.updateTable("student").set({ phone: "+22370000088" }).execute()
  const file = csv(
    `${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 51`,
    "RC15CG26Z9002F;TRAORÉ;Aminata;F;;;10ème CG 1;70 00 00 52",
  )
  const path = await preview(secretary, file, fields)
  const page = secretary.page as { body: string }
  assert.match(page.body, 'Téléphone <span class="quiet">(2)</span>')
  const { id: aminata } = await db
    .selectFrom("student")
    .where("matricule", "=", "RC15CG26Z9002F")
    .select("id")
    .executeTakeFirstOrThrow()
  await secretary.open(`${path}/line?line=3`)
  await secretary.submit(`${path}/line`, {
    line: "3",
    as: `student:${aminata}`,
    beside: `student:${aminata}`,
    t_telephone: "card",
  })
  await secretary.open(path)
  const after = await secretary.submit(`${path}/replace`, { all_telephone: "1", all_matricule: "1" })
  assert.match(after.body, "Téléphone : 70 00 00 88 → 70 00 00 51 (remplacé).")
  assert.match(after.body, "Téléphone : 70 00 00 88 → 70 00 00 52 (fiche gardée).")
  assert.not.match(after.body, "Répondre (", "nothing is left to decide")
  await write(secretary, path)
  const phones = await db
    .selectFrom("student")
    .where("id", "in", [ids.students.moussa as number, aminata])
    .select("phone")
    .orderBy("id")
    .execute()
  assert.equal(phones.map(({ phone }) => phone).sort(), ["+22370000051", "+22370000088"])
})

test("another class is offered as a move, never made by itself; a move is written as on the page, and taken back", async () => {
  await addClass(test_, { level: "10", series: "CG", section: "3", label: "10ème CG 3" })
  const id = test_.ids.students.moussa as number
  const before = await enrolments(id)
  const file = csv(`${MOUSSA};04/03/2011;Bamako;10 CG 3;`)
  const path = await preview(secretary, file, fields)
  assert.match((secretary.page as { body: string }).body, "Classe : 10ème CG 1 → 10ème CG 3 (fiche gardée).")
  assert.match(
    (await secretary.open(`${path}/commit`)).body,
    "Aucune ligne de ce fichier ne changerait l’école",
  )
  await secretary.open(`${path}/decide`)
  await secretary.submit(`${path}/decide`, {
    lines: "2",
    l2_as: `student:${id}`,
    l2_beside: `student:${id}`,
    l2_t_classe: "file",
  })
  assert.match((await write(secretary, path)).body, "1 élève changé de classe")
  assert.equal(await enrolments(id), [
    { ...before[0], ends_on: "2026-12-10", end_reason: "moved" },
    { label: "10ème CG 3", starts_on: "2026-12-10", ends_on: null, end_reason: null },
  ])
  const moved = await test_.school.db
    .selectFrom("audit")
    .where("subject_id", "=", id)
    .where("action", "=", "moved")
    .select(["before", "after"])
    .executeTakeFirst()
  assert.equal(moved, {
    before: '{"class":"10ème CG 1"}',
    after: '{"class":"10ème CG 3","on":"2026-12-10"}',
  })
  await takeBack(secretary, path)
  assert.equal(await enrolments(id), before)
})

test("a matricule is corrected only by who may correct matricules", async () => {
  // the same name and birth date under another matricule: a person says that it is the same student
  const file = csv("RC15CG26Z7777M;KEÏTA;Moussa;M;04/03/2011;Bamako;10ème CG 1;")
  const id = test_.ids.students.moussa as number
  const answer = { line: "2", as: `student:${id}`, beside: `student:${id}`, t_matricule: "file" }
  const dean = await test_.as("censeur")
  const mine = await preview(dean, file, fields)
  assert.match((dean.page as { body: string }).body, "Même nom et même date de naissance")
  const shown = await dean.open(`${mine}/line?line=2`)
  assert.not.match(shown.body, 'name="t_matricule"')
  const refused = await dean.post(`${mine}/line`, answer)
  assert.is(refused.status, 422)
  assert.match(refused.body, "Vous n’avez pas le droit de corriger un matricule")

  const path = await preview(secretary, file, fields)
  await secretary.open(`${path}/line?line=2`)
  const taken = await secretary.post(`${path}/line`, { ...answer, t_matricule: "card" })
  assert.is(taken.status, 303)
  await secretary.open(`${path}/line?line=2`)
  await secretary.submit(`${path}/line`, answer)
  const students = await rowsOf(test_, "student")
  await write(secretary, path)
  assert.is(await rowsOf(test_, "student"), students)
  const card = await test_.school.db
    .selectFrom("student")
    .where("id", "=", id)
    .select(["matricule", "folded"])
    .executeTakeFirstOrThrow()
  assert.is(card.matricule, "RC15CG26Z7777M")
  assert.match(card.folded, "rc15cg26z7777m")
})

test("two lines of one new person under two matricules are compared; said to be one, one card holds both", async () => {
  const classId = await addClass(test_, { level: "10", series: "CG", section: "3", label: "10ème CG 3" })
  const file = csv(
    "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;;10ème CG 3;",
    "RC15CG26Z8991F;DAO;Awa;F;03/02/2012;Kita;10ème CG 3;70 00 00 61",
  )
  const path = await preview(secretary, file, { ...fields, class: String(classId) })
  const line = await secretary.open(`${path}/line?line=3`)
  assert.match(line.body, "C’est la même personne que la ligne 2")
  assert.match(line.body, "Ce sont deux personnes")
  assert.match(line.body, 'name="t_matricule" value="card" checked')
  const before = await rowsOf(test_, "student")
  await secretary.submit(`${path}/line`, { line: "3", as: "line:2", beside: "line:2", t_matricule: "file" })
  assert.match((await write(secretary, path)).body, "1 élève créé et inscrit")
  assert.is(await rowsOf(test_, "student"), before + 1)
  const made = await test_.school.db
    .selectFrom("student")
    .where("surname", "=", "DAO")
    .select(["matricule", "birth_place", "phone"])
    .executeTakeFirst()
  assert.equal(made, { matricule: "RC15CG26Z8991F", birth_place: "Kita", phone: "+22370000061" })
})

test("said to be two persons, two are made", async () => {
  const file = csv(
    "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;10ème CG 1;",
    "RC15CG26Z8991F;DAO;Awa;F;03/02/2012;Kita;10ème CG 1;",
  )
  const path = await preview(secretary, file, fields)
  const before = await rowsOf(test_, "student")
  await secretary.open(`${path}/decide`)
  await secretary.submit(`${path}/decide`, { lines: "3", l3_as: "new", l3_beside: "line:2" })
  await write(secretary, path)
  assert.is(await rowsOf(test_, "student"), before + 2)
})

test("two lines that say different things of one card: the later one changes nothing by itself", async () => {
  const file = csv(
    `${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 51`,
    `${MOUSSA};04/03/2011;Bamako;10ème CG 1;70 00 00 52`,
  )
  const path = await preview(secretary, file, fields)
  assert.match(
    (secretary.page as { body: string }).body,
    "Téléphone : 70 00 00 51 → 70 00 00 52 (fiche gardée).",
  )
  await write(secretary, path)
  assert.is((await moussa()).phone, "+22370000051")
})

test("one page of decisions is one form: what cannot be read is said beside its field and nothing of the page is kept", async () => {
  const file = csv(
    "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;10ème CG 1;8354178",
    "RC15CG26Z8002M;BA;Ali;M;31/02/2012;San;10ème CG 1;",
    `${MOUSSA};04/03/2011;Kayes;10ème CG 1;`,
  )
  const path = await preview(secretary, file, fields)
  const page = await secretary.open(`${path}/decide`)
  assert.match(page.body, "3 lignes attendent une décision")
  const id = test_.ids.students.moussa as number
  const answers = {
    lines: "2,3,4",
    l2_as: "new",
    l2_phone: "83 54 17 80",
    l3_as: "new",
    l3_birth_date: "30/02/2012",
    l4_as: `student:${id}`,
    l4_beside: `student:${id}`,
    l4_t_lieu: "file",
  }
  const wrong = await secretary.post(`${path}/decide`, answers)
  assert.is(wrong.status, 422)
  assert.match(wrong.body, 'href="#f-l3_birth_date"')
  assert.match(wrong.body, 'value="83 54 17 80"', "what was typed is there still")
  assert.match(wrong.body, 'name="l4_t_lieu" value="file" checked')
  assert.match((await secretary.open(path)).body, "Répondre (3)")
  await secretary.open(`${path}/decide`)
  const done = await secretary.submit(`${path}/decide`, { ...answers, l3_birth_date: "28/02/2012" })
  assert.match(done.body, "3 réponses gardées")
  assert.match(
    (await write(secretary, path)).body,
    "2 élèves créés et inscrits, 1 fiche complétée ou corrigée",
  )
})

test("answers to lines of another import, or to lines that ask nothing, are not taken", async () => {
  const path = await preview(secretary, csv("RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;10ème CG 1;"), fields)
  await secretary.submit(`${path}/decide`, {
    lines: "1,2,99",
    l1_as: "new",
    l2_as: "student:1",
    l99_as: "new",
  })
  const answered = await test_.school.db
    .selectFrom("import_line")
    .where("resolution", "is not", null)
    .select("line")
    .execute()
  assert.equal(answered, [])
})

test("who had left and stands in the list again is back", async () => {
  const { db } = test_.school
  const id = test_.ids.students.moussa as number
  await db.deleteFrom("enrolment").where("student_id", "=", id).execute()
  await db.updateTable("student").set({ status: "withdrawn" }).where("id", "=", id).execute()
  const path = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;`), fields)
  assert.match((secretary.page as { body: string }).body, "Cet élève était parti : il revient.")
  await write(secretary, path)
  assert.is((await moussa()).status, "active")
  await takeBack(secretary, path)
  assert.is((await moussa()).status, "withdrawn")
})

test("a file of the school as it is shows no line, and says how many change nothing", async () => {
  const path = await preview(secretary, csv(`${MOUSSA};04/03/2011;Bamako;10ème CG 1;`), fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Aucune ligne de ce fichier ne change quoi que ce soit")
  assert.match(body, "2 lignes qui ne changent rien ne sont pas montrées ici")
  assert.match((await secretary.open(`${path}?tab=all`)).body, "Déjà connue")
})

test.run()
