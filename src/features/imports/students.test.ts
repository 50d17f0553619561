import * as fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { LIMITS } from "./reading/bytes.ts"
import { readTable } from "./reading/table.ts"
import { resolveStudent } from "./resolve.ts"
import { readStudents, type StudentContext } from "./students.ts"
import { sentenceOf } from "./words.ts"

const YEAR = { schoolYear: "2026-2027" }

async function read(lines: string[], context: Partial<StudentContext> = {}) {
  const table = await readTable(Buffer.from(`${lines.join("\n")}\n`))
  return readStudents(table, { ...YEAR, className: "10ème CG 3", ...context })
}

const HEAD = "MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISSANCE;LIEU;CONTACT"
const AWA = "RC15CG26Z0143F;KONÉ;Awa;F;26/10/2011;Nioro;76414513"

const short = (result: Awaited<ReturnType<typeof read>>) =>
  result.outcomes.map(({ action, reason }) => (reason ? `${action} ${reason}` : action))

test("a list with no name column asks for the columns instead of guessing", async () => {
  const lines = ["12;KONÉ;Awa;F;2011", "13;BA;Ali;M;2011"]
  assert.equal(short(await read(lines)), ["review header_missing", "review header_missing"])
  const chosen = await read(lines, {
    mappings: { "": ["number", "surname", "given_names", "sex", "birth_date"] },
  })
  assert.equal(short(chosen), ["create", "create"])
  assert.equal(chosen.outcomes[0]?.canonical?.nom, "KONÉ")
})

test("the guessed columns are shown, and a chosen mapping is used again for the same heads", async () => {
  const lines = ["Code;NOM;PRENOMS;Qui appeler", "RC15CG26Z0143F;KONÉ;Awa;76414513"]
  const guessed = await read(lines)
  assert.equal(guessed.columns[0]?.roles, [null, "surname", "given_names", null])
  const signature = guessed.columns[0]?.signature as string
  const chosen = await read(lines, {
    mappings: { [signature]: ["matricule", "surname", "given_names", "phone"] },
  })
  assert.is(chosen.columns[0]?.chosen, true)
  assert.is(chosen.outcomes[1]?.canonical?.matricule, "RC15CG26Z0143F")
  assert.is(chosen.outcomes[1]?.canonical?.telephone, "+22376414513")
})

test("a line is nobody's twice: the same again is a duplicate, with or without matricule", async () => {
  const noMatricule = ";BA;Ali;M;01/02/2011;Kita;"
  const result = await read([HEAD, AWA, noMatricule, AWA.toLowerCase().replace("koné", "KONÉ"), noMatricule])
  assert.equal(short(result), ["header", "create", "create", "duplicate", "duplicate"])
  assert.equal(
    result.outcomes.map((one) => one.duplicate_of),
    [undefined, undefined, undefined, 2, 3],
  )
})

test("one matricule with another name, birth date or class is compared by a person", async () => {
  const result = await read([
    `${HEAD};CLASSE`,
    `${AWA};10ème CG 3`,
    "RC15CG26Z0143F;KEÏTA;Awa;F;26/10/2011;Nioro;76414513;10ème CG 3",
    "RC15CG26Z0143F;KONÉ;Awa;F;27/10/2011;Nioro;76414513;10ème CG 3",
    "RC15CG26Z0143F;KONÉ;Awa;F;26/10/2011;Nioro;76414513;11ème S 1",
    "RC15CG26Z0143F;KONE;AWA;F;26/10/2011;NIORO;;10CG3",
  ])
  assert.equal(short(result), [
    "header",
    "create",
    "review same_matricule_other_name",
    "review same_matricule_other_birth_date",
    "review same_matricule_other_class",
    "duplicate",
  ])
  assert.equal(
    result.outcomes.slice(2, 5).map((one) => one.conflicts_with),
    [2, 2, 2],
  )
  assert.equal(result.outcomes[3]?.differs, ["naissance"])
})

test("homonyms born on two days are two students; born on one day a person looks", async () => {
  const result = await read([
    HEAD,
    AWA,
    "RC16CG26Z0999F;KONÉ;Awa;F;03/03/2010;San;66112233",
    ";KONÉ;Awa;F;26/10/2011;Nioro;76414513",
  ])
  assert.equal(short(result), ["header", "create", "create", "review same_name_and_birth_date"])
  assert.is(result.outcomes[3]?.conflicts_with, 2)
})

