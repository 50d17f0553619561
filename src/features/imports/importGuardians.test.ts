// The parents' contacts, from the export of a form to guardians, links and consents, and back.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import {
  addClass,
  enrolList,
  example,
  expectedOf,
  preview,
  rowsOf,
  takeBack,
  write,
} from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { parseClass } from "../classes/naming.ts"

const CONTACTS = { name: "05_contacts_parents.csv", content: example("05_contacts_parents.csv") }
const fields = { kind: "guardians" }

type Expected = {
  line: number
  action: string
  same_guardian_as?: number | null
  canonical?: { tuteur: string; telephone: string | null; sms: boolean | null; lien: string }
}
const expected = expectedOf("05_contacts_parents")
const outcomes = expected.outcomes as Expected[]

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

/** The school of the example: its roster, in its classes. */
async function fillSchool() {
  const classes = new Map(Object.entries(test_.ids.classes))
  for (const { classe } of expected.roster as { classe: string }[]) {
    const name = parseClass(classe)
    if (classes.has(classe) || !name) continue
    classes.set(classe, await addClass(test_, { ...name, label: classe }))
  }
  await enrolList(test_, expected.roster, (label) => classes.get(label as string) as number)
}

const csv = (...lines: string[]) => ({ name: "parents.csv", content: lines.join("\n") })
const HEAD = "Nom du parent;Lien;Téléphone;Autre numéro;Élève;Classe;Matricule;Accepte SMS"

const guardian = (name: string) =>
  test_.school.db.selectFrom("guardian").selectAll().where("name", "=", name).execute()

