// What schools hand in by mistake, or on purpose: a sentence, the right status, nothing half-written.
import Papa from "papaparse"
import { test } from "uvu"
import * as assert from "uvu/assert"
import writeWorkbook from "write-excel-file/node"
import type { Client } from "../../../test/client.ts"
import { example, hand, numberIn, preview, rowsOf, write } from "../../../test/imports.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"

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
const line = (n: number, name = "DAO") =>
  `RC15CG26Z${8000 + n}F;${name};Awa ${"ABCDEFGHIJ"[n % 10]}${"abcdefghij"[Math.floor(n / 10) % 10]};F;03/02/2012;Kita;7000${String(n).padStart(4, "0")}`

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"))

test("what is no table is refused beside the field, in one sentence, and leaves nothing", async () => {
  const cases: [name: string, content: Uint8Array<ArrayBuffer> | string, sentence: RegExp][] = [
    ["liste.csv", "%PDF-1.7\n%âãÏÓ\n1 0 obj", /Ce fichier est un PDF/],
    ["liste.csv", bytes("PK\x03\x04\x14\0\0\0word/document.xml"), /archive ZIP/],
    ["liste.xlsx", bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), /image PNG/],
    ["liste.csv", "", /vide/],
    ["liste.csv", `NOM${";x".repeat(300)}\n`, /301 colonnes/],
    [
      "liste.csv",
      bytes(String.fromCharCode(...Array.from({ length: 4000 }, (_, at) => (at * 7919) % 29))),
      /texte/,
    ],
    ["liste.csv", `NOM;PRENOMS\n${"BA;Ali\n".repeat(20_001)}`, /20002 lignes/],
  ]
  for (const [name, content, sentence] of cases) {
    const answer = await hand(secretary, { name, content }, fields)
    assert.is(answer.status, 422, String(sentence))
    assert.match(answer.body, sentence)
    assert.match(answer.body, 'href="#f-file"')
  }
  const none = await hand(secretary, { name: "", content: "" }, fields)
  assert.is(none.status, 422)
  assert.match(none.body, "Choisissez un fichier")
  assert.is(await rowsOf(test_, "import"), 0)
})

test("a file too heavy is refused with 413 before it is read", async () => {
  const answer = await hand(
    secretary,
    { name: "gros.csv", content: new Uint8Array(6_000_000).fill(120) },
    fields,
  )
  assert.is(answer.status, 413)
  assert.match(answer.body, "Ce fichier est trop lourd : 5 Mo au plus. Rien n’a été enregistré.")
  assert.is(await rowsOf(test_, "import"), 0)
})

test("NUL bytes are dropped and said; formulas stay text, and are defused in the report", async () => {
  const path = await preview(
    secretary,
    {
      name: "liste.csv",
      content: [
        HEAD,
        "RC15CG26Z8001F;=cmd()|x;Awa;F;03/02/2012;@Kita;",
        "RC15CG26Z8002F;KO\0NÉ;Awa;F;03/02/2012;San;",
      ].join("\n"),
    },
    fields,
  )
  const page = secretary.page as { body: string }
  assert.match(page.body, "Formule gardée comme simple texte")
  assert.match(page.body, "Caractères nuls retirés")
  await write(secretary, path)
  const stored = await test_.school.db
    .selectFrom("student")
    .where("matricule", "like", "RC15CG26Z800%")
    .select(["surname", "birth_place"])
    .orderBy("matricule")
    .execute()
  assert.equal(stored, [
    { surname: "=CMD()|X", birth_place: "@Kita" },
    { surname: "KONÉ", birth_place: "San" },
  ])
  const report = await secretary.get(`${path}/report`)
  assert.match(report.headers.get("content-type") ?? "", "text/csv")
  assert.match(report.headers.get("content-disposition") ?? "", `import-${numberIn(path)}.csv`)
  const cells = Papa.parse<string[]>(report.body, { delimiter: ";" }).data.flat()
  assert.ok(cells.includes("'=cmd()|x"))
  assert.ok(cells.includes("'@Kita"))
  for (const cell of cells) assert.not.match(cell, /^[=+@\t\r-]/, "no cell begins as a formula")
})

