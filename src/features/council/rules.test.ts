import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { agree, agreementProblem, formsOf } from "./rules/agreement.ts"
import { changedSince, isOffered, mayFollow, overrules } from "./rules/deciding.ts"
import { spark } from "./rules/drawing.ts"
import { keysOf, WRITE_KEY } from "./rules/keys.ts"
import { around, inOrder } from "./rules/order.ts"
import { onTwenty, phrasesFor } from "./rules/phrases.ts"
import { isOpen, needsReason, othersText, readOthers } from "./rules/session.ts"

test("a phrase agrees with the student it is said of", () => {
  const phrase = "Élève {sérieux|sérieuse}, appliqué{|e} : {il|elle} progresse."
  assert.is(agree(phrase, "M"), "Élève sérieux, appliqué : il progresse.")
  assert.is(agree(phrase, "F"), "Élève sérieuse, appliquée : elle progresse.")
  assert.is(agree(phrase, null), "Élève sérieux/sérieuse, appliqué(e) : il/elle progresse.")
  assert.is(agree("{appliqué|appliquée}", null), "appliqué(e)")
})

test("what is wrong with the braces is said; what is right is let through", () => {
  assert.is(agreementProblem("Bon travail."), null)
  assert.is(agreementProblem("Élève {sérieux|sérieuse}."), null)
  assert.match(String(agreementProblem("Élève sérieux|sérieuse.")), /entre accolades/)
  assert.match(String(agreementProblem("Élève {sérieux}.")), /séparées par une seule barre/)
  assert.match(String(agreementProblem("Élève {un|deux|trois}.")), /une seule barre/)
  assert.match(String(agreementProblem("Élève {sérieux|sérieuse.")), /pas fermée/)
  assert.match(String(agreementProblem("Élève sérieux}.")), /pas ouverte/)
  assert.match(String(agreementProblem("{Bien|}")), /vide/)
})

const plain = fc.string().filter((text) => !/[{}|]/.test(text))
const part = fc.oneof(
  plain.map((text) => ({ phrase: text, m: text, f: text })),
  fc.tuple(plain, plain).map(([m, f]) => ({ phrase: `{${m}|${f}}`, m, f })),
)

test("every phrase that is let through comes out without marks, part by part as it was written", () => {
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const phrase = parts.map((one) => one.phrase).join("")
      const [m, f] = [parts.map((one) => one.m).join(""), parts.map((one) => one.f).join("")]
      assert.equal(formsOf(phrase), { m, f })
      assert.is(agreementProblem(phrase) === null, m.trim() !== "" && f.trim() !== "")
      for (const sex of ["M", "F", null] as const) assert.not.match(agree(phrase, sex), /[{}|]/)
    }),
  )
})

test("what agrees once changes no more, and no text however odd breaks it", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("M" as const, "F" as const), (text, sex) => {
      const once = agree(text, sex)
      if (agreementProblem(text) === null) {
        assert.is(agree(once, "M"), once)
        assert.is(agree(once, "F"), once)
      }
      assert.ok(once.length <= text.length)
    }),
  )
})

test("no key stands for two things, whatever the school calls its awards and decisions", () => {
  const labels = fc.array(fc.string({ maxLength: 20 }), { maxLength: 12 })
  fc.assert(
    fc.property(labels, labels, fc.nat(30), (awards, decisions, phrases) => {
      const keys = keysOf(awards, decisions, phrases)
      assert.is(keys.phrases.length, phrases)
      const given = [...keys.awards, ...keys.decisions, ...keys.phrases].filter((key) => key !== null)
      assert.is(new Set([...given, "0", WRITE_KEY]).size, given.length + 2)
    }),
  )
  const { awards, decisions } = keysOf(["Félicitations", "Blâme"], ["Admis(e)", "Redouble", "Exclu(e)"], 3)
  assert.equal(awards, ["1", "2"])
  assert.equal(decisions, ["A", "R", "E"])
  assert.equal(keysOf([], ["Élève admis", "Exclu", "TTT"], 0).decisions, ["E", "X", "A"])
})

const offer = { awards: ["Félicitations", "Tableau d’honneur"], decisions: ["Admis(e)", "Redouble"] }
const none = { awards: offer.awards, decisions: [] }

