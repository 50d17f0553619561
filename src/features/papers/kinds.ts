// The official papers of a student, what each asks for, and its wording unless the school has its own (domain.md §1.5).

export const FIELDS = {
  destination: { label: "Destination", placeholder: "destination" },
  left_on: { label: "Date de radiation", placeholder: "radiation" },
  reason: { label: "Motif", placeholder: "motif" },
  work: { label: "Travail", placeholder: "travail" },
  conduct: { label: "Conduite", placeholder: "conduite" },
} as const
export type FieldName = keyof typeof FIELDS

export type Wording = { title: string; body: string }

export type Kind = {
  /** first letters of its numbers */
  prefix: string
  label: string
  /** what is asked when it is issued, in order */
  fields: readonly FieldName[]
  required: readonly FieldName[]
  wording: Wording
  /** results that must be published before it says anything: those of the year, or of a period */
  results?: "year" | "period"
  /** a table or a diploma rather than a text: it has no wording of the school's, and pages of its own issue it */
  record?: true
}

const WHO =
  "l’élève {nom}[, {né|née} {naissance}[ à {lieu}]][, {fils|fille} {parents}][, matricule {matricule}]"
const CERTIFICATE =
  "En foi de quoi le présent certificat lui est délivré pour servir et valoir ce que de droit."
const ATTESTATION =
  "En foi de quoi la présente attestation lui est délivrée pour servir et valoir ce que de droit."

const record = (prefix: string, label: string) => ({
  prefix,
  label,
  fields: [],
  required: [],
  wording: { title: label, body: "{nom}" },
  record: true as const,
})

export const KINDS = {
  enrolment: {
    prefix: "CS",
    label: "Certificat de scolarité",
    fields: [],
    required: [],
    wording: {
      title: "Certificat de scolarité",
      body: `{titre} {de l’école} certifie que ${WHO}, {est} régulièrement {inscrit|inscrite} dans l’établissement, en classe de {classe}, au titre de l’année scolaire {année}.\n\n${CERTIFICATE}`,
    },
  },
  attendance: {
    prefix: "AF",
    label: "Attestation de fréquentation",
    fields: [],
    required: [],
    wording: {
      title: "Attestation de fréquentation",
      body: `{titre} {de l’école} atteste que ${WHO}, {fréquente} régulièrement les cours de la classe de {classe} {période}, au titre de l’année scolaire {année}.\n\n${ATTESTATION}`,
    },
  },
  withdrawal: {
    prefix: "CR",
    label: "Certificat de radiation",
    fields: ["left_on", "reason", "destination", "work", "conduct"],
    required: ["left_on", "reason"],
    wording: {
      title: "Certificat de radiation",
      body: `{titre} {de l’école} certifie que ${WHO}, {inscrit|inscrite} en classe de {classe} au titre de l’année scolaire {année}, a été {radié|radiée} des effectifs de l’établissement à compter du {radiation}.\n\nClasse suivie : {classe}\nDate de radiation : {radiation}\nMotif : {motif}\n[Destination : {destination}]\n[Travail : {travail}]\n[Conduite : {conduite}]\n\n${CERTIFICATE}`,
    },
  },
  transfer: {
    prefix: "CT",
    label: "Certificat de transfert",
    fields: ["destination", "left_on", "reason", "work", "conduct"],
    required: ["destination", "left_on"],
    wording: {
      title: "Certificat de transfert",
      body: `{titre} {de l’école} certifie que ${WHO}, {inscrit|inscrite} en classe de {classe} au titre de l’année scolaire {année}, quitte l’établissement à compter du {radiation} pour poursuivre ses études dans l’établissement désigné ci-dessous. Rien ne s’oppose à son transfert.\n\nClasse suivie : {classe}\nDestination : {destination}\nDate de radiation : {radiation}\n[Motif : {motif}]\n[Travail : {travail}]\n[Conduite : {conduite}]\n\n${CERTIFICATE}`,
    },
  },
  success: {
    prefix: "AR",
    label: "Attestation de réussite",
    fields: [],
    required: [],
    results: "year",
    wording: {
      title: "Attestation de réussite",
      body: `{titre} {de l’école} atteste que ${WHO}, a suivi les cours de la classe de {classe} au titre de l’année scolaire {année}, et que les résultats de l’année sont les suivants.\n\nMoyenne annuelle : {moyenne annuelle}\n[Rang : {rang annuel}]\nDécision du conseil de classe : {décision}\n\n${ATTESTATION}`,
    },
  },
  level: {
    prefix: "AN",
    label: "Attestation de niveau",
    fields: [],
    required: [],
    results: "year",
    wording: {
      title: "Attestation de niveau",
      body: `{titre} {de l’école} atteste que ${WHO}, a suivi jusqu’à son terme la classe de {classe} au titre de l’année scolaire {année}, et que son niveau d’études est celui de cette classe.\n\nClasse suivie : {classe}\nMoyenne annuelle : {moyenne annuelle}\n[Décision du conseil de classe : {décision}]\n\n${ATTESTATION}`,
    },
  },
  rank: {
    prefix: "AG",
    label: "Attestation de rang",
    fields: [],
    required: [],
    results: "period",
    wording: {
      title: "Attestation de rang",
      body: `{titre} {de l’école} atteste que ${WHO}, a obtenu en classe de {classe}, au titre de l’année scolaire {année}, les résultats suivants.\n\nPériode : {période notée}\nMoyenne générale : {moyenne}\nRang : {rang}\n[Distinction : {distinction}]\n\n${ATTESTATION}`,
    },
  },
  transcript: record("RN", "Relevé de notes annuel"),
  booklet: record("LS", "Livret scolaire"),
  diploma: record("DH", "Diplôme d’honneur"),
} as const satisfies Record<string, Kind>

export type PaperKind = keyof typeof KINDS
const PAPER_KINDS = Object.keys(KINDS) as PaperKind[]
export const isKind = (word: unknown): word is PaperKind =>
  typeof word === "string" && Object.hasOwn(KINDS, word)
/** A kind with the members that not every one has. */
export const kindOf = (kind: PaperKind): Kind => KINDS[kind]

/** The kinds that are texts: the school may word them, and a student's page issues them. */
export const WORDED_KINDS = PAPER_KINDS.filter((kind) => !kindOf(kind).record)
export const isWorded = (word: unknown): word is PaperKind => isKind(word) && !kindOf(word).record
