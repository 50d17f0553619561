// Models to fill in: the heads that are read best and one invented line, as French Excel opens them.

import { csvText, FORMULAS } from "../../documents/csv.ts"
import type { ImportKind } from "./spellings.ts"

const ROWS: Record<ImportKind, string[][]> = {
  students: [
    [
      "N°",
      "MATRICULE",
      "NOM",
      "PRENOMS",
      "SEXE",
      "DATE DE NAISSANCE",
      "LIEU",
      "CLASSE",
      "PERE",
      "MERE",
      "TELEPHONE",
    ],
    [
      "1",
      "",
      "KONÉ",
      "Awa",
      "F",
      "03/02/2012",
      "Ségou",
      "10ème CG 1",
      "Moussa KONÉ",
      "Fanta DAO",
      "70 00 00 10",
    ],
  ],
  guardians: [
    [
      "NOM DU TUTEUR",
      "LIEN",
      "TELEPHONE",
      "AUTRE NUMERO",
      "NOM ET PRENOM DE L'ELEVE",
      "CLASSE",
      "MATRICULE",
      "ACCEPTE SMS",
    ],
    ["Fanta DAO", "Mère", "70 00 00 10", "", "KONÉ Awa", "10ème CG 1", "", "Oui"],
  ],
  staff: [
    [
      "N° AGENT",
      "NOM",
      "PRENOMS",
      "SEXE",
      "FONCTION",
      "MATIERES ENSEIGNEES",
      "TELEPHONE",
      "EMAIL",
      "GRADE",
      "DIPLOME",
      "SPECIALITE",
    ],
    [
      "",
      "KONÉ",
      "Awa",
      "F",
      "Professeur",
      "Mathématiques",
      "70 00 00 10",
      "awa.kone@exemple.test",
      "",
      "Maîtrise",
      "Algèbre",
    ],
  ],
  marks: [
    ["N°", "MATRICULE", "NOM ET PRENOMS", "MATHS", "", "FRANÇAIS", ""],
    ["", "", "", "CL", "CO", "CL", "CO"],
    ["1", "", "KONÉ Awa", "12,5", "14", "abs j", "9,75"],
  ],
}

const NAMES: Record<ImportKind, string> = {
  students: "modele-eleves.csv",
  guardians: "modele-tuteurs.csv",
  staff: "modele-personnel.csv",
  marks: "modele-notes.csv",
}

export const templateFile = (kind: ImportKind) => ({ name: NAMES[kind], text: csvText(ROWS[kind], FORMULAS) })