test("the council says why when the rule had an answer and it gives another", () => {
  const proposal = { award: "Félicitations", decision: "Admis(e)" }
  assert.not(overrules(proposal, proposal, offer))
  assert.ok(overrules({ award: null, decision: "Admis(e)" }, proposal, offer))
  assert.ok(overrules({ award: "Félicitations", decision: "Redouble" }, proposal, offer))
  const open = { award: null, decision: "Cas à examiner par le conseil" }
  assert.not(mayFollow(open, offer))
  assert.not(overrules({ award: null, decision: "Redouble" }, open, offer), "the rule left it to the council")
  assert.ok(mayFollow({ award: null, decision: null }, none), "no decision is due before the last period")
})

test("only what is offered may be decided, or what stands already", () => {
  assert.ok(isOffered({ award: null, decision: "Redouble" }, offer, null))
  assert.not(isOffered({ award: null, decision: null }, offer, null))
  assert.not(isOffered({ award: "Prix", decision: "Redouble" }, offer, null))
  assert.not(isOffered({ award: null, decision: "Admis(e)" }, none, null), "no decision in the first period")
  assert.ok(isOffered({ award: "Prix", decision: "Renvoi" }, offer, { award: "Prix", decision: "Renvoi" }))
})

test("a decision taken at another average is noticed", () => {
  const word = {
    ...{ proposed_award: null, proposed_decision: null, overruled_reason: null, decided_by: 1 },
    ...{ decided_at: "2026-12-10", decided_average: "12.50", decided_annual: null },
  }
  assert.not(changedSince(word, { average: "12.50", annual: null }))
  assert.ok(changedSince(word, { average: "12.51", annual: null }))
  assert.ok(changedSince(word, { average: null, annual: null }))
  assert.not(changedSince(null, { average: "12.50", annual: null }))
})

test("by rank the best comes first, equals by name, those without a rank last", () => {
  const roll = [
    { id: 1, rank: null },
    { id: 2, rank: 2 },
    { id: 3, rank: 1 },
    { id: 4, rank: 2 },
  ]
  const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id)
  assert.equal(ids(inOrder(roll, "rank")), [3, 2, 4, 1])
  assert.equal(ids(inOrder(roll, "name")), [1, 2, 3, 4])
  const { before, after, place } = around(inOrder(roll, "rank"), 2)
  assert.equal([before?.id, after?.id, place], [3, 4, 2])
  assert.is(around(roll, 1).before, null)
  assert.is(around(roll, 4).after, null)
})

test("phrases are those of the average's band, then those for all", () => {
  const phrase = (id: number, from_mark: number | null, below_mark: number | null) => ({
    ...{ id, text: "", from_mark, below_mark },
  })
  const all = [phrase(1, null, null), phrase(2, 1200, 1400), phrase(3, null, 800), phrase(4, 1400, null)]
  const ids = (mark: number | null) => phrasesFor(all, mark).map(({ id }) => id)
  assert.equal(ids(1200), [2, 1])
  assert.equal(ids(1399), [2, 1])
  assert.equal(ids(1400), [4, 1])
  assert.equal(ids(0), [3, 1])
  assert.equal(ids(null), [1])
  assert.is(onTwenty(750, 2, 10), 1500)
  assert.is(onTwenty(125, 1, 20), 1250)
})

test("a gap in the periods is a gap in the line", () => {
  assert.is(spark([0.5, null, 0.6]).path.match(/M/g)?.length, 2)
  assert.is(spark([0.5, 0.6]).path.match(/M/g)?.length, 1)
  assert.is(spark([null, null]).path, "")
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (shares) => {
        for (const { x, y } of spark(shares).points) assert.ok(x >= 0 && x <= 160 && y >= 0 && y <= 48)
      },
    ),
  )
})

test("after a closing or a publication the session is opened with a reason, and not written before", () => {
  const standing = {
    state: "open",
    opened_at: "2026-12-10T10",
    class_state: null,
    class_changed_at: null,
  } as const
  assert.ok(isOpen(standing))
  assert.not(needsReason(standing))
  const published = { ...standing, class_state: "published", class_changed_at: "2026-12-10T11" } as const
  assert.not(isOpen(published), "published while it was open")
  assert.ok(isOpen({ ...published, opened_at: "2026-12-10T12" }), "opened again since")
  assert.ok(needsReason(published))
  assert.ok(needsReason({ ...standing, state: "closed" }))
  assert.not(isOpen({ ...standing, state: "closed" }))
})

test("others are typed one a line, with their quality after a comma", () => {
  const read = readOthers("M. Lassina TRAORÉ, parents d’élèves, APE\n\n  Mme  Awa \n, rien")
  assert.equal(read, [
    { name: "M. Lassina TRAORÉ", quality: "parents d’élèves, APE" },
    { name: "Mme Awa", quality: null },
  ])
  assert.equal(readOthers(othersText(read)), read)
})

test.run()
