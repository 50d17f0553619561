import { test } from "uvu"
import * as assert from "uvu/assert"
import { DEFAULTS, type Settings } from "../../settings.ts"
import { textOf } from "./content.ts"
import { KINDS, kindOf, type PaperKind, WORDED_KINDS } from "./kinds.ts"
import { ofParents, ofSchool, reference, staysOf } from "./rules.ts"
import { agree, fill, type Sex, type TextBlock, type Values, wordingProblems } from "./wording.ts"

const settings: Settings = {
  ...DEFAULTS,
  name: "Lycée Kalanso",
  city: "Bamako",
  hosts: [],
  off: [],
  demo: false,
  linkDays: 60,
}
const student = {
  id: 1,
  surname: "TRAORÉ",
  given_names: "Aminata",
  matricule: "RC15CG26Z9002F",
  sex: "F" as Sex,
  birth_date: "2011-06-01",
  birth_year: 2011,
  birth_approximate: 0,
  birth_place: "Kati",
  nationality: null,
  father_name: "Karim TRAORÉ",
  mother_name: "Awa DIALLO",
}
const stay = {
  yearId: 1,
  yearLabel: "2026-2027",
  className: "10ème CG 1",
  from: "2026-10-01",
  until: null,
  leftOn: null,
  endReason: null,
}
const fields = {
  destination: "Lycée Exemple",
  left_on: "2026-12-10",
  reason: "Départ",
  work: null,
  conduct: null,
}

const plain = (blocks: TextBlock[]) =>
  blocks
    .map((block) =>
      block.kind === "text"
        ? block.runs.map(({ text }) => text).join("")
        : block.rows.map(({ label, value }) => `${label} = ${value}`).join("; "),
    )
    .join("\n")
    .replaceAll("\u00a0", " ")

const about = (changes: object, kind: PaperKind = "enrolment", when: object = {}) =>
  plain(
    textOf({
      kind,
      wording: kindOf(kind).wording,
      settings,
      origin: "https://kalanso.example",
      student: { ...student, ...changes },
      stay: { ...stay, ...when },
      fields,
      on: "2026-12-10",
    }),
  )

test("a girl's certificate agrees with her, a boy's with him", () => {
  assert.is(
    about({}).split("\n")[0],
    "Le Proviseur du Lycée Kalanso certifie que l’élève TRAORÉ Aminata, née le 1er juin 2011 à Kati, fille de Karim TRAORÉ et d’Awa DIALLO, matricule RC15CG26Z9002F, est régulièrement inscrite dans l’établissement, en classe de 10ème CG 1, au titre de l’année scolaire 2026-2027.",
  )
  assert.match(about({ sex: "M" }), "né le 1er juin 2011 à Kati, fils de Karim TRAORÉ")
  assert.match(about({ sex: "M" }), "régulièrement inscrit dans")
  assert.match(about({ sex: "M" }, "withdrawal"), "a été radié des effectifs")
  assert.match(about({}, "withdrawal"), "a été radiée des effectifs")
})

test("of a student whose sex is not known, both forms are written", () => {
  const text = about({ sex: null })
  assert.match(text, "né(e) le 1er juin 2011")
  assert.match(text, "fils/fille de Karim")
  assert.match(text, "régulièrement inscrit(e) dans")
  assert.is(agree("il", "elle", null), "il/elle")
  assert.is(agree("élève", "élève", null), "élève")
})

test("what the school does not know is left out with the words around it", () => {
  const bare = { matricule: null, birth_place: null, father_name: null, mother_name: null }
  assert.match(about(bare), "l’élève TRAORÉ Aminata, née le 1er juin 2011, est régulièrement inscrite")
  const unborn = { ...bare, birth_date: null, birth_year: null }
  assert.match(about(unborn), "l’élève TRAORÉ Aminata, est régulièrement")
  assert.match(
    about({ ...bare, birth_date: null, birth_year: 2010, birth_approximate: 1 }),
    "née vers 2010, est",
  )
  assert.match(about({ father_name: null }), "fille d’Awa DIALLO,")
})

test("a year that is over is told in the past", () => {
  const past = { yearLabel: "2025-2026", from: "2025-10-06", until: "2026-06-30", leftOn: "2026-07-01" }
  assert.match(about({}, "enrolment", past), "a été régulièrement inscrite")
  assert.match(
    about({}, "attendance", past),
    "a fréquenté régulièrement les cours de la classe de 10ème CG 1 du 6 octobre 2025 au 30 juin 2026, au titre",
  )
  assert.match(
    about({}, "attendance"),
    "fréquente régulièrement les cours de la classe de 10ème CG 1 depuis le 1er octobre",
  )
})

