import type { GradingConfig } from "./profile.ts"

// Starting points, one per practice met. Each is data to confirm with the school, never a rule of the program.
// Confidence as in domain.md: H several sources or an official text, M one good source, L to ask the school.

export type Preset = {
  code: string
  label: string
  country: string
  confidence: "H" | "M" | "L"
  /** Where the practice is described, and what remains to be asked. */
  source: string
  config: GradingConfig
}

const on20 = { min: "0", max: "20", entry_step: "0.25" }
const on10 = { min: "0", max: "10", entry_step: "0.25" }
const absence = { ABS_J: "exclude", ABS_NJ: "zero", DISP: "exclude", NE: "incomplete" } as const
const half = { mode: "half_up", decimals: 2, stage: "display_only" } as const
const ranked = { method: "competition", compare: "displayed", min_coef_share: "0.5" } as const
const yearly = { use: "displayed", missing_period: "renormalise" } as const
const trimesters = [
  { code: "T1", label: "1er trimestre", weight: "1" },
  { code: "T2", label: "2e trimestre", weight: "1" },
  { code: "T3", label: "3e trimestre", weight: "1" },
]
const semesters = [
  { code: "S1", label: "1er semestre", weight: "1" },
  { code: "S2", label: "2e semestre", weight: "1" },
]
const blocks = [
  { code: "PRINCIPALES", label: "Matières principales", subjects: [] },
  { code: "SECONDAIRES", label: "Matières secondaires", subjects: ["CONDUITE"] },
]
const steps = (labels: Record<string, string>) =>
  Object.entries(labels).map(([label, min]) => ({ min, label }))
const appreciations = steps({
  Excellent: "18",
  "Très bien": "16",
  Bien: "14",
  "Assez bien": "12",
  Passable: "10",
  Insuffisant: "8",
  Faible: "0",
})
const mentions = steps({ "Très bien": "16", Bien: "14", "Assez bien": "12", Passable: "10" })
const awards = [
  { min: "16", min_conduct: "14", label: "Félicitations" },
  { min: "14", min_conduct: "14", label: "Encouragements" },
  { min: "12", min_conduct: "12", label: "Tableau d’honneur" },
  { below: "7", label: "Blâme (travail)" },
  { below: "8.5", label: "Avertissement (travail)" },
]
const undecided = { if_none: true, label: "À statuer (aucune moyenne)" }
const councilBelow = (pass: string) => [
  undecided,
  { min: pass, label: "Admis(e) en classe supérieure" },
  { below: pass, label: "Cas à examiner par le conseil" },
]
const shared = {
  scale: on20,
  rounding: half,
  absence,
  missing_category: "renormalise",
  optional: { threshold: "10" },
  rank: ranked,
  pass_mark: "10",
  appreciations,
  mentions,
  awards,
  decisions: councilBelow("10"),
  output: { average: true, rank: true, stats: true },
} satisfies Partial<GradingConfig>
const common = { ...shared, annual: yearly }
const conductCounts = { mode: "subject", coef: "1" } as const
const conductAbsent = { mode: "none" } as const

