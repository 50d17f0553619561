// How long things are kept: what the product proposes, country by country, and when a term is over. Pure.
import { addDays } from "../../../web/days.ts"
import { daysText } from "../../../web/french.ts"

export const KINDS = [
  "student",
  "guardian",
  "staff",
  "application",
  "medical",
  "message",
  "link",
  "import",
  "look",
  "export",
] as const
export type Kind = (typeof KINDS)[number]

/** H: an official text; M: one good source; L: a custom or an inference, to be confirmed by the school. */
export type Confidence = "H" | "M" | "L"

type About = {
  label: string
  /** from when the time runs */
  from: string
  unit: "years" | "days"
  amount: number
  source: string
  confidence: Confidence
  /** a person decides each time; the rest goes by itself at night */
  asked: boolean
  most: number
}

const CUSTOM = "Usage proposé par le logiciel ; aucun texte trouvé : à confirmer avec l’autorité."

/** The proposals where the country says nothing else. */
export const ABOUT: Record<Kind, About> = {
  student: {
    label: "Fiches des élèves",
    from: "après le départ de l’élève",
    unit: "years",
    amount: 10,
    source: CUSTOM,
    confidence: "L",
    asked: true,
    most: 60,
  },
  guardian: {
    label: "Fiches des tuteurs",
    from: "après le départ de leur dernier enfant",
    unit: "years",
    amount: 2,
    source: CUSTOM,
    confidence: "L",
    asked: true,
    most: 60,
  },
  staff: {
    label: "Fiches du personnel",
    from: "après la fin de leur activité",
    unit: "years",
    amount: 10,
    source: CUSTOM,
    confidence: "L",
    asked: true,
    most: 60,
  },
  application: {
    label: "Dossiers d’inscription refusés ou abandonnés",
    from: "après leur fin",
    unit: "years",
    amount: 1,
    source: CUSTOM,
    confidence: "L",
    asked: true,
    most: 10,
  },
  medical: {
    label: "Notes de santé",
    from: "après le départ de l’élève",
    unit: "years",
    amount: 1,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 20,
  },
  message: {
    label: "SMS envoyés",
    from: "après leur envoi",
    unit: "years",
    amount: 2,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 20,
  },
  link: {
    label: "Liens envoyés aux familles et leurs ouvertures",
    from: "après leur échéance",
    unit: "years",
    amount: 1,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 20,
  },
  import: {
    label: "Fichiers importés et leurs lignes",
    from: "après l’import",
    unit: "days",
    amount: 90,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 1000,
  },
  look: {
    label: "Registre des consultations des notes de santé",
    from: "après la consultation",
    unit: "years",
    amount: 1,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 20,
  },
  export: {
    label: "Registres des exports",
    from: "après l’export",
    unit: "years",
    amount: 1,
    source: CUSTOM,
    confidence: "L",
    asked: false,
    most: 20,
  },
}

const BELGIAN =
  "Belgique : supprimer en fin d’année ce que la loi n’oblige pas à garder (recommandations de l’APD et de l’Ufapec)."

/** Where a country's sources say more than custom (domain.md §2.5 for Belgium; nothing found for the others). */
const OF_COUNTRY: Record<string, Partial<Record<Kind, Pick<About, "amount" | "source" | "confidence">>>> = {
  BE: {
    guardian: { amount: 1, source: BELGIAN, confidence: "M" },
    medical: { amount: 0, source: BELGIAN, confidence: "M" },
    message: { amount: 1, source: BELGIAN, confidence: "M" },
  },
}

export type Retention = About & { kind: Kind; obliged: boolean; chosen: boolean }
export type Retentions = Record<Kind, Retention>

type Choice = { kind: string; amount: number; obliged: number; source: string | null }

/** What holds in this school: its own choices before the proposals for its country. */
export function retentionsOf(country: string, choices: readonly Choice[]): Retentions {
  const said = KINDS.map((kind) => {
    const proposed = { ...ABOUT[kind], ...OF_COUNTRY[country]?.[kind] }
    const own = choices.find((one) => one.kind === kind)
    if (!own) return { ...proposed, kind, obliged: false, chosen: false }
    const source = own.source ?? "Décision de l’école."
    return { ...proposed, kind, amount: own.amount, obliged: own.obliged === 1, source, chosen: true }
  })
  return Object.fromEntries(said.map((one) => [one.kind, one])) as Retentions
}

/** « 10 ans », « 90 jours », « dès lors » for nothing. */
export function termText({ amount, unit }: Pick<About, "amount" | "unit">): string {
  if (amount === 0) return "sans délai"
  if (unit === "days") return daysText(amount)
  return `${amount} an${amount > 1 ? "s" : ""}`
}

/** The day so many years or days before `today` (ISO): what ended on it or earlier is past its term. */
export function overSince({ amount, unit }: Pick<About, "amount" | "unit">, today: string): string {
  if (unit === "days") return addDays(today, -amount)
  const day = new Date(`${today}T00:00:00.000Z`)
  const month = day.getUTCMonth()
  day.setUTCFullYear(day.getUTCFullYear() - amount)
  // 29 February of a year that has none is 28 February
  if (day.getUTCMonth() !== month) day.setUTCDate(0)
  return day.toISOString().slice(0, 10)
}
