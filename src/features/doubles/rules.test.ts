import { test } from "uvu"
import * as assert from "uvu/assert"
import type { Row } from "../people/conflict.ts"
import { fieldPairs, keptCard } from "./rules/fields.ts"
import { meetingOf, type Shape, settledRow } from "./rules/meetings.ts"
import { guardianPairs, oneLetterApart, staffPairs, studentPairs } from "./rules/pairs.ts"

test("one letter more, less, other or changed round; not two", () => {
  for (const other of ["keita mousa", "keita mousssa", "keita moussi", "kieta moussa"]) {
    assert.ok(oneLetterApart("keita moussa", other), other)
  }
  for (const other of ["keita moussa", "keita mosa", "keita fanta", "keita", "moussa keita", ""]) {
    assert.not(oneLetterApart("keita moussa", other), other)
  }
})

const pupil = (
  id: number,
  sort_name: string,
  birth_date: string | null,
  birth_year: number | null = null,
) => ({
  id,
  surname: "",
  given_names: "",
  sort_name,
  birth_date,
  birth_year: birth_year ?? (birth_date ? Number(birth_date.slice(0, 4)) : null),
})
const said = (pairs: { one: number; other: number; reasons: string[] }[]) =>
  pairs.map(({ one, other, reasons }) => `${one}-${other} ${reasons.join(" ")}`)

test("pupils: the same name and births that agree, names the other way round, one letter on the same day", () => {
  const found = studentPairs([
    pupil(1, "keita moussa", "2011-03-04"),
    pupil(2, "keita moussa", null, 2011),
    pupil(3, "moussa keita", null),
    pupil(4, "keita mousa", "2011-03-04"),
    pupil(5, "keita moussa", "2010-03-04"),
    pupil(6, "traore aminata", "2011-06-18"),
    pupil(7, "traore aminata", "2010-01-01"),
  ])
  assert.equal(said(found), ["1-2 same_name", "1-3 swapped", "1-4 one_letter", "2-3 swapped", "3-5 swapped"])
})

const guardian = (
  id: number,
  folded: string,
  phone: string | null,
  children: number[],
  phone2: string | null = null,
) => ({
  id,
  folded,
  phone,
  phone2,
  children,
})

test("guardians: one number, or one name with a child in common; a number that all share says nothing", () => {
  const found = guardianPairs([
    guardian(1, "keita aminata", "+22370000001", [1]),
    guardian(2, "aminata keita", null, [1]),
    guardian(3, "traore rokia", null, [2], "+22370000001"),
    guardian(4, "keita aminata", null, [9]),
    ...[5, 6, 7, 8, 9, 10].map((id) => guardian(id, `parent ${id}`, "+22370009999", [id])),
  ])
  assert.equal(said(found), ["1-2 swapped shared_child", "1-3 same_phone"])
})

test("staff: names in any order, a number of agent however spaced", () => {
  const one = { id: 1, folded: "diallo oumou", phone: null, employee_number: "A-12" }
  const two = { id: 2, folded: "oumou diallo", phone: "+22370000000", employee_number: null }
  const three = { id: 3, folded: "kone drissa", phone: "+22370000000", employee_number: "a 12" }
  assert.equal(said(staffPairs([one, two, three])), ["1-2 swapped", "1-3 same_number", "2-3 same_phone"])
})

const card = (row: Row): Row => ({
  id: 1,
  name: "KEÏTA Aminata",
  phone: null,
  phone2: null,
  money_phone: null,
  sms_consent: null,
  consent_at: null,
  consent_source: null,
  created_at: "2026-10-01T08:00:00.000Z",
  version: 1,
  merged_into: null,
  ...row,
})

test("what is filled is proposed, else the older card’s; the later answer to a consent counts", () => {
  const kept = card({ phone: "+22370000001", sms_consent: 1, consent_at: "2026-10-02T08:00:00.000Z" })
  const other = card({
    id: 2,
    name: "KEITA Aminata",
    phone2: "+22370000009",
    sms_consent: 0,
    consent_at: "2026-11-02T08:00:00.000Z",
    created_at: "2026-09-01T08:00:00.000Z",
  })
  const sides = Object.fromEntries(
    fieldPairs("guardian", kept, other).map((one) => [one.name, one.suggested]),
  )
  assert.equal(sides, { name: "other", phone: "kept", phone2: "other", sms_consent: "other" })
  const row = keptCard("guardian", kept, other, { name: "kept" })
  assert.is(row.name, "KEÏTA Aminata")
  assert.is(row.sms_consent, 0, "the refusal came later")
  assert.is(row.consent_at, "2026-11-02T08:00:00.000Z", "an answer goes with its day")
})

test("mobile money stays on the number it was said of", () => {
  const kept = card({ phone: "+22370000001" })
  const other = card({ id: 2, phone: "+22370000009", phone2: "+22370000001", money_phone: 2 })
  assert.is(keptCard("guardian", kept, other, { phone: "kept", phone2: "kept" }).money_phone, 1)
  assert.is(keptCard("guardian", kept, other, { phone: "other", phone2: "kept" }).money_phone, null)
})

const marks: Shape = {
  table: "mark",
  column: "student_id",
  key: ["assessment_id", "student_id"],
  columns: [
    "assessment_id",
    "student_id",
    "value",
    "status",
    "remark",
    "version",
    "updated_at",
    "updated_by",
  ],
  label: "Notes",
}
const mark = (student_id: number, value: number | null, more: Row = {}): Row => ({
  assessment_id: 7,
  student_id,
  value,
  status: null,
  remark: null,
  version: 1,
  updated_at: "",
  updated_by: null,
  ...more,
})

test("the same mark twice is one mark; two marks are a choice; who wrote it and when is no difference", () => {
  const unique = ["assessment_id", "student_id"]
  const same = meetingOf(marks, unique, mark(1, 1200), mark(2, 1200, { version: 4, updated_by: 9 }))
  assert.is(same.outcome, "aside")
  const choice = meetingOf(marks, unique, mark(1, 1200), mark(2, null, { status: "ABS_J" }))
  assert.is(choice.outcome, "choice", "an absence does not fill up a mark")
  assert.is(choice.name, "mark.student_id.7")
  assert.is(settledRow(choice, "kept"), null)
  const taken = settledRow(choice, "other")
  assert.is(taken?.value, null)
  assert.is(taken?.status, "ABS_J")
  assert.is(taken?.version, 2, "a grid opened before is told")
})

test("notes on health that contradict each other are nobody’s choice here; what one lacks comes from the other", () => {
  const shape: Shape = {
    table: "medical_note",
    column: "student_id",
    key: ["student_id"],
    columns: ["student_id", "allergies", "medicine"],
    label: "Santé",
  }
  const meet = (kept: Row, other: Row) =>
    meetingOf(shape, ["student_id"], { student_id: 1, ...kept }, { student_id: 2, ...other })
  assert.is(
    meet({ allergies: "arachide", medicine: null }, { allergies: "aucune", medicine: null }).outcome,
    "blocked",
  )
  const fills = meet({ allergies: "arachide", medicine: null }, { allergies: null, medicine: "Ventoline" })
  assert.is(fills.outcome, "fill")
  assert.equal(settledRow(fills, "kept"), { medicine: "Ventoline" })
  assert.is(
    meet({ allergies: "arachide", medicine: null }, { allergies: null, medicine: null }).outcome,
    "aside",
  )
})

test.run()