export const presets: Preset[] = [
  {
    code: "mali-lycee",
    label: "Mali, lycée : (classe + 2 × composition) / 3",
    country: "ML",
    confidence: "H",
    source: "domain.md §1.3 (règle dominante) ; distinctions et décisions à confirmer par l’école (§1.4)",
    config: {
      ...common,
      conduct: conductCounts,
      periods: trimesters,
      categories: [
        { code: "CLASSE", label: "Moyenne de classe", weight: "1" },
        { code: "COMPO", label: "Composition", weight: "2" },
      ],
      groups: blocks,
    },
  },
  {
    code: "mali-fondamental",
    label: "Mali, fondamental : (classe + composition) / 2, notes sur 10",
    country: "ML",
    confidence: "M",
    source: "domain.md §1.3 (variantes) ; seuils ramenés de 20 à 10, à confirmer",
    config: {
      ...common,
      scale: on10,
      optional: { threshold: "5" },
      conduct: conductCounts,
      pass_mark: "5",
      appreciations: steps({
        Excellent: "9",
        "Très bien": "8",
        Bien: "7",
        "Assez bien": "6",
        Passable: "5",
        Insuffisant: "4",
        Faible: "0",
      }),
      mentions: steps({ "Très bien": "8", Bien: "7", "Assez bien": "6", Passable: "5" }),
      awards: [
        { min: "8", min_conduct: "7", label: "Félicitations" },
        { min: "7", min_conduct: "7", label: "Encouragements" },
        { min: "6", min_conduct: "6", label: "Tableau d’honneur" },
      ],
      periods: trimesters,
      categories: [
        { code: "CLASSE", label: "Moyenne de classe", weight: "1" },
        { code: "COMPO", label: "Composition", weight: "1" },
      ],
      groups: [],
      decisions: councilBelow("5"),
    },
  },
  {
    code: "guinee-40-60",
    label: "Guinée : notes mensuelles 40 %, composition 60 %",
    country: "GN",
    confidence: "M",
    source: "domain.md §2.1 a ; nombre de périodes à demander",
    config: {
      ...common,
      conduct: conductAbsent,
      periods: semesters,
      categories: [
        { code: "MENSUEL", label: "Notes mensuelles", weight: "40" },
        { code: "COMPO", label: "Composition", weight: "60" },
      ],
      groups: [],
    },
  },
  {
    code: "guinee-1-2",
    label: "Guinée : (classe + 2 × composition) / 3",
    country: "GN",
    confidence: "M",
    source: "domain.md §2.1 b ; nombre de périodes à demander",
    config: {
      ...common,
      conduct: conductAbsent,
      periods: semesters,
      categories: [
        { code: "CLASSE", label: "Moyenne de classe", weight: "1" },
        { code: "COMPO", label: "Composition", weight: "2" },
      ],
      groups: [],
    },
  },
  {
    code: "senegal",
    label: "Sénégal : (devoirs + composition) / 2, deux semestres",
    country: "SN",
    confidence: "H",
    source: "domain.md §2.3",
    config: {
      ...common,
      conduct: conductAbsent,
      periods: semesters,
      categories: [
        { code: "DEVOIRS", label: "Moyenne des devoirs", weight: "1" },
        { code: "COMPO", label: "Composition", weight: "1" },
      ],
      groups: [],
    },
  },
  {
    code: "cote-d-ivoire",
    label: "Côte d’Ivoire : moyenne des notes de classe, année (T1 + 2 T2 + 2 T3) / 5",
    country: "CI",
    confidence: "M",
    source: "domain.md §2.4 ; une source donne la moyenne simple des trimestres : à confirmer",
    config: {
      ...common,
      conduct: conductCounts,
      periods: trimesters.map((period, index) => ({ ...period, weight: index === 0 ? "1" : "2" })),
      categories: [{ code: "CLASSE", label: "Notes de classe", weight: "1" }],
      groups: [
        { code: "LETTRES", label: "Bilan lettres", subjects: [] },
        { code: "SCIENCES", label: "Bilan sciences", subjects: [] },
        { code: "AUTRES", label: "Bilan autres matières", subjects: ["CONDUITE"] },
      ],
      awards: [
        { min: "16", label: "Félicitations" },
        { min: "14", label: "Encouragements" },
        { min: "12", label: "Tableau d’honneur" },
        { below: "7", label: "Blâme (travail)" },
        { below: "8.5", label: "Avertissement (travail)" },
      ],
      decisions: [
        undecided,
        { min: "10", label: "Admis(e) en classe supérieure" },
        { below: "10", if_repeating: true, label: "Exclu(e)" },
        { min: "9.5", below: "10", if_repeating: false, label: "Cas à examiner par le conseil" },
        { min: "8.5", below: "9.5", if_repeating: false, label: "Redouble" },
        { below: "8.5", if_repeating: false, label: "Exclu(e) : insuffisance de moyenne" },
      ],
    },
  },
  {
    code: "gabon",
    label: "Gabon : (devoirs + composition) / 2",
    country: "GA",
    confidence: "L",
    source: "domain.md §2.2 : seuil de 10 établi, formule du bulletin non trouvée, à demander",
    config: {
      ...common,
      conduct: conductAbsent,
      periods: trimesters,
      categories: [
        { code: "DEVOIRS", label: "Moyenne des devoirs", weight: "1" },
        { code: "COMPO", label: "Composition", weight: "1" },
      ],
      groups: [],
    },
  },
  {
    code: "belgique-primaire",
    label: "Belgique (FWB), primaire : pourcentages par matière, sans moyenne générale ni rang",
    country: "BE",
    confidence: "L",
    source: "domain.md §2.5 : ni rang ni moyenne établi ; paliers des appréciations à demander",
    config: {
      ...shared,
      scale: { min: "0", max: "100", entry_step: "1" },
      conduct: conductAbsent,
      optional: { threshold: "50" },
      pass_mark: "50",
      appreciations: steps({ Acquis: "50", "En voie d’acquisition": "40", "Non acquis": "0" }),
      mentions: [],
      awards: [],
      periods: trimesters,
      categories: [{ code: "EVALUATION", label: "Évaluations", weight: "1" }],
      groups: [],
      decisions: [],
      output: { average: false, rank: false, stats: false },
    },
  },
]

/** The profile a Malian lycée starts from (domain.md §3.1, column « Mali default »). */
export const maliLycee: GradingConfig = (presets[0] as Preset).config
