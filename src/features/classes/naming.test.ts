import * as fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { type ClassVocabulary, canonicalClass, classLabel, MALI, parseClass } from "./naming.ts"

const SPELLINGS: Record<string, string[]> = {
  "10ème CG 1": [
    "10EME CG 1",
    "10CG1",
    "10 CG 1",
    "10e CG1",
    "10ème CG1",
    "10°CG 1",
    "10 ème CG 01",
    "CG1",
    "Seconde CG 1",
  ],
  "10ème CG 7": ["CG7", "2nde CG 7", "10e année CG 7", "10EMECG7", "10ème Commune générale 7"],
  "10ème": ["2nde", "10e", "Seconde", "10ème année"],
  "11ème L 1": ["11ème L1", "L1", "11 L 1", "1ère L1", "Première L 1"],
  "11ème S 2": ["Première S 2", "11e S2", "11 Sciences 2", "1re S2"],
  "11ème SES 1": ["11 SES 1", "11ème SES1", "11 ES 1", "SES 1"],
  "11ème S 1": ["11ES1", "11ème S1"],
  "12ème TSE": [
    "T S E",
    "TSE",
    "t.s.e.",
    "12e TSE",
    "Terminale SE",
    "Tle TSE",
    "12ETSE",
    "Terminale Sciences exactes",
  ],
  "12ème TSE 2": ["TSE2", "T S E 2", "12ème TSE-2"],
  "12ème TSECO 2": ["Tseco 2", "12ème TSEco 2", "TSECO2", "T.S.Eco 2"],
  "12ème TSEXP 1": ["TSEXP1", "TSExp 1", "12e TSEXP 1", "Terminale Sciences expérimentales 1"],
  "12ème TSS 1": ["12e TSS 1", "TSS1", "12ETSS1"],
  "12ème TLL": ["Terminale TLL", "TLL", "12EME TLL"],
  "12ème TAL A": ["TAL A", "12e TAL A"],
  "11ème TLL": ["11ème TLL"],
  "7ème A": ["7ème A", "7e A", "7A"],
  "10ème CT 2": ["10e CT2", "10ème Commune technique 2"],
  "12ème GELN 1": ["12ème GELN 1"],
}

for (const [label, spellings] of Object.entries(SPELLINGS)) {
  test(`${label} is read in every spelling`, () => {
    for (const spelling of spellings) assert.is(canonicalClass(spelling), label, spelling)
    assert.is(canonicalClass(label), label)
  })
}

test("level, series and section are three fields", () => {
  assert.equal(parseClass("12e TSS 1"), { level: "12", series: "TSS", section: "1" })
  assert.equal(parseClass("2nde"), { level: "10", series: "", section: "" })
})

test("what is no class is refused", () => {
  for (const text of [
    "",
    "N°",
    "KONÉ Awa",
    "Effectif : 62",
    "LYCEE BA AMINATA DIALLO",
    "14e CG 1",
    "99",
    "2026-2027",
  ]) {
    assert.is(parseClass(text), null, text)
  }
})

test("the first year of school is not the Première of a lycée", () => {
  assert.equal(parseClass("1ère année A"), { level: "1", series: "", section: "A" })
  assert.is(canonicalClass("1"), "1ère année")
  assert.is(canonicalClass("1ère année"), "1ère année")
  assert.is(canonicalClass("1ère S 2"), "11ème S 2")
})

test("another country brings its own levels and series", () => {
  const guinea: ClassVocabulary = {
    levels: [...MALI.levels, { code: "13", label: "Terminale", aliases: ["terminale", "tle"] }],
    series: [{ code: "SM", level: "13", aliases: ["sm", "sciencesmathematiques"] }],
  }
  assert.is(classLabel({ level: "13", series: "SM", section: "" }, guinea), "Terminale SM")
  assert.equal(parseClass("SM 2", guinea), { level: "13", series: "SM", section: "2" })
})

test("no text makes reading a class fail, and a canonical label reads as itself", async () => {
  await fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), (text) => {
      const label = canonicalClass(text)
      if (label !== null) assert.is(canonicalClass(label), label, text)
    }),
    { numRuns: 1000 },
  )
})

test.run()