test("the report has one row per physical line, in French, before and after the writing", async () => {
  const path = await preview(
    secretary,
    { name: "liste.csv", content: `LISTE\n${HEAD}\n${line(1)}\n\n` },
    fields,
  )
  const raw = await fetch(new URL(`${path}/report`, test_.url), {
    headers: { cookie: `ardoise=${secretary.cookie("ardoise")}` },
  })
  assert.is(raw.status, 200)
  const first = Buffer.from(await raw.arrayBuffer())
  assert.equal([...first.subarray(0, 3)], [0xef, 0xbb, 0xbf], "Excel needs the mark to read accents")
  const lines = first.toString("utf8").trim().split("\r\n")
  assert.is(lines.length, 1 + 4)
  assert.match(lines[0] as string, "Ligne;Résultat;Remarques")
  assert.match(lines[1] as string, "1;Ligne ignorée;Titre ou mention")
  await write(secretary, path)
  const after = await secretary.get(`${path}/report`)
  assert.match(after.body, "Élève DAO Awa Ba, Inscription en 10ème CG 1")
})

test("a form of yesterday, of somebody else, or tampered with is refused and writes nothing", async () => {
  const path = await preview(secretary, { name: "liste.csv", content: `${HEAD}\n${line(1)}` }, fields)
  const before = await rowsOf(test_, "student")
  await secretary.open(`${path}/commit`)
  for (const wrong of [{ _form: "x" }, { _once: "0.x" }, { _form: "" }]) {
    const answer = await secretary.post(`${path}/commit`, { agreed: "1", ...wrong })
    assert.is(answer.status, 403)
    assert.match(answer.body, "Ce formulaire a expiré")
  }
  const other = await test_.as("admin")
  const form = ((await secretary.open(`${path}/commit`)).body.match(/name="_form" value="([^"]+)"/) ?? [])[1]
  assert.is((await other.post(`${path}/commit`, { agreed: "1", _form: form })).status, 403)
  assert.is(await rowsOf(test_, "student"), before)
})

test("an account that loses its role in mid-session imports nothing more", async () => {
  const path = await preview(secretary, { name: "liste.csv", content: `${HEAD}\n${line(1)}` }, fields)
  await secretary.open(`${path}/commit`)
  await test_.school.db
    .deleteFrom("account_role")
    .where("account_id", "=", test_.ids.accounts.secretaire as number)
    .execute()
  const before = await rowsOf(test_, "student")
  assert.is((await secretary.post(`${path}/commit`, { agreed: "1" })).status, 403)
  assert.is(await rowsOf(test_, "student"), before)
})

test("a workbook is read like a text file, dates and numbers as one sees them", async () => {
  const rows = [
    ["MATRICULE", "NOM", "PRENOMS", "NE LE", "TEL"].map((value) => ({ value })),
    [
      { value: "RC15CG26Z8001F" },
      { value: "DAO" },
      { value: "Awa" },
      { value: new Date(Date.UTC(2012, 1, 3)), type: Date, format: "dd/mm/yyyy" },
      { value: 70000001 },
    ],
  ]
  const content = new Uint8Array(await writeWorkbook([{ data: rows, sheet: "Liste" }]).toBuffer())
  const path = await preview(secretary, { name: "liste.xlsx", content }, fields)
  assert.match((secretary.page as { body: string }).body, "03/02/2012")
  assert.match((await write(secretary, path)).body, "1 élève créé et inscrit")
})

test("the file stays in the school's folder, and no address gives it back", async () => {
  const path = await preview(
    secretary,
    { name: "../../etc/liste.csv", content: `${HEAD}\n${line(1)}` },
    fields,
  )
  const row = await test_.school.db
    .selectFrom("import")
    .select(["file_path", "file_name"])
    .where("id", "=", numberIn(path))
    .executeTakeFirstOrThrow()
  assert.match(row.file_path, /^imports\/[0-9a-f]{64}\.csv$/)
  assert.is((await secretary.get(`/${row.file_path}`)).status, 404)
})

test("a page of a hundred lines weighs at most 8 kB", async () => {
  const content = example("11_ecole_par_blocs.csv")
  const path = await preview(secretary, { name: "ecole.csv", content }, { kind: "students", from: "year" })
  for (const query of ["", "?page=3", "?tab=create", "?raw=1"]) {
    const { bytes: size, headers } = await secretary.get(path + query, { "accept-encoding": "br" })
    assert.is(headers.get("content-encoding"), "br")
    assert.ok(size > 0 && size <= 8000, `${size} bytes for ${query || "the first page"}`)
  }
})

test.run()
