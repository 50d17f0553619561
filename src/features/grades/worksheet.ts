import * as v from "valibot"
import { gradeYear, type YearResult } from "./annual.ts"
import { fraction, fractionText, multiply, parseFraction, plainText, type Shown } from "./fraction.ts"
import { gradePeriod, type Mark, type PeriodResult, type StudentResult } from "./period.ts"
import { type GradingProfile, problemsOf, type Read, readProfile, STATUSES } from "./profile.ts"
import { rankLabel } from "./ranking.ts"

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

export type WorksheetResult = { periods: Map<string, PeriodResult>; year: YearResult | null }

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
  const periods = new Map(profile.periods.map(({ code }) => [code, gradeOnePeriod(worksheet, code)]))
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

function gradeOnePeriod(worksheet: Worksheet, period: string): PeriodResult {
  const marks: Mark[] = []
  for (const [student, cells] of Object.entries(worksheet.marks)) {
    for (const [assessment, cell] of Object.entries(cells)) {
      if ("v" in cell) marks.push({ student, assessment, value: hundredths(cell.v), status: null })
      else marks.push({ student, assessment, value: null, status: cell.s })
    }
  }
  return gradePeriod({
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
  })
}

const textOf = (value: Shown | null) => value?.text ?? null
const exactOf = (value: Shown | null) => value && fractionText(value.exact)

/** The document of a whole class: periods (statistics and bulletins), then the year. */
export function worksheetReport(worksheet: Worksheet, { periods, year }: WorksheetResult) {
  const names = new Map(
    worksheet.students.map((student) => [student.id, `${student.nom} ${student.prenom}`.trim()]),
  )
  return {
    periods: record([...periods], (period) => periodReport(period, names)),
    annual: record(
      (year?.students ?? []).map((line) => [String(line.student), line]),
      (line) => ({
        student: names.get(String(line.student)) ?? "",
        periods: record(
          line.periods.map(({ code, average }) => [code, average]),
          textOf,
        ),
        missing_periods: line.missing,
        annual_average: textOf(line.average),
        annual_average_exact: exactOf(line.average),
        rank: line.rank && rankLabel(line.rank, line.sex),
        mention: line.mention,
        proposed_decision: line.decision,
      }),
    ),
  }
}
export type GradingResult = ReturnType<typeof worksheetReport>

function periodReport(period: PeriodResult, names: Map<string, string>) {
  return {
    stats: period.stats && {
      enrolled: period.stats.enrolled,
      ranked: period.stats.ranked,
      class_mean: textOf(period.stats.mean),
      class_mean_exact: exactOf(period.stats.mean),
      highest: textOf(period.stats.highest),
      lowest: textOf(period.stats.lowest),
      pass_count: period.stats.passed,
    },
    subject_stats: record([...period.subjectStats], (stats) => ({
      mean: textOf(stats.mean),
      highest: textOf(stats.highest),
      lowest: textOf(stats.lowest),
      n: stats.n,
    })),
    bulletins: record(
      period.students.map((student) => [String(student.student), student]),
      (student) => ({
        student: names.get(String(student.student)) ?? "",
        ...bulletinReport(period, student),
      }),
    ),
  }
}

/** What one student's bulletin says, all in texts. */
export function bulletinReport({ profile }: PeriodResult, student: StudentResult) {
  return {
    lines: student.lines.map((line) => ({
      subject: line.subject,
      status: line.status,
      categories: record(
        line.categories.map((average, i) => [profile.categories[i]?.code ?? "", average]),
        textOf,
      ),
      average: textOf(line.average),
      average_exact: exactOf(line.average),
      coefficient: plainText(line.coefficient),
      points: textOf(line.points),
      subject_rank: line.rank && rankLabel(line.rank, student.sex),
      appreciation: line.appreciation,
      flags:
        line.status === "DISPENSE" ? ["DISP"] : line.flags.map((flag) => `${flag.assessment}:${flag.status}`),
    })),
    conduct: student.conduct && {
      mark: student.conduct.mark.text,
      coefficient: plainText(student.conduct.coefficient),
      points: textOf(student.conduct.points),
    },
    groups: student.groups.map((group) => ({
      group: group.group,
      points: group.points.text,
      coefficient: plainText(group.coefficient),
      average: textOf(group.average),
    })),
    total_points: student.totalPoints.text,
    bonus: student.bonus.text,
    total_coefficients: plainText(student.totalCoefficients),
    general_average: textOf(student.general),
    general_average_exact: exactOf(student.general),
    rank: profile.output.rank ? rankLabel(student.rank, student.sex) : null,
    rank_number: student.rank?.number ?? null,
    out_of: student.outOf,
    provisional: student.provisional,
    mention: student.mention,
    award: student.award,
  }
}

/** Only averages, ranks and decisions: how a variant of the configuration is compared. */
export function worksheetSummary({ periods, year }: WorksheetResult) {
  return {
    periods: record([...periods], (period) =>
      record(
        period.students.map((student) => [String(student.student), student]),
        (student) => ({
          general_average: textOf(student.general),
          general_average_exact: exactOf(student.general),
          rank: period.profile.output.rank ? rankLabel(student.rank, student.sex) : null,
        }),
      ),
    ),
    annual: record(
      (year?.students ?? []).map((line) => [String(line.student), line]),
      (line) => ({
        annual_average: textOf(line.average),
        annual_average_exact: exactOf(line.average),
        rank: line.rank && rankLabel(line.rank, line.sex),
        proposed_decision: line.decision,
      }),
    ),
  }
}

const record = <From, To>(entries: [string, From][], to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(entries.map(([key, value]) => [key, to(value)]))

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
  return worksheetReport(read.value, gradeWorksheet(read.value))
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
