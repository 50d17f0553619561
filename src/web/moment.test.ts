import { test } from "uvu"
import * as assert from "uvu/assert"
import { dayBegins, momentIn, readHour } from "./moment.ts"

test("an hour is read as people write it", () => {
  assert.equal(["17:30", "17h30", "17 h", "7H05", "0h"].map(readHour), [
    "17:30",
    "17:30",
    "17:00",
    "07:05",
    "00:00",
  ])
  assert.equal(["24:00", "17:60", "cinq heures", "", "17:3"].map(readHour), [null, null, null, null, null])
})

test("an hour of a place is one moment", () => {
  assert.is(momentIn("2026-12-23", "17:30", "Africa/Bamako"), "2026-12-23T17:30:00.000Z")
  assert.is(momentIn("2026-12-23", "17:30", "Africa/Libreville"), "2026-12-23T16:30:00.000Z")
  assert.is(momentIn("2026-12-23", "17:30", "Europe/Brussels"), "2026-12-23T16:30:00.000Z")
  assert.is(momentIn("2026-07-01", "17:30", "Europe/Brussels"), "2026-07-01T15:30:00.000Z")
  // clocks go forward at 02:00 on 29 March 2026 and back at 03:00 on 25 October
  assert.is(momentIn("2026-03-29", "01:59", "Europe/Brussels"), "2026-03-29T00:59:00.000Z")
  assert.is(momentIn("2026-03-29", "03:00", "Europe/Brussels"), "2026-03-29T01:00:00.000Z")
  assert.is(momentIn("2026-10-25", "03:00", "Europe/Brussels"), "2026-10-25T02:00:00.000Z")
})

test("a day begins when it begins there", () => {
  assert.is(dayBegins("2026-12-10", "Africa/Bamako"), "2026-12-10T00:00:00.000Z")
  assert.is(dayBegins("2026-12-10", "Europe/Brussels"), "2026-12-09T23:00:00.000Z")
  assert.is(dayBegins("2026-07-10", "Europe/Brussels"), "2026-07-09T22:00:00.000Z")
  assert.is(dayBegins("2026-03-29", "Europe/Brussels"), "2026-03-28T23:00:00.000Z")
  assert.is(dayBegins("2026-03-30", "Europe/Brussels"), "2026-03-29T22:00:00.000Z")
})

test.run()
