import { test } from "uvu"
import * as assert from "uvu/assert"
import { inGsmLetters, smsLength } from "./rules.ts"

test("160 plain characters are one SMS, 161 are two", () => {
  assert.equal([smsLength("a".repeat(160)).segments, smsLength("a".repeat(161)).segments], [1, 2])
  assert.equal([smsLength("a".repeat(306)).segments, smsLength("a".repeat(307)).segments], [2, 3])
})

test("one ç makes the whole SMS dear: 70 characters, then parts of 67", () => {
  assert.is(smsLength("é".repeat(160)).encoding, "gsm7")
  const dear = smsLength(`ç${"a".repeat(70)}`)
  assert.is(dear.encoding, "ucs2")
  assert.is(dear.segments, 2)
  assert.equal(dear.costly, ["ç"])
})

test("the euro counts twice and is never cut in two", () => {
  assert.is(smsLength("€".repeat(80)).segments, 1)
  assert.is(smsLength(`${"a".repeat(152)}€${"a".repeat(152)}`).segments, 3)
})

test("French and Bambara are written in the letters that fit", () => {
  const sms = inGsmLetters("Élève ƝARE Kɛlɛtigi : reçu n° 3 – « très bien », 25\u202f000 F")
  assert.is(sms, 'Élève NyARE Kèlètigi : recu no 3 - "très bien", 25 000 F')
  assert.is(smsLength(sms).encoding, "gsm7")
})

test.run()
