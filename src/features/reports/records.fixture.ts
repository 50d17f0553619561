// For tests and pictures: papers about an invented student, made as the feature makes them.
import { sampleBulletins } from "../../../bench/sampleBulletins.ts"
import type { BulletinData } from "../bulletins/contract.ts"
import type { PaperData } from "../papers/contract.ts"
import type { PaperRecord, RecordYear } from "../papers/records.ts"
import type { RecordPaper } from "./document/records.ts"
import { checkedBlocks, recordYear } from "./rules/records.ts"

export const IDENTITY = { bornLabel: "Née", birth: "le 14 mars 2009 à Kayes", nationality: "Malienne" }

const PERIODS = ["1er trimestre", "2e trimestre", "3e trimestre"]

/** A year of an invented student; `published` of its periods are, the others are not yet. */
export function sampleYear(
  schoolYear: string,
  className: string,
  { published = 3, subjects = 12, wordy = false } = {},
): RecordYear {
  const read = PERIODS.map((label, n) => {
    if (n >= published) return { label, content: null }
    const last = n === PERIODS.length - 1
    // the fourth, seventh… of an invented class: another average each trimester
    const content = sampleBulletins(8, { subjects, wordy, last })[
      (n * 3 + className.length) % 8
    ] as BulletinData
    return { label, content: { ...content, student: { ...content.student, className } } }
  })
  const year = recordYear(schoolYear, read)
  if (!year) throw new Error("a sample year has a published period")
  return year
}

const [FIRST] = sampleBulletins(1)

/** A numbered paper around a record. */
export function samplePaper(record: PaperRecord, change: Partial<PaperData> = {}): RecordPaper {
  const { schoolHead } = FIRST as BulletinData
  const titles = {
    transcript: ["RELEVÉ DE NOTES ANNUEL", "RN-2026-0007"],
    booklet: ["LIVRET SCOLAIRE", "LS-2026-0003"],
    diploma: ["DIPLÔME D’HONNEUR", "DH-2026-0021"],
  } as const
  const [title, reference] = titles[record.kind]
  const years = record.kind === "booklet" ? record.years : record.kind === "transcript" ? [record.year] : []
  return {
    kind: record.kind,
    title,
    reference,
    schoolHead,
    schoolYear: "2026-2027",
    student: {
      surname: "TRAORÉ",
      givenNames: "Aminata Fatoumata",
      matricule: "RC16CG24A9000F",
      sex: "F",
      className: "12e TSE 1",
    },
    fields: {},
    blocks: checkedBlocks(years),
    record,
    placeAndDate: "Fait à Bamako, le 2 juillet 2027",
    signatory: { title: "Le Proviseur", name: "M. Mamadou Lamine FOFANA" },
    issuedAt: "2027-07-02T10:00:00.000Z",
    code: "K7QM2-XRD9F",
    verifyUrl: "https://dugukolo.example/p/K7QM2-XRD9F",
    ...change,
  }
}

export const sampleTranscript = (year: RecordYear = sampleYear("2026-2027", "12e TSE 1")) =>
  samplePaper({
    kind: "transcript",
    identity: IDENTITY,
    year,
    ruleText: (FIRST as BulletinData).ruleText,
  })

export const sampleBooklet = (years: RecordYear[] = threeYears()) =>
  samplePaper({ kind: "booklet", identity: IDENTITY, years })

export const threeYears = (wordy = false) => [
  sampleYear("2024-2025", "10e CG 2", { subjects: 11, wordy }),
  sampleYear("2025-2026", "11e S", { subjects: 12, wordy }),
  sampleYear("2026-2027", "12e TSE 1", { subjects: 13, wordy, published: 2 }),
]

export const sampleDiploma = () =>
  samplePaper({
    kind: "diploma",
    award: "Félicitations du conseil de classe",
    periodLabel: "1er trimestre",
    average: "16,42 / 20",
    rank: "1re sur 54",
  })
