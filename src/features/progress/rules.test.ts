import fc from "fast-check"
import { test } from "uvu"
import * as assert from "uvu/assert"
import { addDays } from "../../web/days.ts"
import { smsLength } from "../messages/rules.ts"
import { byLateness, type Line, linesOf, owing } from "./rules/board.ts"
import { finding, sortFindings } from "./rules/findings.ts"
import { leavesToday, reminderText } from "./rules/reminders.ts"
import { farValues, meanOf, shortMark, twiceMedian } from "./rules/spread.ts"
import { DEFAULTS, readThresholds, thresholdsForm, typedThresholds } from "./rules/thresholds.ts"

const marks = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 120 })

const row = {
  classSubject: 1,
  classId: 1,
  class: "10ème CG 1",
  levelCode: "10",
  teacherId: 7,
  teacher: "Ibrahim COULIBALY",
  subject: "Mathématiques",
  short: "Maths",
  students: 40,
  assessments: 2,
  entered: 60,
  expected: 80,
  locked: false,
  lockedAt: null,
  classState: null,
  classStateAt: null,
}
const deadlines = { whole: "2026-12-18", levels: new Map([["12", "2026-12-15"]]) }
const line = (said: Partial<typeof row>, today = "2026-12-21") =>
  linesOf([{ ...row, ...said }], { deadlines, planned: new Map(), today })[0] as Line

test("half of the marks are at most the median, half at least", () => {
  fc.assert(
    fc.property(marks, (values) => {
      const twice = twiceMedian(values) as number
      const below = values.filter((value) => 2 * value < twice).length
      const above = values.filter((value) => 2 * value > twice).length
      return 2 * below <= values.length && 2 * above <= values.length
    }),
  )
})

test("moving every mark up moves no mark out, and whatever is farther than a far mark is far too", () => {
  fc.assert(
    fc.property(marks, fc.integer({ min: 0, max: 500 }), (values, shift) => {
      const limits = { deviations: 300, least: 100 }
      const far = farValues(values, limits)
      const moved = farValues(
        values.map((value) => value + shift),
        limits,
      )
      const median = twiceMedian(values) as number
      const away = (value: number) => Math.abs(2 * value - median)
      const nearest = Math.min(...[...far].map(away))
      return (
        [...far].every((value) => moved.has(value + shift)) &&
        moved.size === far.size &&
        values.every((value) => far.has(value) || away(value) < nearest)
      )
    }),
  )
})

test("one mark far from a class that is close together is found; a class spread wide hides nobody wrongly", () => {
  const close = [...Array.from({ length: 20 }, (_, n) => 1100 + 20 * n), 200]
  assert.equal([...farValues(close, { deviations: 300, least: 100 })], [200])
  const wide = Array.from({ length: 21 }, (_, n) => 100 * n)
  assert.is(farValues(wide, { deviations: 300, least: 100 }).size, 0)
  const same = [...Array.from({ length: 20 }, () => 1200), 1300, 1600]
  assert.equal(
    [...farValues(same, { deviations: 300, least: 100 })],
    [1600],
    "a class of one mark: three points",
  )
})

test("a mean is rounded half up, a short mark tells texts apart", () => {
  assert.is(meanOf([1, 2]), 2)
  assert.is(meanOf([]), null)
  assert.is(meanOf([1000, 1001, 1001]), 1001)
  assert.is.not(shortMark("12=1400"), shortMark("12=1401"))
  assert.is(shortMark("12=1400"), shortMark("12=1400"))
})

test("late is what is open after its own deadline, and the latest comes first", () => {
  assert.is(line({}).lateDays, 3)
  assert.is(line({}, "2026-12-18").lateDays, 0, "the last day is in time")
  assert.is(line({ levelCode: "12" }).lateDays, 6)
  assert.is(line({ locked: true }).lateDays, 0)
  assert.is(line({ classState: "checked" as never }).lateDays, 0, "checked with this subject still open")
  const lines = [
    line({ classSubject: 1, locked: true }),
    line({ classSubject: 2, entered: 79 }),
    line({ classSubject: 3, levelCode: "12" }),
    line({ classSubject: 4, assessments: 0, entered: 0, expected: 0 }),
  ]
  assert.equal(
    byLateness(lines).map(({ classSubject }) => classSubject),
    [3, 4, 2, 1],
  )
  const [one] = owing(lines)
  assert.equal([one?.lines.length, one?.missing, one?.lateDays], [3, 21, 6])
  assert.equal(owing([line({ teacherId: null as never })]), [], "nobody to remind")
})

