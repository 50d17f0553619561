// The school's own words: appreciations that agree, decisions, reasons.
import { test } from "uvu"
import * as assert from "uvu/assert"
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import { councilPath, giveCouncilMarks, openCouncil, words } from "./council.fixture.ts"
import { agreementProblem, formsOf } from "./rules/agreement.ts"
import { phrasesFor } from "./rules/phrases.ts"

let school: TestSchool
test.before.each(async () => {
  school = await openTestSchool()
})
test.after.each(() => school.close())

const phrases = () =>
  school.school.db
    .selectFrom("council_phrase")
    .selectAll()
    .where("kind", "=", "appreciation")
    .orderBy("position")
    .execute()

test("a new school begins with twenty phrases, right in both forms, some for every average", async () => {
  const rows = await phrases()
  assert.is(rows.length, 20)
  for (const { text } of rows) {
    assert.is(agreementProblem(text), null, text)
    for (const form of Object.values(formsOf(text))) assert.match(form, /^[A-ZÉ].*\.$/, form)
  }
  assert.ok(rows.some(({ text }) => formsOf(text).m !== formsOf(text).f))
  for (let mark = 0; mark <= 2000; mark += 25) {
    const own = phrasesFor(rows, mark).filter(({ from_mark, below_mark }) => from_mark ?? below_mark)
    assert.ok(own.length >= 2, `${own.length} phrases for ${mark / 100}`)
  }
})

test("the dean adds a phrase and reads it in both forms", async () => {
  const dean = await school.as("censeur")
  assert.match(words(await dean.get("/council/phrases")), "Élève sérieux et appliqué : les résultats")
  const text = "Élève {créatif|créative}, {il|elle} s’investit."
  const fields = { text, from_mark: "12", below_mark: "16,5", position: "3", active: "1" }
  const page = await dean.submit("/council/phrases", fields)
  assert.match(
    words(page),
    "Élève créatif, il s’investit. Élève créative, elle s’investit. de 12 à moins de 16,5",
  )
  assert.is((await phrases()).length, 21)
})

test("a phrase whose braces do not close, or whose band is empty, is refused beside its field", async () => {
  const dean = await school.as("censeur")
  for (const [fields, said] of [
    [{ text: "Élève sérieux|sérieuse" }, "Mettez les deux formes entre accolades"],
    [{ text: "Élève {sérieux" }, "Une accolade n’est pas fermée"],
    [{ text: " " }, "Remplissez ce champ."],
    [{ text: "Bien.", from_mark: "14", below_mark: "12" }, "La fin de la tranche doit dépasser son début."],
    [{ text: "Bien.", from_mark: "21" }, "Écrivez un nombre de 0 à 20"],
    [{ text: "Bien.", position: "zéro" }, "Écrivez un nombre entier"],
  ] as const) {
    await dean.get("/council/phrases")
    const answer = await dean.post("/council/phrases", { position: "1", active: "1", ...fields })
    assert.is(answer.status, 422, said)
    assert.match(words(answer), said)
  }
  assert.is((await phrases()).length, 20)
})

test("two persons change one phrase: the second sees the first's words before replacing them", async () => {
  const [first] = await phrases()
  const path = `/council/phrases/${first?.id}`
  const dean = await school.as("censeur")
  const head = await school.as("proviseur")
  await dean.get(path)
  await head.get(path)
  const fields = { text: "Bravo.", from_mark: "16", below_mark: "", position: "1", active: "1" }
  assert.is((await dean.post(path, fields)).status, 303)
  const late = await head.post(path, { ...fields, text: "Félicitations." })
  assert.is(late.status, 409)
  assert.match(words(late), "elle est maintenant « Bravo. » (16 et plus)")
  assert.match(late.body, "Félicitations.")
  await head.submit(path, { ...fields, text: "Félicitations." })
  assert.is((await phrases())[0]?.text, "Félicitations.")
})

test("a phrase put aside is offered no more", async () => {
  await giveCouncilMarks(school)
  const head = await school.as("proviseur")
  const path = councilPath(school)
  assert.match(words(await openCouncil(head, path)), "Élève sérieux et appliqué")
  const id = (await phrases()).find(({ text }) => text.includes("sérieux et appliqué"))?.id
  await head.get(`/council/phrases/${id}`)
  await head.post(`/council/phrases/${id}`, { text: "Élève {sérieux|sérieuse}.", position: "4" })
  const page = await head.get(`${path}/session`)
  assert.not.match(words(page), "Élève sérieux")
})

test("the school writes its decisions and reasons; a decision says what becomes of the student", async () => {
  const head = await school.as("proviseur")
  const page = await head.get("/council/choices")
  assert.match(page.body, 'value="Admis(e) en classe supérieure"')
  const none = await head.post("/council/choices", { label_1: "Admis(e)", effect_1: "", reasons: "" })
  assert.is(none.status, 422)
  assert.match(words(none), "Dites ce que cette décision fait de l’élève.")
  const twice = { label_1: "Redouble", effect_1: "repeats", label_2: "Redouble", effect_2: "leaves" }
  assert.is((await head.post("/council/choices", { ...twice, reasons: "" })).status, 422)
  const fields = {
    ...{ label_1: "Admis(e)", effect_1: "promoted", label_2: "", label_3: "Redouble", effect_3: "repeats" },
    reasons: "Progrès\n\nProgrès\nMaladie",
  }
  assert.match(words(await head.submit("/council/choices", fields)), "Les listes sont enregistrées.")
  const kept = await school.school.db
    .selectFrom("council_phrase")
    .select(["text", "effect"])
    .where("kind", "<>", "appreciation")
    .orderBy("kind")
    .orderBy("position")
    .execute()
  assert.equal(
    kept.map(({ text, effect }) => [text, effect]),
    [
      ["Admis(e)", "promoted"],
      ["Redouble", "repeats"],
      ["Progrès", null],
      ["Maladie", null],
    ],
  )
  assert.is((await phrases()).length, 20, "the appreciations stand")
})

test.run()
