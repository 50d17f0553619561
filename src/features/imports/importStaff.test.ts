// The list of the staff as a school keeps it: read, compared with who is known, written, taken back.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { preview, rowsOf, takeBack, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { importVerb } from "./cli.ts"
import { readTable } from "./reading/table.ts"
import { readStaff } from "./staff.ts"

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

const fields = { kind: "staff" }
const csv = (...lines: string[]) => ({ name: "personnel.csv", content: lines.join("\n") })
const read = async (...lines: string[]) =>
  readStaff(await readTable(new TextEncoder().encode(lines.join("\n"))))
const HEAD = "N° AGENT;NOM;PRENOMS;SEXE;FONCTION;MATIERES ENSEIGNEES;TEL;EMAIL;GRADE/DIPLOME;SPECIALITE"

const staff = (surname: string) =>
  test_.school.db.selectFrom("staff").selectAll().where("surname", "=", surname).orderBy("id").execute()

test("heads in many spellings, sexes as 1 and 2, G and F, H and F, M. and Mme", async () => {
  const heads: [head: string, line: string][] = [
    ["MATRICULE;PRENOMS ET NOM;SEXE;POSTE;CONTACT", "0123.456-K;Awa KONÉ;2;Secrétaire;70000010"],
    ["N° Agent;Nom & Prénom(s);Genre;Emploi;Téléphone", "0123.456-K;KONÉ Awa;F;Secrétaire;70 00 00 10"],
    [
      "Code agent;Nom;Prénoms;H/F;Fonction occupée;Portable",
      "0123.456-K;Koné;Awa;F;Secrétaire;0022370000010",
    ],
    [
      "N° EMPLOYE;CIVILITE;NOM DE FAMILLE;PRENOM;FONCTION;TEL.",
      "0123.456-K;Mme;KONÉ;Awa;Secrétaire;70-00-00-10",
    ],
    ["Matricule;Noms et prénoms;Qualité;Mobile", "0123.456-K;Mme KONÉ Awa;Secrétaire;70000010"],
  ]
  for (const [head, line] of heads) {
    const { outcomes } = await read(head, line)
    const { matricule, nom, prenom, sexe, fonction, telephone } = outcomes[1]?.canonical ?? {}
    assert.equal(
      [matricule, nom, prenom, sexe, fonction, telephone],
      ["0123.456-K", "KONÉ", "Awa", "F", "Secrétaire", "+22370000010"],
      head,
    )
  }
  const { outcomes } = await read(
    "NOM;PRENOMS;SEXE;FONCTION",
    "BA;Ali;1;Gardien",
    "DAO;Issa;G;Gardien",
    "SY;Kalo;M;Gardien",
  )
  assert.equal(
    outcomes.slice(1).map(({ canonical }) => canonical?.sexe),
    ["M", "M", "M"],
  )
})

test("titles, totals and signatures are no persons; « Directeur » in the first column is a function", async () => {
  const { outcomes } = await read(
    "LYCEE KALANSO",
    "LISTE DU PERSONNEL",
    "FONCTION;NOM;PRENOMS;TEL",
    "Directeur;TOURÉ;Amadou;70000011",
    "Professeur;SIDIBÉ;Oumou;70000012",
    "TOTAL : 2",
    "Le Proviseur",
  )
  assert.equal(
    outcomes.map(({ action }) => action),
    ["ignore", "ignore", "header", "create", "create", "ignore", "ignore"],
  )
  assert.is(outcomes[3]?.canonical?.fonction, "Directeur")
})

