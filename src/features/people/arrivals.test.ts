import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

let school: TestSchool
test.before(async () => {
  school = await openTestSchool()
})
test.after(() => school.close())

const KADIDIA = { surname: "Sidibé", given_names: "Kadidia", birth: "04/03/2011", sex: "F" }
const FATHER = { guardian_name: "Oumar SIDIBÉ", guardian_link: "PERE", guardian_phone: "70 12 34 56" }

const desk = async (who = "secretaire") => {
  const secretary = await school.as(who)
  await secretary.open("/students/new")
  return secretary
}
const count = async (table: "student" | "guardian") => {
  const rows = await school.school.db.selectFrom(table).select("id").execute()
  return rows.length
}

test("a name that was looked for in vain is already written, as names are", async () => {
  const secretary = await school.as("secretaire")
  const none = await secretary.open("/students?q=sidib%C3%A9%20kadidia%20ba")
  assert.match(none.body, "Inscrire « sidibé kadidia ba »")
  const page = await secretary.open("/students/new?name=sidib%C3%A9%20kadidia%20ba")
  assert.match(page.body, 'value="SIDIBÉ"')
  assert.match(page.body, 'value="Kadidia Ba"')
})

test("student, class and first guardian are written together, the answer about SMS with where it was given", async () => {
  const secretary = await desk()
  const asked = {
    ...KADIDIA,
    ...FATHER,
    guardian_consent: "yes",
    class: String(school.ids.classes["10ème CG 1"]),
  }
  const made = await secretary.submit("/students/new", asked)
  assert.match(made.body, "SIDIBÉ Kadidia est inscrit(e) en 10ème CG 1.")
  assert.match(made.body, "Oumar SIDIBÉ")
  assert.match(made.body, "Délivrer un certificat")
  const guardian = await school.school.db
    .selectFrom("guardian")
    .selectAll()
    .where("phone", "=", "+22370123456")
    .executeTakeFirstOrThrow()
  assert.equal([guardian.sms_consent, guardian.consent_source], [1, "À l’inscription"])
})

test("the same name and number are never linked silently: the desk says whether it is the same person", async () => {
  const before = await count("guardian")
  const brother = { surname: "Sidibé", given_names: "Bakary", ...FATHER }
  const secretary = await desk()
  const asked = await secretary.submit("/students/new", brother)
  assert.is(asked.status, 422)
  assert.match(asked.body, "Une fiche existe déjà avec le 70 12 34 56 : Oumar SIDIBÉ")
  assert.match(asked.body, 'value="Bakary"')
  const same = await secretary.submit("/students/new", { ...brother, guardian_known: "same" })
  assert.match(same.body, "Frères et sœurs à l’école")
  assert.is(await count("guardian"), before)
  const other = await (await desk()).submit("/students/new", {
    surname: "Sidibé",
    given_names: "Awa",
    ...FATHER,
    guardian_known: "other",
  })
  assert.match(other.body, "SIDIBÉ Awa")
  assert.is(await count("guardian"), before + 1)
})

test("a guardian half typed is asked for, what was typed is kept, nothing is half written", async () => {
  const [students, guardians] = [await count("student"), await count("guardian")]
  const cases: [Record<string, string>, RegExp][] = [
    [{ guardian_name: "", guardian_link: "" }, /Écrivez le nom de ce tuteur\.[\s\S]*Choisissez le lien/],
    [{ guardian_link: "" }, /Choisissez le lien avec l’élève/],
    [{ guardian_phone: "7012345" }, /guardian_phone-problem/],
    [{ guardian_name: "12" }, /Un nom a au moins une lettre/],
    [{ guardian_link: "VOISIN" }, /Choisissez dans la liste/],
  ]
  for (const [wrong, sentence] of cases) {
    const secretary = await desk()
    const refused = await secretary.submit("/students/new", {
      ...KADIDIA,
      given_names: "Nouvelle",
      ...FATHER,
      ...wrong,
    })
    assert.is(refused.status, 422, JSON.stringify(wrong))
    assert.match(refused.body, sentence)
    assert.match(refused.body, 'value="Nouvelle"')
  }
  assert.equal([await count("student"), await count("guardian")], [students, guardians])
})

test("a form sent twice makes one student and one guardian", async () => {
  const secretary = await desk()
  const twin = { surname: "Diarra", given_names: "Adama", ...FATHER, guardian_phone: "70 99 88 77" }
  const page = secretary.page
  const first = await secretary.post("/students/new", twin)
  secretary.page = page
  const second = await secretary.post("/students/new", twin)
  assert.is(first.location, second.location)
  const rows = await school.school.db
    .selectFrom("guardian")
    .select("id")
    .where("phone", "=", "+22370998877")
    .execute()
  assert.is(rows.length, 1)
})

test.run()
