// Bulletins of an invented class, for the bench and the tests: the same for the same numbers, no chance in them.

import type { BulletinData, BulletinLine } from "../src/features/bulletins/contract.ts"

type Shape = {
  /** Lines of the table, 2 to 18; the last third are secondary subjects. */
  subjects?: number
  /** Remarks of three lines under each subject and a full general appreciation. */
  wordy?: boolean
  /** Third trimester with the two before it and the annual average. */
  last?: boolean
}

const SUBJECTS = [
  ["Mathématiques", "M. Oumar SANOGO", 5],
  ["Physique", "M. Bréhima KONÉ", 3],
  ["Chimie", "Mme Kadiatou MAÏGA", 3],
  ["Sciences de la vie et de la Terre", "M. Seydou BALLO", 2],
  ["Philosophie", "M. Modibo N'DIAYE", 2],
  ["Anglais", "Mme Fatoumata Zahra AG ALHASSANE", 2],
  ["Français", "M. Yacouba DEMBÉLÉ", 2],
  ["Histoire-géographie", "Mme Awa TOGOLA", 2],
  ["Éducation civique et morale", "Mme Awa TOGOLA", 1],
  ["Éducation physique et sportive", "M. Drissa SIDIBÉ", 1],
  ["Informatique", "M. Issa ƊIALLO", 1],
  ["Dessin technique", "M. Bakary ƝARE", 2],
  ["Langues nationales : bamanankan", "M. Ŋolo KƐITA", 1],
  ["Économie familiale", "Mme Sira COULIBALY", 1],
  ["Deuxième langue : allemand", "M. Hamidou CISSÉ", 2],
  ["Géologie", "M. Seydou BALLO", 1],
  ["Musique", "Mme Assétou DOUMBIA", 1],
  ["Conduite", "", 1],
] as const

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
const REMARKS = ["Excellent", "Très bien", "Bien", "Assez bien", "Passable", "Insuffisant"]
const LONG =
  "Trimestre encourageant : les leçons sont apprises et la participation est bonne, mais la rédaction reste à " +
  "soigner et les exercices à la maison sont à faire plus régulièrement pour progresser."

const comma = (hundredths: number) =>
  `${Math.floor(hundredths / 100)},${String(hundredths % 100).padStart(2, "0")}`
const remark = (hundredths: number) =>
  REMARKS[[1800, 1600, 1400, 1200, 1000].filter((min) => hundredths < min).length]
const ordinal = (rank: number, female: boolean) => (rank === 1 ? (female ? "1re" : "1er") : `${rank}e`)

/** Quarter points between 5 and 19,75, spread without chance. */
const quarters = (seed: number) => 20 + ((seed * 7919) % 60)

function draft(index: number, subjects: number, wordy: boolean) {
  const secondary = Math.ceil((subjects * 2) / 3)
  let points12 = 0
  let coefficients = 0
  const sums = { 0: { points12: 0, coefficients: 0 }, 1: { points12: 0, coefficients: 0 } }
  const lines: BulletinLine[] = SUBJECTS.slice(0, subjects).map(([subject, teacher, coefficient], s) => {
    const [first, second] = [quarters(index * 31 + s * 17), quarters(index * 13 + s * 29 + 5)]
    const twelfths = first + 2 * second // (m + 2n) / 3 in quarters of a point
    const average = Math.floor((twelfths * 100 + 6) / 12)
    const sum = sums[s < secondary ? 0 : 1]
    sum.points12 += twelfths * coefficient
    sum.coefficients += coefficient
    points12 += twelfths * coefficient
    coefficients += coefficient
    return {
      subject,
      teacher,
      categories: [
        { label: "Moy. classe", display: comma(first * 25) },
        { label: "Note compo.", display: comma(second * 25) },
      ],
      average: comma(average),
      coefficient: String(coefficient),
      points: comma(Math.floor((twelfths * coefficient * 100 + 6) / 12)),
      rank: ordinal(1 + ((index * 11 + s * 5) % 54), index % 2 === 0),
      appreciation: wordy ? `${remark(average)}. ${LONG}` : (remark(average) ?? ""),
      flags: [],
      group: s < secondary ? "PRINCIPALES" : "SECONDAIRES",
    }
  })
  const rounded = (twelfths: number, over: number) => Math.floor((twelfths * 100 + 6 * over) / (12 * over))
  const groups = ["Matières principales", "Matières secondaires"].flatMap((label, g) => {
    const sum = sums[g as 0 | 1]
    if (sum.coefficients === 0) return []
    return {
      code: g === 0 ? "PRINCIPALES" : "SECONDAIRES",
      label,
      points: comma(rounded(sum.points12, 1)),
      coefficient: String(sum.coefficients),
      average: comma(rounded(sum.points12, sum.coefficients)),
    }
  })
  return {
    lines,
    groups,
    general: rounded(points12, coefficients),
    totals: { points: comma(rounded(points12, 1)), coefficient: String(coefficients), bonus: null },
  }
}

