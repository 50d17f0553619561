import type { YearResult } from "./annual.ts"
import { fractionText, plainText, type Shown } from "./fraction.ts"
import type { PeriodResult } from "./period.ts"
import { rankLabel } from "./ranking.ts"
import type { StudentResult } from "./student.ts"

// What a class's results say, all in texts with a point for decimal separator: the shape of the worked examples.

export type WorksheetResult = { periods: Map<string, PeriodResult>; year: YearResult | null }

const textOf = (value: Shown | null) => value?.text ?? null
const exactOf = (value: Shown | null) => value && fractionText(value.exact)

/** `names` by student. The document of a whole class: periods (statistics and bulletins), then the year. */
export function worksheetReport(names: Map<string, string>, { periods, year }: WorksheetResult) {
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
