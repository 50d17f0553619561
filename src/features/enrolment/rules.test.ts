import { test } from "uvu"
import * as assert from "uvu/assert"
import { checklist, missing } from "./rules/checklist.ts"
import { sameWords } from "./rules/names.ts"
import { counterOf, followCode, formatProblem, readCode, reference, studentNumber } from "./rules/numbers.ts"
import { type Action, type Event, lastStep, mayTake, type State, stateBeforeEnd } from "./rules/states.ts"
import { opening, pace } from "./rules/visits.ts"
import { enrolledMessages, missingMessages } from "./sms.ts"

test("a number is made of the school's own words, the year, the level and the rank", () => {
  const context = { year: "2026", level: "10" }
  assert.is(studentNumber("{year}-{n:4}", context, 42), "2026-0042")
  assert.is(studentNumber("LK{yy}/{level}/{n}", context, 7), "LK26/10/7")
  assert.is(studentNumber("{n:2}", context, 1234), "1234", "a rank is never cut")
  assert.is(reference("2026", 42), "D-2026-0042")
})

test("numbers that could be equal are counted together, others apart", () => {
  const of = (format: string, year: string, level = "10") => counterOf(format, { year, level })
  assert.is(of("{year}-{n:4}", "2026"), of("{year}-{n:2}", "2026"), "0042 and 42 of one year")
  assert.is.not(of("{year}-{n:4}", "2026"), of("{year}-{n:4}", "2027"))
  assert.is(of("K{n:4}", "2026"), of("K{n:4}", "2027"), "without a year the count goes on")
  assert.is.not(of("{level}-{n}", "2026", "10"), of("{level}-{n}", "2026", "11"))
})

test("a format is refused where it could not number anything", () => {
  for (const right of ["{year}-{n:4}", "{n}", "É{yy}.{level}/{n:8}_a"])
    assert.is(formatProblem(right), null, right)
  for (const wrong of [
    "",
    "{year}",
    "{n}-{n}",
    "{n:0}",
    "{n:9}",
    "{mois}-{n}",
    "{year:2}-{n}",
    "a b{n}",
    "{n",
    `${"x".repeat(40)}{n}`,
  ])
    assert.type(formatProblem(wrong), "string", wrong)
})

test("a code has ten letters and digits that are not taken for one another, read however it is typed", () => {
  const code = followCode(Uint8Array.from({ length: 10 }, (_, n) => n * 37))
  assert.match(code, /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/)
  assert.is(readCode(` ${code.toLowerCase().replace("-", " – ")} `), code)
  for (const wrong of ["", "K7QM2", "K7QM2-XRDT0", "K7QM2-XRDTFF", "../../etc"])
    assert.is(readCode(wrong), null, wrong)
})

const event = (id: number, action: Action, from: State | null, to: State, undone = 0): Event => ({
  id,
  action,
  from_state: from,
  to_state: to,
  undone,
})

test("an undo takes back the step that led here, through a closing and a reopening", () => {
  const events = [
    event(1, "received", null, "received"),
    event(2, "documents", "received", "documents"),
    event(3, "checked", "documents", "checked"),
    event(4, "refused", "checked", "refused"),
  ]
  assert.is(lastStep(events, "refused"), null)
  assert.is(stateBeforeEnd(events), "checked")
  const reopened = [...events, event(5, "reopened", "refused", "checked")]
  assert.is(lastStep(reopened, "checked")?.id, 3)
  const undone = [
    ...reopened.slice(0, 2),
    event(3, "checked", "documents", "checked", 1),
    event(6, "undone", "checked", "documents"),
  ]
  assert.is(lastStep(undone, "documents")?.id, 2)
  assert.is(lastStep(undone.slice(0, 1), "received"), null)
})

test("no step is skipped", () => {
  assert.ok(mayTake("checked", "documents"))
  for (const state of ["received", "checked", "active", "refused"] as const)
    assert.not.ok(mayTake("checked", state))
  assert.not.ok(mayTake("activated", "checked"))
})

test("a checklist asks what the level asks, and still shows what was handed in before", () => {
  const kind = (id: number, levels: string[], required = 1, active = 1) => ({
    id,
    label: `d${id}`,
    required,
    active,
    levels,
  })
  const kinds = [kind(1, []), kind(2, ["10"]), kind(3, ["12"]), kind(4, [], 0), kind(5, [], 1, 0)]
  const lines = checklist(kinds, "10", [
    { document_id: 1, claimed: 1, given_on: null },
    { document_id: 5, claimed: 0, given_on: "2026-10-01" },
  ])
  assert.equal(
    lines.map(({ id }) => id),
    [1, 2, 4, 5],
  )
  assert.equal(
    missing(lines).map(({ id }) => id),
    [1, 2],
  )
  assert.is(lines[0]?.claimed, true)
})

test("the form opens on its first day and closes after its last", () => {
  const settings = { applications: "open", applicationsFrom: "2026-07-01", applicationsUntil: "2026-09-30" }
  for (const [day, said] of [
    ["2026-06-30", "soon"],
    ["2026-07-01", "open"],
    ["2026-09-30", "open"],
    ["2026-10-01", "over"],
  ] as const)
    assert.is(opening(settings, day), said)
  assert.is(opening({ ...settings, applications: "closed" }, "2026-08-01"), "closed")
  assert.is(opening({ ...settings, applicationsFrom: "", applicationsUntil: "" }, "2030-01-01"), "open")
})

test("a form comes back neither sooner than four seconds nor later than a day", () => {
  assert.is(pace(1000, 4999), "fast")
  assert.is(pace(1000, 5000), "right")
  assert.is(pace(0, 24 * 3_600_000), "right")
  assert.is(pace(0, 24 * 3_600_000 + 1), "old")
  assert.is(pace(null, 5000), "old")
  assert.is(pace(9000, 5000), "old", "a moment that has not come")
})

test("names are one in either order, and not when a word differs", () => {
  assert.ok(sameWords("KEÏTA Aminata", "Aminata Keita"))
  assert.not.ok(sameWords("KEÏTA Aminata", "Aminata Keita Fatoumata"))
})

test("only who agreed and has a number is told, once a number", () => {
  const guardians = [
    { name: "a", phone: "+22370000001", sms_consent: 1, guardianId: 1 },
    { name: "b", phone: "+22370000001", sms_consent: 1, guardianId: 2 },
    { name: "c", phone: "+22370000002", sms_consent: 0, guardianId: 3 },
    { name: "d", phone: "+22370000003", sms_consent: null, guardianId: 4 },
    { name: "e", phone: null, sms_consent: 1, guardianId: 5 },
  ]
  const file = { id: 7, reference: "D-2026-0007" }
  const said = {
    school: "Kalanso",
    file,
    missing: [
      { id: 3, label: "Photos" },
      { id: 1, label: "Acte" },
    ],
    url: "https://k.example/apply/X",
  }
  const messages = missingMessages(said, guardians)
  assert.equal(
    messages.map(({ recipient, uniqueKey }) => [recipient, uniqueKey]),
    [["+22370000001", "enrolment:missing:7:1-3:+22370000001"]],
  )
  assert.is(missingMessages({ ...said, missing: [] }, guardians).length, 0)
  const student = { id: 9, name: "KONÉ Awa", number: null }
  const [enrolled] = enrolledMessages(
    { school: "Kalanso", event: 5, student, className: "10ème CG 1", fee: null },
    guardians,
  )
  assert.is(enrolled?.body, "Kalanso : KONÉ Awa est inscrit(e) en 10ème CG 1.")
})

test.run()
