import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { anyClass } from "../../../test/grading/arbitrary.ts"
import { byHand, byHandVariant } from "../../../test/grading/byhand.ts"
import { gradingVerb } from "./cli.ts"
import { grade, gradeVariant } from "./rules.ts"
import { gradeUnitCases } from "./unitcases.ts"

const examples = new URL("../../../test/examples/grading/", import.meta.url)
const path = (file: string) => fileURLToPath(new URL(file, examples))
const read = (file: string) => JSON.parse(readFileSync(path(file), "utf8"))

const worked = [
  "01_mali_tse_trimestre.json",
  "02_mali_ses_annuel.json",
  "06_cote_d_ivoire_trimestres.json",
  "07_guinee_semestres.json",
]
for (const file of worked) {
  test(`the terminal prints the bulletins worked out in ${file}`, async () => {
    assert.equal(JSON.parse(await gradingVerb([path(file)])), read(file).expected)
  })
  test(`and its variants, one change of configuration each: ${file}`, async () => {
    const { expected_variants } = read(file)
    assert.ok(Object.keys(expected_variants).length > 0)
    assert.equal(JSON.parse(await gradingVerb([path(file), "--variants"])), expected_variants)
  })
}

test("the two classes of our own were worked out by the other calculation too", () => {
  for (const file of worked.slice(2)) {
    const { input, expected, expected_variants } = read(file)
    assert.equal(byHand(input), expected)
    for (const variant of Object.values<{ config_patch: Record<string, unknown> }>(expected_variants)) {
      const { config_patch, ...results } = variant
      assert.equal(byHandVariant(input, config_patch), results)
    }
  }
})

for (const [name, cases] of Object.entries(read("05_unit_cases.json"))) {
  test(`single cases: ${name}`, () => {
    assert.equal(gradeUnitCases({ [name]: cases as [] }), { [name]: cases })
  })
}

test("any class under any configuration gives what the slow calculation gives", () => {
  fc.assert(
    fc.property(anyClass, (input) => {
      assert.equal(grade(input as never), byHand(input))
    }),
    { numRuns: 400 },
  )
})

// One student and one subject unless said otherwise; the small cases below each change one thing.
const config = {
  scale: { max: "20" },
  conduct: { mode: "subject", coef: "1" },
  periods: [{ code: "T1", weight: "1" }],
  categories: [
    { code: "CLASSE", weight: "1" },
    { code: "COMPO", weight: "2" },
  ],
  annual: {},
}
const assessments = [
  { id: "D", period: "T1", subject: "MATHS", category: "CLASSE", max: "20" },
  { id: "C", period: "T1", subject: "MATHS", category: "COMPO", max: "20" },
]
const awa = { id: "E1", nom: "DIALLO", prenom: "Awa", sex: "F" as const, conduct: { T1: "15" } }
const maths = { code: "MATHS", coef: "2" }
const both = { D: { v: "12" }, C: { v: "15" } }
const worksheet = { config, subjects: [maths], assessments, students: [awa], marks: { E1: both } }
type Changed = Partial<Record<keyof typeof worksheet, unknown>>
const t1 = (changes: Changed = {}) => {
  const period = grade({ ...worksheet, ...changes } as never).periods.T1
  assert.ok(period)
  return period
}
const bulletin = (changes: Changed = {}) => {
  const made = t1(changes).bulletins.E1
  assert.ok(made)
  return made
}
const line = (changes: Changed = {}) => {
  const made = bulletin(changes).lines[0]
  assert.ok(made)
  return made
}

test("a class without students has a bulletin for nobody and empty statistics", () => {
  const { stats, subject_stats, bulletins } = t1({ students: [], marks: {} })
  assert.equal(bulletins, {})
  assert.equal(subject_stats.MATHS, { mean: null, highest: null, lowest: null, n: 0 })
  assert.is(stats?.enrolled, 0)
  assert.is(stats?.class_mean, null)
  assert.is(stats?.pass_count, 0)
})

test("a student without a single mark has no average: conduct alone does not make one", () => {
  const { general_average, rank, out_of, provisional, award, lines } = bulletin({ marks: {} })
  assert.equal([general_average, rank, out_of, provisional, award], [null, "NC", 0, true, null])
  assert.equal(lines[0]?.flags, ["D:NE", "C:NE"])
})

test("a subject of coefficient 0 shows its average and weighs nothing", () => {
  const drawing = { code: "DESSIN", coef: "0" }
  const more = [...assessments, { id: "X", period: "T1", subject: "DESSIN", category: "CLASSE", max: "10" }]
  const made = bulletin({
    subjects: [maths, drawing],
    assessments: more,
    marks: { E1: { ...both, X: { v: "3" } } },
  })
  assert.is(made.lines[1]?.average, "6.00")
  assert.is(made.total_coefficients, "3")
  assert.is(made.general_average_exact, "43/3")
})

test("a subject nobody was examined in stays out, and does not make anybody « non classé »", () => {
  const made = bulletin({ subjects: [maths, { code: "PHILO", coef: "9" }] })
  assert.is(made.lines[1]?.status, "NON_NOTE")
  assert.equal([made.rank, made.provisional], ["1re", false])
})

test("an exempted student keeps nothing of the marks already there", () => {
  const made = bulletin({ students: [{ ...awa, exempt: { T1: ["MATHS"] } }] })
  assert.equal(made.lines[0]?.status, "DISPENSE")
  assert.equal(made.lines[0]?.flags, ["DISP"])
  assert.equal([made.total_coefficients, made.general_average], ["1", null])
})

