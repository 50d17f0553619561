// Which guides there are, whose they are, and which section of which guide explains a page. No I/O.
import type { Role } from "../../roles.ts"

export type Guide = {
  /** its last part in the address: « /help/secretaire » */
  name: string
  /** in docs/ */
  file: string
  /** those who find it first and whose « Aide » leads to it */
  readers: readonly Role[]
}

/** Every guide, in the order of the list. */
export const GUIDES = [
  { name: "secretaire", file: "guide-secretaire.md", readers: ["secretary", "accountant"] },
  { name: "fiches", file: "guide-fiches.md", readers: [] },
  { name: "imports", file: "guide-imports.md", readers: [] },
  { name: "professeur", file: "guide-professeur.md", readers: ["teacher", "form_teacher"] },
  { name: "proviseur", file: "guide-proviseur.md", readers: ["head", "dean", "supervisor"] },
  { name: "parent", file: "guide-parent.md", readers: ["parent", "student"] },
  { name: "administrateur", file: "guide-administrateur.md", readers: ["administrator"] },
  { name: "exploitation", file: "exploitation.md", readers: [] },
] as const satisfies readonly Guide[]

type Name = (typeof GUIDES)[number]["name"]
/** A section: its guide, and the heading's place in it. */
export type Section = `${Name}#${string}`

/**
 * The sections that explain each page; the first pattern that fits wins. Where several sections explain a page, the
 * one of the reader's own guide is shown, else the first.
 */
