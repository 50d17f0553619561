// The statistics of several classes put together for a page, a paper or a file. Pure.
import type { Evolution, HeatTable } from "../contract.ts"
import {
  type ClassStatistics,
  classStatistics,
  type NamedFigures,
  type SubjectStatistics,
  type Summary,
  shownUnits,
  subjectsOf,
} from "./statistics.ts"

/** Means of each subject in each class, classes as rows. */
export function heatTable(named: readonly NamedFigures[], classes: readonly ClassStatistics[]): HeatTable {
  const subjects = subjectsOf(named)
  return {
    subjects,
    rows: classes.map(({ id, label, decimals, scaleMax, pass, all, subjects: own }) => ({
      id,
      label,
      decimals,
      scaleMax,
      pass,
      means: subjects.map(({ code }) => own.find((subject) => subject.code === code)?.all.mean ?? null),
      general: all.mean,
    })),
  }
}

/** `byPeriod`: of each period of the year, the figures of the classes that have some. */
export function evolutionOf(
  periods: readonly { label: string }[],
  byPeriod: readonly (readonly NamedFigures[])[],
): Evolution {
  const classes = new Map<number, Evolution["rows"][number]>()
  byPeriod.forEach((named, p) => {
    for (const one of named) {
      const { id, label, decimals, scaleMax, pass, all } = classStatistics(one)
      const row = classes.get(id) ?? { id, label, decimals, scaleMax, pass, means: periods.map(() => null) }
      row.means[p] = all.mean
      classes.set(id, row)
    }
  })
  return { periods: periods.map(({ label }) => label), rows: [...classes.values()] }
}

const SUMMARY_HEAD = ["Moyenne", "Médiane", "Plus haute", "Plus basse", "Reçus", "% reçus"]
const SEX_HEAD = (sex: string) => [`${sex} : nombre`, `${sex} : moyenne`, `${sex} : % reçus`]

export const CLASSES_HEAD = [
  "Classe",
  "État",
  "Inscrits",
  "Classés",
  ...SUMMARY_HEAD,
  ...SEX_HEAD("Filles"),
  ...SEX_HEAD("Garçons"),
]
export const SUBJECTS_HEAD = [
  "Classe",
  "Matière",
  "Élèves",
  ...SUMMARY_HEAD,
  ...SEX_HEAD("Filles"),
  ...SEX_HEAD("Garçons"),
]

/** A cell that a workbook reads as a number and a text file as « 12,34 »; null is empty. */
export type Figure = string | number | { units: number; decimals: number } | null

const units = (value: number | null, decimals: number): Figure =>
  value === null ? null : { units: value, decimals }

const summaryFigures = (
  { mean, median, highest, lowest, passed, share }: Summary,
  decimals: number,
): Figure[] => [
  ...[mean, median, highest, lowest].map((value) => units(value, decimals)),
  passed,
  units(share, 1),
]
const sexFigures = ({ n, mean, share }: Summary, decimals: number): Figure[] => [
  n,
  units(mean, decimals),
  units(share, 1),
]

export const classFigureRows = (classes: readonly ClassStatistics[]): Figure[][] =>
  classes.map(({ label, provisional, enrolled, all, girls, boys, decimals }) => [
    label,
    provisional ? "provisoire" : "publié",
    enrolled,
    all.n,
    ...summaryFigures(all, decimals),
    ...sexFigures(girls, decimals),
    ...sexFigures(boys, decimals),
  ])

/** Every subject of every class, then each subject over all of them. */
export const subjectFigureRows = (
  classes: readonly ClassStatistics[],
  overall: readonly SubjectStatistics[],
): Figure[][] => {
  const row = (
    of: string,
    label: string,
    decimals: number,
    one: Pick<SubjectStatistics, "all" | "girls" | "boys">,
  ) => [
    of,
    label,
    one.all.n,
    ...summaryFigures(one.all, decimals),
    ...sexFigures(one.girls, decimals),
    ...sexFigures(one.boys, decimals),
  ]
  return [
    ...classes.flatMap(({ label, decimals, subjects }) =>
      subjects.map((subject) => row(label, subject.label, decimals, subject)),
    ),
    ...overall.map((subject) => row("Toutes les classes", subject.label, subject.decimals, subject)),
  ]
}

/** As a text file says it. */
export const figureText = (figure: Figure): string =>
  figure === null
    ? ""
    : typeof figure === "object"
      ? shownUnits(figure.units, figure.decimals)
      : String(figure)
