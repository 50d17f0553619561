// The country profile of Mali: levels, series, subjects and coefficient tables a new school starts from
// (domain.md §1.1, §1.2). No official text gives the coefficients: each table says where it comes from and how
// sure it is, and the head confirms or changes it on its page.
import type { Db } from "../../db/index.ts"
import { tx } from "../../db/index.ts"

/** H several sources or an official text, M one good source, L to ask the school (domain.md). */
export type Confidence = "H" | "M" | "L"

export const CONFIDENCE_WORDS: Record<Confidence, string> = {
  H: "sûr",
  M: "une bonne source",
  L: "à confirmer par le proviseur",
}

/** The two blocks of the bulletin, each with its partial total (domain.md §1.2). */
export const GROUPS = [
  { code: "PRINCIPALES", label: "Matières principales" },
  { code: "SECONDAIRES", label: "Matières secondaires" },
] as const

/** Cycles, from the youngest; a level belongs to one. */
export const CYCLES = [
  { code: "fondamental", label: "Fondamental" },
  { code: "lycee", label: "Lycée" },
] as const

export const LEVELS = [
  { code: "7", label: "7ème", cycle: "fondamental" },
  { code: "8", label: "8ème", cycle: "fondamental" },
  { code: "9", label: "9ème", cycle: "fondamental" },
  { code: "10", label: "10ème", cycle: "lycee" },
  { code: "11", label: "11ème", cycle: "lycee" },
  { code: "12", label: "12ème", cycle: "lycee" },
] as const

/** The series of the reform of 2011; the codes are those of class labels (naming.ts). */
export const SERIES = [
  { code: "CG", label: "Commune générale", level: "10" },
  { code: "L", label: "Lettres", level: "11" },
  { code: "SES", label: "Sciences économiques et sociales", level: "11" },
  { code: "S", label: "Sciences", level: "11" },
  { code: "TLL", label: "Langues et littérature", level: "12" },
  { code: "TAL", label: "Arts et lettres", level: "12" },
  { code: "TSS", label: "Sciences sociales", level: "12" },
  { code: "TSECO", label: "Sciences économiques", level: "12" },
  { code: "TSE", label: "Sciences exactes", level: "12" },
  { code: "TSEXP", label: "Sciences expérimentales", level: "12" },
] as const

/** Conduct is no subject here: the grading profile says whether and how it counts. */
export const SUBJECTS = [
  { code: "MATHS", label: "Mathématiques", short: "Maths" },
  { code: "MATHSFIN", label: "Mathématiques financières", short: "Maths fin." },
  { code: "PHYS", label: "Physique", short: "Physique" },
  { code: "CHIM", label: "Chimie", short: "Chimie" },
  { code: "PC", label: "Physique-chimie", short: "PC" },
  { code: "SVT", label: "Sciences de la vie et de la Terre", short: "SVT" },
  { code: "FR", label: "Français", short: "Français" },
  { code: "PHILO", label: "Philosophie", short: "Philo" },
  { code: "ANG", label: "Anglais", short: "Anglais" },
  { code: "LV2", label: "Langue vivante 2", short: "LV2" },
  { code: "LANGNAT", label: "Langues nationales", short: "Langues nat." },
  { code: "HG", label: "Histoire-géographie", short: "HG" },
  { code: "HIST", label: "Histoire", short: "Histoire" },
  { code: "GEO", label: "Géographie", short: "Géo" },
  { code: "SOCIO", label: "Sociologie", short: "Socio" },
  { code: "ECO", label: "Économie", short: "Économie" },
  { code: "COMPTA", label: "Comptabilité et commerce", short: "Compta" },
  { code: "DROIT", label: "Droit", short: "Droit" },
  { code: "ARTS", label: "Arts", short: "Arts" },
  { code: "DESSIN", label: "Dessin industriel", short: "Dessin" },
  { code: "INFO", label: "Informatique", short: "Info" },
  { code: "ECM", label: "Éducation civique et morale", short: "ECM" },
  { code: "EPS", label: "Éducation physique et sportive", short: "EPS" },
] as const

type SubjectCode = (typeof SUBJECTS)[number]["code"]

export type CoefficientTable = {
  level: string
  series: string
  confidence: Confidence
  source: string
  /** whole coefficients, in the order of the bulletin */
  main: Partial<Record<SubjectCode, number>>
  secondary: Partial<Record<SubjectCode, number>>
}

const NOT_FOUND = "table non trouvée"

const fondamental = (level: string): CoefficientTable => ({
  level,
  series: "",
  confidence: "M",
  source: "Usage du second cycle du fondamental (7e à 9e)",
  main: { FR: 3, MATHS: 3, PC: 2, SVT: 2, HG: 2, ANG: 2 },
  secondary: { ECM: 1, EPS: 1 },
})

