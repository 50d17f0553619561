import { test } from "uvu"
import * as assert from "uvu/assert"
import { passwordProblem } from "./passwords.ts"

const KNOWN = [
  "Kadiatou BERTHÉ",
  "secretaire@kalanso.example",
  "+22370000001",
  "RC15CG26Z9001M",
  "Lycée Kalanso",
]

test("a short sentence may be a password, without any recipe of signs", () => {
  for (const good of [
    "trois chèvres bleues",
    "mangue-tortue-lundi",
    "ɲɔgɔn ye dɛmɛ",
    "Kx7#pQz!2mLw",
    "le pont de Markala",
  ]) {
    assert.is(passwordProblem(good, KNOWN), null, good)
  }
})

test("less than ten characters is too short, more than two hundred too long", () => {
  assert.match(passwordProblem("mangue-to", KNOWN) ?? "", "au moins 10 caractères")
  assert.match(passwordProblem("mangue tortue ".repeat(20), KNOWN) ?? "", "200 caractères au plus")
})

test("what everybody chooses is refused, with digits and signs around and letters masked", () => {
  const common = [
    "motdepasse",
    "MotDePasse2026!",
    "M0t-de-P@sse1",
    "azertyuiop",
    "1234567890",
    "0987654321",
    "aaaaaaaaaa",
    "abababababab",
    "azerty123456",
    "bonjour2026",
    "ardoise-2026",
    "Password123",
    "70 00 00 01 00",
    "12/05/1987",
    "monMotDePasse",
  ]
  for (const bad of common) assert.match(passwordProblem(bad, KNOWN) ?? "", "trop courant", bad)
})

test("what others know of the person is refused", () => {
  const told = [
    "secretaire@kalanso.example",
    "secretaire@kalanso.example1",
    "kadiatouberthe2026",
    "Kadiatou Berthé",
    "rc15cg26z9001m",
    "le 70000001 !!",
    "lyceekalanso2",
  ]
  for (const bad of told) assert.is.not(passwordProblem(bad, KNOWN), null, bad)
})

test.run()