test("students the school already has: unchanged lines do nothing, changed ones are shown", async () => {
  const existing = [
    {
      id: 7,
      matricule: "RC15CG26Z0143F",
      nom: "KONÉ",
      prenom: "Awa",
      classe: "10ème CG 3",
      sexe: "F" as const,
      naissance: "2011-10-26",
      lieu: "Nioro",
      telephone: null,
    },
    {
      id: 8,
      matricule: null,
      nom: "BA",
      prenom: "Ali",
      classe: "10ème CG 3",
      sexe: "M" as const,
      naissance: "2011-02-01",
      lieu: "Kita",
      telephone: null,
    },
  ]
  const lines = [HEAD, "RC15CG26Z0143F;KONÉ;Awa;F;26/10/2011;Nioro;", ";BA;Ali;M;01/02/2011;Kita;"]
  const same = await read(lines, { existing })
  assert.equal(short(same), ["header", "duplicate", "duplicate"])
  assert.equal(
    same.outcomes.map((one) => one.student),
    [undefined, 7, 8],
  )
  assert.is(same.outcomes[2]?.duplicate_of, "BA Ali (2011-02-01)")
  const withPhone = await read([HEAD, AWA], { existing })
  assert.equal(short(withPhone), ["header", "review same_matricule_other_phone"])
  assert.equal([withPhone.outcomes[1]?.student, withPhone.outcomes[1]?.differs], [7, ["telephone"]])
})

test("no class at all: nobody is put anywhere", async () => {
  const result = await read([HEAD, AWA], { className: null })
  assert.equal(short(result), ["header", "review class_missing"])
  const unknown = await read(["CLASSE : Salle bleue;;;", HEAD, AWA], { className: null })
  assert.equal(short(unknown), ["review class_unknown", "header", "review class_missing"])
})

test("an announced class that is not understood does not leave students in the class above", async () => {
  const result = await read([
    "CLASSE : 10ème CG 1;;;",
    HEAD,
    AWA,
    "CLASSE : Salle bleue;;;",
    ";BA;Ali;M;01/02/2011;Kita;",
  ])
  assert.equal(short(result), ["section", "header", "create", "review class_unknown", "review class_missing"])
})

test("names typed all in capitals under « PRENOMS ET NOM »", async () => {
  const head = "N°;PRENOMS ET NOM;SEXE;NE LE"
  const result = await read([
    head,
    "1;AWA ISSA KONE;F;26/10/2011",
    "2;Sékou KOUYATÉ;M;26/10/2011",
    "3;KOUYATE ALI;M;26/10/2011",
  ])
  assert.equal(
    result.outcomes.slice(1).map((one) => [one.canonical?.nom, one.canonical?.prenom]),
    [
      ["KONE", "AWA ISSA"],
      ["KOUYATÉ", "Sékou"],
      ["KOUYATE", "ALI"],
    ],
  )
  assert.ok(result.outcomes[1]?.warnings?.includes("no_accents_in_source"))
})

test("500 names in one cell, a birth date to come, a digit in a name: a person looks", async () => {
  const result = await read([
    HEAD,
    `;KONÉ;${"Awa ".repeat(500)};F;26/10/2011;;`,
    ";KONÉ;Awa;F;26/10/2031;;",
    ";K0NÉ;Awa;F;26/10/2011;;",
    ";KONÉ;;F;26/10/2011;;",
  ])
  assert.equal(short(result).slice(1), [
    "review name_too_long",
    "review birth_date_in_future",
    "review name_with_digits",
    "review given_names_missing",
  ])
})

