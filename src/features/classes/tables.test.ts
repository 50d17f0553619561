import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Client } from "../../../test/client.ts"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { canonicalClass } from "./naming.ts"
import { addAlias } from "./queries/naming.ts"
import { vocabularyOf } from "./queries.ts"

let school: TestSchool
let dean: Client
test.before.each(async () => {
  school = await openTestSchool()
  dean = await school.as("censeur")
})
test.after.each(() => school.close())

/** The fields of the subjects form as the page shows them. */
function shown(body: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name, value] of body.matchAll(/<input id="[^"]+" name="([a-z]+-\d+)" value="([^"]*)"/g))
    fields[name as string] = value as string
  for (const [, name, options] of body.matchAll(
    /<select id="[^"]+" name="([a-z]+-\d+)">([\s\S]*?)<\/select>/g,
  )) {
    fields[name as string] = options?.match(/value="([^"]*)" selected/)?.[1] ?? ""
  }
  return fields
}

test("a grid shows source and confidence, is changed line by line, and a past year’s no more", async () => {
  const { db } = school.school
  const path = `/coefficients?year=${school.ids.year}&level=12&series=TSE`
  const table = await dean.open(path)
  const fields = shown(table.body)
  const first = Object.keys(fields).find((name) => name.startsWith("coefficient-")) as string
  const made = await dean.submit("/coefficients", {
    ...fields,
    [first]: "5",
    source: "Conseil du 3 décembre",
    confidence: "H",
  })
  assert.match(made.body, "Conseil du 3 décembre")
  assert.match((await dean.open("/coefficients")).body, "Conseil du 3 décembre")
  await dean.open(path)
  const late = await dean.post("/coefficients", {
    ...fields,
    year: String(school.ids.year),
    level: "12",
    series: "TSE",
    seen: "x",
    confidence: "H",
  })
  assert.is(late.status, 409)
  const audit = await db.selectFrom("audit").select("id").where("subject", "=", "coefficient").execute()
  assert.is(audit.length, 4, "the source is every line’s")
  const past = { label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30" }
  const { id } = await db.insertInto("school_year").values(past).returning("id").executeTakeFirstOrThrow()
  await dean.open(path)
  assert.is(
    (await dean.post("/coefficients", { ...fields, year: String(id), level: "12", series: "TSE" })).status,
    409,
  )
  assert.is((await dean.get("/coefficients?level=12&series=CG")).status, 404)
  assert.is((await dean.get("/coefficients?year=999")).status, 404)
})

test("a new year takes the grids of the one before", async () => {
  const next = { label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30" }
  const { id } = await school.school.db
    .insertInto("school_year")
    .values(next)
    .returning("id")
    .executeTakeFirstOrThrow()
  await dean.open(`/coefficients?year=${id}`)
  const page = await dean.submit("/coefficients/copy", { year: String(id), from: String(school.ids.year) })
  assert.match(page.body, "12 lignes sont reprises de 2026-2027 en 2027-2028.")
})

test("a subject is created, renamed, taken out; its code never changes", async () => {
  await dean.open("/subjects/new")
  const fields = { label: "Bambara", short_label: "Bambara", code: "bam", position: "9", active: "1" }
  assert.match((await dean.submit("/subjects/new", fields)).body, "La matière Bambara est créée.")
  await dean.open("/subjects/new")
  const taken = await dean.post("/subjects/new", { ...fields, label: "Autre" })
  assert.is(taken.status, 422)
  assert.match(taken.body, "Le code BAM est celui d’une autre matière.")
  const { id } = await school.school.db
    .selectFrom("subject")
    .select("id")
    .where("code", "=", "BAM")
    .executeTakeFirstOrThrow()
  await dean.open(`/subjects/${id}/edit`)
  await dean.post(`/subjects/${id}/edit`, { ...fields, code: "XYZ", label: "Bamanankan", active: "" })
  const row = await school.school.db
    .selectFrom("subject")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
  assert.equal([row.code, row.label, row.active], ["BAM", "Bamanankan", 0])
  const stale = await dean.post(`/subjects/${id}/edit`, { ...fields, seen: "0" })
  assert.is(stale.status, 409)
  assert.is((await dean.get("/subjects/999/edit")).status, 404)
})

test("the school’s own words for a level or a series are understood", async () => {
  await dean.open("/levels")
  assert.match(
    (await dean.submit("/levels/aliases", { alias: "T. Exactes", target: "series:TSE" })).body,
    "sera compris",
  )
  const vocabulary = await vocabularyOf(school.school.db, "ML")
  assert.is(canonicalClass("12e T.Exactes 2", vocabulary), "12ème TSE 2")
  assert.is(canonicalClass("10EME CG 1", vocabulary), "10ème CG 1")
  assert.is((await dean.post("/levels/aliases", { alias: "t exactes", target: "series:CG" })).status, 422)
  assert.is((await dean.post("/levels/aliases", { alias: "xyz", target: "series:NONE" })).status, 422)
  assert.match((await dean.open("/levels?try=T+S+E")).body, "série <b>TSE</b>")
  assert.match((await dean.open("/levels?try=Effectif")).body, "n’est pas compris")
  await dean.submit("/levels/aliases/remove", { alias: "texactes" })
  assert.is(
    (await vocabularyOf(school.school.db, "ML")).series
      .find(({ code }) => code === "TSE")
      ?.aliases.includes("texactes"),
    false,
  )
  const said = { by: { id: 1 } as never, at: "2026-12-10" }
  assert.is(await addAlias(school.school.db, { alias: "…", kind: "level", code: "10" }, said), false)
})

test("levels and series are added and renamed", async () => {
  await dean.open("/levels")
  assert.match(
    (await dean.submit("/levels", { code: "9", label: "9ème", cycle: "fondamental" })).body,
    "Le niveau 9ème est enregistré.",
  )
  assert.match(
    (await dean.submit("/levels/series", { code: "tll", label: "Langues", level: "12" })).body,
    "La série Langues est enregistrée.",
  )
  const wrong = await dean.post("/levels/series", { code: "T L", label: "", level: "99" })
  assert.is(wrong.status, 422)
  assert.match(wrong.body, "Des lettres sans accent")
  const series = await school.school.db
    .selectFrom("series")
    .select(["code", "level_code"])
    .where("code", "=", "TLL")
    .execute()
  assert.equal(series, [{ code: "TLL", level_code: "12" }])
})

test.run()