test("doubles in the file: by number, then by phone, then by name, and never merged for a name", async () => {
  const { outcomes } = await read(
    HEAD,
    "A-1;KONÉ;Awa;F;Professeur;Maths;70000010;;;",
    "A-1;KONÉ;Awa;F;Professeur;Maths;70000010;;;",
    "A-1;KONÉ;Awa;F;Professeur;Maths;70000099;;;",
    "A-1;BA;Ali;M;Gardien;;;;;",
    "A-2;KONÉ;Awa;F;Gardienne;;70000077;;;",
    ";KONÉ;Awa;F;;;70 00 00 10;;;",
    ";KONÉ;Awa;F;Gardienne;;;;;",
    ";KONÉ;Awa Fanta;F;Gardienne;;70000077;;;",
    "A-4;DAO;Issa;M;Gardien;;831;;;",
  )
  assert.equal(
    outcomes.slice(1).map(({ action, reason }) => reason ?? action),
    [
      "create",
      "duplicate",
      "same_number_other_values",
      "same_number_other_name",
      "create",
      "duplicate",
      "same_staff_name",
      "same_phone_other_name",
      "phone_3_digits",
    ],
  )
  assert.equal(outcomes[5]?.warnings, ["namesake"])
})

test("a list is written with its columns; nobody gets an account; taken back, nothing is left", async () => {
  const before = [await rowsOf(test_, "staff"), await rowsOf(test_, "account")]
  const file = csv(
    HEAD,
    "A-1;KONÉ;Awa;2;Professeur;Maths, Physique;70000010;Awa.Kone@Exemple.test;Licence;Algèbre",
    "A-2;BA;Ali;1;Gardien;;;;Agent technique;",
    "A-3;DAO;Issa;M;;;pas de tel;pas une adresse;;",
  )
  const path = await preview(secretary, file, fields)
  const { body } = secretary.page as { body: string }
  assert.match(body, "Fonction non indiquée")
  assert.match(body, "L’adresse électronique n’est pas lisible")
  assert.match((await write(secretary, path)).body, "3 personnes ajoutées au personnel")
  const [kone] = await staff("KONÉ")
  const { surname, given_names, sex, position, teaching, employee_number, phone, email } = kone ?? {}
  assert.equal(
    { surname, given_names, sex, position, teaching, employee_number, phone, email },
    {
      surname: "KONÉ",
      given_names: "Awa",
      sex: "F",
      position: "Professeur",
      teaching: 1,
      employee_number: "A-1",
      phone: "+22370000010",
      email: "awa.kone@exemple.test",
    },
  )
  assert.equal(
    [kone?.grade, kone?.diplomas, kone?.specialities],
    [null, "Licence", "Algèbre, Maths, Physique"],
  )
  const [ba] = await staff("BA")
  assert.equal([ba?.teaching, ba?.grade, ba?.diplomas], [0, "Agent technique", null])
  assert.is((await staff("DAO"))[0]?.position, "À préciser")
  assert.equal(await rowsOf(test_, "account"), before[1])
  const again = await preview(secretary, file, fields)
  assert.match(
    (await secretary.open(`${again}/commit`)).body,
    "Aucune ligne de ce fichier ne changerait l’école",
  )
  await takeBack(secretary, path)
  assert.is(await rowsOf(test_, "staff"), before[0])
})

test("who is known is found by number, then phone; the card is completed, corrected if asked, and put back", async () => {
  const { db } = test_.school
  const id = test_.ids.staff.maths as number
  const known = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  await db
    .updateTable("staff")
    .set({ employee_number: "A-9", phone: "+22370000033", grade: null })
    .where("id", "=", id)
    .execute()
  const name = `${known.surname};${known.given_names}`
  const path = await preview(
    secretary,
    csv(HEAD, `A-9;${name};;${known.position};;70000034;;Assistant;`),
    fields,
  )
  const { body } = secretary.page as { body: string }
  assert.match(body, "Téléphone : 70 00 00 33 → 70 00 00 34 (fiche gardée).")
  assert.match(body, "Grade : vide → Assistant (complété).")
  await secretary.submit(`${path}/decide`, {
    lines: "2",
    l2_as: `student:${id}`,
    l2_beside: `student:${id}`,
    l2_t_telephone: "file",
    l2_t_grade: "file",
  })
  assert.match((await write(secretary, path)).body, "1 fiche complétée ou corrigée")
  const now = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  assert.equal([now.phone, now.grade], ["+22370000034", "Assistant"])
  await takeBack(secretary, path)
  const back = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  assert.equal([back.phone, back.grade], ["+22370000033", null])
  const byPhone = await preview(secretary, csv(HEAD, `;${name};;${known.position};;70000033;;;`), fields)
  assert.match((await secretary.open(`${byPhone}?tab=all`)).body, "Déjà connue")
})

