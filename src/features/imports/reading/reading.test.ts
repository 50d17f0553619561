import * as fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import writeWorkbook from "write-excel-file/node"
import { Refusal } from "../../../web/refusal.ts"
import { LIMITS } from "./bytes.ts"
import { decode, repairDoubleEncoding } from "./encoding.ts"
import { physicalLines, records } from "./records.ts"
import { separatorOf } from "./separator.ts"
import { readTable } from "./table.ts"

const utf16 = (text: string) => Buffer.from(text, "utf16le")
const cellsOf = async (bytes: Uint8Array) => (await readTable(bytes)).lines.map((line) => line.cells)

async function refusalOf(bytes: Uint8Array, limits = LIMITS): Promise<Refusal> {
  try {
    await readTable(bytes, limits)
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal
    throw refusal
  }
  throw new Error("the file was read")
}

test("accents come out right from whatever Excel, Google Sheets or Notepad wrote", async () => {
  const text = "NOM;PRENOM\nKEÏTA;Djénéba\n"
  const expected = [
    ["NOM", "PRENOM"],
    ["KEÏTA", "Djénéba"],
  ]
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(text, "latin1"),
    utf16(`\ufeff${text}`),
    utf16(text),
    Buffer.from(utf16(`\ufeff${text}`)).swap16(),
  ]) {
    assert.equal(await cellsOf(bytes), expected)
  }
  assert.equal(decode(Buffer.from([0x4e, 0x92, 0xe9, 0x9c, 0x80])), {
    text: "N’éœ€",
    encoding: "windows-1252",
  })
  assert.is(decode(Buffer.from("\ufeffKEÏTA")).encoding, "utf-8 + BOM")
  assert.is(decode(utf16(text)).encoding, "utf-16le")
})

test("doubly encoded accents are repaired and said; ordinary ones are left alone", async () => {
  const twice = (text: string) => Buffer.from(text).toString("latin1")
  for (const name of ["DIABATÉ Aïssata", "HAÏDARA", "ɲare ŋaniya", "N’DIAYE", "François à Ségou"]) {
    assert.is(repairDoubleEncoding(twice(name)), name)
    assert.is(repairDoubleEncoding(twice(twice(name))), name)
    assert.is(repairDoubleEncoding(name), name)
  }
  assert.is(repairDoubleEncoding("DIABATÃ‰"), "DIABATÉ")
  assert.is(repairDoubleEncoding("«DIABATÉ»"), "«DIABATÉ»")
  const table = await readTable(Buffer.from(`NOM\tPRENOM\n${twice("KONÉ")}\tAwa\nBA\tAwa\n`))
  assert.equal(
    table.lines.map((line) => line.warnings),
    [[], ["double_encoding_repaired"], []],
  )
  assert.is(table.lines[1]?.cells[0], "KONÉ")
})

test("the separator is found, decimal commas or not", () => {
  assert.is(separatorOf("N°;NOM;NOTE\n1;KONÉ;12,5\n2;BA;14,25\n"), ";")
  assert.is(separatorOf("a,b,c\n1,2,3\n"), ",")
  assert.is(separatorOf("a\tb\n1,5\t2,5\n"), "\t")
  assert.is(separatorOf("NOM|CLASSE\nKONÉ|TSE\n"), "|")
  assert.is(separatorOf('a,b\n"x;y;z;t",2\n"x;y;z;t",2\n'), ",")
  assert.is(separatorOf("sep=|\na;b|c\n"), "|")
})

test("every kind of line end counts one line, and a last one opens no further line", () => {
  assert.equal(physicalLines("a\r\nb\nc\rd"), ["a", "b", "c", "d"])
  assert.equal(physicalLines("a\r\n\r\n;;\r\n"), ["a", "", ";;"])
  assert.equal(physicalLines(""), [])
})

test("a quoted cell may hold separators, quotes and line ends; its second line is known as such", async () => {
  const table = await readTable(
    Buffer.from('NOM;ADRESSE;TEL\nKONÉ;"Rue 12;\nporte ""3""";66180866\nBA;x;y\n'),
  )
  assert.equal(
    table.lines.map((line) => line.continues),
    [undefined, undefined, 2, undefined],
  )
  assert.equal(table.lines[1]?.cells, ["KONÉ", 'Rue 12; porte "3"', "66180866"])
  assert.is(table.lines[3]?.number, 4)
})

test("a quote that never closes spoils its own line only", async () => {
  const lines = ["NOM;PRENOM", '"KONÉ;Awa', ...Array.from({ length: 40 }, (_, at) => `BA;Awa ${at}`)]
  const cells = await cellsOf(Buffer.from(lines.join("\n")))
  assert.is(cells.length, 42)
  assert.equal(cells[1], ['"KONÉ', "Awa"])
  assert.equal(cells[41], ["BA", "Awa 39"])
  assert.equal(await cellsOf(Buffer.from('NOM;PRENOM\n"Awa" dite Kani;BA\n')), [
    ["NOM", "PRENOM"],
    ['"Awa" dite Kani', "BA"],
  ])
})

