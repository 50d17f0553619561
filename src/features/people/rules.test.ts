import { test } from "uvu"
import * as assert from "uvu/assert"
import { conflictsOf, differences } from "./conflict.ts"
import { phoneText, planOf, readPhone } from "./phone.ts"
import {
  birthProblem,
  birthText,
  type Completeness,
  missingOf,
  probableDouble,
  readBirth,
  readMatricule,
  searchTerms,
  usualMatricule,
} from "./rules.ts"

const TODAY = "2026-12-10"
const mali = planOf("+223")

test("a birth is a past day of the calendar, a year alone, or unknown", () => {
  assert.equal(readBirth("04/03/2011", TODAY), {
    birth_date: "2011-03-04",
    birth_year: 2011,
    birth_approximate: 0,
  })
  for (const typed of [
    "vers 2008",
    "Vers 2008",
    "2008",
    "né vers 2008",
    "née vers 2008",
    "né(e) vers 2008",
  ]) {
    assert.equal(readBirth(typed, TODAY), { birth_date: null, birth_year: 2008, birth_approximate: 1 }, typed)
  }
  assert.equal(readBirth("", TODAY), { birth_date: null, birth_year: null, birth_approximate: 0 })
  for (const typed of ["31/02/2010", "11/12/2026", "2027", "04/03/1911", "4 mars", "04/13/2011", "vers"]) {
    assert.is(readBirth(typed, TODAY), null, typed)
  }
  assert.is(birthText({ birth_date: "2008-01-01", birth_year: 2008, birth_approximate: 1 }), "vers 2008")
  assert.is(birthText({ birth_date: null, birth_year: null, birth_approximate: 0 }), "–")
})

test("a matricule loses its spaces and takes capitals; another shape is only odd", () => {
  assert.is(readMatricule(" rc16 cg24 a9319\u00a0m "), "RC16CG24A9319M")
  assert.is(readMatricule("  "), null)
  assert.ok(usualMatricule("RC15CG21J148"))
  assert.not(usualMatricule("2026/114"))
})

test("a phone number is read however it is spaced, and nothing is guessed", () => {
  const e164 = (typed: string) => {
    const read = readPhone(typed, mali)
    return read.kind === "number" ? read.e164 : null
  }
  for (const typed of [
    "70 00 00 01",
    "70-00-00-01",
    "70.00.00.01",
    "0022370000001",
    "+223 70 00 00 01",
    "22370000001",
  ]) {
    assert.is(e164(typed), "+22370000001", typed)
  }
  assert.is(e164("+33 6 39 98 00 11"), "+33639980011")
  for (const typed of [
    "7000000",
    "700000012",
    "7O000001",
    "abc",
    "+223 7000000",
    "+",
    "70 00 00 01 / 70 00 00 02",
  ]) {
    assert.is(e164(typed), null, typed)
  }
  assert.is(phoneText("+22370000001", mali), "70 00 00 01")
  assert.is(phoneText("+33639980011", mali), "+33 6 39 98 00 11")
  assert.is(phoneText("+224622000001", planOf("+224")), "622 00 00 01")
})

test("a search is words in any order and digits however spaced", () => {
  assert.equal(searchTerms("Moussa KEÏTA"), [
    { kind: "word", text: "moussa" },
    { kind: "word", text: "keita" },
  ])
  assert.equal(searchTerms("ɲare 70 00-00.01"), [
    { kind: "word", text: "nare" },
    { kind: "digits", text: "70000001" },
  ])
  assert.equal(searchTerms("00223 70 00 00 01"), [{ kind: "digits", text: "22370000001" }])
  assert.equal(searchTerms("% _ \\ +"), [])
  assert.ok(searchTerms("a ".repeat(300)).length <= 6)
})

test("a double has the same name and a birth that may be the same", () => {
  const aminata = { surname: "TRAORÉ", given_names: "Aminata", birth_date: "2011-06-18", birth_year: 2011 }
  assert.ok(probableDouble(aminata, { ...aminata, surname: "Traore" }))
  assert.ok(probableDouble(aminata, { ...aminata, birth_date: null }))
  assert.ok(probableDouble(aminata, { ...aminata, birth_date: null, birth_year: null }))
  assert.not(probableDouble(aminata, { ...aminata, birth_date: "2010-01-01", birth_year: 2010 }))
  assert.not(probableDouble(aminata, { ...aminata, birth_date: null, birth_year: 2010 }))
  assert.not(probableDouble(aminata, { ...aminata, given_names: "Awa" }))
})

test("of two edits of one card, what only the other changed is taken, what both changed is asked", () => {
  const opened = { surname: "KEITA", address: "Faladiè", phone: null }
  const theirs = { surname: "KEÏTA", address: "Sogoniko", phone: null }
  const changes = [differences(opened, theirs)].filter((one) => one !== null)
  const mine = { surname: "KEITA", address: "Kalaban-Coura", phone: "+22370000009" }
  assert.equal(conflictsOf(changes, theirs, mine), [
    { field: "surname", was: "KEITA", now: "KEÏTA", typed: "KEITA", untouched: true },
    { field: "address", was: "Faladiè", now: "Sogoniko", typed: "Kalaban-Coura", untouched: false },
  ])
  assert.is(differences(opened, { ...opened }), null)
})

test("a birth typed without signs is read; a year of two digits is not guessed", () => {
  assert.equal(readBirth("05062011", "2026-12-10"), {
    birth_date: "2011-06-05",
    birth_year: 2011,
    birth_approximate: 0,
  })
  for (const typed of ["5/6/11", "050611", "5062011", "31022010", "11122026"])
    assert.is(readBirth(typed, "2026-12-10"), null, typed)
  assert.match(birthProblem("5/6/11"), "quatre chiffres")
  assert.match(birthProblem("05.06.11"), "quatre chiffres")
  assert.match(birthProblem("demain"), "jour passé du calendrier")
})

test("what a card lacks, the most pressing first; an answer of no is an answer", () => {
  const card: Completeness = {
    ...{ matricule: "RC1", birth_date: "2011-06-05", birth_year: 2011, birth_place: "Kati", sex: "F" },
    ...{ address: null, quartier: "Faladiè", guardians: 2, reached: 1, contacts: 1, photo: 0 },
  }
  assert.equal(missingOf(card), [])
  assert.equal(missingOf({ ...card, reached: 0 }), ["téléphone d’un tuteur"])
  assert.equal(missingOf({ ...card, guardians: 0, reached: 0, photo: null, quartier: null }), [
    "tuteur",
    "adresse",
    "réponse sur les photos",
  ])
  assert.equal(missingOf({ ...card, birth_date: null }), [], "« vers 2011 » is known")
})

test.run()
