import * as fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { capitalized, fold, isCapitals, splitFullName, tidy, upperCase } from "./naming.ts"

test("keita finds KEÏTA, nare finds ɲare, n'diaye finds N’DIAYE", () => {
  assert.is(fold("KEÏTA"), "keita")
  assert.is(fold("Ɲare"), "nare")
  assert.is(fold("ɲarɛ"), "nare")
  assert.is(fold("Tɔgɔ Ŋaniya"), "togo naniya")
  assert.is(fold("N’DIAYE"), fold("n'diaye"))
  assert.is(fold("Abdoul-Karim"), "abdoul karim")
  assert.is(fold("  KONÉ\u00a0 Awa "), "kone awa")
})

test("a decomposed accent and a composed one are one name", () => {
  assert.is(fold("KEI\u0308TA"), fold("KEÏTA"))
  assert.is(tidy("KEI\u0308TA"), "KEÏTA")
})

test("the words in capitals are the family name, in either order", () => {
  const split = (text: string) => {
    const { surname, givenNames, order, certain } = splitFullName(text)
    return [surname, givenNames, order, certain]
  }
  assert.equal(split("KONÉ Awa Issa"), ["KONÉ", "Awa Issa", "surname_first", true])
  assert.equal(split("Sékou KOUYATÉ"), ["KOUYATÉ", "Sékou", "given_first", true])
  assert.equal(split("Rokia N'DIAYE"), ["N'DIAYE", "Rokia", "given_first", true])
  assert.equal(split("DIALLO BA Mariam"), ["DIALLO BA", "Mariam", "surname_first", true])
})

test("all in capitals: the first word, unless the column says given names first", () => {
  assert.equal(splitFullName("KONE AWA ISSA"), {
    surname: "KONE",
    givenNames: "AWA ISSA",
    order: "surname_first",
    certain: false,
  })
  assert.is(splitFullName("AWA ISSA KONE", "given_first").surname, "KONE")
  assert.is(splitFullName("Kadiatou Haïdara", "given_first").surname, "Haïdara")
})

test("capital letters keep their accents, initials are no family name", () => {
  assert.is(upperCase("Keïta"), "KEÏTA")
  assert.ok(isCapitals("BA"))
  assert.not(isCapitals("A."))
  assert.not(isCapitals("Bâ"))
})

test("given names without any capital receive theirs, others stay as they were written", () => {
  assert.is(capitalized("kadia marie-claire"), "Kadia Marie-Claire")
  assert.is(capitalized("élie"), "Élie")
  assert.is(capitalized("Abd el Kader"), "Abd el Kader")
  assert.is(capitalized("FANTA"), "FANTA")
})

test("no name makes folding or splitting fail, and folding twice changes nothing", async () => {
  await fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      assert.is(fold(fold(text)), fold(text))
      const { surname, givenNames } = splitFullName(text)
      const words = (value: string) => tidy(value).split(" ").filter(Boolean).sort().join(" ")
      assert.is(words(`${surname} ${givenNames}`), words(text))
    }),
  )
})

test.run()
