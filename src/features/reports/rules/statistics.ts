// What a list of averages comes to. Averages are whole numbers, in units of 10^-decimals, as they are displayed; a
// mean is rounded half up once. Pure.
import type { ClassFigures, StudentFigures } from "../../bulletins/figures.ts"
import { french, unitsText } from "../../grades/fraction.ts"

/** In units; all null where there is nobody. `share`: reaching the pass mark, in thousandths. */
export type Summary = {
  n: number
  mean: number | null
  median: number | null
  highest: number | null
  lowest: number | null
  passed: number
  share: number | null
}

export const halfUp = (n: number, d: number) => Math.floor((2 * n + d) / (2 * d))

export function summaryOf(averages: readonly number[], pass: number): Summary {
  const n = averages.length
  if (n === 0) return { n, mean: null, median: null, highest: null, lowest: null, passed: 0, share: null }
  const sorted = [...averages].sort((a, b) => a - b)
  const middle = n >> 1
  const upper = sorted[middle] as number
  const passed = sorted.filter((one) => one >= pass).length
  return {
    n,
    mean: halfUp(
      sorted.reduce((sum, one) => sum + one, 0),
      n,
    ),
    median: n % 2 === 1 ? upper : halfUp((sorted[middle - 1] as number) + upper, 2),
    highest: sorted.at(-1) as number,
    lowest: sorted[0] as number,
    passed,
    share: halfUp(passed * 1000, n),
  }
}

export const BINS = 10

/** How many averages fall in each tenth of the scale; the greatest mark counts in the last. */
export function distribution(averages: readonly number[], max: number): number[] {
  const counts = new Array<number>(BINS).fill(0)
  for (const one of averages) {
    const bin = Math.min(BINS - 1, Math.floor((one * BINS) / max))
    counts[bin] = (counts[bin] as number) + 1
  }
  return counts
}

/** « 0 – 2 », « 2 – 4 »… on 20. */
export function binLabels(scaleMax: string): string[] {
  const tenths = Number(scaleMax)
  const edge = (n: number) => french(String((tenths * n) / BINS))
  return Array.from({ length: BINS }, (_, n) => `${edge(n)} – ${edge(n + 1)}`)
}

/** 1234 in 2 decimals -> « 12,34 »; « – » of nothing. */
export const shownUnits = (units: number | null, decimals: number) =>
  units === null ? "–" : french(unitsText(units, decimals))

/** 456 thousandths -> « 45,6 % ». */
export const percent = (share: number | null) => (share === null ? "–" : `${french(unitsText(share, 1))} %`)

const decimalUnits = (text: string, decimals: number) => Math.round(Number(text) * 10 ** decimals)

export type ClassStatistics = {
  id: number
  label: string
  provisional: boolean
  decimals: number
  scaleMax: string
  pass: number
  /** students, classed or not */
  enrolled: number
  all: Summary
  girls: Summary
  boys: Summary
  bins: number[]
  subjects: { code: string; label: string; short: string; all: Summary; girls: Summary; boys: Summary }[]
}

export type NamedFigures = { id: number; label: string; provisional: boolean; figures: ClassFigures }

/**
 * A class over its ranked students, as its bulletins say it: the mean is theirs. A subject is over those who have an
 * average in it.
 */
export function classStatistics({ id, label, provisional, figures }: NamedFigures): ClassStatistics {
  const { decimals, scaleMax, pass, students } = figures
  const ranked = students.filter((student) => student.ranked)
  const general = (list: readonly StudentFigures[]) =>
    list.flatMap((student) => (student.general === null ? [] : [student.general]))
  const of = (sex: "F" | "M" | null) => (student: StudentFigures) => sex === null || student.sex === sex
  const all = summaryOf(general(ranked), pass)
  return {
    id,
    label,
    provisional,
    decimals,
    scaleMax,
    pass,
    enrolled: students.length,
    all: ofTheClass(all, figures.mean, decimals),
    girls: summaryOf(general(ranked.filter(of("F"))), pass),
    boys: summaryOf(general(ranked.filter(of("M"))), pass),
    bins: distribution(general(ranked), decimalUnits(scaleMax, decimals)),
    subjects: figures.subjects.map(({ mean, ...subject }, s) => {
      const averages = (sex: "F" | "M" | null) =>
        students.filter(of(sex)).flatMap((student) => student.averages[s] ?? [])
      return {
        ...subject,
        all: ofTheClass(summaryOf(averages(null), pass), mean, decimals),
        girls: summaryOf(averages("F"), pass),
        boys: summaryOf(averages("M"), pass),
      }
    }),
  }
}