test("a mark not yet entered holds the subject back and makes the bulletin provisional", () => {
  const made = bulletin({ marks: { E1: { D: { v: "12" } } } })
  assert.equal(made.lines[0]?.status, "INCOMPLET")
  assert.equal(made.lines[0]?.categories, { CLASSE: "12.00", COMPO: null })
  assert.is(made.provisional, true)
})

test("a profile may count what is there and still say that it is provisional", () => {
  const kept = bulletin({
    config: { ...config, absence: { NE: "exclude" } },
    marks: { E1: { D: { v: "12" } } },
  })
  assert.equal([kept.lines[0]?.average, kept.provisional], ["12.00", true])
})

test("marks on 10, 40 and 100 come to the scale of the profile", () => {
  const on = (max: string, v: string) =>
    line({ assessments: [{ ...assessments[0], max }], marks: { E1: { D: { v } } } }).average
  assert.equal([on("10", "7.25"), on("40", "7.25"), on("100", "62")], ["14.50", "3.63", "12.40"])
})

test("a bonus lifts the average, never above the scale", () => {
  const made = bulletin({
    config: { ...config, conduct: { mode: "none" } },
    subjects: [maths, { code: "ARABE", coef: "3", optional: "bonus_above" }],
    assessments: [...assessments, { id: "A", period: "T1", subject: "ARABE", category: "COMPO", max: "20" }],
    marks: { E1: { D: { v: "20" }, C: { v: "20" }, A: { v: "18" } } },
  })
  assert.equal([made.bonus, made.total_points, made.general_average], ["24.00", "40.00", "20.00"])
})

test("an award asks for the conduct mark; where the school gives none it does not", () => {
  const awards = [{ min: "14", min_conduct: "16", label: "Encouragements" }]
  const student = { ...awa, conduct: {} }
  const award = (mode: string, students: unknown[]) =>
    bulletin({ config: { ...config, conduct: { mode }, awards }, students }).award
  assert.is(award("displayed", [awa]), null)
  assert.is(award("displayed", [student]), null)
  assert.is(award("none", [student]), "Encouragements")
})

test("an award asks a minimum in each subject, whichever award of the list asks it", () => {
  const awards = [
    { min_each_subject: "14.01", label: "Félicitations" },
    { min_each_subject: "14.01", label: "Encouragements" },
    { min_each_subject: "14", label: "Tableau d'honneur" },
  ]
  assert.is(bulletin({ config: { ...config, awards } }).award, "Tableau d'honneur")
})

test("thresholds look at the rounded value: 9,995 is a pass", () => {
  const decisions = [{ min: "10", label: "Admis" }]
  const mentions = [{ min: "10", label: "Passable" }]
  const result = grade({
    ...worksheet,
    config: { ...config, conduct: { mode: "none" }, decisions, mentions },
    assessments: [assessments[0]],
    marks: { E1: { D: { v: "9.99" } } },
    subjects: [maths],
  } as never)
  assert.is(result.annual.E1?.proposed_decision, null)
  const rounded = grade({
    ...worksheet,
    config: { ...config, conduct: { mode: "none" }, decisions, mentions, annual: { use: "exact" } },
    assessments: [assessments[0], { ...assessments[0], id: "D2" }],
    marks: { E1: { D: { v: "9.99" }, D2: { v: "10" } } },
  } as never)
  assert.is(rounded.annual.E1?.annual_average_exact, "1999/200")
  assert.is(rounded.annual.E1?.annual_average, "10.00")
  assert.is(rounded.annual.E1?.proposed_decision, "Admis")
  assert.is(rounded.periods.T1?.bulletins.E1?.mention, "Passable")
  assert.is(rounded.periods.T1?.stats?.pass_count, 1)
})

test("Belgium: subjects are averaged, nothing general is said", () => {
  const output = { average: false, rank: false, stats: false }
  const made = t1({ config: { ...config, output } })
  const card = made.bulletins.E1
  assert.is(card?.lines[0]?.average, "14.00")
  assert.equal([card?.lines[0]?.subject_rank, card?.general_average, card?.rank], [null, null, null])
  assert.equal([made.stats, made.subject_stats], [null, {}])
})

test("a variant starts from the file's own configuration and leaves it as it was", () => {
  const before = JSON.stringify(worksheet)
  const made = gradeVariant(worksheet as never, { "conduct.mode": "none", "rounding.decimals": 1 })
  assert.is(made.periods.T1?.E1?.general_average, "14.0")
  assert.is(JSON.stringify(worksheet), before)
})

test("a document with mistakes is refused with every one of them, in French", async () => {
  const broken = (changes: Changed) => () => grade({ ...worksheet, ...changes } as never)
  assert.throws(broken({ marks: { E1: { D: { v: "21" } } } }), /marks\.E1\.D : 21 dépasse 20/)
  assert.throws(broken({ marks: { E9: {} } }), /marks\.E9 : élève inconnu/)
  assert.throws(broken({ marks: { E1: { D: { v: "12.345" } } } }), /marks\.E1\.D\S* : /)
  assert.throws(broken({ assessments: [{ ...assessments[0], subject: "LATIN" }] }), /« LATIN » est inconnu/)
  assert.throws(broken({ config: { ...config, categories: [] } }), /config\.categories : /)
})

test("the terminal says what is wrong with a file", async () => {
  const refused = async (...args: string[]) => {
    try {
      await gradingVerb(args)
    } catch (error) {
      return (error as Error).message
    }
    return "accepted"
  }
  assert.match(await refused(), /Usage/)
  assert.match(await refused(path("absent.json")), /fichier illisible/)
  assert.match(await refused(path("README.md")), /ce n'est pas du JSON/)
  assert.match(await refused(path("01_mali_tse_trimestre.json"), "--varaints"), /Option inconnue/)
})

test.run()
