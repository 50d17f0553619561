import { test } from "uvu"
import * as assert from "uvu/assert"
import { maliLycee, presets } from "./presets.ts"
import { readProfile } from "./profile.ts"

const least = { periods: [{ code: "T1" }], categories: [{ code: "COMPO" }] }
const problems = (json: unknown) => {
  const read = readProfile(json)
  return read.ok ? [] : read.problems
}
const profile = (json: unknown) => {
  const read = readProfile(json)
  if (!read.ok) throw new Error(read.problems.join("\n"))
  return read.profile
}

test("every preset is a profile, and says where it comes from", () => {
  assert.ok(presets.length >= 8)
  for (const preset of presets) {
    assert.equal(problems(preset.config), [], preset.code)
    assert.ok(preset.source.length > 0)
  }
  assert.is(new Set(presets.map((preset) => preset.code)).size, presets.length)
})

test("a profile read, stored as JSON and read again is the same", () => {
  for (const preset of presets) {
    const once = profile(preset.config)
    assert.equal(profile(JSON.parse(JSON.stringify(once))), once)
  }
})

test("what a profile leaves out is what most schools do; what it must ask for stays off", () => {
  const read = profile(least)
  assert.equal(read.scale, { min: "0", max: "20", entry_step: "0.25" })
  assert.equal(read.rounding, { mode: "half_up", decimals: 2, stage: "display_only" })
  assert.equal(read.absence, { ABS_J: "exclude", ABS_NJ: "zero", DISP: "exclude", NE: "incomplete" })
  assert.equal(read.rank, { method: "competition", compare: "displayed", min_coef_share: "0.5" })
  assert.equal([read.pass_mark, read.missing_category], ["10", "renormalise"])
  assert.equal([read.conduct.mode, read.annual, read.groups, read.decisions], ["none", undefined, [], []])
  assert.equal(read.output, { average: true, rank: true, stats: true })
})

test("a lycée of Mali counts the composition twice and conduct once", () => {
  const read = profile(maliLycee)
  assert.equal(
    read.categories.map((category) => category.weight),
    ["1", "2"],
  )
  assert.equal(read.conduct, { mode: "subject", coef: "1" })
})

test("Côte d'Ivoire weighs its trimesters 1, 2, 2; Belgium shows neither average nor rank", () => {
  const named = (code: string) => profile(presets.find((preset) => preset.code === code)?.config)
  assert.equal(
    named("cote-d-ivoire").periods.map((period) => period.weight),
    ["1", "2", "2"],
  )
  assert.equal(named("belgique-primaire").output, { average: false, rank: false, stats: false })
})

test("numbers may be typed with a comma or as numbers, and tables in any order", () => {
  const read = profile({
    ...least,
    pass_mark: "9,5",
    optional: { threshold: 10 },
    mentions: [
      { min: "9", label: "Passable" },
      { min: "14", label: "Bien" },
    ],
  })
  assert.equal([read.pass_mark, read.optional.threshold], ["9.5", "10"])
  assert.equal(
    read.mentions.map((step) => step.label),
    ["Bien", "Passable"],
  )
})

test("each mistake is said in French with the key it is about", () => {
  assert.equal(problems(undefined), ["le document est incomplet"])
  assert.equal(problems({}), ["periods : manque", "categories : manque"])
  const wrong = {
    scale: { min: "20", max: "10" },
    rounding: { decimals: 7 },
    missing_category: "guess",
    rank: { min_coef_share: "2" },
    pass_mark: "dix",
    periods: [{ code: "T1" }, { code: "T1" }],
    categories: [{ code: "CLASSE", weight: "0" }],
    awards: [{ min: "-1", label: "" }],
  }
  assert.equal(
    problems(wrong).map((problem) => problem.split(" : ")[0]),
    [
      "scale",
      "rounding.decimals",
      "missing_category",
      "rank.min_coef_share",
      "pass_mark",
      "awards.0.min",
      "awards.0.label",
      "periods",
      "categories",
    ],
  )
})

test.run()