/** `n` bulletins of one class of `n`, ranked among themselves. */
export function sampleBulletins(
  n: number,
  { subjects = 12, wordy = false, last = false }: Shape = {},
): BulletinData[] {
  const drafts = Array.from({ length: n }, (_, index) => draft(index, subjects, wordy))
  const averages = drafts.map((one) => one.general).sort((a, b) => b - a)
  const mean = Math.round(averages.reduce((sum, average) => sum + average, 0) / n)
  return drafts.map(({ lines, groups, general, totals }, index) => {
    const female = index % 2 === 0
    const rank = averages.indexOf(general) + 1
    const tied = averages.filter((average) => average === general).length > 1 ? " ex aequo" : ""
    const code = `K7QM-${String(index + 1).padStart(3, "0")}X`
    return {
      schoolHead: {
        republic: "République du Mali",
        motto: "Un Peuple – Un But – Une Foi",
        ministry: "Ministère de l'Éducation nationale",
        academy: "Académie d'enseignement de Bamako Rive Droite",
        name: "Lycée Dugukolo de Bamako",
        address: "Quartier Kalanso, rue 412",
        bp: "1234",
        phone: "20 22 00 00",
        email: "contact@dugukolo.example",
      },
      schoolYear: "2026-2027",
      periodLabel: last ? "3e trimestre" : "1er trimestre",
      isLastPeriod: last,
      scaleMax: "20",
      student: {
        surname: SURNAMES[index % SURNAMES.length] as string,
        givenNames: GIVEN[(index * 5) % GIVEN.length] as string,
        matricule: `RC16CG24A${9000 + index}${female ? "F" : "M"}`,
        sex: female ? "F" : "M",
        birthDate: "2009-03-14",
        birthDisplay: "14/03/2009",
        birthPlace: "Kayes",
        className: "12e TSE 1",
        series: "TSE",
        classSize: n,
        repeating: index % 9 === 4,
        regime: index % 3 === 0 ? "Orienté par l'État" : "Privé",
      },
      lines,
      groups,
      conduct: subjects === SUBJECTS.length ? null : { display: "16,00", appreciation: "Bonne" },
      totals,
      absences: { justifiedHours: index % 5, unjustifiedHours: index % 3, lates: index % 4 },
      generalAverage: comma(general),
      rank: ordinal(rank, female) + tied,
      outOf: n,
      classStats: {
        highest: comma(averages[0] as number),
        mean: comma(mean),
        lowest: comma(averages.at(-1) as number),
        passCount: averages.filter((average) => average >= 1000).length,
        passMark: "10",
      },
      previousPeriods: last
        ? [
            { label: "1er trimestre", average: comma(general - 35), rank: "12e" },
            { label: "2e trimestre", average: comma(general + 20), rank: "9e ex aequo" },
          ]
        : [],
      annual: last ? { average: comma(general - 5), rank: ordinal(rank, female), outOf: n, note: "" } : null,
      mention: remark(general) ?? "",
      award: general >= 1400 ? "Encouragements" : general >= 1200 ? "Tableau d'honneur" : "",
      decision: last ? (general >= 1000 ? `Admis${female ? "e" : ""}` : "Redouble") : null,
      generalAppreciation: wordy ? `${LONG} ${LONG}` : LONG,
      formTeacher: "M. Oumar SANOGO",
      ruleText:
        "Moyenne de matière = (moyenne de classe + 2 × composition) / 3 ; moyenne générale = somme des " +
        "(moyennes × coefficients) / somme des coefficients.",
      roundingText: "Arrondi au centième le plus proche, à l'affichage seulement.",
      placeAndDate: "Fait à Bamako, le 22/12/2026",
      signatory: { title: "Le Proviseur", name: "M. Mamadou Lamine FOFANA" },
      publishedAt: "2026-12-22T10:00:00.000Z",
      publicationVersion: 1,
      publicCode: code,
      verifyUrl: `https://dugukolo.example/v/${code.replace("-", "")}`,
      provisional: false,
      output: { average: true, rank: true, stats: true },
    }
  })
}