test("a transfer says class, destination, reason, work and conduct, each on its line, when they are known", () => {
  assert.match(
    about({}, "transfer"),
    "Classe suivie = 10ème CG 1; Destination = Lycée Exemple; Date de radiation = 10 décembre 2026; Motif = Départ\n",
  )
})

test("every wording of the product is without a fault, and fits every student", () => {
  for (const kind of WORDED_KINDS) {
    assert.equal(wordingProblems(KINDS[kind].wording.body), [], kind)
    for (const sex of ["F", "M", null]) {
      const text = about({ sex, matricule: null, birth_place: null }, kind)
      assert.not.match(text, /[{}[\]|]|undefined|null| ,| {2}/, kind)
    }
  }
})

test("a wrong wording is told what is wrong with it, sentence by sentence", () => {
  const wrong: [string, RegExp][] = [
    ["{nom} de {clase}", /« \{clase\} » n’existe pas/],
    ["{nom} de {classe", /accolade \{ n’est pas refermée/],
    ["{nom} [, né à {lieu}", /crochet \[ n’est pas refermé/],
    ["{nom} est là]", /« \] » est de trop/],
    ["{nom} est là}", /« \} » est de trop/],
    ["{nom} est {inscrit|}", /écrivez deux formes/],
    ["{nom} est {a|b|c}", /écrivez deux formes/],
    ["{nom} [toujours]", /ne contiennent aucun mot à remplacer/],
    ["Bonjour", /doit nommer l’élève/],
    ["{nom}\n".repeat(25), /24 lignes au plus/],
  ]
  for (const [body, expected] of wrong) assert.match(wordingProblems(body).join(" "), expected, body)
  assert.throws(() => fill("{clase}", {} as Values, "F"), /n’existe pas/)
})

test("placeholders are read whatever their accents, capitals and apostrophes", () => {
  const values = { nom: "KEÏTA Moussa", année: "2026-2027", "de l’école": "du Lycée" } as Values
  assert.is(plain(fill("{Nom} {ANNEE} {de l'ecole}", values, "M")), "KEÏTA Moussa 2026-2027 du Lycée")
})

test("what must be known and is not leaves a line to fill in by hand", () => {
  assert.match(
    plain(fill("{nom}, destination {destination}", { nom: "KEÏTA" } as Values, "M")),
    /destination ……+$/,
  )
})

test("French signs keep their spaces from breaking, apostrophes are typographic", () => {
  const [block] = fill("L'élève {nom} : « bien » !", { nom: "KEÏTA" } as Values, "M")
  assert.is(
    block?.kind === "text" && block.runs.map(({ text }) => text).join(""),
    "L’élève KEÏTA\u00a0: «\u00a0bien\u00a0»\u00a0!",
  )
})

test("the article of the school's name", () => {
  assert.is(ofSchool("Lycée Kalanso"), "du Lycée Kalanso")
  assert.is(ofSchool("Le Collège Moderne"), "du Collège Moderne")
  assert.is(ofSchool("École Faso"), "de l’École Faso")
  assert.is(ofSchool("L’Institut Ba"), "de l’Institut Ba")
  assert.is(ofSchool("Fondation Ba"), "de la Fondation Ba")
  assert.is(ofSchool("Kalanso"), "de l’établissement Kalanso")
})

test("parents, numbers and stays", () => {
  assert.is(ofParents("Ibrahim KONÉ", null), "d’Ibrahim KONÉ")
  assert.is(ofParents(null, null), null)
  assert.is(reference("CS", 2026, 12), "CS-2026-0012")
  assert.is(reference("CS", 2026, 12_345), "CS-2026-12345")
  const row = { year_id: 1, year_label: "2026-2027", year_ends: "2027-06-30", current: 1, end_reason: null }
  const [one, ...none] = staysOf([
    { ...row, class_label: "10ème CG 2", starts_on: "2026-11-03", ends_on: null },
    {
      ...row,
      class_label: "10ème CG 1",
      starts_on: "2026-10-01",
      ends_on: "2026-11-03",
      end_reason: "moved",
    },
  ])
  assert.equal(none, [])
  assert.equal(one && [one.className, one.from, one.until], ["10ème CG 2", "2026-10-01", null])
  const [left] = staysOf([
    { ...row, class_label: "10ème", starts_on: "2026-10-01", ends_on: "2027-03-01", end_reason: "withdrawn" },
  ])
  assert.equal(left && [left.until, left.leftOn], ["2027-02-28", "2027-03-01"])
  const [last] = staysOf([
    { ...row, current: 0, class_label: "10ème", starts_on: "2026-10-01", ends_on: null },
  ])
  assert.is(last?.until, "2027-06-30")
})

test.run()
