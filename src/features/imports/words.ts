// What the codes of outcomes say to a secretary. A code without its sentence is a fault: words.test.ts looks.

import type { Action } from "./outcomes.ts"

export const ACTIONS: Record<Action, string> = {
  header: "En-têtes",
  section: "Classe",
  ignore: "Ligne ignorée",
  create: "À créer",
  duplicate: "Déjà lue",
  review: "À vérifier",
  marks: "Notes",
  payment: "Paiement",
  candidate: "Candidat prêt",
  block: "Candidat bloqué",
}

export const REASONS: Record<string, string> = {
  // ignored
  blank: "Ligne vide.",
  title: "Titre ou mention, pas une personne.",
  total: "Ligne de total ou de moyenne.",
  signature: "Ligne de signature.",
  left_out: "Laissée de côté par la personne qui importe.",
  continuation: "Suite de la ligne précédente, dans la même cellule.",
  // the line
  header_missing: "Aucun en-tête n’a été trouvé au-dessus de cette ligne : choisissez les colonnes.",
  line_incomplete: "Un nom seul, sans rien d’autre sur la ligne.",
  name_missing: "Il n’y a pas de nom sur cette ligne.",
  // the student
  surname_missing: "Le nom de famille manque.",
  given_names_missing: "Le prénom manque, ou ne se distingue pas du nom.",
  name_too_long: "Le nom est trop long : plusieurs personnes sont peut-être dans la même cellule.",
  name_with_digits: "Il y a un chiffre dans le nom.",
  sex_unreadable: "Le sexe n’est pas lisible : M ou F ?",
  class_missing: "Aucune classe : ni dans le fichier, ni choisie.",
  class_unknown: "Cette classe n’est pas reconnue.",
  date_impossible: "Cette date de naissance n’existe pas.",
  date_unreadable: "La date de naissance n’est pas lisible.",
  date_letter_o: "La lettre O est écrite à la place du chiffre 0 dans la date.",
  date_letter_i: "Une lettre est écrite à la place du chiffre 1 dans la date.",
  birth_date_in_future: "Cette date de naissance est trop récente pour un élève.",
  matricule_letter_o: "La lettre O est écrite à la place du chiffre 0 dans le matricule.",
  matricule_letter_i: "La lettre I est écrite à la place du chiffre 1 dans le matricule.",
  // the phone
  phone_unreadable: "Le numéro de téléphone n’est pas lisible.",
  phone_letter_o: "La lettre O est écrite à la place du chiffre 0 dans le téléphone.",
  phone_scientific_notation_digits_lost:
    "Le tableur a perdu des chiffres du téléphone (écrit comme 2.23E+10).",
  // somebody the file or the school already has
  same_matricule_other_name: "Ce matricule est déjà celui d’une personne d’un autre nom.",
  same_matricule_other_birth_date: "Même matricule et même nom, mais une autre date de naissance.",
  same_matricule_other_class: "Même matricule et même nom, mais une autre classe.",
  same_matricule_other_sex: "Même matricule et même nom, mais un autre sexe.",
  same_matricule_other_birth_place: "Même matricule et même nom, mais un autre lieu de naissance.",
  same_matricule_other_phone: "Même matricule et même nom, mais un autre téléphone.",
  same_matricule_again: "Même matricule et même nom qu’une ligne qui est elle-même à vérifier.",
  same_name_and_birth_date: "Même nom et même date de naissance : peut-être la même personne.",
  same_number_other_name: "Ce numéro d’agent est déjà celui d’une personne d’un autre nom.",
  same_number_other_values: "La même personne est plus haut dans le fichier, avec d’autres valeurs.",
  same_staff_name: "Une personne de ce nom est déjà connue : peut-être la même.",
  same_phone_other_name: "Ce téléphone est déjà celui d’une personne dont le nom ressemble.",
  number_taken: "Ce numéro d’agent est déjà celui d’une autre personne.",
  matricule_not_yours: "Vous n’avez pas le droit de corriger un matricule déjà enregistré.",
  card_changed: "La fiche a changé depuis cet aperçu : relisez-la avant de choisir.",
  line_not_compared: "Cette ligne n’est pas celle avec laquelle celle-ci a été comparée.",
  same_name_and_class: "Même nom dans la même classe : peut-être la même personne.",
  // what only the school can tell
  class_not_in_school: "Cette classe n’existe pas dans l’école cette année.",
  matricule_taken: "Ce matricule est déjà celui d’un autre élève, dans l’école ou plus haut dans le fichier.",
  mark_differs: "L’école a déjà une autre note ici.",
  // the student that a guardian's line or a line of marks is about
  student_name_missing: "Le nom de l’élève manque.",
  student_not_found: "Aucun élève de ce nom n’est inscrit.",
  student_in_another_class: "Un élève de ce nom est inscrit, mais dans une autre classe.",
  several_students_of_that_name: "Plusieurs élèves portent ce nom : lequel ?",
  matricule_of_another_student: "Ce matricule est celui d’un autre élève.",
  matricule_not_in_roster: "Ce matricule n’est celui d’aucun élève de l’école.",
  matricule_not_in_class_list: "Ce matricule n’est celui d’aucun élève de la classe.",
  same_student_twice: "Cet élève a déjà d’autres notes plus haut dans le fichier.",
  guardian_name_missing: "Le nom du tuteur manque.",
  guardian_already_linked: "Ce tuteur a déjà répondu pour cet élève, autrement.",
}