export const COEFFICIENTS: readonly CoefficientTable[] = [
  fondamental("7"),
  fondamental("8"),
  fondamental("9"),
  {
    level: "10",
    series: "CG",
    confidence: "L",
    source:
      "Presse (maliweb) : coefficients presque tous égaux, français et mathématiques plus hauts ; valeurs proposées",
    main: { FR: 3, MATHS: 3, PHYS: 2, CHIM: 2, SVT: 2, HG: 2, ANG: 2 },
    secondary: { ECM: 1, INFO: 1, EPS: 1 },
  },
  {
    level: "11",
    series: "L",
    confidence: "L",
    source: `11e L : ${NOT_FOUND} ; proche de la 12e TAL, sans les arts`,
    main: { FR: 4, PHILO: 3, ANG: 3, HG: 2, LV2: 2, LANGNAT: 1, MATHS: 1 },
    secondary: { ECM: 1, INFO: 1, EPS: 1 },
  },
  {
    level: "11",
    series: "SES",
    confidence: "L",
    source: `11e SES : ${NOT_FOUND} ; entre la 12e TSEco et la 12e TSS`,
    main: { ECO: 4, FR: 3, HG: 3, MATHS: 3, ANG: 2, PHILO: 2, SOCIO: 2 },
    secondary: { ECM: 1, EPS: 1 },
  },
  {
    level: "11",
    series: "S",
    confidence: "L",
    source: `11e S : ${NOT_FOUND} ; proche de la 12e TSE, SVT plus haute car la TSExp en vient aussi`,
    main: { MATHS: 4, PHYS: 3, CHIM: 3, SVT: 3, FR: 2, PHILO: 2, ANG: 2 },
    secondary: { ECM: 1, EPS: 1 },
  },
  {
    level: "12",
    series: "TLL",
    confidence: "L",
    source: `12e TLL : ${NOT_FOUND} ; proche de la 12e TAL, français et langues plus hauts`,
    main: { FR: 5, ANG: 4, LV2: 3, PHILO: 3, HG: 2, LANGNAT: 1, MATHS: 1 },
    secondary: { ECM: 1, INFO: 1, EPS: 1 },
  },
  {
    level: "12",
    series: "TAL",
    confidence: "M",
    source: "Un lycée en 2025 (total 24 avec la conduite) ; LV1 lue comme l’anglais",
    main: { ARTS: 4, FR: 4, PHILO: 3, ANG: 3, HG: 2, LV2: 2, LANGNAT: 1, MATHS: 1 },
    secondary: { ECM: 1, INFO: 1, EPS: 1 },
  },
  {
    level: "12",
    series: "TSS",
    confidence: "M",
    source: "Usage relevé ; pas de texte officiel trouvé",
    main: { PHILO: 4, SOCIO: 3, HIST: 3, GEO: 3, FR: 2, ANG: 2, MATHS: 1 },
    secondary: { ECM: 1, EPS: 1 },
  },
  {
    level: "12",
    series: "TSECO",
    confidence: "M",
    source: "Usage relevé ; ECM et EPS n’y sont pas cités, à ajouter si l’école les note",
    main: { ECO: 5, COMPTA: 3, PHILO: 2, DROIT: 2, MATHSFIN: 2, FR: 2, HG: 2, ANG: 2 },
    secondary: {},
  },
  {
    level: "12",
    series: "TSE",
    confidence: "M",
    source: "Usage relevé ; un lycée de Ségou : maths 5, SVT 2, informatique 1, sans français",
    main: { MATHS: 4, PHYS: 3, CHIM: 3, SVT: 1, PHILO: 2, ANG: 2, FR: 2 },
    secondary: { DESSIN: 2, ECM: 1, EPS: 1 },
  },
  {
    level: "12",
    series: "TSEXP",
    confidence: "M",
    source: "Usage relevé ; pas de texte officiel trouvé",
    main: { SVT: 5, PHYS: 2, CHIM: 2, MATHS: 2, PHILO: 2, ANG: 2, FR: 2 },
    secondary: { ECM: 1, EPS: 1 },
  },
]

/**
 * Fills level, series, subject and coefficient for a school year; what a school already has is left alone.
 * The lycée, and the 7th to 9th years too with `fondamental`.
 */
export async function installReference(
  db: Db,
  schoolYearId: number,
  { fondamental = false }: { fondamental?: boolean } = {},
): Promise<void> {
  const levels = LEVELS.filter((level) => fondamental || level.cycle === "lycee")
  const taken = new Set<string>(levels.map((level) => level.code))
  const tables = COEFFICIENTS.filter((table) => taken.has(table.level))
  await tx(db, async (trx) => {
    await trx
      .insertInto("level")
      .values(LEVELS.map((level, n) => ({ ...level, position: n + 1 })).filter(({ code }) => taken.has(code)))
      .onConflict((oc) => oc.doNothing())
      .execute()
    await trx
      .insertInto("series")
      .values(
        SERIES.map(({ code, label, level }, n) => ({ code, label, level_code: level, position: n + 1 })),
      )
      .onConflict((oc) => oc.doNothing())
      .execute()
    const used = new Set(tables.flatMap((table) => Object.keys({ ...table.main, ...table.secondary })))
    await trx
      .insertInto("subject")
      .values(
        SUBJECTS.map(({ code, label, short }, n) => ({
          code,
          label,
          short_label: short,
          position: n + 1,
        })).filter(({ code }) => used.has(code)),
      )
      .onConflict((oc) => oc.doNothing())
      .execute()
    const subjects = await trx.selectFrom("subject").select(["id", "code"]).execute()
    const idOf = new Map(subjects.map(({ id, code }) => [code, id]))
    await trx
      .insertInto("coefficient")
      .values(tables.flatMap((table) => linesOf(table, schoolYearId, idOf)))
      .onConflict((oc) => oc.doNothing())
      .execute()
  })
}

function linesOf(table: CoefficientTable, schoolYearId: number, idOf: Map<string, number>) {
  const lines = [
    ...Object.entries(table.main).map(([code, units]) => ({ code, units, group: "PRINCIPALES" })),
    ...Object.entries(table.secondary).map(([code, units]) => ({ code, units, group: "SECONDAIRES" })),
  ]
  return lines.map(({ code, units, group }, n) => ({
    school_year_id: schoolYearId,
    level_code: table.level,
    series_code: table.series,
    subject_id: idOf.get(code) as number,
    coefficient: units * 100,
    group_code: group,
    optional: null,
    position: n + 1,
    source: table.source,
    confidence: table.confidence,
  }))
}
