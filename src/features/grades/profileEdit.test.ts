import { test } from "uvu"
import * as assert from "uvu/assert"
import { makeRows } from "../../../test/rows.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { presets } from "./presets.ts"
import { type GradingProfile, readProfile } from "./profile.ts"
import { exampleMarks, exampleOf } from "./profileExample.ts"
import { profileFor } from "./profiles.ts"
import { profileFrom, typedOf } from "./profileTyped.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const profileOf = (config: unknown): GradingProfile => {
  const read = readProfile(config)
  if (!read.ok) throw new Error(read.problems.join())
  return read.profile
}
/** What the form holds when it is opened, with some fields changed. */
const filled = async (changed: Record<string, string>) => {
  const profile = await inForce()
  return { label: "Lycée (Mali)", ...typedOf(profile), ...exampleMarks(profile), ...changed }
}
const inForce = async () => (await profileFor(school.school.db, school.ids.year, null)).profile

test("every preset survives the form: typed, read again, it is the same", () => {
  for (const { code, config } of presets) {
    const profile = profileOf(config)
    const again = profileFrom(typedOf(profile), profile)
    assert.ok(again.ok, code)
    assert.equal(again.ok && again.profile, profile, code)
  }
})

test("the example is what the bulletin would say", () => {
  const mali = profileOf(presets[0]?.config)
  const said = exampleOf(mali, exampleMarks(mali))
  // (13,75 + 2 × 11) / 3 = 11,9166… ; (11 + 2 × 14,5) / 3 = 13,333… ; (4 × 11,9166 + 2 × 13,333 + 15) / 7 = 12,7619
  assert.equal(
    said.lines.map(({ average, points }) => [average, points]),
    [
      ["11,92", "47,67"],
      ["13,33", "26,67"],
    ],
  )
  assert.is(said.general, "12,76")
  const guinea = profileOf(presets.find(({ code }) => code === "guinee-40-60")?.config)
  // 0,4 × 13,75 + 0,6 × 11 = 12,10 ; 0,4 × 11 + 0,6 × 14,5 = 13,10 ; (4 × 12,10 + 2 × 13,10) / 6 = 12,4333
  assert.is(exampleOf(guinea, exampleMarks(guinea)).general, "12,43")
  const belgium = profileOf(presets.find(({ code }) => code === "belgique-primaire")?.config)
  assert.is(exampleOf(belgium, exampleMarks(belgium)).general, null, "no general average where there is none")
})

test("a mark of the example that cannot be read is told at its field, the others count", () => {
  const mali = profileOf(presets[0]?.config)
  const said = exampleOf(mali, { ...exampleMarks(mali), "example-MATHS-2": "25" })
  assert.equal(said.problems, [{ field: "example-MATHS-2", text: "La note dépasse le maximum, 20." }])
  assert.is(said.lines[1]?.average, "13,33")
})

test("the head changes a rule, sees the example first, and everything follows", async () => {
  const head = await school.as("proviseur")
  const page = await head.open("/grading/edit")
  assert.match(page.body, "<b>12,76</b>")
  const tried = new URLSearchParams(await filled({ "categories-2-weight": "1" }))
  const example = await head.open(`/grading/edit?${tried}`)
  // classe and composition at equal weights: 12,375 and 12,75 ; (4 × 12,375 + 2 × 12,75 + 15) / 7
  assert.match(example.body, "<b>12,86</b>")
  assert.is((await inForce()).categories[1]?.weight, "2", "nothing is kept by looking")

  await head.open("/grading/edit")
  const kept = await head.submit(
    "/grading/edit",
    await filled({
      label: "Lycée, moitié moitié",
      "categories-2-weight": "1",
      "awards-6-label": "Prix d’excellence",
      "awards-6-min": "18",
    }),
  )
  assert.match(kept.body, "« Lycée, moitié moitié », version 2, est en vigueur")
  const now = await inForce()
  assert.is(now.categories[1]?.weight, "1")
  assert.is(now.awards.at(-1)?.label, "Prix d’excellence")
})

test("what is wrong is said beside its field and nothing is kept", async () => {
  const head = await school.as("proviseur")
  const cases: [Record<string, string>, RegExp][] = [
    [{ "categories-2-weight": "deux" }, /Doit être un nombre positif ou nul/],
    [{ "categories-2-code": "CLASSE" }, /Donne deux fois le même code/],
    [{ scale_max: "0" }, /Doit aller d&#39;un minimum/],
    [{ "mentions-1-min": "" }, /Remplissez ce champ/],
    [{ rank_share: "2" }, /compris entre 0 et 1/],
    [{ label: "" }, /Remplissez ce champ/],
  ]
  for (const [fields, sentence] of cases) {
    await head.open("/grading/edit")
    const refused = await head.submit("/grading/edit", await filled(fields))
    assert.is(refused.status, 422, JSON.stringify(fields))
    assert.match(refused.body, sentence)
    for (const [name, value] of Object.entries(fields)) {
      if (value) assert.match(refused.body.replaceAll("&#39;", "'"), value, `${name} is kept`)
    }
  }
  await head.open("/grading/edit")
  const forged = await head.submit("/grading/edit", await filled({ rounding_stage: "sometimes" }))
  assert.is(forged.status, 422)
  assert.is((await profileFor(school.school.db, school.ids.year, null)).version, 1)
})

test("two heads at once: the second is told, and keeps what was typed", async () => {
  const [head, dean] = [await school.as("proviseur"), await school.as("censeur")]
  await head.open("/grading/edit")
  await dean.open("/grading/edit")
  await head.submit("/grading/edit", await filled({ label: "Du proviseur" }))
  const late = await dean.submit("/grading/edit", await filled({ label: "Du censeur" }))
  assert.is(late.status, 422)
  assert.match(late.body, "Une autre version a été enregistrée entre-temps")
  assert.match(late.body, "Du censeur")
})

test("after a publication: a reason is asked, the scale stays, the published period keeps its rules", async () => {
  await makeRows(school)
  const head = await school.as("proviseur")
  await head.open("/grading/edit")
  const silent = await head.submit("/grading/edit", await filled({ pass_mark: "9" }))
  assert.is(silent.status, 422)
  assert.match(silent.body, "écrivez pourquoi le barème change")
  await head.open("/grading/edit")
  const scaled = await head.submit("/grading/edit", await filled({ scale_max: "10", reason: "Essai" }))
  assert.is(scaled.status, 422)
  assert.match(scaled.body, "sont publiés sur 20")
  await head.open("/grading/edit")
  const kept = await head.submit(
    "/grading/edit",
    await filled({ pass_mark: "9", reason: "Décision du conseil" }),
  )
  assert.match(kept.body, "est en vigueur")
  assert.is((await inForce()).pass_mark, "9")
  const { gradesOfYear } = await import("./grading.ts")
  const graded = await gradesOfYear(school.school.db, school.ids.classes["10ème CG 1"] as number)
  assert.equal(
    graded?.periods.map(({ period, profile }) => [period.code, profile.profile.pass_mark]),
    [
      ["T1", "10"],
      ["T2", "9"],
      ["T3", "9"],
    ],
  )
})

test.run()