test("one guardian per person, one link per child, a consent only where somebody gave it", async () => {
  await fillSchool()
  const before = [await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")]
  const path = await preview(secretary, CONTACTS, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, 'À créer <span class="quiet">(265)')
  assert.match(body, 'À vérifier <span class="quiet">(13)')
  assert.match(body, 'Déjà connues <span class="quiet">(2)')
  const done = await write(secretary, path)
  const created = outcomes.filter(({ action }) => action === "create")
  const persons = created.filter((one) => one.same_guardian_as == null).length
  assert.match(done.body, `${persons} tuteurs créés, 265 liens avec des élèves`)
  assert.equal(
    [await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")],
    [(before[0] as number) + persons, (before[1] as number) + 265],
  )

  // consents: a refusal on any line stands, silence is never a yes
  const said = new Map<string, (boolean | null)[]>()
  for (const { canonical } of created) {
    if (!canonical?.telephone) continue
    const key = `${canonical.tuteur}|${canonical.telephone}`
    said.set(key, [...(said.get(key) ?? []), canonical.sms])
  }
  const stored = await test_.school.db.selectFrom("guardian").selectAll().execute()
  for (const [key, answers] of said) {
    const [name, phone] = key.split("|")
    const one = stored.filter((row) => row.name === name && row.phone === phone)
    assert.is(one.length, 1, key)
    const consent = answers.includes(false) ? 0 : answers.includes(true) ? 1 : null
    assert.is(one[0]?.sms_consent, consent, key)
    assert.is(one[0]?.consent_source, consent === null ? null : "Fichier importé : 05_contacts_parents.csv")
    assert.is(one[0]?.consent_at === null, consent === null)
  }
})

test("the same contacts again change nothing; taken back, nothing of them is left", async () => {
  await fillSchool()
  const before = [await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")]
  const path = await preview(secretary, CONTACTS, fields)
  await write(secretary, path)
  const now = [await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")]
  const second = await preview(secretary, CONTACTS, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, 'Déjà connues <span class="quiet">(267)')
  assert.match(
    (await secretary.open(`${second}/commit`)).body,
    "Aucune ligne de ce fichier ne changerait l’école",
  )
  assert.equal([await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")], now)
  await takeBack(secretary, path)
  assert.equal([await rowsOf(test_, "guardian"), await rowsOf(test_, "guardianship")], before)
})

test("a phone of seven digits is corrected in place and the guardian linked", async () => {
  const path = await preview(
    secretary,
    csv(HEAD, "Oumar TRAORÉ;Père;7000009;;TRAORÉ Salif;11ème SES 1;;Oui"),
    fields,
  )
  const line = await secretary.open(`${path}/line`)
  assert.match(line.body, "Le numéro de téléphone a 7 chiffres")
  const answer = { line: "2", as: "new", guardian: "Oumar TRAORÉ", link: "père", consent: "oui", phone2: "" }
  const refused = await secretary.post(`${path}/line`, { ...answer, phone: "7000009" })
  assert.is(refused.status, 422)
  await secretary.submit(`${path}/line`, { ...answer, phone: "70 00 00 91" })
  await write(secretary, path)
  const [made] = await guardian("Oumar TRAORÉ")
  assert.equal([made?.phone, made?.sms_consent], ["+22370000091", 1])
})

test("a child nobody knows is searched for and chosen", async () => {
  const path = await preview(
    secretary,
    csv(HEAD, "Oumar TRAORÉ;Père;70 00 00 91;;TRAORÉ Sali;11ème SES 1;;"),
    fields,
  )
  const line = await secretary.open(`${path}/line`)
  assert.match(line.body, "Aucun élève de ce nom n’est inscrit")
  assert.match(line.body, "cherchez-le ci-dessus")
  const found = await secretary.open(`${path}/line?line=2&q=salif`)
  const id = test_.ids.students.salif as number
  assert.match(found.body, `value="student:${id}"`)
  const answer = {
    line: "2",
    as: `student:${id}`,
    guardian: "Oumar TRAORÉ",
    link: "père",
    phone: "70 00 00 91",
  }
  await secretary.submit(`${path}/line`, answer)
  assert.match((await write(secretary, path)).body, "1 tuteur créé, 1 lien avec un élève")
  const link = await test_.school.db
    .selectFrom("guardianship")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .where("guardian.name", "=", "Oumar TRAORÉ")
    .select(["student_id", "link", "sms_consent"])
    .executeTakeFirst()
  assert.equal(link, { student_id: id, link: "PERE", sms_consent: null })
})

test("a guardian the school has is linked, completed, never made twice; a refusal is kept, and comes back off by an undo", async () => {
  const path = await preview(
    secretary,
    csv(
      HEAD,
      // said yes before, says no now
      "Aminata Keïta;Mère;70 00 00 01;70 00 00 92;TRAORÉ Salif;11ème SES 1;;Non",
      // said no before: a yes does not lift it
      "Karim TRAORÉ;Père;70 00 00 03;;ƝARE Issa;10ème CG 1;;Oui",
    ),
    fields,
  )
  const before = await rowsOf(test_, "guardian")
  const done = await write(secretary, path)
  assert.match(done.body, "2 liens avec des élèves, 1 fiche complétée ou corrigée")
  assert.is(await rowsOf(test_, "guardian"), before)
  const [mother] = await guardian("Aminata KEÏTA")
  assert.equal([mother?.sms_consent, mother?.phone2], [0, "+22370000092"])
  const [father] = await guardian("Karim TRAORÉ")
  assert.is(father?.sms_consent, 0)
  await takeBack(secretary, path)
  const [again] = await guardian("Aminata KEÏTA")
  assert.equal([again?.sms_consent, again?.phone2, again?.consent_source], [1, null, "Fiche d’inscription"])
})

test("a guardian who has got a link to a bulletin stays when the import is taken back", async () => {
  const path = await preview(
    secretary,
    csv(HEAD, "Oumar TRAORÉ;Père;70 00 00 91;;TRAORÉ Salif;11ème SES 1;;Oui"),
    fields,
  )
  await write(secretary, path)
  const [made] = await guardian("Oumar TRAORÉ")
  await test_.school.db
    .insertInto("page_link")
    .values({
      student_id: test_.ids.students.salif as number,
      guardian_id: made?.id as number,
      purpose: "bulletin",
      created_at: "2026-12-10T09:00:00.000Z",
      expires_at: "2027-02-10T09:00:00.000Z",
    })
    .execute()
  const page = await secretary.open(`${path}/undo`)
  assert.match(page.body, "un lien vers le bulletin a été envoyé à ce tuteur")
  assert.not.match(page.body, '<button class="danger">', "there is nothing to take back")
})

test.run()
