import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { csvText } from "../../documents/csv.ts"
import { FILTER_KEYS, hundredthsOf, keptQuery, queryOf, readAsked } from "./rules/asked.ts"
import { COLUMNS, type ColumnKey, DEFAULT_COLUMNS } from "./rules/columns.ts"
import { initials, masked, maskedPhone } from "./rules/masking.ts"
import { standingsOf } from "./rules/standing.ts"

const ALL = { guardians: true, academic: true }
const NONE = { guardians: false, academic: false }
const MALI = { prefix: "223", digits: 8 }

test("an address is read and written back in one way, whatever it holds", () => {
  const word = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom("1", "yes", "F", "8,50", "2010", "all", "-birth", "name", "sex.class", "unknown"),
  )
  const keys = fc.constantFrom(...FILTER_KEYS, "col", "sort", "size", "list", "page", "rien")
  fc.assert(
    fc.property(fc.dictionary(keys, word), (query) => {
      const asked = readAsked(query, ALL)
      const again = readAsked(String(new URLSearchParams(queryOf(asked))), ALL)
      assert.equal({ ...again, page: asked.page }, asked)
    }),
  )
})

test("what is left empty, usual or unknown does not stand in the address", () => {
  const asked = readAsked(
    {
      q: "  ",
      status: "enrolled",
      col: [...DEFAULT_COLUMNS],
      sort: "sex;drop",
      size: "50",
      below: "abc",
      x: "1",
    },
    ALL,
  )
  assert.is(keptQuery(asked), "")
  assert.is(asked.sort, "name")
})

test("boxes ticked in any order give the columns in the order of the table", () => {
  assert.equal(readAsked({ col: ["class", "matricule"] }, ALL).columns, ["matricule", "class"])
  assert.equal(readAsked({ col: "class.matricule.nonsense" }, ALL).columns, ["matricule", "class"])
  assert.equal(readAsked({ col: "nonsense" }, ALL).columns, [...DEFAULT_COLUMNS])
})

test("points are written with a comma or a point, and counted in hundredths", () => {
  assert.is(readAsked({ below: "08,50" }, ALL).filters.below, "8.5")
  assert.is(readAsked({ below: "12" }, ALL).filters.below, "12")
  assert.is(readAsked({ below: "0,00" }, ALL).filters.below, "")
  assert.is(readAsked({ below: "-3" }, ALL).filters.below, "")
  assert.equal(["8.5", "12", "0.25"].map(hundredthsOf), [850, 1200, 25])
})

test("without the right, filters, columns and orders about guardians and averages are not applied, and it is said", () => {
  const asked = readAsked(
    { consent: "no", below: "8", col: "sex.guardian_phone.average", sort: "average" },
    NONE,
  )
  assert.equal([asked.filters.consent, asked.filters.below, asked.sort], ["", "", "name"])
  assert.equal(asked.columns, ["sex"])
  assert.ok(asked.dropped)
  assert.not.ok(readAsked({ sex: "F", col: "sex" }, NONE).dropped)
})

test("a masked phone keeps the country and four digits, of whatever length it is", () => {
  assert.is(maskedPhone("+22370000866", MALI), "+223 ** ** 08 66")
  assert.is(maskedPhone("+224620001234", { prefix: "224", digits: 9 }), "+224 * ** ** 12 34")
  assert.is(maskedPhone("+33639980866", MALI), "+33 * ** ** 08 66")
})

test("masks: a year of a birth, initials of names, nothing of an address; what is empty stays empty", () => {
  assert.is(masked({ day: "2010-05-12" }, "birth", MALI), "2010")
  assert.is(masked("vers 2010", "birth", MALI), "2010")
  assert.is(initials("Aminata KEÏTA-DIALLO"), "A. K. D.")
  assert.is(masked("Aminata KEÏTA, Élie SY", "names", MALI), "A. K., É. S.")
  assert.is(masked("Faladiè, rue 12", "whole", MALI), "***")
  assert.is(
    masked({ phones: ["+22370000866", "+22366000001"] }, "phones", MALI),
    "+223 ** ** 08 66 / +223 ** ** 00 01",
  )
  assert.is(masked(null, "phones", MALI), null)
  assert.is(masked("RC15CG26Z9001M", undefined, MALI), "RC15CG26Z9001M")
})

test("every column that says where or of whom somebody is has a mask", () => {
  const open: ColumnKey[] = [
    "matricule",
    "birth_place",
    "sex",
    "class",
    "level",
    "series",
    "repeating",
    "regime",
  ]
  open.push("entered", "status", "nationality", "consent", "average", "fall", "absent")
  open.push("internal", "joined", "previous", "repeated", "channel", "commune", "photo")
  open.push("exam_number", "exam_centre")
  const without = (Object.keys(COLUMNS) as ColumnKey[]).filter((key) => !("mask" in COLUMNS[key]))
  assert.equal(without.sort(), open.sort())
})

test("a CSV keeps zeros, plus signs and long numbers as texts, and defuses formulas", () => {
  const cells = [
    "=1+1",
    "+223 70 00 00 01",
    "-x",
    "@a",
    "007",
    "123456789012",
    "12E5",
    "12",
    "A;B",
    'l"un',
    "0",
  ]
  const text = csvText([cells])
  assert.is(
    text,
    `\ufeff"'=1+1";"'+223 70 00 00 01";"'-x";"'@a";"'007";"'123456789012";"'12E5";12;"A;B";"l""un";0\r\n`,
  )
})

test("a standing is the newest published average and how far it fell from the one before, halves rounded up", () => {
  const standings = standingsOf([
    { student: 1, period: 2, exact: "16/3" },
    { student: 1, period: 1, exact: "2001/200" },
    { student: 2, period: 1, exact: "12" },
    { student: 3, period: 1, exact: "9" },
    { student: 3, period: 2, exact: null },
    { student: 4, period: 1, exact: "9" },
    { student: 4, period: 2, exact: "11" },
    { student: 5, period: 1, exact: null },
  ])
  assert.equal(standings.get(1), { average: 533, fall: 1001 - 533 })
  assert.equal(standings.get(2), { average: 1200, fall: null })
  assert.equal(standings.get(3), { average: 900, fall: null }, "not classed in the second period")
  assert.equal(standings.get(4), { average: 1100, fall: null }, "a rise is no fall")
  assert.is(standings.get(5), undefined)
})

test.run()
