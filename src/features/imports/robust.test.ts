// Files as life makes them: odd dates, a whole list in one cell, thousands of lines, workbooks full of formulas.
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { hand, preview, rowsOf, workbookOf, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { readDate } from "./normalise/date.ts"

let test_: TestSchool
let secretary: Client
let fields: Record<string, string>
test.before.each(async () => {
  test_ = await openTestSchool()
  secretary = await test_.as("secretaire")
  fields = { kind: "students", class: String(test_.ids.classes["10ème CG 1"]), from: "year" }
})
test.after.each(() => test_.close())

const HEAD = "MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU;CONTACT"
const csv = (...lines: string[]) => ({ name: "liste.csv", content: lines.join("\n") })
const shown = () => (secretary.page as { body: string }).body

test("births with no stroke, with two digits for the year, as a serial; what cannot be told is asked", () => {
  const read = (typed: string) => {
    const date = readDate(typed)
    return date.kind === "unreadable" ? date.reason : date.kind === "missing" ? "missing" : date.iso
  }
  const same = [
    "05062011",
    "5/6/11",
    "5-6-2011",
    "5.6.11",
    "05 06 2011",
    "40699",
    "05/06/2011 00:00:00",
    "le 5 juin 2011",
  ]
  for (const typed of same) assert.is(read(typed), "2011-06-05", typed)
  assert.equal(["31/12/30", "1/1/29", "050611", "5062011", "########", "29/02/2011", "-"].map(read), [
    "1930-12-31",
    "2029-01-01",
    "date_unreadable",
    "date_unreadable",
    "date_unreadable",
    "date_impossible",
    "missing",
  ])
})

test("five hundred names in one cell are one line to look at, never one student", async () => {
  const names = Array.from({ length: 500 }, (_, n) => `KONÉ Awa ${n}`)
  const before = await rowsOf(test_, "student")
  await preview(
    secretary,
    csv(HEAD, `;${names.join(", ")};Awa;F;;;`, "RC15CG26Z8002M;BA;Ali;M;04/02/2012;San;"),
    fields,
  )
  assert.match(shown(), "plusieurs personnes sont peut-être dans la même cellule")
  const quoted = await preview(
    secretary,
    csv("NOM;PRENOMS;SEXE", `"${names.join("\n")}";Awa;F`, "BA;Ali;M"),
    fields,
  )
  assert.match(shown(), 'À vérifier <span class="quiet">(500)')
  assert.match((await write(secretary, quoted)).body, "1 élève créé et inscrit")
  assert.is(await rowsOf(test_, "student"), before + 1)
})

test("five thousand lines are read and written; twenty thousand and one, or ten megabytes, are refused in a sentence", async () => {
  const line = (n: number) =>
    `RC15CG26Y${n};DAO${String.fromCharCode(65 + (n % 26))};Awa${n.toString(36).replace(/\d/g, "k")};F;${String(1 + (n % 28)).padStart(2, "0")}/${String(1 + (Math.floor(n / 28) % 12)).padStart(2, "0")}/${2010 + (Math.floor(n / 336) % 4)};Kita;`
  const lines = Array.from({ length: 5000 }, (_, n) => line(n + 1000))
  const before = await rowsOf(test_, "student")
  const path = await preview(secretary, csv(HEAD, ...lines), fields)
  const waiting = Number(/À vérifier <span class="quiet">\((\d+)\)/.exec(shown())?.[1] ?? 0)
  await write(secretary, path)
  assert.is(await rowsOf(test_, "student"), before + 5000 - waiting)
  assert.ok(waiting < 500)
  const heavy = await hand(
    secretary,
    { name: "gros.csv", content: new Uint8Array(10_000_000).fill(65) },
    fields,
  )
  assert.is(heavy.status, 413)
  assert.match(heavy.body, "Rien n’a été enregistré")
  assert.is(await rowsOf(test_, "import"), 1)
})

test("a workbook with formulas, serial dates, errors and merged heads reads as one sees it", async () => {
  const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`
  const content = workbookOf(
    `<sheetData><row r="1">${text("A1", "MATRICULE")}${text("B1", "NOM ET PRENOMS")}${text("C1", "NAISSANCE")}${text("E1", "TEL")}</row>` +
      `<row r="2">${text("C2", "DATE")}${text("D2", "LIEU")}</row>` +
      `<row r="3">${text("A3", "RC15CG26Z8001F")}<c r="B3" t="str"><f>A9</f><v>DAO Awa</v></c><c r="C3"><f>DATE(2012,2,3)</f><v>40942</v></c>${text("D3", "Kita")}<c r="E3"><f>E9+1</f><v>70000001</v></c></row>` +
      `<row r="4">${text("A4", "RC15CG26Z8002F")}${text("B4", "SY Fanta")}${text("C4", "#REF!")}</row></sheetData>` +
      `<mergeCells count="1"><mergeCell ref="C1:D1"/></mergeCells>`,
  )
  const path = await preview(secretary, { name: "liste.xlsx", content }, fields)
  assert.match(shown(), "La date de naissance n’est pas lisible")
  assert.match((await write(secretary, path)).body, "1 élève créé et inscrit")
  const made = await test_.school.db
    .selectFrom("student")
    .where("matricule", "=", "RC15CG26Z8001F")
    .select(["surname", "given_names", "birth_date", "birth_place", "phone"])
    .executeTakeFirst()
  assert.equal(made, {
    surname: "DAO",
    given_names: "Awa",
    birth_date: "2012-02-03",
    birth_place: "Kita",
    phone: "+22370000001",
  })
})

test("a workbook cut in the middle is refused; a list cut in the middle holds its last line", async () => {
  const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`
  const whole = workbookOf(
    `<sheetData><row r="1">${text("A1", "NOM")}${text("B1", "PRENOMS")}</row></sheetData>`,
  )
  const cut = await hand(
    secretary,
    { name: "liste.xlsx", content: whole.slice(0, whole.length - 200) },
    fields,
  )
  assert.is(cut.status, 422)
  assert.is(await rowsOf(test_, "import"), 0)
  await preview(
    secretary,
    csv(HEAD, "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;70000001", "RC15CG26Z8002F;SY;Fanta;F;03/0"),
    fields,
  )
  assert.match(shown(), 'À vérifier <span class="quiet">(1)')
})

test("a kept file that is gone or damaged is never taken for the one that was read", async () => {
  const path = await preview(secretary, csv(HEAD, "RC15CG26Z8001F;DAO;Awa;F;03/02/2012;Kita;"), fields)
  const folder = join(test_.school.folder, "imports")
  const [kept] = readdirSync(folder)
  assert.equal(readdirSync(folder).length, 1, "no half file beside it")
  writeFileSync(join(folder, kept as string), "NOM;PRENOMS\nBA;Ali")
  await secretary.open(`${path}/commit`)
  const before = await rowsOf(test_, "student")
  const answer = await secretary.post(`${path}/commit`, { agreed: "1" })
  assert.is(answer.status, 409)
  assert.match(answer.body, "envoyez-le de nouveau")
  assert.is(await rowsOf(test_, "student"), before)
})

test.run()
