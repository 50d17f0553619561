// How column heads are written in the files schools keep (domain.md §4). Extend here: folded, abbreviations spelled out.

export type ImportKind = "students" | "guardians" | "staff" | "marks"

export type Role =
  | "number"
  | "matricule"
  | "surname"
  | "given_names"
  | "full_name"
  | "full_name_given_first"
  | "sex"
  | "birth_date"
  | "birth_place"
  | "birth_date_and_place"
  | "class"
  | "phone"
  | "phone2"
  | "father"
  | "mother"
  | "repeating"
  | "regime"
  | "address"
  | "nationality"
  | "remark"
  | "guardian"
  | "guardian_surname"
  | "guardian_given_names"
  | "link"
  | "consent"
  | "submitted_at"
  | "position"
  | "subjects"
  | "email"
  | "grade"
  | "diplomas"
  | "specialities"
  /** read, kept in the raw line, not used: totals, means, ranks */
  | "unused"
  /** marks: « mark:MATHS.CL » */
  | `mark:${string}`

/** Words of a head, each in its full form, once folded and without punctuation. */
const FULL_FORMS: Record<string, string> = {
  mle: "matricule",
  mlle: "matricule",
  mat: "matricule",
  matr: "matricule",
  matric: "matricule",
  matricules: "matricule",
  immatriculation: "matricule",
  noms: "nom",
  prenom: "prenoms",
  pren: "prenoms",
  naiss: "naissance",
  nais: "naissance",
  nce: "naissance",
  naisse: "naissance",
  nee: "ne",
  tel: "telephone",
  tels: "telephone",
  tlf: "telephone",
  telephones: "telephone",
  phone: "telephone",
  contacts: "contact",
  contact: "contact",
  num: "numero",
  no: "numero",
  n: "numero",
  numeros: "numero",
  sx: "sexe",
  genre: "sexe",
  cls: "classe",
  parents: "parent",
  tuteurs: "tuteur",
  eleves: "eleve",
  enfants: "enfant",
  obs: "observation",
  observations: "observation",
  etudiant: "eleve",
  apprenant: "eleve",
}

const DROPPED = new Set([
  "de",
  "du",
  "des",
  "la",
  "le",
  "les",
  "l",
  "d",
  "e",
  "et",
  "ou",
  "s",
  "es",
  "complet",
  "complets",
])

