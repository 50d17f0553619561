import { test } from "uvu"
import * as assert from "uvu/assert"
import { byPlace, type Line, templateChanges, totalCoefficient } from "./rules.ts"

const line = (subject_id: number, coefficient: number, position = subject_id): Line => ({
  subject_id,
  coefficient,
  group_code: "PRINCIPALES",
  optional: null,
  position,
})

test("copying a template adds, changes, and leaves what only the class has", () => {
  const current = [line(1, 400), line(2, 300), line(9, 100)]
  const template = [line(1, 500), line(2, 300), line(3, 200)]
  const { added, changed, same, kept } = templateChanges(current, template)
  assert.equal(added, [line(3, 200)])
  assert.equal(changed, [{ from: line(1, 400), to: line(1, 500) }])
  assert.equal(same, [line(2, 300)])
  assert.equal(kept, [line(9, 100)])
})

test("a bonus subject’s coefficient is not in the total", () => {
  assert.is(totalCoefficient([line(1, 400), { ...line(2, 100), optional: "bonus_above" }]), 400)
})

test("classes stand by level, series and section, 2 before 10", () => {
  const place = (level: number, series: number, section: string) => ({
    level,
    series,
    section,
    label: section,
  })
  const classes = [place(2, 1, ""), place(1, 1, "10"), place(1, 1, "A"), place(1, 1, "2"), place(1, 0, "3")]
  assert.equal(
    classes.sort(byPlace).map(({ section }) => section),
    ["3", "2", "10", "A", ""],
  )
})

test.run()