export const WARNINGS: Record<string, string> = {
  matricule_missing: "Sans matricule.",
  matricule_spaces: "Espaces retirés du matricule.",
  matricule_lowercase: "Matricule mis en capitales.",
  matricule_unusual: "Le matricule n’a pas la forme habituelle.",
  name_order_inferred: "Rien ne distingue le nom du prénom : l’ordre de la colonne a été suivi.",
  no_accents_in_source: "Écrit en capitales sans accents : gardé tel quel.",
  sex_missing: "Sexe non indiqué.",
  birth_date_missing: "Date de naissance non indiquée.",
  two_digit_year: "Année écrite sur deux chiffres.",
  month_day_order_inferred: "Le mois est écrit avant le jour.",
  approximate_date: "Seule l’année de naissance est connue.",
  age_unusual: "Âge inhabituel pour un élève.",
  phone_missing: "Sans téléphone.",
  foreign_number: "Numéro d’un autre pays.",
  second_phone_left: "Une fiche du personnel n’a qu’un téléphone : le second n’est pas gardé.",
  phone_shared: "Ce téléphone est aussi celui de quelqu’un d’autre.",
  namesake: "Une autre personne porte ce nom, sous un autre numéro d’agent.",
  position_missing: "Fonction non indiquée : notée « À préciser ».",
  email_unreadable: "L’adresse électronique n’est pas lisible : laissée vide.",
  withdrawn_before: "Cet élève était parti : il revient.",
  class_kept: "La classe écrite n’existe pas dans l’école cette année : l’élève reste dans la sienne.",
  second_phone_unreadable: "Le second numéro n’est pas lisible.",
  consent_unreadable: "La réponse sur les SMS n’est pas lisible : prise comme absente.",
  class_differs_from_roster:
    "L’élève est inscrit dans une autre classe que celle écrite ; la sienne est gardée.",
  double_encoding_repaired: "Accents abîmés réparés.",
  nul_bytes_removed: "Caractères nuls retirés.",
  formula_kept_as_text: "Formule gardée comme simple texte.",
}

const DIGITS = /^phone_(\d+)_digits$/

/** The French sentence of a reason or a warning. */
export function sentenceOf(code: string): string {
  const digits = DIGITS.exec(code)?.[1]
  if (digits) return `Le numéro de téléphone a ${digits} chiffre${Number(digits) > 1 ? "s" : ""}.`
  return REASONS[code] ?? WARNINGS[code] ?? code
}
