import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { fold, sortName } from "./naming.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

/** The names in the first column of the list shown. */
const names = (body: string) =>
  [...body.matchAll(/<th scope="row"><a href="\/students\/\d+">([^<]+)<\/a>/g)].map(([, name]) => name)

const search = async (who: Client, query: string) => names((await who.open(`/students?${query}`)).body)

const NEW = { surname: "Sangaré", given_names: "Adama", birth: "05/06/2011", sex: "M" }

test("keita finds KEÏTA, nare finds ƝARE, several words in any order", async () => {
  assert.equal(await search(secretary, "q=keita"), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.equal(await search(secretary, "q=nare"), ["ƝARE Issa"])
  assert.equal(await search(secretary, "q=moussa+kei"), ["KEÏTA Moussa"])
  assert.equal(await search(secretary, "q=z9005"), ["TRAORÉ Salif"])
  assert.equal(await search(secretary, "q=rc16+cg25+z9005+m"), ["TRAORÉ Salif"])
  assert.equal(await search(secretary, "q=nobody"), [])
})

test("a guardian’s number finds the children, however it is spaced; a teacher cannot search by it", async () => {
  assert.equal(await search(secretary, "q=70+00+00+01"), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.equal(await search(secretary, "q=%2B223+70000001"), ["KEÏTA Fanta", "KEÏTA Moussa"])
  assert.equal(await search(secretary, "q=keita+7000.0001+moussa"), ["KEÏTA Moussa"])
  const teacher = await school.as("maths")
  assert.equal(await search(teacher, "q=70+00+00+01"), [])
})

test("homonyms stand side by side, each with matricule and birth date", async () => {
  const { body } = await secretary.open("/students?q=traore+aminata")
  assert.equal(names(body), ["TRAORÉ Aminata", "TRAORÉ Aminata"])
  for (const told of ["RC15CG26Z9002F", "18/06/2011", "RC16CG26Z9003F", "01/01/2010"])
    assert.match(body, told)
})

test("the list is filtered by class, level and situation, and sorted", async () => {
  assert.equal(await search(secretary, `class=${school.ids.classes["12ème TSE"]}`), ["KEÏTA Fanta"])
  assert.equal(await search(secretary, "level=11"), ["TRAORÉ Salif"])
  assert.equal(await search(secretary, "status=withdrawn"), [])
  const byBirth = await search(secretary, "sort=-birth")
  assert.is(byBirth[0], "ƝARE Issa")
  assert.is((await search(secretary, "sort=matricule")).at(-1), "ƝARE Issa", "without matricule: last")
  assert.is((await search(secretary, "sort=sex;drop")).length, 6)
})

test("3,000 students: a page of fifty in two questions, the last page too", async () => {
  const at = "2026-09-15T08:00:00.000Z"
  const rows = Array.from({ length: 3000 }, (_, n) => {
    const [surname, given_names] = [`NOM${n % 97}`, `Prénom${n}`]
    const folded = fold(`${surname} ${given_names}`)
    return {
      surname,
      given_names,
      folded,
      sort_name: sortName(surname, given_names),
      created_at: at,
      updated_at: at,
    }
  })
  const { db } = school.school
  const first = school.ids.students.salif as number
  for (let start = 0; start < rows.length; start += 500) {
    await db
      .insertInto("student")
      .values(rows.slice(start, start + 500))
      .execute()
  }
  const made = await db
    .selectFrom("student")
    .select("id")
    .where("id", ">", first + 5)
    .execute()
  const enrolments = made.map(({ id }) => ({
    student_id: id,
    class_id: school.ids.classes["11ème SES 1"] as number,
    school_year_id: school.ids.year,
    starts_on: "2026-10-01",
  }))
  for (let start = 0; start < enrolments.length; start += 500) {
    await db
      .insertInto("enrolment")
      .values(enrolments.slice(start, start + 500))
      .onConflict((oc) => oc.doNothing())
      .execute()
  }
  const blank = await secretary.open("/guardians/999999")
  const page = await secretary.open("/students?page=7")
  assert.is(names(page.body).length, 50)
  assert.ok(
    page.queries <= blank.queries + 3,
    `${page.queries} questions, ${blank.queries} for a page that finds nothing`,
  )
  assert.ok((await secretary.open("/students?q=prenom1234")).queries <= blank.queries + 2)
  const { body } = await secretary.open("/students?page=99999999999")
  assert.is(names(body).length, 50, "a page number that cannot be is the first page")
})

test("a teacher finds the students of the own classes only; a parent has no list", async () => {
  const teacher = await school.as("maths")
  assert.equal(await search(teacher, "status=all&q=traore"), ["TRAORÉ Aminata", "TRAORÉ Aminata"])
  const { moussa, salif } = school.ids.students
  assert.is((await teacher.get(`/students/${moussa}`)).status, 200)
  assert.is((await teacher.get(`/students/${salif}`)).status, 404)
  assert.is((await teacher.get(`/students/${moussa}/edit`)).status, 403)
  assert.not.match((await teacher.open(`/students/${moussa}`)).body, "70 00 00 01")
  const parent = await school.as("parent")
  assert.is((await parent.get("/students")).status, 403)
  assert.is((await parent.get(`/students/${moussa}`)).status, 403)
  assert.is((await secretary.get("/students/1e9")).status, 404)
  assert.is((await secretary.get("/students/99999999999999")).status, 404)
})

test("the secretary enrols a student in a class; the same form twice makes one", async () => {
  await secretary.open("/students/new")
  const fields = { ...NEW, class: String(school.ids.classes["10ème CG 1"]), matricule: "rc15 cg26 z7001 m" }
  const first = await secretary.post("/students/new", fields)
  const second = await secretary.post("/students/new", fields)
  assert.is(first.status, 303)
  assert.is(second.location, first.location)
  const page = await secretary.open(first.location as string)
  for (const told of ["SANGARÉ Adama", "RC15CG26Z7001M", "05/06/2011", "10ème CG 1", "est inscrit"]) {
    assert.match(page.body, told)
  }
  assert.equal(await search(secretary, "q=sangare"), ["SANGARÉ Adama"])
})

test("bad input is refused field by field and what was typed stays", async () => {
  const refusal = async (fields: Record<string, string>, sentence: string | RegExp) => {
    await secretary.open("/students/new")
    const answer = await secretary.post("/students/new", { ...NEW, ...fields })
    assert.is(answer.status, 422, JSON.stringify(fields).slice(0, 80))
    assert.match(answer.body, sentence)
    assert.match(answer.body, 'value="Adama"')
  }
  await refusal({ birth: "11/12/2026" }, "jour passé du calendrier")
  await refusal({ birth: "31/02/2010" }, "jour passé du calendrier")
  await refusal({ phone: "7000000" }, "Un numéro a 8 chiffres ; celui-ci en a 7.")
  await refusal({ phone: "7O000001" }, "lettre O")
  await refusal({ surname: "A".repeat(500) }, "80 caractères au plus.")
  await refusal({ surname: "" }, "Remplissez ce champ.")
  await refusal({ matricule: "<script>" }, "Des lettres et des chiffres")
  await refusal({ class: "999999" }, "Choisissez la classe dans la liste.")
  await refusal({ matricule: "RC15CG26Z9001M" }, `/students/${school.ids.students.moussa}`)
  const count = await school.school.db.selectFrom("student").select("id").execute()
  assert.is(count.length, 6)
})

test("a probable double is shown, and enrolled once confirmed", async () => {
  await secretary.open("/students/new")
  const same = { surname: "Traore", given_names: "Aminata", birth: "18/06/2011" }
  const warned = await secretary.post("/students/new", same)
  assert.is(warned.status, 422)
  assert.match(warned.body, "RC15CG26Z9002F")
  assert.not.match(warned.body, "RC16CG26Z9003F")
  const made = await secretary.submit("/students/new", { ...same, confirmed: "1" })
  assert.match(made.body, "il reste à choisir sa classe")
})

test("an odd matricule is kept and said", async () => {
  await secretary.open("/students/new")
  const page = await secretary.submit("/students/new", { ...NEW, matricule: "kal-114" })
  assert.match(page.body, "Le matricule KAL-114 n’a pas la forme habituelle")
})

test("two people edit the same card: each field the other changed is shown, nothing is overwritten", async () => {
  const at = `/students/${school.ids.students.moussa}/edit`
  const head = await school.as("proviseur")
  await secretary.open(at)
  await head.open(at)
  const card = {
    surname: "KEÏTA",
    given_names: "Moussa",
    matricule: "RC15CG26Z9001M",
    sex: "M",
    birth: "04/03/2011",
    birth_place: "Bamako",
  }
  assert.is((await head.post(at, { ...card, address: "Sogoniko", nationality: "malienne" })).status, 303)
  const conflict = await secretary.post(at, { ...card, address: "Kalaban-Coura" })
  assert.is(conflict.status, 409)
  for (const told of ["Oumou DIALLO", "Sogoniko", "Kalaban-Coura", "inchangé"])
    assert.match(conflict.body, told)
  assert.match(conflict.body, 'value="malienne"')
  const { moussa } = school.ids.students
  const row = () =>
    school.school.db
      .selectFrom("student")
      .selectAll()
      .where("id", "=", moussa as number)
      .executeTakeFirstOrThrow()
  assert.is((await row()).address, "Sogoniko")
  const saved = await secretary.post(at, { ...card, nationality: "malienne", address: "Kalaban-Coura" })
  assert.is(saved.status, 303)
  assert.is((await row()).address, "Kalaban-Coura")
  const history = await secretary.open(`/students/${moussa}/history`)
  assert.match(history.body, /<del>Sogoniko<\/del> → Kalaban-Coura/)
})

test("a card is edited from what it holds: no box is ticked that was not", async () => {
  const { db } = school.school
  const id = school.ids.students.moussa as number
  const at = `/students/${id}/edit`
  assert.not.match((await secretary.open(at)).body, / checked/)
  await db.updateTable("student").set({ birth_approximate: 1 }).where("id", "=", id).execute()
  assert.match((await secretary.open(at)).body, /name="birth_approximate" value="1" checked/)
})

test("a matricule once set is only corrected by those who may", async () => {
  const dean = await school.as("censeur")
  const at = `/students/${school.ids.students.moussa}/edit`
  await dean.open(at)
  const fields = {
    surname: "KEÏTA",
    given_names: "Moussa Bakary",
    matricule: "RC15CG26Z0000M",
    birth: "04/03/2011",
  }
  assert.is((await dean.post(at, fields)).status, 303)
  const row = await school.school.db
    .selectFrom("student")
    .select(["matricule", "given_names", "folded"])
    .where("id", "=", school.ids.students.moussa as number)
    .executeTakeFirstOrThrow()
  assert.equal(row, {
    matricule: "RC15CG26Z9001M",
    given_names: "Moussa Bakary",
    folded: "keita moussa bakary rc15cg26z9001m",
  })
  await secretary.open(at)
  const taken = await secretary.post(at, { ...fields, matricule: "RC15CG26Z9002F" })
  assert.is(taken.status, 422)
  assert.match(taken.body, `/students/${school.ids.students.aminata1}`)
})

test.run()