test("formulas stay text, an Excel text number loses its wrapping, NULs are removed and said", async () => {
  const table = await readTable(Buffer.from('NOM;TEL\n=cmd()|x;="0022366180866"\nKO\0NÉ;66180866\n'))
  assert.equal(table.lines[1]?.cells, ["=cmd()|x", "0022366180866"])
  assert.equal(table.lines[1]?.warnings, ["formula_kept_as_text"])
  assert.equal(table.lines[2]?.cells, ["KONÉ", "66180866"])
  assert.equal(table.lines[2]?.warnings, ["nul_bytes_removed"])
})

test("no table: a French sentence and the right status, whatever its name", async () => {
  const cases: [Uint8Array, number, RegExp][] = [
    [Buffer.from("%PDF-1.4\n%âãÏÓ\n1 0 obj"), 415, /PDF/],
    [Buffer.from("PK\x03\x04\x14\0\0\0word/document.xml"), 415, /ZIP/],
    [Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0"), Buffer.alloc(500)]), 415, /programme/],
    [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 415, /ancien document Office/],
    [Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), 415, /image/],
    [Buffer.from("<!DOCTYPE html><table>"), 415, /page web/],
    [Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 29)), 415, /texte/],
    [Buffer.alloc(0), 415, /vide/],
    [Buffer.from(`NOM${";x".repeat(300)}\n`), 413, /301 colonnes/],
    [Buffer.from("a;b\n".repeat(LIMITS.maxLines + 1)), 413, /20001 lignes/],
  ]
  for (const [bytes, status, sentence] of cases) {
    const refusal = await refusalOf(bytes)
    assert.is(refusal.status, status, refusal.message)
    assert.match(refusal.message, sentence)
  }
})

test("a name that begins with MZ is no program, and 300 empty columns are no columns", async () => {
  assert.equal(await cellsOf(Buffer.from("MZOUGHI;Awa\n")), [["MZOUGHI", "Awa"]])
  assert.equal(await cellsOf(Buffer.from(`NOM;PRENOM${";".repeat(300)}\n`)), [["NOM", "PRENOM"]])
})

test("50 MB are refused by weight, and the limit is a parameter", async () => {
  const refusal = await refusalOf(Buffer.alloc(50_000_000, "x"))
  assert.is(refusal.status, 413)
  assert.match(refusal.message, "50 Mo")
  assert.is((await refusalOf(Buffer.from("a;b\n".repeat(10)), { ...LIMITS, maxBytes: 30 })).status, 413)
})

test("a workbook reads like a text: numbers, dates, empty rows, sheets one after the other", async () => {
  const sheet = [
    [{ value: "NOM" }, { value: "NE LE" }, { value: "TEL" }],
    [
      { value: "KONÉ" },
      { value: new Date(Date.UTC(2012, 1, 3)), type: Date, format: "dd/mm/yyyy" },
      { value: 66180866 },
    ],
    [],
    [{ value: "BA" }, { value: 40946 }, { value: 22366180866 }],
  ]
  const bytes = await writeWorkbook([
    { data: sheet, sheet: "10EME CG 1" },
    { data: [[{ value: "x" }]], sheet: "10EME CG 2" },
  ]).toBuffer()
  const table = await readTable(bytes)
  assert.is(table.encoding, "xlsx")
  assert.equal(
    table.lines.map((line) => line.cells),
    [["NOM", "NE LE", "TEL"], ["KONÉ", "03/02/2012", "66180866"], [], ["BA", "40946", "22366180866"], ["x"]],
  )
  assert.equal(
    table.lines.map((line) => line.sheet),
    [...Array(4).fill("10EME CG 1"), "10EME CG 2"],
  )
  const broken = Buffer.from(bytes)
  broken.fill(0, 200, broken.length - 200)
  assert.is((await refusalOf(broken)).status, 415)
})

test("whatever the bytes, one entry per physical line or a refusal", async () => {
  const pieces = fc.constantFrom(
    "\r\n",
    "\n",
    "\r",
    ";",
    ",",
    "\t",
    '"',
    '""',
    "KONÉ",
    "Ã‰",
    "\0",
    " ",
    "12,5",
    "=x",
  )
  const text = fc.array(pieces, { maxLength: 80 }).map((all) => all.join(""))
  const bytes = fc.oneof(
    text.map((all) => Buffer.from(all)),
    text.map((all) => Buffer.from(all, "latin1")),
    fc.uint8Array({ maxLength: 300 }),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      let table: Awaited<ReturnType<typeof readTable>>
      try {
        table = await readTable(raw)
      } catch (refusal) {
        assert.instance(refusal, Refusal)
        return
      }
      assert.is(table.lines.length, physicalLines(decode(raw).text).length)
      table.lines.forEach((line, at) => void assert.is(line.number, at + 1))
    }),
    { numRuns: 400 },
  )
})

test("quotes never lose or invent a line", async () => {
  const line = fc
    .array(fc.constantFrom('"', ";", "a", " ", '""'), { maxLength: 12 })
    .map((all) => all.join(""))
  await fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const spans = records(lines, ";").map((record) => record.spans)
      assert.is(
        spans.reduce((sum, span) => sum + span, 0),
        lines.length,
      )
    }),
  )
})

test.run()
