// Contacts of parents the school has: one person beside the child, whatever number or answer comes now.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { preview, rowsOf, takeBack, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

const HEAD = "Nom du parent;Lien;Téléphone;Autre numéro;Élève;Classe;Matricule;Accepte SMS"
/** Father of TRAORÉ Aminata: on 70 00 00 03, refuses SMS. */
const KARIM = "TRAORÉ Aminata;10ème CG 1;RC15CG26Z9002F"

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

const csv = (...lines: string[]) => ({ name: "parents.csv", content: [HEAD, ...lines].join("\n") })
const fields = { kind: "guardians" }

const karim = () =>
  test_.school.db
    .selectFrom("guardian")
    .innerJoin("guardianship", "guardianship.guardian_id", "guardian.id")
    .where("guardian.name", "=", "Karim TRAORÉ")
    .select(["guardian.id", "phone", "phone2", "sms_consent", "link", "student_id", "version"])
    .orderBy("guardian.id")
    .execute()

test("a new number of a known guardian is shown before and after; nobody is made beside the child", async () => {
  const before = await karim()
  const file = csv(`Karim TRAORÉ;Père;70 00 00 44;;${KARIM};`)
  const path = await preview(secretary, file, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Fiche différente")
  assert.match(body, "Téléphone : 70 00 00 03 → 70 00 00 44 (fiche gardée).")
  assert.match(
    (await secretary.open(`${path}/commit`)).body,
    "Aucune ligne de ce fichier ne changerait l’école",
  )
  const id = before[0]?.id as number
  const page = await secretary.open(`${path}/line?line=2`)
  assert.match(page.body, "C’est le même tuteur")
  await secretary.submit(`${path}/line`, {
    line: "2",
    as: `student:${id}`,
    beside: `student:${id}`,
    t_telephone: "file",
  })
  const guardians = await rowsOf(test_, "guardian")
  assert.match((await write(secretary, path)).body, "1 fiche complétée ou corrigée")
  assert.is(await rowsOf(test_, "guardian"), guardians)
  assert.is((await karim())[0]?.phone, "+22370000044")
  await takeBack(secretary, path)
  assert.equal(
    (await karim()).map(({ version, ...row }) => row),
    before.map(({ version, ...row }) => row),
  )
})

test("somebody else of that name is made when a person says so", async () => {
  const path = await preview(secretary, csv(`Karim TRAORÉ;Tuteur;70 00 00 44;;${KARIM};`), fields)
  await secretary.open(`${path}/line?line=2`)
  await secretary.submit(`${path}/line`, { line: "2", as: "new" })
  assert.match((await write(secretary, path)).body, "1 tuteur créé, 1 lien avec un élève")
  assert.equal(
    (await karim()).map(({ phone, link }) => [phone, link]),
    [
      ["+22370000003", "PERE"],
      ["+22370000044", "TUTEUR"],
    ],
  )
})

test("a link, an agreement and a second number that come otherwise are chosen one by one, and put back", async () => {
  const before = await karim()
  const file = csv(`Karim TRAORÉ;Tuteur;70 00 00 03;70 00 00 45;${KARIM};Oui`)
  const path = await preview(secretary, file, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Lien avec l’élève : père → tuteur (fiche gardée).")
  assert.match(body, "Accord pour les SMS : non → oui (fiche gardée).")
  assert.match(body, "Second téléphone : vide → 70 00 00 45 (complété).")
  const id = before[0]?.id as number
  await secretary.open(`${path}/decide`)
  await secretary.submit(`${path}/decide`, {
    lines: "2",
    l2_as: `student:${id}`,
    l2_beside: `student:${id}`,
    l2_t_lien: "file",
    l2_t_sms: "file",
    l2_t_telephone2: "card",
  })
  assert.match((await write(secretary, path)).body, "1 lien corrigé, 1 fiche complétée ou corrigée")
  const [now] = await karim()
  assert.equal([now?.link, now?.sms_consent, now?.phone2], ["TUTEUR", 1, null])
  await takeBack(secretary, path)
  const [back] = await karim()
  assert.equal([back?.link, back?.sms_consent, back?.phone2], ["PERE", 0, before[0]?.phone2])
})

test("a refusal is kept without anybody's word; a yes never lifts it by itself; an empty « Lien » says nothing", async () => {
  const { db } = test_.school
  const id = (await karim())[0]?.id as number
  await db.updateTable("guardian").set({ sms_consent: 1 }).where("id", "=", id).execute()
  const path = await preview(secretary, csv(`Karim TRAORÉ;;70 00 00 03;;${KARIM};Non`), fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Accord pour les SMS : oui → non (remplacé).")
  assert.not.match(body, "Lien avec l’élève")
  await write(secretary, path)
  assert.is((await karim())[0]?.sms_consent, 0)
  const again = await preview(secretary, csv(`Karim TRAORÉ;;70 00 00 03;;${KARIM};Oui`), fields)
  assert.match((await secretary.open(`${again}/commit`)).body, "Aucune ligne")
})

test("the new number of a known guardian makes no second person for another child either", async () => {
  const file = csv(
    `Karim TRAORÉ;Père;70 00 00 44;;${KARIM};`,
    "Karim TRAORÉ;Père;70 00 00 44;;ƝARE Issa;10ème CG 1;;",
  )
  const path = await preview(secretary, file, fields)
  const before = await rowsOf(test_, "guardian")
  assert.match((await write(secretary, path)).body, "1 lien avec un élève")
  assert.is(await rowsOf(test_, "guardian"), before)
  assert.is((await karim()).length, 2, "one person, two children")
})

test("« tout remplacer » for the numbers of the whole form", async () => {
  const path = await preview(secretary, csv(`Karim TRAORÉ;Père;70 00 00 44;;${KARIM};`), fields)
  await secretary.open(path)
  const after = await secretary.submit(`${path}/replace`, { all_telephone: "1" })
  assert.match(after.body, "Téléphone : 70 00 00 03 → 70 00 00 44 (remplacé).")
  await write(secretary, path)
  assert.is((await karim())[0]?.phone, "+22370000044")
})

test.run()
