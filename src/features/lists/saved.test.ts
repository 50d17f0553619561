import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
let secretary: Client
test.before.each(async () => {
  school = await openTestSchool()
  secretary = await school.as("secretaire")
})
test.after.each(() => school.close())

const names = (body: string) =>
  [...body.matchAll(/<th scope="row"><a href="\/students\/\d+">([^<]+)<\/a>/g)].map(([, name]) => name)
/** The saved lists beside the students: name and address. */
const saved = (body: string) =>
  [...body.matchAll(/<li><a href="(\/students\?[^"]*list=\d+)"[^>]*>([^<]+)<\/a>/g)].map(
    ([, path, name]) => ({
      name,
      path: (path as string).replaceAll("&amp;", "&"),
    }),
  )
const QUERY = "level=10&sex=F&col=matricule.guardian&sort=-matricule"

/** Saves what an address asks for, from its page; the number of the list. */
async function save(who: Client, query: string, fields: Record<string, string>): Promise<number> {
  await who.open(`/students?${query}`)
  const answer = await who.post("/lists", fields)
  assert.is(answer.status, 303, JSON.stringify(fields))
  return Number(/list=(\d+)/.exec(answer.location as string)?.[1])
}

test("a list saved by name opens again with its filters, columns and order", async () => {
  const id = await save(secretary, QUERY, { name: "  Filles   de 10ème " })
  const first = await secretary.open(`/students?${QUERY}`)
  const [list] = saved((await secretary.open("/students")).body)
  assert.is(list?.name, "Filles de 10ème")
  assert.is(list?.path, `/students?${QUERY}&list=${id}`)
  const again = await secretary.open(list?.path as string)
  assert.equal(names(again.body), names(first.body))
  assert.match(again.body, "<h1>Filles de 10ème</h1>")
  assert.match(again.body, "Karim TRAORÉ")
  assert.not.match(again.body, "Mettre à jour")
})

test("a list is renamed, takes other filters, and is deleted once confirmed; each is in the trail", async () => {
  const id = await save(secretary, QUERY, { name: "Filles" })
  await secretary.open(`/lists/${id}`)
  const renamed = await secretary.submit(`/lists/${id}`, { name: "Filles de 10ème" })
  assert.match(renamed.body, "La liste « Filles de 10ème » est modifiée.")
  await secretary.open(`/students?level=12&list=${id}`)
  const renewed = await secretary.submit(`/lists/${id}/content`)
  assert.match(renewed.body, "garde maintenant ces filtres")
  assert.equal(names(renewed.body), ["KEÏTA Fanta"])
  const asked = await secretary.open(`/lists/${id}/delete`)
  assert.match(asked.body, "Supprimer la liste « Filles de 10ème » ?")
  const gone = await secretary.submit(`/lists/${id}/delete`)
  assert.match(gone.body, "les élèves n’ont pas changé")
  assert.equal(saved(gone.body), [])
  assert.is((await secretary.get(`/lists/${id}`)).status, 404)
  const trail = await school.school.db
    .selectFrom("audit")
    .select(["action", "account_id"])
    .where("subject", "=", "saved_list")
    .orderBy("id")
    .execute()
  assert.equal(
    trail.map(({ action }) => action),
    ["created", "changed", "changed", "deleted"],
  )
  assert.ok(trail.every(({ account_id }) => account_id === school.ids.accounts.secretaire))
})

test("a name is needed, and is one's own once; the filters typed are not lost", async () => {
  await save(secretary, QUERY, { name: "Filles" })
  await secretary.open(`/students?${QUERY}`)
  for (const [name, sentence] of [
    ["", "Remplissez ce champ."],
    ["Filles", "Une autre liste porte déjà ce nom."],
    ["x".repeat(61), "60 caractères au plus."],
  ]) {
    const answer = await secretary.post("/lists", { name })
    assert.is(answer.status, 422)
    assert.match(answer.body, sentence as string)
    assert.match(answer.body, `name="query" value="${QUERY.replaceAll("&", "&amp;")}"`)
  }
  const dean = await school.as("censeur")
  await save(dean, QUERY, { name: "Filles" })
})

test("the same form sent twice saves one list", async () => {
  await secretary.open(`/students?${QUERY}`)
  const [one, two] = await Promise.all([
    secretary.post("/lists", { name: "Filles" }),
    secretary.post("/lists", { name: "Filles" }),
  ])
  assert.is(one.location, two.location)
  assert.is((await school.school.db.selectFrom("saved_list").select("id").execute()).length, 1)
})

test("a stranger’s list does not exist; a shared one opens, each with the own students", async () => {
  const own = await save(secretary, QUERY, { name: "À moi" })
  const shared = await save(secretary, "sex=F", { name: "Toutes les filles", shared: "1" })
  const teacher = await school.as("maths")
  for (const path of [`/lists/${own}`, `/lists/${own}/delete`]) {
    assert.is((await teacher.get(path)).status, 404, path)
  }
  for (const path of [`/lists/${own}`, `/lists/${own}/content`, `/lists/${own}/delete`]) {
    await teacher.open("/students")
    assert.is((await teacher.post(path, { name: "Pris" })).status, 404, path)
  }
  const [list, ...others] = saved((await teacher.open("/students")).body)
  assert.is(list?.name, "Toutes les filles")
  assert.equal(others, [])
  assert.equal(names((await teacher.open(list?.path as string)).body), ["TRAORÉ Aminata", "TRAORÉ Aminata"])
  const page = await teacher.open(`/lists/${shared}`)
  assert.match(page.body, "Kadiatou BERTHÉ")
  assert.not.match(page.body, `action="/lists/${shared}"`)
  assert.is((await teacher.post(`/lists/${shared}`, { name: "Pris" })).status, 403)
  assert.is((await teacher.get(`/lists/${shared}/delete`)).location, `/lists/${shared}`)
})

test("only who may share shares; whoever may, takes care of what is shared", async () => {
  const teacher = await school.as("maths")
  const id = await save(teacher, "sex=M", { name: "Garçons", shared: "1" })
  assert.equal(saved((await secretary.open("/students")).body), [])
  const shared = await save(secretary, "sex=M", { name: "Garçons", shared: "1" })
  const dean = await school.as("censeur")
  await dean.open(`/lists/${shared}`)
  assert.is((await dean.post(`/lists/${shared}`, { name: "Les garçons", shared: "1" })).status, 303)
  const rows = await school.school.db
    .selectFrom("saved_list")
    .select(["id", "name", "shared"])
    .orderBy("id")
    .execute()
  assert.equal(rows, [
    { id, name: "Garçons", shared: 0 },
    { id: shared, name: "Les garçons", shared: 1 },
  ])
})

test.run()
