import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { anyClass } from "../../../test/grading/arbitrary.ts"
import { explainGeneral, explainSubject } from "./explanation.ts"
import { fraction, fractionText } from "./fraction.ts"
import { gradePeriod } from "./period.ts"
import { readProfile } from "./profile.ts"
import { periodInput, readWorksheet } from "./worksheet.ts"

const read = readProfile({
  periods: [{ code: "T1" }],
  categories: [
    { code: "CLASSE", label: "Moyenne de classe", weight: "1" },
    { code: "COMPO", weight: "2" },
  ],
})
if (!read.ok) throw new Error(read.problems.join())
const { profile } = read
const one = fraction(1)
const physics = { code: "PHYS", coefficient: fraction(3) }
const assessments = [
  { id: 1, subject: "PHYS", category: "CLASSE", max: 1000, weight: one },
  { id: 2, subject: "PHYS", category: "CLASSE", max: 2000, weight: fraction(2) },
  { id: 3, subject: "PHYS", category: "CLASSE", max: 2000, weight: one },
  { id: 4, subject: "PHYS", category: "COMPO", max: 2000, weight: one },
]
const marks = [
  { assessment: 1, value: 725, status: null },
  { assessment: 2, value: null, status: "ABS_NJ" as const },
  { assessment: 3, value: null, status: "ABS_J" as const },
  { assessment: 4, value: 1300, status: null },
]

test("the steps of an average name each mark, what was made of it and what it weighed", () => {
  const made = explainSubject({ profile, subject: physics, assessments, marks, exempt: false })
  const [classe, compo] = made.categories
  assert.equal(
    classe?.marks.map((mark) => [mark.use, mark.onScale, mark.weight]),
    [
      ["counted", "14.5", "1"],
      ["zero", "0", "2"],
      ["excluded", null, "1"],
    ],
  )
  assert.equal(
    [classe?.label, classe?.sum, classe?.weights, classe?.average?.text],
    ["Moyenne de classe", "14.5", "3", "4.83"],
  )
  assert.equal([compo?.label, compo?.average?.text], ["COMPO", "13.00"])
  assert.equal(
    [made.weights, made.average?.text, made.points?.text, made.eachStage],
    ["3", "10.28", "30.83", false],
  )
})

test("a general average shows its terms, what stayed out and the division", () => {
  const period = gradePeriod({
    profile,
    subjects: [physics, { code: "EPS", coefficient: one }],
    assessments,
    students: [{ id: 9, sex: "F", conduct: null, exempt: ["EPS"] }],
    marks: marks.map((mark) => ({ ...mark, student: 9 })),
  })
  const student = period.byStudent.get(9)
  assert.ok(student)
  const made = explainGeneral(period, student)
  assert.equal(
    made.terms.map((term) => [term.subject, term.average.text, term.coefficient, term.points.text]),
    [["PHYS", "10.28", "3", "30.83"]],
  )
  assert.equal(made.out, [{ subject: "EPS", status: "DISPENSE" }])
  assert.equal(
    [made.points, made.coefficients, made.quotient, made.general?.text],
    ["185/6", "3", "185/18", "10.28"],
  )
})

test("the steps lead to the very average of the bulletin, in any class under any configuration", () => {
  fc.assert(
    fc.property(anyClass, (input) => {
      const sheet = readWorksheet(input)
      assert.ok(sheet.ok)
      const question = periodInput(sheet.value, "P1")
      const period = gradePeriod(question)
      for (const student of question.students) {
        const result = period.byStudent.get(student.id)
        assert.ok(result)
        question.subjects.forEach((subject, s) => {
          const made = explainSubject({
            profile: question.profile,
            subject,
            assessments: question.assessments.filter((each) => each.subject === subject.code),
            marks: [...question.marks].filter((mark) => mark.student === student.id),
            exempt: student.exempt.includes(subject.code),
          })
          const line = result.lines[s]
          assert.equal([made.status, made.average, made.points], [line?.status, line?.average, line?.points])
          if (!student.exempt.includes(subject.code)) {
            assert.equal(
              made.categories.map((category) => category.average),
              line?.categories,
            )
          }
        })
        const general = explainGeneral(period, result)
        if (result.general && !general.capped && !general.eachStage) {
          assert.is(general.quotient, fractionText(result.general.exact))
        }
      }
    }),
  )
})

test.run()