test("a name alone is compared, and another number is another person", async () => {
  const { db } = test_.school
  const id = test_.ids.staff.maths as number
  const known = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  await db.updateTable("staff").set({ employee_number: null, phone: null }).where("id", "=", id).execute()
  const name = `${known.surname};${known.given_names}`
  const path = await preview(secretary, csv(HEAD, `A-77;${name};;Surveillant;;70000035;;;`), fields)
  assert.match((secretary.page as { body: string }).body, "Une personne de ce nom est déjà connue")
  const line = await secretary.open(`${path}/line?line=2`)
  assert.match(line.body, "Ce sont deux personnes")
  assert.match(line.body, 'name="t_matricule" value="file" checked')
  await secretary.submit(`${path}/line`, { line: "2", as: `student:${id}`, beside: `student:${id}` })
  const before = await rowsOf(test_, "staff")
  await write(secretary, path)
  assert.is(await rowsOf(test_, "staff"), before)
  const now = await db.selectFrom("staff").selectAll().where("id", "=", id).executeTakeFirstOrThrow()
  assert.equal([now.employee_number, now.phone, now.position], ["A-77", "+22370000035", known.position])
})

test("somebody who teaches by now stays when the import is taken back", async () => {
  const path = await preview(secretary, csv(HEAD, "A-1;KONÉ;Awa;2;Professeur;;;;;"), fields)
  await write(secretary, path)
  const [kone] = await staff("KONÉ")
  await test_.school.db
    .updateTable("class")
    .set({ form_teacher_id: kone?.id as number })
    .execute()
  const page = await secretary.open(`${path}/undo`)
  assert.match(page.body, "dont elle est professeur principal")
  assert.not.match(page.body, '<button class="danger">')
})

test("only who may change the staff imports it, and only theirs are its files", async () => {
  const dean = await test_.as("censeur")
  assert.is((await dean.get("/imports/new?kind=staff")).status, 403)
  const path = await preview(secretary, csv(HEAD, "A-1;KONÉ;Awa;2;Professeur;;;;;"), fields)
  await dean.open(path)
  assert.is((await dean.get(`${path}/commit`)).status, 403)
  assert.is((await dean.get(`${path}/decide`)).status, 403)
})

test("the terminal reads the same, and writes with --commit", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ardoise-staff-"))
  try {
    const file = join(folder, "personnel.csv")
    writeFileSync(file, [HEAD, "A-1;KONÉ;Awa;2;Professeur;Maths;70000010;;;"].join("\n"))
    const { output, exitCode } = await importVerb(["staff", file, "--json"], { env: {} })
    assert.is(exitCode, 0, output)
    const { counts, outcomes } = JSON.parse(output)
    assert.equal(counts, { header: 1, create: 1 })
    assert.equal([outcomes[1].canonical.nom, outcomes[1].canonical.fonction], ["KONÉ", "Professeur"])
    assert.is((await importVerb(["staff", file, "--roster", file], { env: {} })).exitCode, 2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test("the model of a list is read back whole", async () => {
  const { body } = await secretary.get("/imports/template?kind=staff")
  const { outcomes } = await read(...body.split("\r\n").filter(Boolean))
  const { columns } = await read(...body.split("\r\n").filter(Boolean))
  assert.ok(columns[0]?.roles.every((role) => role !== null))
  assert.equal(
    outcomes.map(({ action }) => action),
    ["header", "create"],
  )
})

test.run()
