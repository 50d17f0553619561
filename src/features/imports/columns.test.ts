import { test } from "uvu"
import * as assert from "uvu/assert"
import { announcedClass } from "./announced.ts"
import { guessColumns, secondHeader } from "./columns.ts"
import type { ImportKind, Role } from "./spellings.ts"

const guess = (heads: string, kind: ImportKind = "students") =>
  guessColumns(heads.split(";"), 1, kind)?.roles ?? null

test("heads are known in the spellings that schools use", () => {
  const spellings: Record<string, (Role | null)[]> = {
    "N°;MATRICULE;NOM;PRENOMS;SEXE;DATE DE NAISS.;LIEU;CONTACT": [
      "number",
      "matricule",
      "surname",
      "given_names",
      "sex",
      "birth_date",
      "birth_place",
      "phone",
    ],
    "No;N° MLE;NOM & PRÉNOM(S);Sx;Né(e) le;A;TEL PARENT": [
      "number",
      "matricule",
      "full_name",
      "sex",
      "birth_date",
      "birth_place",
      "phone",
    ],
    "n° d'ordre;Mle;PRENOMS ET NOM;Sexe (1=M, 2=F);DDN;Lieu Naiss": [
      "number",
      "matricule",
      "full_name_given_first",
      "sex",
      "birth_date",
      "birth_place",
    ],
    "N°;Noms et Prénoms de l'élève;G/F;Date et lieu de naissance;Classe;Contact 1;Contact 2": [
      "number",
      "full_name",
      "sex",
      "birth_date_and_place",
      "class",
      "phone",
      "phone2",
    ],
    "Matricule;Prénom;Nom;Genre;Date de naissance (JJ/MM/AAAA);Lieu de naissance;Nom du père;Mère;Statut;Redoublant;OBS":
      [
        "matricule",
        "given_names",
        "surname",
        "sex",
        "birth_date",
        "birth_place",
        "father",
        "mother",
        "regime",
        "repeating",
        "remark",
      ],
  }
  for (const [heads, roles] of Object.entries(spellings)) assert.equal(guess(heads), roles, heads)
})

test("somebody's line, a title or a total is no header", () => {
  for (const line of [
    "1;RC14CG26Z0105F;BAGAYOKO;Awa;F;03/02/2012;Bougouni",
    "LISTE DES ELEVES;;;",
    "CLASSE : 10ème CG 1;;",
    ";;TOTAL : 30;;",
    "1;KONÉ;A;M",
  ]) {
    assert.is(guess(line), null, line)
  }
})

test("a header in two lines: what stands under a merged cell belongs to it", () => {
  const first = guessColumns("N°;NOM ET PRENOMS;NAISSANCE;;TEL".split(";"), 3, "students")
  assert.ok(first)
  assert.equal(secondHeader(first, ";;DATE;LIEU;".split(";"), "students")?.roles, [
    "number",
    "full_name",
    "birth_date",
    "birth_place",
    "phone",
  ])
  assert.is(secondHeader(first, "1;KONÉ Awa;03/02/2012;Kita;".split(";"), "students"), null)
  assert.is(secondHeader(first, ";KONÉ Awa;;Kita;".split(";"), "students"), null)
  const marks = guessColumns("Mle;NOM;MATHS;;EDUCATION CIVIQUE;".split(";"), 3, "marks")
  assert.ok(marks)
  const below = secondHeader(marks, ";;Cl;Compo;Cl;Compo".split(";"), "marks")
  assert.equal(below?.roles.slice(2), [
    "mark:MATHS.CL",
    "mark:MATHS.CO",
    "mark:EDUCATION CIVIQUE.CL",
    "mark:EDUCATION CIVIQUE.CO",
  ])
})

test("a class is heard in the sentences that announce one, and only there", () => {
  const announced: Record<string, string | null> = {
    "CLASSE : 10EME CG 1 – Effectif : 62": "10ème CG 1",
    "Classe de la 11e S2 (suite)": "11ème S 2",
    "CLASSE : 10ème CG 1 - 2026-2027": "10ème CG 1",
    "LISTE DES ELEVES DE LA 12EME TSEXP 1": "12ème TSEXP 1",
    "10EME CG 1 : 62 ELEVES": "10ème CG 1",
    "10EME CG 1 SUITE": "10ème CG 1",
    "NOUVEAUX - Terminale TLL": "12ème TLL",
    "T S E": "12ème TSE",
    "RELEVE DU 3EME TRIMESTRE": null,
    "ANNEE SCOLAIRE 2026-2027": null,
    "ARRIVEES TARDIVES 2e liste": null,
    "12": null,
    S: null,
  }
  for (const [text, label] of Object.entries(announced)) assert.is(announcedClass([text], true), label, text)
})

test.run()
