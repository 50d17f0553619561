import fc from "fast-check"

// Small classes under any configuration, as documents: few enough students for ties to be frequent, all statuses,
// scales of every size, and coefficients that may be zero.

const decimal = (...texts: string[]) => fc.constantFrom(...texts)
const policy = fc.constantFrom("exclude", "zero", "incomplete")
const rules = fc.record(
  {
    min: decimal("8.5", "12", "16"),
    below: decimal("9", "13"),
    min_conduct: decimal("10", "14"),
    min_each_subject: decimal("5", "9.99"),
  },
  { requiredKeys: [] },
)
const decisions = fc.record(
  {
    min: decimal("7", "9.5", "10"),
    below: decimal("9.5", "10"),
    if_repeating: fc.boolean(),
    if_none: fc.constant(true),
  },
  { requiredKeys: [] },
)
const labelled = <T extends object>(items: fc.Arbitrary<T>) =>
  fc.array(items, { maxLength: 4 }).map((list) => list.map((item, i) => ({ ...item, label: `L${i}` })))
const ladder = fc.constantFrom(
  [],
  [
    { min: "14", label: "Bien" },
    { min: "10", label: "Passable" },
    { min: "0", label: "Faible" },
  ],
)
const SUBJECTS = ["A", "B", "C"]
const PERIODS = ["P1", "P2"]
const CATEGORIES = ["CLASSE", "COMPO"]

const config = fc.record({
  scale: fc.record({
    min: fc.constant("0"),
    max: decimal("10", "20", "100"),
    entry_step: fc.constant("0.25"),
  }),
  rounding: fc.record({
    mode: fc.constant("half_up"),
    decimals: fc.constantFrom(0, 1, 2, 2, 2, 3),
    stage: fc.constantFrom("display_only", "each_stage"),
  }),
  absence: fc.record({ ABS_J: policy, ABS_NJ: policy, DISP: policy, NE: policy }),
  missing_category: fc.constantFrom("renormalise", "require"),
  conduct: fc.record({
    mode: fc.constantFrom("none", "displayed", "subject"),
    coef: decimal("0", "1", "1.5"),
  }),
  optional: fc.record({ threshold: decimal("5", "10") }),
  rank: fc.record({
    method: fc.constantFrom("competition", "dense"),
    compare: fc.constantFrom("displayed", "exact"),
    min_coef_share: decimal("0", "0.5", "0.75", "1"),
  }),
  pass_mark: decimal("8", "10"),
  appreciations: ladder,
  mentions: ladder,
  awards: labelled(rules),
  periods: fc
    .tuple(decimal("1", "2", "0.5"), decimal("0", "1", "3"))
    .map((weights) => weights.map((weight, i) => ({ code: PERIODS[i] as string, weight }))),
  categories: fc
    .tuple(decimal("1", "40", "0.333333"), decimal("0", "2", "60"))
    .map((weights) => weights.map((weight, i) => ({ code: CATEGORIES[i] as string, weight }))),
  groups: fc.constantFrom(
    [],
    [
      { code: "G1", subjects: ["A", "B"] },
      { code: "G2", subjects: ["C", "CONDUITE"] },
    ],
  ),
  annual: fc.record({
    use: fc.constantFrom("displayed", "exact"),
    missing_period: fc.constantFrom("renormalise", "incomplete", "zero"),
  }),
  decisions: labelled(decisions),
  output: fc.record({ average: fc.constantFrom(true, true, false), rank: fc.boolean(), stats: fc.boolean() }),
})

const subject = fc.record(
  { coef: decimal("0", "1", "2", "1.5"), optional: fc.constant("bonus_above" as const) },
  { requiredKeys: ["coef"] },
)
const assessment = fc.record({
  period: fc.constantFrom(...PERIODS),
  subject: fc.constantFrom(...SUBJECTS),
  category: fc.constantFrom(...CATEGORIES),
  max: decimal("10", "20", "40", "100", "30"),
  weight: decimal("0", "1", "1", "2", "0.5", "3"),
})
// A share of the maximum in quarters of it keeps averages few, hence ties and halves many.
const mark = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 8 }).map((eighths) => ({ eighths })) },
  { weight: 1, arbitrary: fc.constantFrom("ABS_J", "ABS_NJ", "DISP", "NE").map((s) => ({ s })) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const student = fc.record(
  {
    sex: fc.constantFrom("M", "F"),
    repeating: fc.boolean(),
    conduct: fc.record({ P1: decimal("9.75", "14"), P2: decimal("10", "18.25") }, { requiredKeys: [] }),
    exempt: fc.record({ P1: fc.subarray(SUBJECTS) }, { requiredKeys: [] }),
    periods: fc.subarray(PERIODS),
  },
  { requiredKeys: ["sex"] },
)

/** A document's `input` with every configuration key present. */
export const anyClass = fc
  .record({
    config,
    subjects: fc.tuple(subject, subject, subject),
    assessments: fc.array(assessment, { maxLength: 12 }),
    students: fc.array(fc.tuple(student, fc.array(mark, { minLength: 12, maxLength: 12 })), { maxLength: 5 }),
  })
  .map(({ config, subjects, assessments, students }) => {
    const tests = assessments.map((each, i) => ({ id: `T${i}`, ...each }))
    const cells = students.map(([, marks], n) => [
      `E${n}`,
      Object.fromEntries(
        tests.flatMap((test, i) => {
          const typed = marks[i]
          if (!typed) return []
          return [[test.id, "s" in typed ? typed : { v: String((typed.eighths * Number(test.max)) / 8) }]]
        }),
      ),
    ])
    return {
      config,
      subjects: subjects.map((each, i) => ({ code: SUBJECTS[i] as string, ...each })),
      assessments: tests,
      students: students.map(([each], n) => ({ id: `E${n}`, nom: "NOM", prenom: `P${n}`, ...each })),
      marks: Object.fromEntries(cells),
    }
  })
