// Papers that are tables or diplomas rather than texts: what each holds, frozen in the words that are printed.

/** How the student is named at the head of a record. */
export type RecordIdentity = {
  /** « Né », « Née », « Né(e) » */
  bornLabel: string
  /** « le 4 mars 2011 à Bamako », « vers 2008 », or empty */
  birth: string
  nationality: string
}

/** One period of a year: its words, or dashes where it is not published. */
export type RecordPeriod = {
  label: string
  published: boolean
  average: string
  /** « 3e sur 54 » */
  rank: string
  mention: string
  award: string
  conduct: string
  /** « 4 h justifiées, 2 h non justifiées, 1 retard » */
  absences: string
  appreciation: string
}

/** One subject over the periods of a year, each list in their order. */
export type RecordSubject = {
  label: string
  coefficient: string
  averages: string[]
  ranks: string[]
  appreciations: string[]
}

/** A student's year as its bulletins say it. */
export type RecordYear = {
  schoolYear: string
  className: string
  repeating: boolean
  scaleMax: string
  periods: RecordPeriod[]
  subjects: RecordSubject[]
  /** « – » until the year's last period is published */
  annual: { average: string; rank: string; note: string; decision: string }
  output: { average: boolean; rank: boolean }
}

export type PaperRecord =
  | { kind: "transcript"; identity: RecordIdentity; year: RecordYear; ruleText: string }
  | { kind: "booklet"; identity: RecordIdentity; years: RecordYear[] }
  | {
      kind: "diploma"
      award: string
      /** « 1er trimestre » */
      periodLabel: string
      average: string | null
      rank: string | null
    }
