// Everything printed on one bulletin, as plain JSON. A publication freezes this object whole, so that the
// paper reprints the same for ever, whatever becomes of marks, names or the school's settings. Numbers and
// ranks are therefore the words to print ("12,50", "2e ex aequo"), already rounded by the grading rules
// (domain.md §1.5 for the fields, §3.5 for their display); the document computes nothing.

import type { SchoolHead } from "../../documents/schoolHead.ts"
import type { BulletinModel } from "./model.ts"

export type { SchoolHead }

export type BulletinStudent = {
  surname: string
  givenNames: string
  matricule: string | null
  sex: "F" | "M" | null
  /** ISO date; null when only an approximate year is known. */
  birthDate: string | null
  /** "14/03/2009", or "vers 2008". */
  birthDisplay: string
  birthPlace: string
  className: string
  series: string
  /** Students on the class list, ranked or not. */
  classSize: number
  repeating: boolean
  /** Status as printed: "Orienté par l'État", "Privé"… */
  regime: string
  /** Base64 of a JPEG or PNG, no "data:" prefix: that of the day of printing, never frozen (a photo can be withdrawn). */
  photo?: string
}

export type BulletinCategory = { label: string; display: string }

export type BulletinLine = {
  subject: string
  teacher: string
  /** One per category of the grading profile, in its order; "–" where there is no mark. */
  categories: BulletinCategory[]
  /** "13,25", "Disp.", "Abs.", "NC" or "–". */
  average: string
  coefficient: string
  points: string
  /** Rank in the subject, or null where the school does not print it. */
  rank: string | null
  appreciation: string
  /** Short words printed under the subject, before its teacher: "facultative", "arrivée en cours de période"… */
  flags: string[]
  /** Code of the group it is subtotalled in, or null. */
  group: string | null
  /** The class's mean in the subject; only where the model prints it. */
  classMean?: string
  /** Average of each of `yearColumns.earlier`, and the year's; only where the model prints them. */
  year?: { earlier: string[]; annual: string | null }
}

export type BulletinGroup = {
  code: string
  label: string
  points: string
  coefficient: string
  average: string
}

export type BulletinPeriod = { label: string; average: string; rank: string | null }

export type BulletinData = {
  schoolHead: SchoolHead
  /** "2026-2027" */
  schoolYear: string
  /** "1er trimestre" */
  periodLabel: string
  isLastPeriod: boolean
  /** Greatest mark of the scale: "20", "10", "100". */
  scaleMax: string
  student: BulletinStudent
  lines: BulletinLine[]
  /** The year subject by subject, in a last period whose model prints it: « T1 », « T2 », then « T3 » and the year. */
  yearColumns?: {
    earlier: string[]
    current: string
    annual: boolean
    general: { earlier: string[]; annual: string | null }
  }
  /** In the order printed; lines of no group come after them. */
  groups: BulletinGroup[]
  /** Conduct where it is shown apart; null when it is a subject's line or absent. */
  conduct: { display: string; appreciation: string } | null
  /** Bonus points of optional subjects, null when there are none. */
  totals: { points: string; coefficient: string; bonus: string | null }
  absences: { justifiedHours: number; unjustifiedHours: number; lates: number } | null
  generalAverage: string | null
  /** "1re", "2e ex aequo", "NC". */
  rank: string | null
  /** Ranked students ("/ 54 classés"). */
  outOf: number
  classStats: {
    highest: string
    mean: string
    lowest: string
    /** Students at or above the pass mark. */
    passCount: number
    /** "10" */
    passMark: string
  } | null
  previousPeriods: BulletinPeriod[]
  annual: { average: string; rank: string | null; outOf: number; note: string } | null
  mention: string
  award: string
  /** The council's decision, last period only: "Admise en 12e TSE", "Redouble"… */
  decision: string | null
  generalAppreciation: string
  formTeacher: string
  /** The rule and the rounding of the day, printed at the foot (domain.md §1.3). */
  ruleText: string
  roundingText: string
  /** "Fait à Bamako, le 22/12/2026" */
  placeAndDate: string
  signatory: { title: string; name: string }
  /** ISO date and time of the publication; also the PDF's creation date, so that it reprints byte for byte. */
  publishedAt: string
  publicationVersion: number
  /** Short code printed under the QR code, "K7QM-2XRD". */
  publicCode: string
  verifyUrl: string
  /** True while a mark is still missing: the paper says PROVISOIRE. */
  provisional: boolean
  /** What this school prints (Belgium: neither averages nor rank). */
  output: { average: boolean; rank: boolean; stats: boolean }
  /** What the school had chosen to print; absent where it had chosen nothing. */
  model?: BulletinModel
}

export type BulletinLayout = "single" | "double"