test("a reminder fits one SMS whatever is left, in its own letters, and names no student", () => {
  const word = fc.string({ minLength: 1, maxLength: 30 })
  const some = fc.record({ short: word, class: word, assessments: fc.nat(3), missing: fc.nat(200) })
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 15 }), (list) => {
      const lines = list.map((one) => ({ ...one, dueOn: "2026-12-18", lateDays: 3 }))
      const text = reminderText({ school: "Kalanso", period: "1er trimestre", lines })
      return text.includes("18/12") && (smsLength(text).segments === 1 || smsLength(text).encoding === "ucs2")
    }),
  )
  const text = reminderText({
    school: "Kalanso",
    period: "1er trimestre",
    lines: [line({ missing: 1 } as never)],
  })
  assert.is(
    text,
    "Kalanso : notes du 1er trimestre attendues le 18/12, 3 jours de retard. Reste : Maths 10ème CG 1 (20 notes).",
  )
  const early = reminderText({
    school: "Kalanso",
    period: "1er trimestre",
    lines: [line({ entered: 80 }, "2026-12-17")],
  })
  assert.is(
    early,
    "Kalanso : notes du 1er trimestre à verrouiller pour le 18/12. Reste : Maths 10ème CG 1 (à verrouiller).",
  )
})

test("what leaves by itself: once before the deadline, then not more often than asked, also after days without power", () => {
  const due = "2026-12-18"
  const routine = fc.record({
    daysBefore: fc.option(fc.integer({ min: 0, max: 10 })),
    everyDays: fc.option(fc.integer({ min: 1, max: 10 })),
  })
  fc.assert(
    fc.property(routine, fc.array(fc.boolean(), { minLength: 45, maxLength: 45 }), (asked, awake) => {
      const sent: string[] = []
      for (const [n, on] of awake.entries()) {
        const today = addDays("2026-12-01", n)
        if (on && leavesToday(due, asked, { today, last: sent.at(-1) ?? null })) sent.push(today)
      }
      const before = sent.filter((day) => day <= due)
      const after = sent.filter((day) => day > due)
      const gaps = after.map((day, n) => (Date.parse(day) - Date.parse(after[n - 1] ?? due)) / 86_400_000)
      return (
        before.length <= (asked.daysBefore === null ? 0 : 1) &&
        (asked.everyDays !== null || after.length === 0) &&
        gaps.every((gap) => gap >= (asked.everyDays as number))
      )
    }),
  )
  const off = { daysBefore: null, everyDays: null }
  assert.not.ok(leavesToday(due, off, { today: "2027-01-30", last: null }), "off unless somebody asks for it")
  const two = { daysBefore: 2, everyDays: null }
  assert.ok(leavesToday(due, two, { today: "2026-12-17", last: null }), "the day itself was missed")
  assert.not.ok(leavesToday(due, two, { today: "2026-12-17", last: "2026-12-16" }))
  const handmade = { daysBefore: null, everyDays: 3 }
  assert.not.ok(leavesToday(due, handmade, { today: "2026-12-21", last: "2026-12-20" }), "one by hand counts")
})

test("what was seen stays away until its figure changes; what blocks comes first", () => {
  const said = { subject: null, student: null, text: "", path: "/" }
  const low = finding({ ...said, key: "zero:1.2", figure: [0], severity: "look" })
  const gap = finding({ ...said, key: "gaps:1", figure: [12], severity: "blocks" })
  const seen = {
    finding: "gaps:1",
    figure: gap.figure,
    remark: "Élèves en stage",
    seen_at: "",
    by: "Le censeur",
  }
  assert.equal(sortFindings([low, gap], []).open, [gap, low])
  assert.equal(sortFindings([low, gap], [seen]).open, [low])
  assert.is(sortFindings([low, gap], [seen]).seen[0]?.remark, "Élèves en stage")
  const moved = finding({ ...said, key: "gaps:1", figure: [13], severity: "blocks" })
  assert.equal(sortFindings([moved], [seen]).open, [moved])
})

test("thresholds go to the form and back unchanged; a setting of an older version keeps the rest", () => {
  const read = thresholdsForm.read(typedThresholds(DEFAULTS))
  assert.ok(read.ok)
  assert.equal(read.ok && read.values, DEFAULTS)
  assert.equal(readThresholds(""), DEFAULTS)
  assert.equal(readThresholds('{"jump":150}'), { ...DEFAULTS, jump: 150 })
})

test.run()