test("a line to review is settled: typed again, or left out", async () => {
  const { outcomes } = await read([HEAD, "RC15CG26ZO143F;KONÉ;Awa;F;31/02/2011;Nioro;7641451"])
  const line = outcomes[1]
  assert.ok(line)
  assert.is(line.reason, "matricule_letter_o")
  const context = { ...YEAR, className: "10ème CG 3" }
  const half = resolveStudent(line, { as: "new", typed: { phone: "7641451" } }, context)
  assert.equal(half, { ok: false, reasons: ["phone_7_digits"] })
  const typed = { matricule: "RC15CG26Z0143F", birth_date: "28/02/2011", phone: "76 41 45 13" }
  const settled = resolveStudent(line, { as: "new", typed }, context)
  assert.ok(settled.ok)
  assert.equal(
    [settled.outcome.action, settled.outcome.reason, settled.outcome.warnings],
    ["create", undefined, []],
  )
  assert.equal(settled.outcome.canonical, {
    nom: "KONÉ",
    prenom: "Awa",
    sexe: "F",
    naissance: "2011-02-28",
    lieu: "Nioro",
    matricule: "RC15CG26Z0143F",
    classe: "10ème CG 3",
    telephone: "+22376414513",
  })
  const out = resolveStudent(line, { as: "left_out" }, context)
  assert.ok(out.ok)
  assert.is(out.outcome.action, "ignore")
})

test("a workbook with one sheet per class needs no class line", async () => {
  const { default: writeWorkbook } = await import("write-excel-file/node")
  const sheet = (nom: string) => [
    [{ value: "NOM" }, { value: "PRENOMS" }, { value: "NE LE" }, { value: "TEL" }],
    [{ value: nom }, { value: "Awa" }, { value: 40842 }, { value: 66180866 }],
  ]
  const bytes = await writeWorkbook([
    { data: sheet("KONÉ"), sheet: "10EME CG 1" },
    { data: sheet("BA"), sheet: "T S E" },
  ]).toBuffer()
  const result = readStudents(await readTable(bytes), YEAR)
  assert.equal(
    result.outcomes.map((one) => one.canonical?.classe),
    [undefined, "10ème CG 1", undefined, "12ème TSE"],
  )
  assert.is(result.outcomes[1]?.canonical?.naissance, "2011-10-26")
  assert.is(result.outcomes[1]?.canonical?.telephone, "+22366180866")
})

test("whatever the lines: one outcome each, in order, with a sentence for every reason and warning", async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "",
      "KONÉ",
      "Awa",
      "KONÉ Awa",
      "F",
      "1",
      "26/10/2011",
      "40842",
      "vers 2008",
      "31/02/2011",
      "66180866",
      "9074188",
      "RC15CG26Z0143F",
      "rc15cg26zo143f",
      "10ème CG 1",
      "CLASSE : CG7",
      "TSE",
      "NOM",
      "PRENOMS",
      "MATRICULE",
      "TOTAL : 3",
      "Le Proviseur",
      "LISTE",
      '"',
      "=cmd()",
      "N°",
    ),
    fc.string({ maxLength: 8 }),
  )
  const line = fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(";"))
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 25 }), fc.boolean(), async (lines, headed) => {
      const text = (headed ? [HEAD, ...lines] : lines).map((one) => one.replace(/[\r\n]/g, " "))
      const table = await readTable(Buffer.from(`sep=;\n${text.join("\n")}\n`), { ...LIMITS })
      const { outcomes, counts } = readStudents(table, YEAR)
      assert.equal(
        outcomes.map((one) => one.line),
        table.lines.map((one) => one.number),
      )
      assert.is(
        Object.values(counts).reduce((sum, count) => sum + count, 0),
        table.lines.length,
      )
      for (const { reason, warnings = [], action } of outcomes) {
        if (action === "review" || action === "ignore") assert.type(reason, "string")
        for (const code of [reason ?? "blank", ...warnings]) assert.is.not(sentenceOf(code), code)
      }
    }),
    { numRuns: 300 },
  )
})

test("1,300 lines are read in well under a second", async () => {
  const lines = [HEAD]
  for (let at = 0; at < 1300; at++) {
    const day = `${String((at % 28) + 1).padStart(2, "0")}/${String((at % 12) + 1).padStart(2, "0")}/2010`
    lines.push(
      `RC15CG26Z${1000 + at}F;KONÉ;Awa ${at.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] as string)};F;${day};Ségou;7641${1000 + at}`,
    )
  }
  const bytes = Buffer.from(lines.join("\r\n"), "latin1")
  const start = performance.now()
  const { counts } = readStudents(await readTable(bytes), { ...YEAR, className: "10ème CG 3" })
  const elapsed = performance.now() - start
  assert.equal(counts, { header: 1, create: 1300 })
  assert.ok(elapsed < 700, `${Math.round(elapsed)} ms`)
})

test.run()
