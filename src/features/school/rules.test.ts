import { test } from "uvu"
import * as assert from "uvu/assert"
import {
  likelyYear,
  type PeriodRow,
  periodProblems,
  plannedPeriods,
  yearLabel,
  yearLater,
  yearProblems,
} from "./rules.ts"

const YEAR = { label: "2026-2027", starts_on: "2026-10-01", ends_on: "2027-06-30" }
const row = (n: number, code: string, starts_on: string, ends_on: string, weight = 100): PeriodRow => ({
  row: n,
  id: null,
  code,
  label: code,
  weight,
  starts_on,
  ends_on,
})
const fields = (periods: PeriodRow[]) => periodProblems(YEAR, periods).map(({ field }) => field)

test("planned periods fill the year without gap or overlap", () => {
  for (const plan of ["T3", "S2"] as const) {
    const periods = plannedPeriods(YEAR, plan)
    assert.is(periods[0]?.starts_on, YEAR.starts_on)
    assert.is(periods.at(-1)?.ends_on, YEAR.ends_on)
    const rows = periods.map((period, n) => ({ ...period, row: n + 1, id: null }))
    assert.equal(periodProblems(YEAR, rows), [])
    for (const [n, period] of periods.entries()) {
      const next = periods[n + 1]
      if (next) assert.is(Date.parse(next.starts_on) - Date.parse(period.ends_on), 86_400_000)
    }
  }
})

test("periods are inside the year, in order, apart, with different codes", () => {
  const first = row(1, "T1", "2026-10-01", "2026-12-23")
  assert.equal(fields([first, row(2, "T2", "2027-01-04", "2027-03-26")]), [])
  assert.equal(fields([]), ["code_1"])
  assert.equal(fields([row(1, "T1", "2026-09-30", "2026-12-23")]), ["starts_1"])
  assert.equal(fields([row(1, "T1", "2026-10-01", "2027-07-01")]), ["ends_1"])
  assert.equal(fields([row(1, "T1", "2026-12-23", "2026-10-01")]), ["ends_1"])
  assert.equal(fields([first, row(2, "T2", "2026-12-23", "2027-03-26")]), ["starts_2"])
  assert.equal(fields([row(1, "T2", "2027-01-04", "2027-03-26"), { ...first, row: 2 }]), ["starts_2"])
  assert.equal(fields([first, row(2, "T1", "2027-01-04", "2027-03-26")]), ["code_2"])
  assert.equal(fields([{ ...first, weight: 0 }]), ["weight_1"])
  assert.match(
    periodProblems(YEAR, [row(1, "T2", "2027-01-04", "2027-03-26"), { ...first, row: 2 }])[0]?.text ?? "",
    "vient avant T2",
  )
})

test("a year ends after it begins, lasts at most 400 days and meets no other", () => {
  const others = [{ label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-07-15" }]
  const problem = (year: Partial<typeof YEAR>) => yearProblems({ ...YEAR, ...year }, others)[0]?.field
  assert.is(problem({}), undefined)
  assert.is(problem({ ends_on: "2026-10-01" }), "ends_on")
  assert.is(problem({ ends_on: "2028-06-30" }), "ends_on")
  assert.is(problem({ label: "2025-2026" }), "label")
  assert.is(problem({ starts_on: "2026-07-15" }), "starts_on")
})

test("the year a new school opens for is the one under way, or from July the next", () => {
  assert.equal(likelyYear("2026-11-20", "10-01", "06-30"), { starts_on: "2026-10-01", ends_on: "2027-06-30" })
  assert.equal(likelyYear("2027-02-01", "10-01", "06-30"), { starts_on: "2026-10-01", ends_on: "2027-06-30" })
  assert.equal(likelyYear("2027-07-01", "10-01", "06-30"), { starts_on: "2027-10-01", ends_on: "2028-06-30" })
  assert.is(yearLabel(YEAR), "2026-2027")
  assert.is(yearLater("2028-02-29"), "2029-02-28")
  assert.is(yearLater("2026-10-01"), "2027-10-01")
})

test.run()
