// What the minutes of a class council say, as plain JSON in the words to print. Closing the session freezes it whole:
// the paper reprints the same for ever, whatever becomes of marks, names or the school's settings.
import type { SchoolHead } from "../../documents/schoolHead.ts"

/** One line of the statistics: all, girls, boys. */
export type MinutesFigures = {
  label: string
  enrolled: number
  ranked: number
  mean: string
  highest: string
  lowest: string
  passed: number
}

export type MinutesStudent = {
  /** « TRAORÉ Aminata » */
  name: string
  /** what tells homonyms apart, and who has no matricule: « RC15CG26Z9002F » */
  told: string
  sex: "M" | "F" | null
  repeating: boolean
  average: string
  rank: string
  /** of the year, on the last period */
  annual: string | null
  annualRank: string | null
  award: string
  decision: string | null
  appreciation: string
  /** null where the council followed the proposal */
  overruled: { proposed: string; reason: string; by: string } | null
  /** decided at another average than the one printed */
  changed: boolean
}

export type MinutesData = {
  schoolHead: SchoolHead
  schoolYear: string
  className: string
  periodLabel: string
  isLastPeriod: boolean
  /** « 20 » and « 10 » */
  scaleMax: string
  passMark: string
  output: { average: boolean; rank: boolean; stats: boolean }
  /** « le 10 décembre 2026 à 16 h 30 » */
  heldOn: string
  place: string
  president: string
  secretary: string
  formTeacher: string
  attendees: { name: string; quality: string; present: boolean }[]
  figures: MinutesFigures[]
  /** how many of each award, of each decision */
  awards: { label: string; n: number }[]
  decisions: { label: string; n: number }[]
  students: MinutesStudent[]
  remarks: string
  signatory: { title: string; name: string }
  /** 1 for the first closing */
  version: number
  /** why the session was opened again, from version 2 on */
  reopenReason: string
  /** « le 10/12/2026 à 18:05 par Oumou DIALLO »; null while it is a draft */
  closed: string | null
  /** ISO moment: also the file's creation date */
  madeAt: string
}
