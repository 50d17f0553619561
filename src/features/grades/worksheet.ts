import * as v from "valibot"
import { gradeYear } from "./annual.ts"
import { fraction, multiply, parseFraction } from "./fraction.ts"
import { gradePeriod, type Mark, type PeriodInput } from "./period.ts"
import { type GradingProfile, problemsOf, type Read, readProfile, STATUSES } from "./profile.ts"
import { type GradingResult, type WorksheetResult, worksheetReport, worksheetSummary } from "./report.ts"

// A class worked out from one document, for a terminal or for comparing with a calculation made by hand. Numbers are
// decimal strings, marks {"v": "12.5"} or {"s": "ABS_J"}; what comes out is what a bulletin would print.

const decimal = v.pipe(
  v.union([v.string(), v.number()], "doit être un nombre"),
  v.transform((value) => String(value).trim()),
  v.regex(/^\d{1,9}(\.\d{1,6})?$/, "doit être un nombre comme 12 ou 12.5"),
)
const mark = v.pipe(decimal, v.regex(/^\d+(\.\d\d?)?$/, "a plus de deux décimales"))
const max = v.pipe(
  mark,
  v.check((value) => Number(value) > 0, "doit être plus grand que zéro"),
)
const code = v.pipe(v.string("doit être un texte"), v.nonEmpty("ne peut pas être vide"))
const byPeriod = <Entry extends v.GenericSchema>(entry: Entry) => v.record(v.string(), entry)

const inputSchema = v.object({
  config: v.unknown(),
  subjects: v.array(
    v.object({
      code,
      label: v.optional(v.string()),
      coef: decimal,
      optional: v.nullish(v.union([v.literal("bonus_above"), v.literal(false)], "doit être « bonus_above »")),
    }),
  ),
  assessments: v.array(
    v.object({
      id: code,
      period: code,
      subject: code,
      category: code,
      max,
      weight: v.optional(decimal, "1"),
    }),
  ),
  students: v.array(
    v.object({
      id: code,
      nom: v.string("doit être un texte"),
      prenom: v.string("doit être un texte"),
      sex: v.nullish(v.picklist(["M", "F"], "doit être « M » ou « F »")),
      repeating: v.nullish(v.boolean()),
      conduct: v.nullish(byPeriod(v.nullable(mark))),
      exempt: v.nullish(byPeriod(v.array(code))),
      periods: v.nullish(v.array(code)),
    }),
  ),
  marks: v.record(
    v.string(),
    v.record(
      v.string(),
      v.union(
        [v.object({ v: mark }), v.object({ s: v.picklist(STATUSES) })],
        "doit être une note {v} de deux décimales au plus ou un statut {s}",
      ),
    ),
  ),
})

export type GradingInput = v.InferInput<typeof inputSchema>
export type Worksheet = Omit<v.InferOutput<typeof inputSchema>, "config"> & { profile: GradingProfile }

/** Reads a document; each problem is a French sentence that begins with the place it is about. */
export function readWorksheet(json: unknown): Read<Worksheet> {
  const read = v.safeParse(inputSchema, json)
  if (!read.success) return { ok: false, problems: problemsOf(read.issues) }
  const { config, ...rest } = read.output
  const checked = readProfile(config ?? {})
  if (!checked.ok) return { ok: false, problems: checked.problems.map((problem) => `config.${problem}`) }
  const worksheet = { ...rest, profile: checked.profile }
  const problems = strangers(worksheet)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: worksheet }
}

/** Names that lead nowhere and marks above their maximum: each would silently change an average. */
function strangers({ profile, subjects, assessments, students, marks }: Worksheet): string[] {
  const problems: string[] = []
  const codes = (items: { code: string }[]) => new Set(items.map((item) => item.code))
  const known = {
    period: codes(profile.periods),
    subject: codes(subjects),
    category: codes(profile.categories),
  }
  const maxima = new Map<string, number>()
  for (const assessment of assessments) {
    if (maxima.has(assessment.id)) problems.push(`${assessment.id} : deux évaluations portent ce nom`)
    maxima.set(assessment.id, Number(assessment.max))
    for (const key of ["period", "subject", "category"] as const) {
      if (!known[key].has(assessment[key]))
        problems.push(`${assessment.id} : « ${assessment[key]} » est inconnu`)
    }
  }
  const ids = new Set(students.map((student) => student.id))
  for (const [student, cells] of Object.entries(marks)) {
    if (!ids.has(student)) problems.push(`marks.${student} : élève inconnu`)
    for (const [assessment, cell] of Object.entries(cells)) {
      const highest = maxima.get(assessment)
      if (highest === undefined) problems.push(`marks.${student}.${assessment} : évaluation inconnue`)
      else if ("v" in cell && Number(cell.v) > highest) {
        problems.push(`marks.${student}.${assessment} : ${cell.v} dépasse ${highest}`)
      }
    }
  }
  return problems
}

