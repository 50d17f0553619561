// For tests and pictures: a roll of honour, statistics and a list of averages of invented classes, without chance.
import { createHash } from "node:crypto"
import { sampleBulletins } from "../../../bench/sampleBulletins.ts"
import type { BulletinData } from "../bulletins/contract.ts"
import type { ClassFigures, StudentFigures } from "../bulletins/figures.ts"
import type {
  AverageLine,
  AverageListContent,
  AverageListPaper,
  HonoursData,
  StatisticsData,
} from "./contract.ts"
import { heatTable } from "./rules/report.ts"
import { classStatistics, type NamedFigures, subjectStatistics, together } from "./rules/statistics.ts"

const [FIRST] = sampleBulletins(1) as [BulletinData]
const AROUND = {
  schoolHead: FIRST.schoolHead,
  schoolYear: "2026-2027",
  createdAt: "2027-07-02T10:00:00.000Z",
  placeAndDate: "Fait à Bamako, le 2 juillet 2027",
  signatory: { title: "Le Proviseur", name: "M. Mamadou Lamine FOFANA" },
}

const SURNAMES = [
  "TRAORÉ",
  "COULIBALY",
  "KEÏTA",
  "DIARRA",
  "ƝARE",
  "MAÏGA",
  "AG ALHASSANE",
  "SISSOKO",
  "KƆNE",
]
const GIVEN = [
  "Aminata Fatoumata",
  "Moussa",
  "Kadiatou Bintou",
  "Sɛku",
  "Boubacar",
  "Ŋɔnta",
  "Oumou",
  "Ibrahima",
]
const nameOf = (n: number) =>
  [SURNAMES[n % SURNAMES.length], GIVEN[(n * 5) % GIVEN.length]] as [string, string]

/** Whole numbers from 300 to 1899, spread without chance around the middle. */
const spread = (seed: number) => 300 + ((seed * 7919) % 800) + ((seed * 104_729) % 800)

export const sampleHonours = (students = 14): HonoursData => ({
  ...AROUND,
  scope: "12e TSE 1",
  periodLabel: "1er trimestre",
  groups: [
    { award: "Félicitations", students: some(0, Math.ceil(students * 0.15)) },
    { award: "Encouragements", students: some(3, Math.ceil(students * 0.3)) },
    { award: "Tableau d’honneur", students: some(8, Math.ceil(students * 0.55)) },
  ],
})

const some = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: nameOf(from + n).join(" "), aside: "" }))

const SUBJECTS = [
  ["MATHS", "Mathématiques", "Maths"],
  ["PHYS", "Physique", "Physique"],
  ["FR", "Français", "Français"],
  ["ANG", "Anglais", "Anglais"],
  ["PHILO", "Philosophie", "Philo"],
  ["EPS", "Éducation physique et sportive", "EPS"],
] as const

function sampleFigures(seed: number, size: number): ClassFigures {
  const students = Array.from({ length: size }, (_, n): StudentFigures => {
    // a level of one's own, and more or less of it in each subject
    const level = spread(seed * 91 + n * 13) + 90 - seed * 30
    const averages = SUBJECTS.map((_, s) =>
      Math.min(2000, Math.max(150, level + ((n * 37 + s * 83) % 300) - s * 45)),
    )
    const general = Math.floor(averages.reduce((sum, one) => sum + one, 0) / averages.length)
    return { id: seed * 100 + n, sex: n % 3 === 0 ? "M" : "F", general, ranked: true, award: "", averages }
  })
  return {
    decimals: 2,
    scaleMax: "20",
    pass: 1000,
    mean: null,
    subjects: SUBJECTS.map(([code, label, short]) => ({ code, label, short, mean: null })),
    students,
  }
}

export function sampleStatistics(classes = 6, size = 52): StatisticsData {
  const named = Array.from(
    { length: classes },
    (_, n): NamedFigures => ({
      id: n + 1,
      label: `${10 + (n % 3)}e CG ${n + 1}`,
      provisional: n === 1,
      figures: sampleFigures(n + 1, size + n),
    }),
  )
  const made = named.map(classStatistics)
  return {
    ...AROUND,
    periodLabel: "2e trimestre",
    note: "Une classe n’est pas publiée : ses chiffres sont provisoires.",
    classes: made,
    together: together(named),
    subjects: subjectStatistics(named),
    heat: heatTable(named, made),
    evolution: {
      periods: ["1er trimestre", "2e trimestre", "3e trimestre"],
      rows: made.map(({ id, label, decimals, scaleMax, pass, all }) => ({
        id,
        label,
        decimals,
        scaleMax,
        pass,
        means: [(all.mean ?? 0) - 40 * id + 90, all.mean, null],
      })),
    },
  }
}

const comma = (hundredths: number) =>
  `${Math.floor(hundredths / 100)},${String(hundredths % 100).padStart(2, "0")}`

export function sampleAverages(candidates = 40, signed = true): AverageListPaper {
  const lines = Array.from({ length: candidates }, (_, n): AverageLine => {
    const periods = [spread(n * 3), spread(n * 3 + 1), spread(n * 3 + 2)]
    const sum = periods.reduce((total, one) => total + one, 0)
    const [surname, givenNames] = nameOf(n)
    return {
      studentId: n + 1,
      matricule: `RC16CG24A${9000 + n}${n % 2 ? "M" : "F"}`,
      surname,
      givenNames,
      sex: n % 2 ? "M" : "F",
      birth: "14/03/2009",
      birthPlace: "Kayes",
      className: "12e TSE 1",
      series: "TSE",
      periods: periods.map(comma),
      annual: comma(Math.floor((2 * sum + 3) / 6)),
      exact: `${sum}/300`,
      remarks: !signed && n === 3 ? ["le bulletin du 3e trimestre dit 12,40"] : [],
    }
  })
  const content: AverageListContent = {
    schoolHead: FIRST.schoolHead,
    schoolYear: "2026-2027",
    exam: "Baccalauréat 2027",
    classes: [{ id: 1, label: "12e TSE 1", publications: [] }],
    periods: ["T1", "T2", "T3"],
    scaleMax: "20",
    ruleText:
      "Moyenne annuelle = (T1 + T2 + T3) ÷ 3, des moyennes publiées, arrondie une seule fois, demi vers le haut, à 2 décimales ; une période sans moyenne ne compte pas.",
    lines,
  }
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex")
  return {
    content,
    hash,
    createdAt: AROUND.createdAt,
    placeAndDate: AROUND.placeAndDate,
    stamp: "",
    signed: signed
      ? {
          reference: "LM-2026-0001",
          code: "K7QM2-XRD9F",
          verifyUrl: "https://dugukolo.example/r/K7QM2-XRD9F",
          hash,
          signatures: [
            { name: "M. Yacouba DEMBÉLÉ", role: "Censeur", at: "le 01/07/2027 à 16:20" },
            { name: "M. Mamadou Lamine FOFANA", role: "Proviseur", at: "le 02/07/2027 à 10:00" },
          ],
          replaces: "",
        }
      : null,
  }
}
