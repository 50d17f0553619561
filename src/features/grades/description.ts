// A grading profile told in French, for the page that shows it and the foot of bulletins. No I/O.
import { french } from "./fraction.ts"
import type { GradingProfile } from "./profile.ts"

const POLICIES = {
  exclude: "ne compte pas",
  zero: "compte pour zéro",
  incomplete: "laisse la matière sans moyenne tant qu’elle manque",
} as const

const CONDUCT_MODES = {
  none: "pas de note de conduite",
  displayed: "affichée sur le bulletin, sans compter",
  subject: "compte comme une matière",
} as const

/** « (Moyenne de classe + 2 × Composition) ÷ 3 »; the one category's name where there is only one. */
export function formulaOf({ categories }: GradingProfile): string {
  const counted = categories.filter(({ weight }) => Number(weight) > 0)
  const [first] = counted
  if (counted.length === 1 && first) return first.label ?? first.code
  const terms = counted.map(({ code, label, weight }) =>
    Number(weight) === 1 ? (label ?? code) : `${french(weight)} × ${label ?? code}`,
  )
  const total =
    counted.reduce((sum, { weight }) => sum + Math.round(Number(weight) * 1_000_000), 0) / 1_000_000
  return `(${terms.join(" + ")}) ÷ ${french(String(total))}`
}

/** « au centième, demi vers le haut, seulement à l’affichage » */
export function roundingOf({ rounding: { decimals, stage } }: GradingProfile): string {
  const places = ["à l’unité", "au dixième", "au centième", "au millième", "à la quatrième décimale"]
  const when = stage === "each_stage" ? "à chaque étape du calcul" : "seulement ce qui est affiché"
  return `${places[decimals]}, demi vers le haut, ${when}`
}

const steps = (ladder: { min: string; label: string }[]) =>
  ladder.map(({ min, label }) => `${label} dès ${french(min)}`).join(", ") || "aucune"

/** What the profile decides, one line a question, in the order a person asks. */
export function describe(profile: GradingProfile): { question: string; answer: string }[] {
  const { scale, absence, conduct, rank, optional, annual, awards, decisions, output } = profile
  const said: [string, string][] = [
    ["Notes", `de ${french(scale.min)} à ${french(scale.max)}`],
    ["Moyenne d’une matière", formulaOf(profile)],
    [
      "Une catégorie sans note",
      profile.missing_category === "require"
        ? "laisse la matière sans moyenne"
        : "la moyenne se fait avec les autres catégories",
    ],
    ["Absence justifiée", POLICIES[absence.ABS_J]],
    ["Absence non justifiée", POLICIES[absence.ABS_NJ]],
    ["Dispense d’une évaluation", POLICIES[absence.DISP]],
    ["Note non saisie", POLICIES[absence.NE]],
    [
      "Conduite",
      CONDUCT_MODES[conduct.mode] +
        (conduct.mode === "subject" ? ` de coefficient ${french(conduct.coef)}` : ""),
    ],
    [
      "Matière facultative",
      `ce qui dépasse ${french(optional.threshold)} s’ajoute aux points, sans le coefficient`,
    ],
    ["Moyenne générale", "Σ (moyenne × coefficient) ÷ Σ coefficients"],
    ["Arrondi", roundingOf(profile)],
    ["Rang", output.rank ? rankOf(rank) : "aucun rang"],
    ["Moyenne de l’année", annual ? yearOf(profile, annual) : "aucune"],
    ["Seuil de réussite", french(profile.pass_mark)],
    ["Appréciations", steps(profile.appreciations)],
    ["Mentions", steps(profile.mentions)],
    ["Distinctions", awards.map(conditionOf).join(", ") || "aucune"],
    ["Décisions proposées", decisions.map(decisionText).join(", ") || "aucune"],
  ]
  return said.map(([question, answer]) => ({ question, answer }))
}

function rankOf({ method, compare, min_coef_share }: GradingProfile["rank"]): string {
  const ties = method === "dense" ? "le rang suivant n’est pas sauté" : "le rang suivant est sauté"
  const by = compare === "exact" ? "sur les moyennes exactes" : "sur les moyennes affichées"
  const share = french(String(Math.round(Number(min_coef_share) * 10_000) / 100))
  return `${by} ; ex aequo au même rang, ${ties} ; non classé sous ${share} % des coefficients`
}

function yearOf({ periods }: GradingProfile, annual: NonNullable<GradingProfile["annual"]>): string {
  const equal = new Set(periods.map(({ weight }) => Number(weight))).size === 1
  const weights = equal
    ? "à parts égales"
    : `de poids ${periods.map(({ weight }) => french(weight)).join(", ")}`
  const missing = {
    renormalise: "une période manquante est signalée et ne compte pas",
    incomplete: "une période manquante laisse l’année sans moyenne",
    zero: "une période manquante compte pour zéro",
  }[annual.missing_period]
  const from = annual.use === "exact" ? "exactes" : "affichées"
  return `moyenne des périodes ${from}, ${weights} ; ${missing}`
}

function conditionOf({ min, below, min_conduct, min_each_subject, label }: GradingProfile["awards"][number]) {
  const conditions = [
    min !== undefined && `dès ${french(min)}`,
    below !== undefined && `sous ${french(below)}`,
    min_conduct !== undefined && `conduite dès ${french(min_conduct)}`,
    min_each_subject !== undefined && `aucune matière sous ${french(min_each_subject)}`,
  ].filter(Boolean)
  return `${label} (${conditions.join(", ")})`
}

function decisionText({ if_none, min, below, if_repeating, label }: GradingProfile["decisions"][number]) {
  const conditions = [
    if_none && "sans moyenne",
    min !== undefined && `dès ${french(min)}`,
    below !== undefined && `sous ${french(below)}`,
    if_repeating === true && "redoublant",
    if_repeating === false && "non redoublant",
  ].filter(Boolean)
  return `${label} (${conditions.join(", ")})`
}
