// What the feature's own papers print, as plain JSON that may cross over to the worker.
import type { SchoolHead } from "../../documents/schoolHead.ts"
import type { ClassStatistics, SubjectStatistics, Together } from "./rules/statistics.ts"

type Paper = {
  schoolHead: SchoolHead
  schoolYear: string
  /** ISO moment, also the file's */
  createdAt: string
  placeAndDate: string
  signatory: { title: string; name: string }
}

/** A roll of honour to pin on the wall. */
export type HonoursData = Paper & {
  /** « 10ème CG 1 », or « Toutes les classes » */
  scope: string
  periodLabel: string
  groups: { award: string; students: HonouredStudent[] }[]
}
export type HonouredStudent = {
  name: string
  /** the class, an average: what stands at the right */
  aside: string
}

export type StatisticsData = Paper & {
  periodLabel: string
  /** « Deux classes sur trois sont publiées… », or empty */
  note: string
  classes: ClassStatistics[]
  together: Together[]
  subjects: SubjectStatistics[]
  heat: HeatTable
  evolution: Evolution
}

/** Means of each subject in each class; null where the class does not have it. */
export type HeatTable = {
  subjects: { code: string; label: string; short: string }[]
  rows: {
    id: number
    label: string
    decimals: number
    scaleMax: string
    pass: number
    means: (number | null)[]
    general: number | null
  }[]
}

/** Means of each class over the periods of the year; null where a period is neither published nor asked for. */
export type Evolution = {
  periods: string[]
  rows: {
    id: number
    label: string
    decimals: number
    scaleMax: string
    pass: number
    means: (number | null)[]
  }[]
}

/** One candidate's line of a list of annual averages, in the words that are printed. */
export type AverageLine = {
  studentId: number
  matricule: string
  surname: string
  givenNames: string
  sex: string
  birth: string
  birthPlace: string
  className: string
  series: string
  /** one per period of the year, « – » where there is none */
  periods: string[]
  /** « 12,45 »; « – » where no average can be made */
  annual: string
  /** the exact fraction before it was rounded: « 747/60 » */
  exact: string
  /** what the council must see: « sans T1 », « le bulletin dit 12,40 » */
  remarks: string[]
}

/** What is signed: its JSON, to the letter, is what the hash is of. */
export type AverageListContent = {
  schoolHead: SchoolHead
  schoolYear: string
  /** « Baccalauréat 2027 » */
  exam: string
  classes: { id: number; label: string; publications: { period: string; version: number; hash: string }[] }[]
  periods: string[]
  scaleMax: string
  /** how the annual average is made */
  ruleText: string
  lines: AverageLine[]
}

export type Signature = { name: string; role: string; at: string }

/** The list on paper: a draft, or signed by two persons. */
export type AverageListPaper = {
  content: AverageListContent
  /** null for a draft */
  signed: null | {
    reference: string
    code: string
    verifyUrl: string
    hash: string
    signatures: Signature[]
    /** « Remplace la liste LM-2026-0001 : … », or empty */
    replaces: string
  }
  hash: string
  createdAt: string
  placeAndDate: string
  /** added to the head of each page: « REMPLACÉE par LM-2026-0002 » */
  stamp: string
}
