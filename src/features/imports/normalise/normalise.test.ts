import * as fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { readDate } from "./date.ts"
import { readMatricule } from "./matricule.ts"
import { readPhones } from "./phone.ts"
import { readConsent, readLink, readRepeating, readSex } from "./words.ts"

test("a Malian number in every way it is typed", () => {
  for (const typed of [
    "66 18 08 66",
    "66180866",
    "66-18-08-66",
    "66.18.08.66",
    "'66180866",
    "+223 66 18 08 66",
    "0022366180866",
    "00223 66180866",
    "22366180866",
    "(+223) 66 18 08 66",
    "66\u00a018\u00a008\u00a066",
    "Tél : 66 18 08 66",
    "66180866.0",
    "2.2366180866E+10",
  ]) {
    const read = readPhones(typed)
    assert.is(read.kind === "number" && read.e164, "+22366180866", typed)
    assert.is(read.kind === "number" && read.foreign, false)
  }
})

test("two numbers of a cell: the first is the main one, the second the second", () => {
  for (const typed of [
    "66 18 08 66 / 74 06 88 88",
    "66180866 ou 74068888",
    "6618086674068888",
    "66180866-74068888",
    "66 18 08 66, 74 06 88 88",
  ]) {
    assert.equal(readPhones(typed), {
      kind: "number",
      e164: "+22366180866",
      foreign: false,
      second: "+22374068888",
      secondProblem: null,
    })
  }
  const half = readPhones("66180866 / 7406888")
  assert.is(half.kind === "number" && half.secondProblem, "phone_7_digits")
})

test("another country's number is kept as E.164, and said", () => {
  for (const [typed, e164] of [
    ["+33 6 39 98 38 53", "+33639983853"],
    ["00224 623 58 23 61", "+224623582361"],
  ]) {
    const read = readPhones(typed as string)
    assert.is(read.kind === "number" && read.e164, e164)
    assert.is(read.kind === "number" && read.foreign, true)
  }
})

test("a number that lost or gained something is a person's to settle, never guessed", () => {
  const reasons: Record<string, string> = {
    "9074188": "phone_7_digits",
    "2.23700E+10": "phone_scientific_notation_digits_lost",
    "2,23790E+10": "phone_scientific_notation_digits_lost",
    "66 18 O8 66": "phone_letter_o",
    "661808661": "phone_9_digits",
    "+223 66 18 08 6": "phone_7_digits",
    "chez le voisin": "phone_unreadable",
    "+999 123": "phone_unreadable",
  }
  for (const [typed, reason] of Object.entries(reasons))
    assert.equal(readPhones(typed), { kind: "unreadable", reason }, typed)
  for (const typed of ["", " ", "-", "néant", "NEANT", "RAS", "//"])
    assert.is(readPhones(typed).kind, "missing", typed)
})

test("a birth date in every way it is typed, day first", () => {
  for (const typed of [
    "03/02/2012",
    "3/2/2012",
    "03-02-2012",
    "03.02.2012",
    "03 02 2012",
    "2012-02-03",
    "2012-02-03 00:00:00",
    "40942",
    "3 février 2012",
    "03 fév. 2012",
    "3-févr-2012",
    "né le 03/02/2012",
    "Née le 3 fevrier 2012",
    "03022012",
    "03 / 02 / 2012",
  ]) {
    assert.equal(readDate(typed), { kind: "date", iso: "2012-02-03", warnings: [] }, typed)
  }
  assert.equal(readDate("1er janvier 2010"), { kind: "date", iso: "2010-01-01", warnings: [] })
})

test("what is understood beyond the plain date is said", () => {
  assert.equal(readDate("05/12/10"), { kind: "date", iso: "2010-12-05", warnings: ["two_digit_year"] })
  assert.equal(readDate("05/12/85"), { kind: "date", iso: "1985-12-05", warnings: ["two_digit_year"] })
  assert.equal(readDate("02/13/2011"), {
    kind: "date",
    iso: "2011-02-13",
    warnings: ["month_day_order_inferred"],
  })
  for (const typed of ["vers 2008", "né vers 2008", "2008", "V. 2008", "VERS 2008", "environ 2008"]) {
    assert.equal(readDate(typed), { kind: "year", iso: "2008", warnings: ["approximate_date"] }, typed)
  }
})

