import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { explainGeneral, explainSubject } from "../explanation.ts"
import { fraction, french, plainText } from "../fraction.ts"
import { type GradedClassPeriod, type GradedYear, gradesOfClass, gradesOfYear } from "../grading.ts"
import { rankLabel } from "../ranking.ts"
import { averageText, exact, nameOf, STATE_WORDS, stateOf, tellApart } from "../sheet.ts"
import { type ClassPeriodAsked, classPeriodAsked, numberIn, periodTabs, queryNumber } from "./found.ts"

const PAGE = 50

/** The class's table: students × subjects, general average, rank; for the screen by pages, for paper whole. */
export async function table(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  if (req.query.year !== undefined) return yearPage(req, res, about)
  const graded = await gradesOfClass(req.school.db, about.class_id, about.period_id)
  if (!graded) throw notFound()
  const print = req.query.print !== undefined
  const sort = req.query.sort === "name" ? "name" : "rank"
  const rows = sorted(rowsOf(graded), sort)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const { stats, subjectStats, profile } = graded.result
  const state = stateOf({ class_state: about.class_state, locked_at: null })
  res.page("grades/averages", {
    about,
    tabs: tabsOf(about),
    rows: print ? rows : rows.slice((page - 1) * PAGE, page * PAGE),
    subjects: graded.subjects.map(({ code, short, label }) => ({
      code,
      short,
      label,
      mean: french(subjectStats.get(code)?.mean?.text ?? "–"),
    })),
    stats,
    french,
    prints: profile.output,
    conduct: profile.conduct.mode !== "none",
    passMark: french(profile.pass_mark),
    provisional: graded.result.provisional,
    print,
    sort,
    state,
    stateWord: STATE_WORDS[state],
    page,
    size: PAGE,
    total: rows.length,
    ...(print ? { layout: "print" } : {}),
  })
}

type Row = ReturnType<typeof rowsOf>[number]

function rowsOf({ students, result }: GradedClassPeriod) {
  const apart = tellApart(students)
  return students.map((student, i) => {
    const graded = result.students[i] as (typeof result.students)[number]
    return {
      id: student.id,
      name: nameOf(student),
      told: apart.get(student.id) ?? "",
      averages: graded.lines.map((_, line) => averageText(graded, line)),
      conduct: french(graded.conduct?.mark.text ?? "–"),
      general: french(graded.general?.text ?? "–"),
      rank: graded.general ? rankLabel(graded.rank, student.sex) : "–",
      order: graded.rank?.number ?? Number.POSITIVE_INFINITY,
      mention: graded.mention ?? "",
    }
  })
}

/** The roll's own order is by name; equal ranks keep it. */
const sorted = (rows: Row[], by: "name" | "rank") =>
  by === "name"
    ? rows
    : [...rows].sort((one, other) => (one.order === other.order ? 0 : one.order - other.order))

function tabsOf(about: ClassPeriodAsked, year = false) {
  const path = (period: number) => `/grades/${about.class_id}/${period}/averages`
  const tabs = periodTabs(about, year ? 0 : about.period_id, path)
  if (tabs.length < 2) return tabs
  return [...tabs, { label: "Année", path: `${path(about.period_id)}?year=1`, current: year }]
}

/** The year so far: every period up to this one, and the average they make. */
async function yearPage(req: Request, res: Response, about: ClassPeriodAsked) {
  const graded = await gradesOfYear(req.school.db, about.class_id, about.period_id)
  const last = graded?.periods.at(-1)
  if (!graded || !last) throw notFound()
  const apart = tellApart(last.students)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const rows = last.students.map((student) => {
    const line = graded.year?.byStudent.get(student.id)
    return {
      id: student.id,
      name: nameOf(student),
      told: apart.get(student.id) ?? "",
      periods: graded.periods.map(({ result }) =>
        french(result.byStudent.get(student.id)?.general?.text ?? "–"),
      ),
      missing: (line?.missing.length ?? 0) > 0,
      average: french(line?.average?.text ?? "–"),
      rank: line?.average ? rankLabel(line.rank, student.sex) : "–",
      decision: line?.decision ?? "",
      order: line?.rank?.number ?? Number.POSITIVE_INFINITY,
    }
  })
  res.page("grades/year", {
    about,
    rows: rows
      .sort((one, other) => (one.order === other.order ? 0 : one.order - other.order))
      .slice((page - 1) * PAGE, page * PAGE),
    page,
    size: PAGE,
    total: rows.length,
    periods: graded.periods.map(({ period }) => ({
      id: period.id,
      label: period.label,
      weight: plainText(fraction(period.weight, 100)),
    })),
    year: graded.year,
    french,
    use: last.input.profile.annual?.use,
    whole: last.period.position === last.periods.at(-1)?.position,
    tabs: tabsOf(about, true),
  })
}

const MISSING_PERIOD = {
  renormalise: "une période sans moyenne ne compte pas",
  incomplete: "une période sans moyenne laisse l’année sans moyenne",
  zero: "une période sans moyenne compte pour zéro",
}

/** What the year's average of one student is made from; null where the profile makes none. */
function yearOf({ periods, year }: GradedYear, student: number) {
  const line = year?.byStudent.get(student)
  if (!line) return null
  const annual = periods.at(-1)?.input.profile.annual
  const terms = periods.flatMap(({ period }, p) => {
    const average = line.periods[p]?.average
    const weight = french(plainText(fraction(period.weight, 100)))
    return [{ label: period.label, id: period.id, weight, average: average ? french(average.text) : "–" }]
  })
  return {
    terms,
    average: french(line.average?.text ?? "–"),
    rank: rankLabel(line.rank, line.sex),
    ranked: line.average !== null,
    decision: line.decision,
    use: annual?.use,
    missing: annual && MISSING_PERIOD[annual.missing_period],
  }
}

/** How one student's general average was made, then each subject's. */
export async function student(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const all = await gradesOfYear(req.school.db, about.class_id, about.period_id)
  const graded = all?.periods.at(-1)
  const id = numberIn(req, "student")
  const row = graded?.students.find((one) => one.id === id)
  const result = graded?.result.byStudent.get(id)
  if (!all || !graded || !row || !result) throw notFound()
  const { input, subjects } = graded
  const marks = [...input.marks].filter((mark) => mark.student === id)
  const dispensed = input.students.find((one) => one.id === id)?.exempt ?? []
  res.page("grades/student", {
    about,
    student: { id, name: nameOf(row), told: tellApart(graded.students).get(id) ?? "" },
    result,
    general: explainGeneral(graded.result, result),
    labels: new Map(subjects.map(({ code, label }) => [code, label])),
    titles: new Map(graded.assessments.map((one) => [one.id, one.label])),
    made: subjects.map((subject, s) => ({
      label: subject.label,
      classSubject: subject.classSubject,
      appreciation: result.lines[s]?.appreciation,
      rank: result.lines[s]?.rank && rankLabel(result.lines[s]?.rank ?? null, row.sex),
      ...explainSubject({
        profile: input.profile,
        subject: input.subjects[s] as (typeof input.subjects)[number],
        assessments: input.assessments,
        marks,
        exempt: dispensed.includes(subject.code),
      }),
    })),
    rank: rankLabel(result.rank, row.sex),
    prints: input.profile.output,
    scaleMax: french(input.profile.scale.max),
    year: all.periods.length > 1 ? yearOf(all, id) : null,
    french,
    exact,
    tabs: periodTabs(
      about,
      about.period_id,
      (period) => `/grades/${about.class_id}/${period}/averages/${id}`,
    ),
  })
}
