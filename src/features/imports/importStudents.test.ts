// The secretary's class list, from the file to the school and back, through the pages.
import { sql } from "kysely"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import {
  addClass,
  example,
  expectedOf,
  hand,
  numberIn,
  preview,
  rowsOf,
  takeBack,
  write,
} from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

const CG3 = { level: "10", series: "CG", section: "3", label: "10ème CG 3" }
const LIST = { name: "01_liste_10CG3.csv", content: example("01_liste_10CG3.csv") }
const BLOCKS = { name: "ecole.csv", content: example("11_ecole_par_blocs.csv") }

let test_: TestSchool
let secretary: Client
let classId: number
let fields: Record<string, string>
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
  classId = await addClass(test_, CG3)
  fields = { kind: "students", class: String(classId), from: "year" }
})
test.after.each(() => test_.close())

const csv = (...lines: string[]) => ({ name: "liste.csv", content: lines.join("\n") })
const HEAD = "MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU;CONTACT"

const student = (matricule: string) =>
  test_.school.db
    .selectFrom("student")
    .selectAll()
    .where("matricule", "=", matricule)
    .executeTakeFirstOrThrow()

test("a class list is shown line by line, then written exactly as it was shown", async () => {
  const before = await rowsOf(test_, "student")
  const path = await preview(secretary, LIST, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, 'À créer <span class="quiet">(20)')
  assert.match(body, 'Ignorées <span class="quiet">(2)')
  assert.match(body, "windows-1252, séparateur « ; »")
  assert.match(body, "OUATTARA Bintou Adama")
  assert.is(await rowsOf(test_, "student"), before, "a preview writes nothing")

  const confirmation = await secretary.open(`${path}/commit`)
  assert.match(confirmation.body, "20 élèves créés et inscrits")
  assert.match((await write(secretary, path)).body, "Import enregistré : 20 élèves créés et inscrits.")

  const stored = await test_.school.db
    .selectFrom("student")
    .innerJoin("enrolment", "enrolment.student_id", "student.id")
    .where("enrolment.class_id", "=", classId)
    .select([
      "surname as nom",
      "given_names as prenom",
      "sex as sexe",
      "birth_date as naissance",
      "birth_place as lieu",
      "matricule",
      "phone as telephone",
      "father_name",
      "starts_on",
      "status",
    ])
    .orderBy("student.id")
    .execute()
  const expected = expectedOf("01_liste_10CG3").outcomes.flatMap(
    (one: { canonical?: object }) => one.canonical ?? [],
  )
  assert.is(stored.length, 20)
  stored.forEach(({ father_name, starts_on, status, ...row }, at) => {
    assert.equal({ ...row, classe: "10ème CG 3" }, expected[at])
    assert.is(starts_on, "2026-10-01", "from the first day of the year, as chosen")
    assert.is(status, "active")
    assert.ok(father_name)
  })
  assert.is(stored[0]?.father_name, "Issa BAGAYOKO")

  const trail = await test_.school.db
    .selectFrom("audit")
    .where("reason", "=", `Import n° ${numberIn(path)}`)
    .select(["subject", "action", "account_id"])
    .execute()
  assert.is(trail.filter(({ action }) => action === "created").length, 20)
  assert.is(trail.filter(({ action }) => action === "enrolled").length, 20)
  assert.ok(trail.every(({ account_id }) => account_id === test_.ids.accounts.secretaire))
})