export const EXPLAINED: readonly (readonly [page: RegExp, sections: readonly Section[]])[] = [
  [/^\/students\/new$/, ["secretaire#inscrire-un-eleve-sans-dossier"]],
  [/^\/students\/\d+\/papers/, ["secretaire#certificats"]],
  [/^\/students\/\d+\/(move|withdraw)$/, ["secretaire#changement-de-classe-et-depart"]],
  [/^\/students\/\d+\/scans$/, ["secretaire#pieces-numerisees"]],
  [/^\/scans\//, ["secretaire#pieces-numerisees"]],
  [/^\/staff\/\d+\/scans/, ["secretaire#pieces-numerisees"]],
  [/^\/(photos|(students|staff)\/\d+\/photo|classes\/\d+\/photos)/, ["secretaire#photos-des-eleves"]],
  [/^\/students\/\d+\/consents$/, ["secretaire#autorisations-des-familles"]],
  [/^\/students\/\d+\/family/, ["fiches#peut-etre-de-la-meme-famille"]],
  [/^\/students\/\d+\/guardians/, ["secretaire#tuteurs-et-accord-pour-les-sms"]],
  [/^\/students\/\d+\/links$/, ["secretaire#liens-envoyes-a-la-famille"]],
  [/^\/students\/\d+\/medical/, ["proviseur#notes-de-sante"]],
  [/^\/medical\/instructions/, ["professeur#consignes-d-urgence", "proviseur#notes-de-sante"]],
  [/^\/medical/, ["proviseur#notes-de-sante"]],
  [/^\/(students|guardians|staff)\/\d+\/data/, ["administrateur#donnees-personnelles"]],
  [/^\/privacy\/(erasure|kept)/, ["proviseur#effacer-un-ancien-eleve"]],
  [/^\/privacy/, ["administrateur#donnees-personnelles"]],
  [/^\/students/, ["secretaire#trouver-un-eleve"]],
  [/^\/lists\/exports/, ["administrateur#exports-de-listes"]],
  [/^\/lists/, ["secretaire#filtrer-garder-et-exporter-une-liste"]],
  [/^\/enrolment\/settings/, ["administrateur#reglages-des-inscriptions"]],
  [/^\/enrolment/, ["secretaire#dossiers-d-inscription"]],
  [/^\/reenrolment/, ["proviseur#passage-en-annee-superieure"]],
  [/^\/placement/, ["proviseur#partager-ou-reunir-des-classes"]],
  [/^\/reports\/students\//, ["secretaire#releve-annuel-et-livret-scolaire"]],
  [/^\/reports\/honours/, ["proviseur#tableau-d-honneur-et-diplomes"]],
  [/^\/reports\/averages/, ["proviseur#moyennes-annuelles-des-candidats"]],
  [/^\/reports/, ["proviseur#statistiques"]],
  [/^\/papers\/templates/, ["administrateur#textes-des-certificats"]],
  [/^\/papers/, ["secretaire#certificats"]],
  [/^\/doubles\/merges/, ["fiches#annuler-une-fusion"]],
  [/^\/doubles/, ["fiches#doublons"]],
  [/^\/corrections/, ["fiches#corrections-des-familles"]],
  [/^\/guardians/, ["secretaire#tuteurs-et-accord-pour-les-sms"]],
  [/^\/staff/, ["secretaire#le-personnel"]],
  [/^\/imports/, ["imports#importer-un-fichier", "professeur#importer-des-notes-d-excel"]],
  [/^\/messages/, ["secretaire#journal-des-sms", "proviseur#ce-que-les-familles-recoivent"]],
  [/^\/grading/, ["proviseur#le-bareme"]],
  [/^\/progress\/(thresholds|\d+\/\d+)/, ["proviseur#points-a-regarder"]],
  [/^\/progress/, ["proviseur#retards-et-rappels", "professeur#ses-matieres"]],
  [/^\/grades\/[^/]+\/[^/]+\/paper$/, ["professeur#saisir-depuis-une-feuille"]],
  [/^\/grades\/[^/]+\/[^/]+\/remarks$/, ["professeur#appreciations"]],
  [
    /^\/grades\/[^/]+\/[^/]+\/(lock|unlock)$/,
    ["professeur#verrouiller", "proviseur#deverrouiller-ou-corriger"],
  ],
  [/^\/grades\/marks\//, ["proviseur#deverrouiller-ou-corriger"]],
  [/^\/grades\/[^/]+\/[^/]+\/(students|averages)/, ["professeur#professeur-principal"]],
  [/^\/grades\/explain\//, ["professeur#d-ou-vient-une-moyenne"]],
  [/^\/grades\/[^/]+\/[^/]+/, ["professeur#saisir-les-notes"]],
  [/^\/grades$/, ["professeur#ses-matieres", "proviseur#suivre-la-saisie"]],
  [/^\/bulletins\/\d+\/\d+\/publish$/, ["proviseur#publier"]],
  [/^\/council/, ["proviseur#le-conseil-de-classe", "professeur#professeur-principal"]],
  [/^\/bulletins\/batches/, ["proviseur#publier-toutes-les-classes"]],
  [/^\/bulletins\/models/, ["proviseur#ce-que-disent-les-bulletins"]],
  [/^\/bulletin\//, ["secretaire#imprimer-les-bulletins"]],
  [
    /^\/bulletins/,
    [
      "proviseur#controler-une-classe",
      "secretaire#imprimer-les-bulletins",
      "professeur#professeur-principal",
    ],
  ],
  [/^\/(subjects|coefficients|levels)/, ["administrateur#matieres-et-coefficients"]],
  [/^\/classes\/\d+\/slips/, ["administrateur#comptes"]],
  [/^\/classes\/\d+\/(list|phones)/, ["secretaire#listes-de-classe"]],
  [/^\/classes/, ["administrateur#classes", "secretaire#listes-de-classe"]],
  [/^\/years/, ["administrateur#annees-et-periodes"]],
  [/^\/school/, ["administrateur#l-etablissement"]],
  [/^\/accounts/, ["administrateur#comptes"]],
  [/^\/permissions/, ["administrateur#droits"]],
  [/^\/audit/, ["administrateur#journal-des-modifications"]],
]

/** The address of the help for a page: the section that explains it, else the reader's own guide, else the list. */
export function helpFor(path: string, roles: readonly Role[]): string {
  const own = GUIDES.find(({ readers }) => roles.some((role) => (readers as readonly Role[]).includes(role)))
  const sections = EXPLAINED.find(([page]) => page.test(path))?.[1] ?? []
  const section = sections.find((one) => own && one.startsWith(`${own.name}#`)) ?? sections[0]
  if (section) return `/help/${section}`
  return own ? `/help/${own.name}` : "/help"
}
