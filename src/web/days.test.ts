import { test } from "uvu"
import * as assert from "uvu/assert"
import { addDays, daysBetween } from "./days.ts"

test("days are counted over the ends of months and years, and where clocks change", () => {
  assert.equal([addDays("2027-06-30", 1), addDays("2026-12-31", 1)], ["2027-07-01", "2027-01-01"])
  assert.equal([addDays("2027-01-01", -1), addDays("2028-02-28", 1)], ["2026-12-31", "2028-02-29"])
  assert.is(addDays("2026-03-28", 2), "2026-03-30")
  assert.equal([daysBetween("2026-03-28", "2026-03-30"), daysBetween("2027-01-01", "2026-12-31")], [2, -1])
})

test.run()