test("the same file again says when it came first, knows every line and writes nothing", async () => {
  const first = await preview(secretary, LIST, fields)
  await write(secretary, first)
  const students = await rowsOf(test_, "student")
  const second = await preview(secretary, LIST, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Ce même fichier a déjà été enregistré")
  assert.match(body, `href="${first}"`)
  assert.match(body, 'Déjà connues <span class="quiet">(20)')
  const confirmation = await secretary.open(`${second}/commit`)
  assert.match(confirmation.body, "Aucune ligne de ce fichier ne changerait l’école")
  assert.not.match(confirmation.body, '<button class="main">Enregistrer')
  assert.is(await rowsOf(test_, "student"), students)
})

test("an import is taken back as long as nothing depends on it: nothing of it is left", async () => {
  const before = [await rowsOf(test_, "student"), await rowsOf(test_, "enrolment")]
  const path = await preview(secretary, LIST, fields)
  await write(secretary, path)
  const account = await secretary.open(`${path}/undo`)
  assert.match(account.body, "Rien ne dépend de cet import : 40 éléments seront retirés")
  assert.match((await takeBack(secretary, path)).body, "tout ce qu’il avait écrit a été retiré")
  assert.equal([await rowsOf(test_, "student"), await rowsOf(test_, "enrolment")], before)
  assert.match((await secretary.open(`${path}/undo`)).body, "Cet import a déjà été annulé")
  assert.is((await secretary.post(`${path}/undo`)).status, 403, "no form is left to send")
})

test("what has been used since stays, and the account says why, row by row", async () => {
  const path = await preview(secretary, LIST, fields)
  await write(secretary, path)
  const edited = await student("RC14CG26Z0105F")
  const parent = await student("RC14CG26Z0106M")
  const { db } = test_.school
  await db
    .updateTable("student")
    .set({ version: 2, birth_place: "Kita" })
    .where("id", "=", edited.id)
    .execute()
  await db
    .insertInto("guardianship")
    .values({ guardian_id: test_.ids.guardians.parent as number, student_id: parent.id, link: "TUTEUR" })
    .execute()
  const moved = await student("RC15CG26Z0124F")
  await db
    .updateTable("enrolment")
    .set({ ends_on: "2026-12-01", end_reason: "moved" })
    .where("student_id", "=", moved.id)
    .execute()
  // a table of a feature that imports know nothing of
  const visited = await student("RC15CG26Z0127F")
  await sql`create table visit (student_id integer not null references student (id))`.execute(db)
  await sql`insert into visit (student_id) values (${visited.id})`.execute(db)
  const page = await secretary.open(`${path}/undo`)
  assert.match(page.body, "a changé depuis l’import")
  assert.match(page.body, "en dépendent : autre chose")
  assert.match(page.body, "en dépendent : un lien entre tuteur et élève")
  assert.match(page.body, "l’élève a changé de classe ou est parti depuis")
  const done = await takeBack(secretary, path)
  assert.match(done.body, "Import annulé en partie : 8 éléments restent")
  assert.is(done.body.match(/Gardé<\/span>/g)?.length, 4)
  assert.is(done.body.match(/Retiré<\/span>/g)?.length, 16)
  const left = await db
    .selectFrom("student")
    .where("matricule", "like", "%CG26Z01%")
    .select("id")
    .orderBy("id")
    .execute()
  assert.equal(
    left.map(({ id }) => id),
    [edited.id, parent.id, moved.id, visited.id],
  )
  const kept = await secretary.open(`${path}/undo`)
  assert.match(kept.body, "Ce qui est resté")
  assert.match(kept.body, "BAGAYOKO Korotoumou Issa")
  const report = await secretary.get(`${path}/report`)
  assert.match(report.body, "gardé : Élève BAGAYOKO Korotoumou Issa : a changé depuis l’import")
})

test("a line with an unreadable phone waits, is answered on its page, and is then written with the rest", async () => {
  const path = await preview(
    secretary,
    csv(
      HEAD,
      "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;8354178",
      "RC15CG26Z8002M;BA;Ali;M;04/02/2012;San;70000009",
    ),
    fields,
  )
  const line = await secretary.open(`${path}/line`)
  assert.match(line.body, "Le numéro de téléphone a 7 chiffres")
  assert.match(line.body, 'value="8354178"')
  const filled = {
    line: "2",
    as: "new",
    surname: "DAO",
    given_names: "Awa",
    sex: "F",
    matricule: "RC15CG26Z8001F",
    birth_date: "03/02/2012",
    birth_place: "Kita",
    class: "10ème CG 3",
  }
  const refused = await secretary.post(`${path}/line`, { ...filled, phone: "8354178" })
  assert.is(refused.status, 422)
  assert.match(refused.body, 'href="#f-phone"')
  const taken = await secretary.post(`${path}/line`, { ...filled, matricule: "RC15CG26Z9001M", phone: "" })
  assert.is(taken.status, 422)
  assert.match(taken.body, "déjà celui d’un autre élève")
  const done = await secretary.submit(`${path}/line`, { ...filled, phone: "83 54 17 80" })
  assert.match(done.body, "toutes les lignes ont une réponse")
  assert.match((await write(secretary, path)).body, "2 élèves créés et inscrits")
  assert.is((await student("RC15CG26Z8001F")).phone, "+22383541780")
})

test("lines without an answer stay out, and can be answered and written afterwards", async () => {
  const path = await preview(
    secretary,
    csv(
      HEAD,
      "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;8354178",
      "RC15CG26Z8002M;BA;Ali;M;04/02/2012;San;70000009",
    ),
    fields,
  )
  const before = await rowsOf(test_, "student")
  const confirmation = await secretary.open(`${path}/commit`)
  assert.match(confirmation.body, "1 ligne n’a pas de réponse")
  await write(secretary, path)
  assert.is(await rowsOf(test_, "student"), before + 1)
  await secretary.open(`${path}/line?line=2`)
  const answer = { line: "2", as: "new", surname: "DAO", given_names: "Awa", class: "10ème CG 3", phone: "" }
  await secretary.submit(`${path}/line`, answer)
  assert.match((await write(secretary, path)).body, "1 élève créé et inscrit")
  assert.is(await rowsOf(test_, "student"), before + 2)
  const again = await secretary.open(`${path}/commit`)
  assert.match(again.body, "Aucune réponse n’attend d’être enregistrée")
  await takeBack(secretary, path)
  assert.is(await rowsOf(test_, "student"), before, "both writings are taken back")
})

test("a known student who is in no class this year is enrolled, not made again", async () => {
  const { db } = test_.school
  const id = test_.ids.students.fanta as number
  await db.deleteFrom("enrolment").where("student_id", "=", id).execute()
  const before = await rowsOf(test_, "student")
  const path = await preview(secretary, csv(HEAD, "RC15CG24Z9004F;KEÏTA;Fanta;F;12/09/2008;Bamako;"), fields)
  assert.match((secretary.page as { body: string }).body, "Élève connu, à inscrire en 10ème CG 3")
  assert.match((await write(secretary, path)).body, "1 élève connu inscrit")
  assert.is(await rowsOf(test_, "student"), before)
  const now = await db
    .selectFrom("enrolment")
    .where("student_id", "=", id)
    .select("class_id")
    .executeTakeFirst()
  assert.is(now?.class_id, classId)
})

test("a whole school in blocks: the classes it lacks are held, then made with the subjects of their series", async () => {
  const before = [await rowsOf(test_, "student"), await rowsOf(test_, "class")]
  const path = await preview(secretary, BLOCKS, { kind: "students", from: "year" })
  const page = secretary.page as { body: string }
  assert.match(page.body, "Classe absente")
  assert.match(page.body, "créez ces classes ou dites lesquelles ce sont")
  const choices = await secretary.open(`${path}/choices`)
  assert.match(choices.body, "11ème S 2")
  const again = await secretary.submit(`${path}/choices`, { all_new: "1", from: "year" })
  assert.match(again.body, 'À créer <span class="quiet">(326)')
  assert.match(again.body, 'À vérifier <span class="quiet">(46)')
  const expected = expectedOf("11_ecole_par_blocs").outcomes as {
    action: string
    canonical?: { classe: string }
  }[]
  const named = new Set(
    expected.flatMap(({ action, canonical }) => (action === "create" ? canonical?.classe : [])),
  )
  const here = await test_.school.db.selectFrom("class").select("label").execute()
  for (const { label } of here) named.delete(label)
  const done = await write(secretary, path)
  assert.match(done.body, `326 élèves créés et inscrits, ${named.size} classes créées`)
  assert.equal(
    [await rowsOf(test_, "student"), await rowsOf(test_, "class")],
    [(before[0] as number) + 326, (before[1] as number) + named.size],
  )
  await takeBack(secretary, path)
  assert.equal([await rowsOf(test_, "student"), await rowsOf(test_, "class")], before)
})

test("columns are guessed, changed by a person, and remembered for the next file of that header", async () => {
  const file = csv("REF;ELEVE;CLS", "RC15CG26Z8001F;DAO Awa;10CG3")
  const path = await preview(secretary, file, fields)
  const before = await secretary.open(`${path}/choices`)
  assert.match(before.body, "En-tête de la ligne 1")
  const after = await secretary.submit(`${path}/choices`, {
    class: String(classId),
    from: "year",
    c0_0: "matricule",
    c0_1: "full_name",
    c0_2: "class",
  })
  assert.match(after.body, "RC15CG26Z8001F")
  const next = await preview(
    secretary,
    { ...file, content: `${file.content}\nRC15CG26Z8002M;BA Ali;10CG3` },
    fields,
  )
  const page = await secretary.open(next)
  assert.match(page.body, "<td>RC15CG26Z8002M</td>")
})

test("what changed in the school since the preview is shown before anything is written", async () => {
  const path = await preview(secretary, LIST, fields)
  const { body } = await secretary.open(`${path}/commit`)
  assert.match(body, 'name="agreed" value="20"')
  const other = await test_.as("admin")
  const twin = await preview(other, LIST, fields)
  await write(other, twin)
  const students = await rowsOf(test_, "student")
  await secretary.open(`${path}/commit`)
  const answer = await secretary.submit(`${path}/commit`, { agreed: "20" })
  assert.match(answer.body, "L’école a changé depuis cet aperçu")
  assert.match(answer.body, 'Déjà connues <span class="quiet">(20)')
  assert.is(await rowsOf(test_, "student"), students, "nothing twice")
})

test("when the writing fails half-way, nothing of it is there", async () => {
  const path = await preview(secretary, LIST, fields)
  const counts = () =>
    Promise.all((["student", "enrolment", "import_change"] as const).map((table) => rowsOf(test_, table)))
  const before = await counts()
  await secretary.open(`${path}/commit`)
  // the last table written refuses: as a power cut or a full disk would
  await test_.school.db.schema.alterTable("import_change").renameTo("import_change_gone").execute()
  const answer = await secretary.post(`${path}/commit`, { agreed: "20" })
  assert.is(answer.status, 500)
  await test_.school.db.schema.alterTable("import_change_gone").renameTo("import_change").execute()
  assert.equal(await counts(), before)
  const page = await secretary.open(path)
  assert.match(page.body, "Rien n’est encore écrit")
  assert.match((await write(secretary, path)).body, "20 élèves créés et inscrits")
})

test("two submissions of one agreement write once", async () => {
  const path = await preview(secretary, LIST, fields)
  await secretary.open(`${path}/commit`)
  const before = await rowsOf(test_, "student")
  const [one, two] = await Promise.all([
    secretary.post(`${path}/commit`, { agreed: "20" }),
    secretary.post(`${path}/commit`, { agreed: "20" }),
  ])
  assert.equal([one.status, two.status], [303, 303])
  assert.is(await rowsOf(test_, "student"), before + 20)
})

test("an abandoned preview leaves neither lines nor file", async () => {
  const path = await preview(secretary, LIST, fields)
  const gone = await secretary.submit(`${path}/discard`)
  assert.match(gone.body, "Import abandonné")
  assert.is(await rowsOf(test_, "import_line"), 0)
  assert.is((await secretary.get(path)).status, 404)
})

test("who may not import students is refused; a class of another school year is no choice", async () => {
  const teacher = await test_.as("maths")
  assert.is((await teacher.get("/imports/new?kind=students")).status, 403)
  const wrong = await hand(secretary, LIST, { ...fields, class: "99999" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Choisissez une classe de cette année scolaire")
})

test.run()