test("31/02 and letters among digits are never repaired", () => {
  assert.equal(readDate("31/02/2011"), { kind: "unreadable", reason: "date_impossible" })
  assert.equal(readDate("29/02/2011"), { kind: "unreadable", reason: "date_impossible" })
  assert.is(readDate("29/02/2012").kind, "date")
  assert.equal(readDate("O3/02/2012"), {
    kind: "unreadable",
    reason: "date_letter_o",
    suggestion: "2012-02-03",
  })
  assert.equal(readDate("03/02"), { kind: "unreadable", reason: "date_unreadable" })
  assert.equal(readDate("00/00/2010"), { kind: "unreadable", reason: "date_impossible" })
  assert.is(readDate("néant").kind, "missing")
})

test("a matricule loses its spaces and small letters, is never built nor repaired", () => {
  const value = "RC15CG26Z0170M"
  assert.equal(readMatricule(value), { kind: "matricule", value, warnings: [] })
  assert.equal(readMatricule("rc15cg26z0170m"), {
    kind: "matricule",
    value,
    warnings: ["matricule_lowercase"],
  })
  assert.equal(readMatricule(" RC15CG26 Z0170M "), {
    kind: "matricule",
    value,
    warnings: ["matricule_spaces"],
  })
  assert.equal(readMatricule("RC15CG21J148"), { kind: "matricule", value: "RC15CG21J148", warnings: [] })
  assert.equal(readMatricule("2026-0014"), {
    kind: "matricule",
    value: "2026-0014",
    warnings: ["matricule_unusual"],
  })
  assert.equal(readMatricule("RC15CG26ZO17OM"), {
    kind: "unreadable",
    reason: "matricule_letter_o",
    value: "RC15CG26ZO17OM",
    suggestion: value,
  })
  assert.is(readMatricule("néant").kind, "missing")
})

test("sex, consent, link and repetition in the school's words", () => {
  for (const typed of ["M", "m.", "Masculin", "G", "Garçon", "1", "H"]) assert.is(readSex(typed), "M", typed)
  for (const typed of ["F", "Féminin", "fille", "2"]) assert.is(readSex(typed), "F", typed)
  assert.is(readSex(""), null)
  assert.is(readSex("X"), undefined)
  for (const typed of ["Oui", "ok", "OUI", "oui merci", "D'accord"])
    assert.is(readConsent(typed), true, typed)
  for (const typed of ["Non", "non merci", "N"]) assert.is(readConsent(typed), false, typed)
  assert.is(readConsent(""), null)
  assert.is(readConsent("peut-être"), undefined)
  assert.is(readLink("Maman"), "MERE")
  assert.is(readLink("père"), "PERE")
  assert.is(readLink("grand-père"), "TUTEUR")
  assert.is(readLink(""), "TUTEUR")
  assert.is(readRepeating("R"), true)
  assert.is(readRepeating("Passant"), false)
  assert.is(readRepeating(""), null)
})

test("no cell makes a reader fail, and what comes out reads as itself", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(..."0123456789 /.-+eEoO()") }),
  )
  await fc.assert(
    fc.property(cell, (typed) => {
      const phone = readPhones(typed)
      if (phone.kind === "number") {
        assert.match(phone.e164, /^\+\d{6,15}$/)
        const again = readPhones(phone.e164)
        assert.is(again.kind === "number" && again.e164, phone.e164)
      }
      const date = readDate(typed)
      if (date.kind === "date")
        assert.equal(readDate(date.iso), { kind: "date", iso: date.iso, warnings: [] })
      const matricule = readMatricule(typed)
      if (matricule.kind === "matricule") assert.not.match(matricule.value, /\s/)
      readSex(typed)
      readConsent(typed)
      readRepeating(typed)
    }),
    { numRuns: 2000 },
  )
})

test.run()
