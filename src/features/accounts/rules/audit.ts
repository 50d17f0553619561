// How a line of the audit trail is read: what changed, in words.

/** The words of `subject`, for the filter and the list; a word not here is shown as it is. */
export const SUBJECTS: Record<string, string> = {
  account: "Compte",
  role_permission: "Droits d’une fonction",
  setting: "Réglages de l’école",
  school_year: "Année scolaire",
  period: "Période",
  level: "Niveau",
  series: "Série",
  subject: "Matière",
  coefficient: "Coefficient",
  class: "Classe",
  class_subject: "Matière d’une classe",
  student: "Élève",
  enrolment: "Inscription",
  application: "Dossier d’inscription",
  enrolment_document: "Pièce demandée",
  enrolment_fee: "Droits d’inscription",
  guardian: "Tuteur",
  guardianship: "Lien de parenté",
  staff: "Personnel",
  import: "Import",
  grading_profile: "Règles de calcul",
  assessment: "Évaluation",
  mark: "Note",
  student_period: "Conduite et appréciation",
  exemption: "Dispense",
  subject_remark: "Appréciation de matière",
  subject_lock: "Clôture d’une matière",
  class_period: "État d’une période",
  publication: "Publication",
  council_session: "Conseil de classe",
  council_phrase: "Formule du conseil de classe",
  bulletin: "Bulletin",
  bulletin_file: "Fichier de bulletins",
  bulletin_model: "Modèle du bulletin",
  paper: "Certificat",
  paper_template: "Texte d’un certificat",
  page_link: "Lien envoyé à une famille",
  outbox: "SMS",
  correction: "Correction proposée",
  saved_list: "Liste enregistrée",
  list_export: "Export de liste",
  medical_note: "Notes de santé",
  medical_measure: "Poids et taille",
  retention: "Durée de conservation",
  processing: "Registre des traitements",
  progress_reminder: "Rappel à un professeur",
  control: "Contrôle des notes",
}

export const ACTIONS: Record<string, string> = {
  created: "création",
  changed: "modification",
  deleted: "suppression",
  closed: "fermeture",
  reopened: "réouverture",
  password_changed: "mot de passe changé par la personne",
  password_reset: "nouveau mot de passe donné",
  right_given: "droit donné",
  right_taken: "droit retiré",
  made_current: "devient l’année en cours",
  enrolled: "inscription",
  moved: "changement de classe",
  withdrawn: "départ",
  ended: "fin",
  locked: "verrouillage",
  unlocked: "déverrouillage",
  check: "contrôle",
  uncheck: "contrôle annulé",
  publish: "publication",
  cancel: "annulation",
  revoke: "révocation",
  exported: "export",
  erased: "effacement",
  issued: "délivrance",
  duplicated: "duplicata",
  kept: "enregistrement",
  given_up: "abandon",
  committed: "enregistrement",
  undone: "retrait",
  guardian_added: "tuteur ajouté",
  guardian_changed: "tuteur modifié",
  guardian_removed: "tuteur retiré",
  documents: "pièces",
  checked: "contrôle",
  numbered: "matricule et numéro",
  activated: "élève actif",
  refused: "refus",
  abandoned: "abandon",
  reenrolment_prepared: "résultats de l’année lus",
  passage_decided: "passage décidé",
  reenrolment_undone: "passage annulé",
  placement_undone: "changement de classe annulé",
  split: "partage",
  merged: "réunion",
  step_undone: "étape annulée",
  opened: "ouverture",
  council_decided: "décision du conseil",
  council_undone: "décision du conseil annulée",
  deadlines: "échéances",
  sent: "envoi",
  seen: "vu, laissé tel quel",
  shown: "de nouveau à regarder",
}

export type Difference = { key: string; before: string | null; after: string | null }

const MOST = 12
const LONGEST = 120

/** The keys whose value differs between two JSON texts; of a creation or a deletion, every key that says something. */
export function differences(before: string | null, after: string | null): Difference[] {
  const [old, young] = [parsed(before), parsed(after)]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(young)])]
  return keys
    .map((key) => ({ key, before: said(old[key]), after: said(young[key]) }))
    .filter((one) => one.before !== one.after)
    .slice(0, MOST)
}

function parsed(json: string | null): Record<string, unknown> {
  if (json === null) return {}
  try {
    const value: unknown = JSON.parse(json)
    if (value !== null && typeof value === "object" && !Array.isArray(value))
      return value as Record<string, unknown>
    return { valeur: value }
  } catch {
    return { valeur: json }
  }
}

function said(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ")
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