const hundredths = (text: string): number => Number(multiply(parseFraction(text), fraction(100)).n)

/** Every period of the profile, then the year. */
export function gradeWorksheet(worksheet: Worksheet): WorksheetResult {
  const { profile } = worksheet
  const periods = new Map(
    profile.periods.map(({ code }) => [code, gradePeriod(periodInput(worksheet, code))]),
  )
  const year = gradeYear({
    profile,
    students: worksheet.students.map((student) => ({
      id: student.id,
      sex: student.sex ?? null,
      repeating: student.repeating ?? false,
    })),
    averageOf: (period, student) => periods.get(period)?.byStudent.get(student)?.general ?? null,
  })
  return { periods, year }
}

/** One period of a document as the calculation takes it. */
export function periodInput(worksheet: Worksheet, period: string): PeriodInput {
  const marks: Mark[] = []
  for (const [student, cells] of Object.entries(worksheet.marks)) {
    for (const [assessment, cell] of Object.entries(cells)) {
      if ("v" in cell) marks.push({ student, assessment, value: hundredths(cell.v), status: null })
      else marks.push({ student, assessment, value: null, status: cell.s })
    }
  }
  return {
    profile: worksheet.profile,
    subjects: worksheet.subjects.map((subject) => ({
      code: subject.code,
      coefficient: parseFraction(subject.coef),
      optional: subject.optional === "bonus_above",
    })),
    assessments: worksheet.assessments
      .filter((assessment) => assessment.period === period)
      .map((assessment) => ({
        ...assessment,
        max: hundredths(assessment.max),
        weight: parseFraction(assessment.weight),
      })),
    students: worksheet.students
      .filter((student) => student.periods?.includes(period) ?? true)
      .map((student) => {
        const conduct = student.conduct?.[period] ?? null
        return {
          id: student.id,
          sex: student.sex ?? null,
          conduct: conduct === null ? null : hundredths(conduct),
          exempt: student.exempt?.[period] ?? [],
        }
      }),
    marks,
  }
}

export class WorksheetProblem extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(problems.join("\n"))
    this.problems = problems
  }
}

/** The document's `expected` from its `input`; throws a WorksheetProblem that lists what is wrong with it. */
export function grade(input: GradingInput): GradingResult {
  const read = readWorksheet(input)
  if (!read.ok) throw new WorksheetProblem(read.problems)
  const names = read.value.students.map(({ id, nom, prenom }): [string, string] => [
    id,
    `${nom} ${prenom}`.trim(),
  ])
  return worksheetReport(new Map(names), gradeWorksheet(read.value))
}

/** The same class under another configuration: `patch` is {"rounding.stage": "each_stage"}. */
export function gradeVariant(input: GradingInput, patch: Record<string, unknown>) {
  const read = readWorksheet({ ...input, config: patched(input.config, patch) })
  if (!read.ok) throw new WorksheetProblem(read.problems)
  return worksheetSummary(gradeWorksheet(read.value))
}

function patched(config: unknown, patch: Record<string, unknown>): unknown {
  const copy = structuredClone(config ?? {}) as Record<string, unknown>
  for (const [path, value] of Object.entries(patch)) {
    const keys = path.split(".")
    const last = keys.pop() as string
    let at = copy
    for (const key of keys) {
      if (key === "__proto__") throw new WorksheetProblem([`${path} : clé refusée`])
      if (at[key] === null || typeof at[key] !== "object") at[key] = {}
      at = at[key] as Record<string, unknown>
    }
    at[last] = value
  }
  return copy
}
