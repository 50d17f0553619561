import { readFileSync } from "node:fs"
import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { markNote, markProblem, markText, readMark } from "./marking.ts"

const on20 = (typed: string) => readMark(typed, { max: 2000 })
const value = (typed: string) => {
  const reading = on20(typed)
  return reading.kind === "value" ? reading.hundredths : reading
}
const status = (typed: string) => {
  const reading = on20(typed)
  return reading.kind === "status" ? reading.status : reading
}
const refusal = (typed: string, max = 2000) => {
  const reading = readMark(typed, { max })
  return reading.kind === "error"
    ? reading.reason + (reading.suggestion ? ` ${reading.suggestion}` : "")
    : reading
}

test("a mark is read with a comma or a point, with a half sign, with spaces of any kind", () => {
  for (const typed of [
    "12,5",
    "12.5",
    "12.50",
    " 12 , 5 ",
    "12½",
    "12 ½",
    "\u00a012,5\u202f",
    "１２，５",
    "+12,5",
  ]) {
    assert.is(value(typed), 1250, typed)
  }
  assert.equal(["08", "09", "0", "20", "20,00", ",5", "½"].map(value), [800, 900, 0, 2000, 2000, 50, 50])
})

test("a mark on another scale is brought over, and says so", () => {
  assert.equal(on20("7/10"), { kind: "value", hundredths: 1400, note: "7 on 10", typedMax: 1000 })
  assert.equal(on20("14/20"), { kind: "value", hundredths: 1400 })
  assert.is(value("12,5 sur 20"), 1250)
  assert.is(value("33/40"), 1650)
  assert.is(markNote(on20("7,5/10")), "noté sur 10, ramené à 15")
  const on40 = readMark("14/20", { max: 4000 })
  assert.equal(on40, { kind: "value", hundredths: 2800, note: "14 on 20", typedMax: 2000 })
})

test("a scale that would need rounding, or that looks like a half, is not guessed at", () => {
  assert.is(refusal("7/30"), "too_many_decimals 4.67")
  assert.is(refusal("1/2"), "unreadable")
  assert.is(refusal("12/10"), "above_max")
})

test("a star is kept as a remark", () => {
  const starred = on20("13,5*")
  assert.equal(starred, { kind: "value", hundredths: 1350, remark: "*", note: "asterisk kept as a remark" })
  assert.is(markNote(starred), "remarque gardée : *")
  assert.equal([value("*9"), status("disp*"), refusal("*")], [900, "DISP", "unreadable"])
})

test("absences and dispensations are read as teachers write them", () => {
  for (const typed of [
    "abs j",
    "Abs J",
    "A.J",
    "AJ",
    "ABSJ",
    "abs. just.",
    "Absente justifiée",
    "A/J",
    "Abs (J)",
  ]) {
    assert.is(status(typed), "ABS_J", typed)
  }
  for (const typed of [
    "ANJ",
    "abs nj",
    "A.N.J",
    "Abs. NJ",
    "absent non justifié",
    "abs inj.",
    "injustifiée abs",
  ]) {
    if (typed.startsWith("inj")) assert.is(refusal(typed), "unreadable")
    else assert.is(status(typed), "ABS_NJ", typed)
  }
  for (const typed of ["D", "d", "disp", "disp.", "Disp.", "DISPENSÉE", "dispensé"]) {
    assert.is(status(typed), "DISP", typed)
  }
  for (const typed of ["", "  ", "-", "–", "—", "--", "/", "NC", "N.C.", "nc", "N/C", "non noté"]) {
    assert.is(status(typed), "NE", typed)
  }
})

test("a bare absence is asked about: justified or not?", () => {
  for (const typed of ["ABS", "abs.", "absent", "Absente", "A"]) {
    assert.equal(on20(typed), { kind: "ask", reason: "absence_kind_unknown" }, typed)
  }
})

test("the letter O is not a zero", () => {
  for (const typed of ["O", "o", "1O", "1o,5", "O8", "1O/20"]) assert.is(refusal(typed), "letter_o", typed)
  assert.is(refusal("OK"), "unreadable")
})

test("too high, below zero, too fine", () => {
  assert.equal([refusal("20,25"), refusal("21"), refusal("20.01")], ["above_max", "above_max", "above_max"])
  assert.equal([refusal("-1"), refusal("-3"), refusal("−2,5")], ["negative", "negative", "negative"])
  assert.equal([refusal("12,345"), refusal("12,500")], ["too_many_decimals", "too_many_decimals"])
})

