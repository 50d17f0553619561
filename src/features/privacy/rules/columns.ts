// The columns of the tables in the words of the person whose data is exported. Pure.
import { date, dateTime } from "../../../web/french.ts"
import { fieldLabel } from "../../people/told.ts"

const LABELS: Record<string, string> = {
  absent_justified: "Heures d’absence justifiées",
  absent_unjustified: "Heures d’absence non justifiées",
  action: "Ce qui a été fait",
  active: "En activité",
  address: "Adresse",
  after: "Après",
  allergies: "Allergies",
  answer: "Réponse",
  appreciation: "Appréciation",
  assessment_id: "Évaluation",
  at: "Le",
  availability: "Disponibilités",
  award: "Distinction",
  before: "Avant",
  birth_date: "Date de naissance",
  blood_group: "Groupe sanguin",
  body: "Texte",
  bytes: "Taille (octets)",
  cancel_reason: "Raison de l’annulation",
  cancelled_at: "Annulé le",
  channel: "Canal",
  claimed: "Annoncée par la famille",
  class_id: "Classe",
  class_subject_id: "Matière",
  code: "Code de vérification",
  coefficient: "Coefficient (centièmes)",
  commune: "Commune",
  conditions: "Maladies chroniques",
  conduct: "Conduite (centièmes)",
  consent_at: "Accord donné le",
  content: "Contenu",
  contract: "Contrat",
  created_at: "Écrit le",
  decision: "Décision",
  device: "Appareil",
  diplomas: "Diplômes",
  doctor: "Médecin",
  doctor_phone: "Téléphone du médecin",
  document_id: "Pièce",
  duplicates: "Duplicatas",
  email_consent: "Accord pour le courriel",
  email_consent_at: "Accord pour le courriel donné le",
  email_consent_source: "Origine de l’accord pour le courriel",
  emergency: "Que faire en cas d’urgence",
  ends_on: "Fin",
  end_reason: "Raison de la fin",
  entered_on: "Entrée dans l’école",
  event: "Événement",
  exam_centre: "Centre d’examen",
  exam_number: "Numéro d’examen",
  expires_at: "Échéance",
  field: "Renseignement",
  file: "Fichier",
  format: "Format",
  given_on: "Le",
  given_names: "Prénoms",
  grade: "Grade",
  guardian_id: "Tuteur",
  height: "Taille (cm)",
  id: "Numéro",
  instruction: "Consigne d’urgence",
  instruction_shown: "Consigne montrée aux professeurs",
  insurance: "Assurance",
  internal_number: "Numéro interne",
  issued_at: "Délivré le",
  kind: "Sorte",
  label: "Libellé",
  language: "Langue",
  late_count: "Retards",
  lives_with: "L’enfant vit avec cette personne",
  login: "Identifiant",
  matricule: "Matricule",
  may_see: "Peut voir l’enfant",
  measured_on: "Mesuré le",
  medicine: "Médicaments donnés à l’école",
  must_change: "Mot de passe à changer",
  national_number: "Numéro national",
  note: "Remarques",
  number: "Numéro",
  outcome: "Résultat",
  path: "Fichier",
  period_id: "Période",
  previous_school: "École précédente",
  problem: "Problème",
  proposed: "Proposé",
  purpose: "Objet",
  quartier: "Quartier",
  reason: "Raison",
  recipient: "Destinataire",
  reference: "Référence",
  relation: "Lien",
  remark: "Remarque",
  repeated_before: "Années redoublées auparavant",
  role: "Rôle",
  room: "Salle",
  school_year_id: "Année scolaire",
  sent_at: "Envoyé le",
  source: "Origine",
  specialities: "Spécialités",
  sports: "Éducation physique",
  sports_note: "Précision sur l’aptitude",
  starts_on: "Début",
  state: "État",
  status: "Situation",
  student_id: "Élève",
  subject: "Objet",
  subject_id: "Matière",
  text: "Texte",
  transport_stop: "Arrêt de transport",
  treatment: "Traitement suivi",
  unseen_reason: "Raison pour laquelle rien n’est montré",
  updated_at: "Modifié le",
  vaccinations: "Vaccinations",
  value: "Valeur (centièmes)",
  version: "Version",
  weight: "Poids (centièmes de kg)",
  whatsapp_consent: "Accord pour WhatsApp",
  whatsapp_consent_at: "Accord pour WhatsApp donné le",
  whatsapp_consent_source: "Origine de l’accord pour WhatsApp",
  year: "Année",
}

/** A column's French name; where nobody gave it one, the column's own. */
export const columnLabel = (column: string) => fieldLabel(column) ?? LABELS[column] ?? column

/** Columns that say nothing of the person: who of the staff did it, what only searches and pages read. */
const AUTHORS = /(^|_)(by|account_id)$/
const INNER = new Set([
  "folded",
  "sort_name",
  "home",
  "photo",
  "merged_into",
  "session",
  "browser",
  "first_browser",
  "unique_key",
  "waiting_key",
  "forms_sent",
  "renew",
])
/** Passwords, signatures of sessions, seals of papers. */
const SECRET = /hash$/

export const isExported = (column: string) =>
  !AUTHORS.test(column) && !INNER.has(column) && !SECRET.test(column)

/** What numbers of other tables stand for: « class_id » 4 is « 10ème CG 1 ». */
export type Meanings = Record<string, ReadonlyMap<number, string>>

/** A value as a person reads it, in the school's own time. */
export function readable(
  column: string,
  value: string | number | null,
  meanings: Meanings,
  timeZone: string,
): string | number | null {
  if (value === null) return null
  if (typeof value === "number") return meanings[column]?.get(value) ?? value
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return date(value)
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return dateTime(value, timeZone)
  return value
}

/** A sheet's name as Excel takes it: 31 characters, no sign of its own, never twice. */
export function sheetName(label: string, taken: ReadonlySet<string>): string {
  const plain =
    label
      .replace(/[[\]:*?/\\’']/g, " ")
      .slice(0, 31)
      .trim() || "Feuille"
  if (!taken.has(plain.toLowerCase())) return plain
  for (let n = 2; ; n++) {
    const numbered = `${plain.slice(0, 27).trim()} ${n}`
    if (!taken.has(numbered.toLowerCase())) return numbered
  }
}
