import { test } from "uvu"
import * as assert from "uvu/assert"
import { migrate, openDatabase } from "../../db/index.ts"
import { MALI } from "./naming.ts"
import { COEFFICIENTS, installReference, LEVELS, SERIES, SUBJECTS } from "./reference.ts"

test("every series and level of the profile is one that class labels can name", () => {
  for (const { code, level } of SERIES) {
    assert.ok(
      MALI.series.some((series) => series.code === code && series.level === level),
      code,
    )
  }
  for (const { code } of LEVELS) assert.ok(MALI.levels.some((level) => level.code === code))
})

test("each series has its table, each table says its source", () => {
  for (const { code, level } of SERIES) {
    assert.is(COEFFICIENTS.filter((table) => table.series === code && table.level === level).length, 1, code)
  }
  for (const { source, confidence } of COEFFICIENTS)
    assert.ok(source.length > 5 && "HML".includes(confidence))
})

test("a new school gets levels, series, subjects and coefficients, and a second time nothing", async () => {
  const db = openDatabase(":memory:")
  await migrate(db)
  const year = { label: "2026-2027", starts_on: "2026-10-01", ends_on: "2027-06-30", current: 1 }
  const { id } = await db.insertInto("school_year").values(year).returning("id").executeTakeFirstOrThrow()
  const count = async () => {
    const rows = await db.selectFrom("coefficient").select(["level_code", "series_code"]).execute()
    const subjects = await db.selectFrom("subject").select("code").execute()
    return [rows.length, new Set(rows.map((row) => row.level_code + row.series_code)).size, subjects.length]
  }
  await installReference(db, id)
  const first = await count()
  assert.is(first[1], SERIES.length)
  assert.ok((first[2] as number) < SUBJECTS.length, "PC belongs to the fondamental only")
  await installReference(db, id)
  assert.equal(await count(), first)
  await installReference(db, id, { fondamental: true })
  assert.is((await count())[2], SUBJECTS.length)
  const tal = await db
    .selectFrom("coefficient")
    .select("coefficient")
    .where("series_code", "=", "TAL")
    .execute()
  assert.is(
    tal.reduce((sum, row) => sum + row.coefficient, 0),
    2300,
    "24 with conduct",
  )
  await db.destroy()
})

test.run()