test("a forgotten comma is suggested, never put in", () => {
  assert.equal(
    [refusal("125"), refusal("1250"), refusal("175")],
    ["above_max 12.5", "above_max 12.5", "above_max 17.5"],
  )
  assert.equal([refusal("205"), refusal("99"), refusal("12500")], ["above_max", "above_max", "above_max"])
  assert.is(refusal("95", 1000), "above_max 9.5")
  assert.is(refusal("125", 10_000), "above_max 12.5")
  assert.is(refusal("725", 4000), "above_max")
})

test("what is not a mark is refused without a guess", () => {
  for (const typed of [
    "abc",
    "12 5",
    "12e",
    "1e1",
    "12,5,0",
    "12h30",
    "12½5",
    "=12",
    "NaN",
    "7//10",
    "?",
    ".",
  ]) {
    assert.is(refusal(typed), "unreadable", typed)
  }
  assert.is(refusal("12,"), "unreadable 12")
})

test("a mark off the entry step is kept and remarked upon", () => {
  const reading = readMark("12,3", { max: 2000, step: 25 })
  assert.equal(reading, { kind: "value", hundredths: 1230, offStep: true })
  assert.equal(readMark("12,75", { max: 2000, step: 25 }), { kind: "value", hundredths: 1275 })
})

test("each refusal has its sentence, with the suggestion as a question", () => {
  const said = (typed: string) => markProblem(on20(typed), 2000)
  assert.is(said("125"), "La note dépasse le maximum, 20. Vouliez-vous écrire 12,5 ?")
  assert.is(said("21"), "La note dépasse le maximum, 20.")
  assert.is(said("-1"), "Une note ne peut pas être négative.")
  assert.match(said("1O") ?? "", /lettre O/)
  assert.match(said("12,345") ?? "", /deux décimales/)
  assert.match(said("abc") ?? "", /pas lisible/)
  assert.match(said("abs") ?? "", /justifiée ou non/)
  assert.equal([said("12"), said("disp"), said("")], [null, null, null])
})

test("what a cell shows is read back as the same mark", () => {
  const marks = fc.oneof(
    fc.integer({ min: 0, max: 2000 }).map((hundredths) => ({ kind: "value", hundredths }) as const),
    fc
      .constantFrom("ABS_J", "ABS_NJ", "DISP", "NE")
      .map((each) => ({ kind: "status", status: each }) as const),
  )
  fc.assert(
    fc.property(marks, (mark) => {
      const text = mark.kind === "value" ? markText(mark.hundredths, null) : markText(null, mark.status)
      assert.equal(on20(text), mark)
    }),
  )
})

test("nothing that is typed can break the reading or exceed the scale", () => {
  const typed = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0129,./-½*O ABSJNDabs") }))
  fc.assert(
    fc.property(typed, fc.constantFrom(1000, 2000, 4000, 10_000), (text, max) => {
      const reading = readMark(text, { max })
      if (reading.kind === "value") {
        assert.ok(
          Number.isInteger(reading.hundredths) && reading.hundredths >= 0 && reading.hundredths <= max,
        )
      }
    }),
    { numRuns: 2000 },
  )
})

test("the cells of the school's sheet give what its expected file says", () => {
  const examples = new URL("../../../test/examples/import/", import.meta.url)
  const expected = JSON.parse(readFileSync(new URL("03_notes_T1_11S1.expected.json", examples), "utf8"))
  const sheet = new TextDecoder("windows-1252").decode(
    readFileSync(new URL("03_notes_T1_11S1.csv", examples)),
  )
  const lines = sheet.split("\r\n")
  let compared = 0
  for (const { line, cells } of expected.outcomes) {
    if (!cells) continue
    const typed = (lines[line - 1] ?? "").split(";").slice(3)
    Object.values(cells).forEach((cell, i) => {
      assert.equal(importCell(typed[i] ?? ""), cell, `line ${line}, « ${typed[i]} »`)
      compared++
    })
  }
  assert.is(compared, 744)
})

/** A reading in the words of the import's expected files. */
function importCell(typed: string): Record<string, string> {
  const reading = on20(typed)
  if (reading.kind === "status") return { status: reading.status }
  if (reading.kind !== "value") {
    const { kind, ...rest } = reading
    return { status: kind, ...rest }
  }
  const value = markText(reading.hundredths, null).replace(",", ".")
  return reading.note ? { value, note: reading.note } : { value }
}

test.run()
