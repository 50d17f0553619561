// What forms about persons may be answered with: the word that is kept, and what it is called. Pure.

export const SEXES = ["F", "M"] as const

export const LINKS = { PERE: "Père", MERE: "Mère", TUTEUR: "Tuteur ou tutrice" } as const
export type GuardianLink = keyof typeof LINKS

/** How a family came to the school: the list of the schools that asked for this software. */
export const CHANNELS = {
  mouth: "Bouche à oreille",
  poster: "Affiche",
  radio: "Radio",
  social: "Réseaux sociaux",
  open_day: "Portes ouvertes",
  other: "Autre",
} as const
export type Channel = keyof typeof CHANNELS

/** The languages in which families may be written to. */
export const LANGUAGES = {
  fr: "Français",
  bm: "Bambara",
  ff: "Peul",
  en: "Anglais",
  nl: "Néerlandais",
} as const

/** The second number may hold the mobile money; the first one always takes the SMS. */
export const MONEY_PHONES = { 1: "Sur le premier téléphone", 2: "Sur le second téléphone" } as const

export const CONTRACTS = {
  civil_servant: "Fonctionnaire",
  contractual: "Contractuel de l’État",
  permanent: "Contrat à durée indéterminée",
  fixed_term: "Contrat à durée déterminée",
  hourly: "Vacataire, payé à l’heure",
  volunteer: "Bénévole ou stagiaire",
} as const

/** Usual grades; another one may be typed. */
export const GRADES = [
  "Professeur d’enseignement secondaire",
  "Professeur principal",
  "Maître du second cycle",
  "Assistant",
] as const

/** Usual diplomas; another one may be typed. */
export const DIPLOMAS = ["DUT", "Licence", "Maîtrise", "Master", "CAPES", "Agrégation", "Doctorat"] as const

export const WITHDRAWALS = {
  transferred: "Transfert vers un autre établissement",
  abandoned: "Abandon",
  moved_away: "Déménagement",
  excluded: "Exclusion",
  deceased: "Décès",
  other: "Autre raison",
} as const

/** The ways in which a guardian may agree to be written to, with the columns that keep the answer. */
export const WAYS = [
  { way: "sms", label: "SMS", answer: "sms_consent", at: "consent_at", source: "consent_source" },
  {
    way: "email",
    label: "Courriel",
    answer: "email_consent",
    at: "email_consent_at",
    source: "email_consent_source",
  },
  {
    way: "whatsapp",
    label: "WhatsApp",
    answer: "whatsapp_consent",
    at: "whatsapp_consent_at",
    source: "whatsapp_consent_source",
  },
] as const

/** Emergency contacts that a card takes. */
export const CONTACTS = [1, 2, 3] as const
