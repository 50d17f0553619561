// The lines of the register of processing as the product proposes them: the school reads, corrects and answers for them. Pure.
import { type Retentions, termText } from "./retention.ts"

export const PARTS = [
  "title",
  "purpose",
  "basis",
  "persons",
  "categories",
  "recipients",
  "duration",
  "measures",
] as const
export type Line = Record<(typeof PARTS)[number], string>

export const PART_LABELS: Line = {
  title: "Traitement",
  purpose: "Pourquoi",
  basis: "Fondement",
  persons: "Personnes concernées",
  categories: "Données",
  recipients: "Qui les reçoit",
  duration: "Durée de conservation",
  measures: "Mesures de sécurité",
}

const RIGHTS = "Accès selon la fonction, comptes personnels, journal des modifications."
const MISSION = "Mission d’enseignement de l’école et obligations envers le ministère."

/** What the program holds, feature by feature; `code` stays, the words may be changed by the school. */
export function proposedLines(kept: Retentions): Map<string, Line> {
  const term = (kind: keyof Retentions) => `${termText(kept[kind])} ${kept[kind].from}`
  return new Map([
    [
      "students",
      {
        title: "Élèves et familles",
        purpose: "Inscrire les élèves, composer les classes, joindre les familles, attester la scolarité.",
        basis: MISSION,
        persons: "Élèves, pères, mères et tuteurs, personnes à prévenir.",
        categories:
          "Noms, naissance, sexe, nationalité, matricule, adresse, téléphones, liens de parenté, classes suivies, départ.",
        recipients:
          "Direction, secrétariat, surveillance, économe ; professeurs pour leurs classes ; ministère pour les listes et les examens.",
        duration: `Élèves : ${term("student")}. Tuteurs : ${term("guardian")}. L’identité et la scolarité restent à part pour les attestations.`,
        measures: RIGHTS,
      },
    ],
    [
      "enrolment",
      {
        title: "Demandes d’inscription",
        purpose: "Étudier les demandes et constituer les dossiers.",
        basis: "Demande de la famille.",
        persons: "Enfants à inscrire et leurs tuteurs.",
        categories: "Identité, naissance, école précédente, pièces remises, téléphones.",
        recipients: "Direction et secrétariat.",
        duration: `Demandes refusées ou abandonnées : ${term("application")}. Les autres suivent la fiche de l’élève.`,
        measures: `${RIGHTS} Le formulaire public est protégé contre les envois automatiques.`,
      },
    ],
    [
      "grades",
      {
        title: "Notes, absences et bulletins",
        purpose: "Évaluer les élèves, tenir les conseils de classe, établir et vérifier les bulletins.",
        basis: MISSION,
        persons: "Élèves ; professeurs auteurs des notes.",
        categories: "Notes, moyennes, rangs, appréciations, conduite, absences, décisions.",
        recipients:
          "Professeurs de la classe, censeur, direction, famille de l’élève, ministère pour les examens.",
        duration: "Conservés pour que la scolarité puisse être attestée et les bulletins vérifiés.",
        measures: `${RIGHTS} Notes verrouillées après contrôle ; bulletins publiés avec une empreinte qui révèle toute retouche.`,
      },
    ],
    [
      "papers",
      {
        title: "Certificats et cartes",
        purpose: "Délivrer certificats, attestations et cartes, et permettre de les vérifier.",
        basis: MISSION,
        persons: "Élèves et anciens élèves.",
        categories: "Identité, naissance, classe, photo sur la carte, numéro du certificat.",
        recipients: "L’élève, sa famille et toute personne à qui ils montrent le certificat.",
        duration: "Le registre des certificats délivrés est conservé.",
        measures: `${RIGHTS} Numéros sans trou, code de vérification sur chaque papier.`,
      },
    ],
    [
      "messages",
      {
        title: "Messages et liens aux familles",
        purpose: "Prévenir les familles par SMS et leur montrer les résultats de leur enfant.",
        basis: "Accord de chaque tuteur, qui peut être retiré.",
        persons: "Tuteurs ; élèves dont il est question.",
        categories: "Téléphones, textes envoyés, ouvertures des liens.",
        recipients: "Les tuteurs ; l’opérateur qui achemine les SMS.",
        duration: `SMS : ${term("message")}. Liens : ${term("link")}.`,
        measures: "Aucun message sans accord ; liens signés, limités dans le temps et révocables.",
      },
    ],
    [
      "medical",
      {
        title: "Notes de santé",
        purpose: "Veiller sur l’élève : allergie, traitement, conduite à tenir en cas d’urgence.",
        basis: "Intérêt de l’enfant et accord de ses parents.",
        persons: "Élèves dont les parents ont signalé quelque chose.",
        categories:
          "Allergies, maladies, traitements, vaccinations, poids et taille, aptitude à l’EPS, médecin.",
        recipients:
          "Les seules personnes désignées par la direction ; une consigne d’urgence aux professeurs si l’école le choisit.",
        duration: `${term("medical")}.`,
        measures: "Droit séparé, chaque consultation notée avec son auteur ; rien dans les listes.",
      },
    ],
    [
      "files",
      {
        title: "Photos et pièces scannées",
        purpose: "Reconnaître les élèves, établir les cartes, garder les pièces du dossier.",
        basis: `${MISSION} Toute publication d’une photo demande un accord à part.`,
        persons: "Élèves et personnel.",
        categories: "Portraits, actes de naissance, certificats et autres pièces.",
        recipients: "Direction et secrétariat ; professeurs pour les portraits de leurs classes.",
        duration: `Comme la fiche : ${term("student")}.`,
        measures: `${RIGHTS} Fichiers hors de portée du public.`,
      },
    ],
    [
      "staff",
      {
        title: "Personnel",
        purpose: "Attribuer les classes et les matières, joindre les agents.",
        basis: "Contrat ou affectation de l’agent.",
        persons: "Professeurs et autres agents.",
        categories: "Identité, fonction, numéro d’agent, diplômes, téléphone, courriel.",
        recipients: "Direction, secrétariat, économe.",
        duration: `${term("staff")}.`,
        measures: RIGHTS,
      },
    ],
    [
      "accounts",
      {
        title: "Comptes et journal des modifications",
        purpose: "Donner à chacun l’accès à ce qui le concerne et savoir qui a changé quoi.",
        basis: "Sécurité des données de l’école.",
        persons: "Toute personne qui a un compte.",
        categories: "Identifiants, rôles, appareils connectés, modifications faites.",
        recipients: "Administrateur et direction.",
        duration:
          "Compte : comme la fiche de la personne. Journal : conservé ; ce qu’il disait d’une personne effacée est vidé.",
        measures: "Mots de passe illisibles, délais croissants après un échec, sessions révocables.",
      },
    ],
    [
      "exchanges",
      {
        title: "Imports et exports de listes",
        purpose: "Reprendre les fichiers de l’école et produire les listes demandées.",
        basis: MISSION,
        persons: "Élèves et tuteurs.",
        categories: "Les colonnes du fichier importé ou exporté.",
        recipients: "La personne qui importe ou exporte.",
        duration: `Fichiers importés : ${term("import")}. Registres des exports : ${term("export")}.`,
        measures:
          "Chaque export est inscrit dans un registre ; téléphones et adresses masqués sans le droit de les voir.",
      },
    ],
  ])
}

export const isOwn = (code: string) => /^own-[1-9]\d{0,5}$/.test(code)