/** The mean of the exact averages, where the class's own papers give it: two papers never say two means. */
const ofTheClass = (summary: Summary, mean: string | null, decimals: number): Summary =>
  mean === null || summary.n === 0 ? summary : { ...summary, mean: decimalUnits(mean, decimals) }

export type Together = Pick<
  ClassStatistics,
  "decimals" | "scaleMax" | "pass" | "enrolled" | "all" | "girls" | "boys" | "bins"
> & {
  classes: number
}

/** Classes of one scale as one, over displayed averages; one entry per scale met. */
export function together(classes: readonly NamedFigures[]): Together[] {
  return byScale(classes).map((group) => {
    const [{ figures: first }] = group
    const students = group.flatMap(({ figures }) => figures.students)
    const one = classStatistics({
      id: 0,
      label: "",
      provisional: false,
      figures: { ...first, mean: null, subjects: [], students },
    })
    const { decimals, scaleMax, pass, enrolled, all, girls, boys, bins } = one
    return { decimals, scaleMax, pass, enrolled, all, girls, boys, bins, classes: group.length }
  })
}

type Some = [NamedFigures, ...NamedFigures[]]

function byScale(classes: readonly NamedFigures[]): Some[] {
  const groups = new Map<string, Some>()
  for (const one of classes) {
    const { scaleMax, decimals, pass } = one.figures
    const key = `${scaleMax} ${decimals} ${pass}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}

export type SubjectStatistics = {
  label: string
  short: string
  scaleMax: string
  decimals: number
  pass: number
  classes: number
  all: Summary
  girls: Summary
  boys: Summary
}

/** Each subject over all classes of one scale, in the order the classes list them. */
export function subjectStatistics(classes: readonly NamedFigures[]): SubjectStatistics[] {
  return byScale(classes).flatMap((group) => {
    const [{ figures: first }] = group
    const { scaleMax, decimals, pass } = first
    return subjectsOf(group).map(({ code, label, short }) => {
      const taken = group.flatMap(({ figures }) => {
        const s = figures.subjects.findIndex((subject) => subject.code === code)
        return s === -1 ? [] : [{ s, students: figures.students }]
      })
      const averages = (sex: "F" | "M" | null) =>
        taken.flatMap(({ s, students }) =>
          students.flatMap((student) =>
            sex === null || student.sex === sex ? (student.averages[s] ?? []) : [],
          ),
        )
      return {
        label,
        short,
        scaleMax,
        decimals,
        pass,
        classes: taken.length,
        all: summaryOf(averages(null), pass),
        girls: summaryOf(averages("F"), pass),
        boys: summaryOf(averages("M"), pass),
      }
    })
  })
}

/** Every subject that some class has, once, in the order met. */
export function subjectsOf(
  classes: readonly NamedFigures[],
): { code: string; label: string; short: string }[] {
  const met = new Map<string, { code: string; label: string; short: string }>()
  for (const { figures } of classes)
    for (const { code, label, short } of figures.subjects)
      if (!met.has(code)) met.set(code, { code, label, short })
  return [...met.values()]
}

/** How a mean stands to the pass mark and the scale: four steps that a heat table shows. */
export type Heat = "far" | "below" | "above" | "high"

/** `far`: more than a tenth of the scale below the pass mark; `high`: more than a fifth above it. */
export function heatOf(
  mean: number,
  { pass, scaleMax, decimals }: { pass: number; scaleMax: string; decimals: number },
): Heat {
  const tenth = decimalUnits(scaleMax, decimals) / 10
  if (mean < pass) return mean < pass - tenth ? "far" : "below"
  return mean >= pass + 2 * tenth ? "high" : "above"
}
