import { test } from "uvu"
import * as assert from "uvu/assert"
import { maliLycee, presets } from "../grades/presets.ts"
import { type GradingConfig, readProfile } from "../grades/profile.ts"
import { periodState, roundingText, ruleText } from "./rules.ts"

const profileOf = (config: GradingConfig) => {
  const read = readProfile(config)
  if (!read.ok) throw new Error(read.problems.join())
  return read.profile
}

test("the foot of a Malian bulletin says its rule and its rounding", () => {
  const mali = profileOf(maliLycee)
  assert.is(
    ruleText(mali),
    "Moyenne d’une matière = (Moyenne de classe + 2 × Composition) ÷ 3. Moyenne générale = somme des (moyenne × coefficient) / somme des coefficients, conduite comprise.",
  )
  assert.is(roundingText(mali), "Arrondi au centième, demi vers le haut, seulement ce qui est affiché.")
})

test("every preset has a rule in words, without a sign that the bulletin's font lacks", () => {
  for (const { code, config } of presets) {
    const text = ruleText(profileOf(config)) + roundingText(profileOf(config))
    assert.not.match(text, /undefined|NaN|Σ/, code)
  }
})

test("a period is locked when every subject is, and a class without subjects never is", () => {
  assert.is(periodState(null, { total: 3, locked: 2 }), "open")
  assert.is(periodState(null, { total: 3, locked: 3 }), "locked")
  assert.is(periodState(null, { total: 0, locked: 0 }), "open")
  assert.is(periodState("checked", { total: 3, locked: 1 }), "checked")
})

test.run()