/** « NOM & PRÉNOM(S) » -> « nom prenoms », « N° MLE » -> « numero matricule », « Né(e) le » -> « ne ». */
export function headWords(folded: string): string {
  const words = folded
    .replace(/[°º]/g, " ")
    .replace(/\((?:s|e|es)\)/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()
    .split(" ")
  const full = words.map((word) => FULL_FORMS[word] ?? word)
  const kept = full.filter((word) => !DROPPED.has(word))
  return (kept.length > 0 ? kept : full).join(" ")
}

/** The heads of each role, as `headWords` leaves them, separated by bars. */
const PERSON: [Role, string][] = [
  ["number", "numero|numero ordre|num ordre|rang liste|ord|ordre|numero ord|numero liste|numero d ordre|#"],
  [
    "matricule",
    "matricule|numero matricule|matricule eleve|matricule si connu|matricule national|identifiant|numero eleve|id eleve",
  ],
  [
    "full_name",
    "nom prenoms|nom prenoms eleve|nom prenoms eleves|nom eleve prenoms|eleve|nom prenoms enfant|identite",
  ],
  ["full_name_given_first", "prenoms nom|prenoms nom eleve|prenoms nom eleves|prenoms nom enfant"],
  ["surname", "nom|nom famille|nom eleve|nom enfant|jamu|patronyme"],
  ["given_names", "prenoms|prenoms eleve|prenoms enfant|togo"],
  ["sex", "sexe|s|m f|f m|g f|f g|h f|garcon fille|sexe m f|sexe g f|sexe 1 2|1 2"],
  [
    "birth_date",
    "date naissance|naissance|ne|date naissance eleve|ddn|date ne|date nee|dt naissance|d naissance|annee naissance|jour naissance|date naissance jj mm aaaa|naissance date|birth date",
  ],
  ["birth_place", "lieu|lieu naissance|naissance lieu|ne a|a|lieu naissance eleve|ville naissance|localite"],
  [
    "birth_date_and_place",
    "date lieu naissance|date naissance lieu|naissance date lieu|date naissance lieu naissance|ne le a|lieu date naissance|date lieu|ne date lieu",
  ],
  [
    "class",
    "classe|cl|classe eleve|division|classe actuelle|classe enfant|classe 2026 2027|salle classe|groupe classe",
  ],
  [
    "phone",
    "contact|telephone|numero telephone|telephone parent|contact parent|telephone tuteur|contact tuteur|portable|mobile|cel|cell|whatsapp|telephone parent tuteur|contact parent tuteur|numero contact|numero parent|telephone contact|contact telephone|telephone 1|contact 1|telephone1|contact famille|telephone famille",
  ],
  [
    "phone2",
    "telephone 2|contact 2|telephone2|autre numero|autre contact|autre telephone|second numero|deuxieme numero|numero 2|second telephone|2e numero|2eme numero|2e telephone|2eme telephone",
  ],
  ["father", "pere|nom pere|nom prenoms pere|prenoms pere|prenoms nom pere|fils fille"],
  ["mother", "mere|nom mere|nom prenoms mere|prenoms mere|prenoms nom mere|et mere"],
  ["repeating", "redoublant|redouble|doublant|r|red|n r|p r|nouveau redoublant|passant redoublant"],
  ["regime", "statut|regime|etat prive|statut eleve|qualite"],
  ["address", "adresse|quartier|domicile|adresse parent|residence"],
  ["nationality", "nationalite|nat"],
  [
    "remark",
    "observation|remarque|remarques|commentaire|decision|emargement|signature|ecole origine|provenance|etablissement origine",
  ],
]

/** The heads of a list of the staff, before those that name any person. */
const STAFF: [Role, string][] = [
  [
    "matricule",
    "numero agent|matricule agent|numero employe|numero personnel|code agent|id agent|matricule fonctionnaire|matricule fonction publique|numero inps|numero matricule agent|numero mle agent",
  ],
  [
    "full_name",
    "nom prenoms agent|nom prenoms personnel|nom prenoms professeur|nom prenoms enseignant|nom prenoms professeurs|nom prenoms enseignants|agent|enseignant|enseignants|professeur|professeurs|personnel",
  ],
  ["full_name_given_first", "prenoms nom agent|prenoms nom enseignant|prenoms nom professeur"],
  ["surname", "nom agent|nom enseignant|nom professeur"],
  ["given_names", "prenoms agent|prenoms enseignant|prenoms professeur"],
  ["sex", "civilite|m mme|mme m|sexe m mme|titre civilite"],
  [
    "position",
    "fonction|poste|fonction poste|poste fonction|emploi|fonction occupee|poste occupe|role|qualite|responsabilite|attribution|fonctions|profession",
  ],
  [
    "subjects",
    "matiere|matieres|matiere enseignee|matieres enseignees|discipline|disciplines|discipline enseignee|disciplines enseignees|cours|cours enseignes|matiere discipline|discipline matiere",
  ],
  [
    "email",
    "email|mail|courriel|adresse email|adresse mail|adresse electronique|email professionnel|mail professionnel|messagerie",
  ],
  ["grade", "grade|grade diplome|diplome grade|corps|corps grade|grade corps|categorie|echelon|indice"],
  ["diplomas", "diplome|diplomes|dernier diplome|diplome obtenu|diplomes obtenus|niveau etudes|niveau etude"],
  ["specialities", "specialite|specialites|filiere|option|domaine|specialite diplome"],
  ["phone", "telephone personnel|telephone agent|contact agent|telephone professionnel"],
]

/** The marks of a subject by category: class marks and composition (domain.md §1.3). */
export const CATEGORIES: Record<string, string> = {
  cl: "CL",
  classe: "CL",
  "moy cl": "CL",
  "moy classe": "CL",
  "moyenne classe": "CL",
  "note classe": "CL",
  "numero cl": "CL",
  devoir: "CL",
  devoirs: "CL",
  dev: "CL",
  mcl: "CL",
  co: "CO",
  compo: "CO",
  composition: "CO",
  "numero compo": "CO",
  "note compo": "CO",
  comp: "CO",
  nco: "CO",
  cc: "CC",
  interro: "INTERRO",
  interrogation: "INTERRO",
  examen: "EXAMEN",
}

/** Columns of a mark sheet that are computed again here, never read. */
const COMPUTED =
  /^(?:total|tot|somme|moyenne|moy|moy g|moyenne generale|rang|rg|coef|coefficient|points|moy coef|appreciation|appreciations|mention|decision|produit|ordre)\b/

/** What a head is called, exactly or, failing that, by how it begins; `outside` is the head without its parentheses. */
export function personRole(words: string, outside: string): Role | null {
  const exact = EXACT.get(words) ?? EXACT.get(outside)
  return exact ?? BEGINNINGS.find(([, pattern]) => pattern.test(words))?.[0] ?? null
}

const BEGINNINGS: [Role, RegExp][] = [
  ["birth_date_and_place", /^date .*naissance.* lieu|^date lieu .*naissance/],
  ["birth_date", /^date .*naissance|^naissance date|^ne (?:jour|date)/],
  ["birth_place", /^lieu .*naissance/],
  ["full_name_given_first", /^prenoms nom\b/],
  ["full_name", /^nom prenoms\b(?!.*(?:pere|mere|parent|tuteur))/],
  ["matricule", /^(?:numero )?matricule\b/],
  ["sex", /^sexe\b/],
  ["class", /^classe\b/],
  ["phone", /^(?:numero )?(?:telephone|contact)\b/],
]

const byHead = (roles: typeof PERSON) =>
  new Map(roles.flatMap(([role, heads]) => heads.split("|").map((head) => [head, role] as const)))

const EXACT = byHead(PERSON)
const EXACT_STAFF = byHead(STAFF)

/** The same over a list of the staff, where « Fonction » and « Discipline » are columns. */
export const staffRole = (words: string, outside: string): Role | null =>
  EXACT_STAFF.get(words) ??
  EXACT_STAFF.get(outside) ??
  BEGINNINGS_STAFF.find(([, pattern]) => pattern.test(words))?.[0] ??
  personRole(words, outside)

const BEGINNINGS_STAFF: [Role, RegExp][] = [
  ["subjects", /^(?:matieres?|disciplines?)\b/],
  ["position", /^(?:fonction|poste)\b/],
  ["email", /^(?:e ?mail|courriel)\b/],
]

export const isComputed = (words: string) => COMPUTED.test(words)

/** Heads of forms are questions: what they contain decides (« Téléphone (WhatsApp de préférence) »). In this order. */
export const GUARDIAN_QUESTIONS: [Role, RegExp][] = [
  ["submitted_at", /horodateur|timestamp|submitted|date (?:saisie|envoi|reponse)/],
  ["consent", /sms|accept|accord|consent|autoris/],
  ["link", /\blien\b|parente|qualite|relation/],
  ["matricule", /matricule/],
  ["class", /classe/],
  [
    "phone2",
    /(?:autre|second|deuxieme|2e|2eme|2) .*(?:numero|telephone|contact)|(?:numero|telephone|contact) ?(?:2|secondaire)/,
  ],
  [
    "phone",
    /telephone|contact|whatsapp|portable|mobile|^numero .*(?:parent|tuteur)|(?:parent|tuteur) .*numero/,
  ],
  ["guardian_given_names", /^prenoms (?:parent|tuteur|responsable|pere|mere)/],
  ["guardian_surname", /^nom (?:famille )?(?:parent|tuteur|responsable)$/],
  ["guardian", /parent|tuteur|responsable|pere ou mere|tutrice/],
  ["full_name_given_first", /^prenoms nom .*(?:eleve|enfant)/],
  ["full_name", /nom prenoms .*(?:eleve|enfant)|nom .*(?:eleve|enfant) .*prenoms/],
]
