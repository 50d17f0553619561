// Schools that do not write as in Mali: their own levels, series, classes with a name, telephone numbers.
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { addClass, preview, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { refresh } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { announcedClass } from "./announced.ts"
import { customsOf, MALIAN, readClass } from "./customs.ts"

const HEAD = "NOM;PRENOMS;SEXE;DATE DE NAISSANCE;CLASSE;TELEPHONE"

let test_: TestSchool
let secretary: Client
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
})
test.after.each(() => test_.close())

const csv = (...lines: string[]) => ({ name: "liste.csv", content: lines.join("\n") })
const fields = { kind: "students", from: "year" }

async function become(country: string, phonePrefix: string) {
  await changeSettings(test_.school.db, { country, phonePrefix })
  await refresh(test_.school)
}

async function addLevel(code: string, label: string) {
  await test_.school.db.insertInto("level").values({ code, label, cycle: "primaire", position: 30 }).execute()
}

test("a school in Belgium: P1 and M3 are levels, classes have names, numbers have nine digits", async () => {
  await become("BE", "+32")
  await addLevel("P1", "Première primaire")
  await addLevel("M3", "Troisième maternelle")
  await addClass(test_, { level: "P1", series: "", section: "A", label: "P1 A" })
  await addClass(test_, { level: "M3", series: "", section: "", label: "Les Lionceaux" })
  const path = await preview(
    secretary,
    csv(
      HEAD,
      "PEETERS;Lina;F;03/02/2020;P1A;0470 00 00 01",
      "JANSSENS;Noé;M;04/02/2020;première primaire a;+32 470 00 00 02",
      "CLASSE : Les lionceaux – effectif 2",
      "MAES;Zoé;F;05/02/2022;;",
      "CLAES;Tom;M;06/02/2022;LES LIONCEAUX;",
    ),
    fields,
  )
  await write(secretary, path)
  const rows = await test_.school.db
    .selectFrom("student")
    .innerJoin("enrolment", "enrolment.student_id", "student.id")
    .innerJoin("class", "class.id", "enrolment.class_id")
    .where("surname", "in", ["PEETERS", "JANSSENS", "MAES", "CLAES"])
    .select(["surname", "class.label", "student.phone"])
    .orderBy("student.id")
    .execute()
  assert.equal(
    rows.map(({ surname, label, phone }) => [surname, label, phone]),
    [
      ["PEETERS", "P1 A", "+32470000001"],
      ["JANSSENS", "P1 A", "+32470000002"],
      ["MAES", "Les Lionceaux", null],
      ["CLAES", "Les Lionceaux", null],
    ],
  )
})

test("a school in Guinea: its own spellings of levels and series are read, and Mali's are not", async () => {
  await become("GN", "+224")
  const { db } = test_.school
  await db.deleteFrom("class_alias").execute()
  await db
    .insertInto("series")
    .values({ code: "SMA", label: "Sciences mathématiques", level_code: "12", position: 30 })
    .execute()
  await db
    .insertInto("class_alias")
    .values([
      { alias: "mathselem", level_code: null, series_code: "SMA" },
      { alias: "terminal", level_code: "12", series_code: null },
    ])
    .execute()
  await addClass(test_, { level: "12", series: "SMA", section: "", label: "12ème SMA" })
  await preview(
    secretary,
    csv(
      HEAD,
      "CAMARA;Mory;M;03/02/2009;Terminal Maths Elem;622 00 00 01",
      "BAH;Aïcha;F;04/02/2009;Terminale TSECO;62 00 00 01",
    ),
    fields,
  )
  const { body } = secretary.page as { body: string }
  assert.match(body, "<td>12ème\u00a0SMA</td><td>622\u00a000\u00a000\u00a001</td>")
  assert.match(body, "Cette classe n’est pas reconnue")
  assert.match(body, "Le numéro de téléphone a 8 chiffres")
})

test("an own alias counts beside the usual spellings of Mali, in a list and above a block", async () => {
  const { db } = test_.school
  await db
    .insertInto("class_alias")
    .values({ alias: "dixieme annee", level_code: "10", series_code: null })
    .execute()
  await preview(
    secretary,
    csv(HEAD, "BA;Ali;M;03/02/2012;dixième année CG 1;", "Liste de la 10e CG 1", "SY;Awa;F;04/02/2012;;"),
    fields,
  )
  assert.is((secretary.page as { body: string }).body.match(/<td>10ème\u00a0CG\u00a01<\/td>/g)?.length, 2)
})

test("a class named by itself is no word of another sentence", () => {
  const customs = customsOf(MALIAN.vocabulary, { labels: ["Salle bleue", "10ème CG 1"], phonePrefix: "+223" })
  assert.is(readClass("SALLE  BLEUE", customs), "Salle bleue")
  assert.is(announcedClass(["CLASSE : Salle bleue", "Effectif : 30"], true, customs), "Salle bleue")
  assert.is(announcedClass(["salle bleue"], false, customs), "Salle bleue")
  assert.is(announcedClass(["KONÉ Awa", "salle bleue"], false, customs), null)
  assert.is(announcedClass(["10 CG 1 – salle 4"], true, customs), "10ème CG 1")
  assert.is(readClass("Salle bleue", MALIAN), null)
})

test.run()
