// A line beside the card of somebody the school has: what differs, field by field, and what becomes of it. Pure.
import { fold, hasMarks } from "../people/naming.ts"
import type { Canonical } from "./outcomes.ts"
import type { ImportKind } from "./spellings.ts"

/** What an import may put on a card; `classe` is where a student is, `lien` what a guardian is to one child. */
export const CARD_FIELDS = {
  nom: "Nom",
  prenom: "Prénoms",
  matricule: "Matricule",
  naissance: "Naissance",
  lieu: "Lieu de naissance",
  sexe: "Sexe",
  classe: "Classe",
  telephone: "Téléphone",
  telephone2: "Second téléphone",
  email: "Adresse électronique",
  adresse: "Adresse",
  nationalite: "Nationalité",
  pere: "Père",
  mere: "Mère",
  lien: "Lien avec l’élève",
  sms: "Accord pour les SMS",
  fonction: "Fonction",
  grade: "Grade",
  diplomes: "Diplômes",
  specialites: "Spécialités",
} as const

export type CardField = keyof typeof CARD_FIELDS

export const isCardField = (word: string): word is CardField => Object.hasOwn(CARD_FIELDS, word)

/** One field that the file tells otherwise than the card; `before` is null where the card says nothing. */
export interface Difference {
  field: CardField
  before: string | null
  after: string
  /** the earlier line of the file that says `before`; not given: the card does */
  line?: number
}

/** What a person chose for single fields: true takes the file's value, false keeps the card's. */
export type Takes = Partial<Record<CardField, boolean>>

/** What a card says of each field; a field left out is not known to this kind of card. */
export type CardValues = Partial<Record<CardField, string | null>>

const ORDER = Object.keys(CARD_FIELDS) as CardField[]

/** Written by hand and in words: capitals, accents and dashes are no difference. */
const IN_WORDS: ReadonlySet<CardField> = new Set<CardField>([
  "lieu",
  "adresse",
  "nationalite",
  "pere",
  "mere",
  "email",
  "fonction",
  "grade",
  "diplomes",
  "specialites",
])

/**
 * What `line` says and the card says otherwise or not at all; what a line leaves out is no difference. A name
 * differs when it is another one, or when the file has the accents that the card lacks. A year of birth says
 * nothing against a day of that year, nor a second number against a first one that it repeats.
 */
export function differencesOf(line: CardValues, card: CardValues): Difference[] {
  return ORDER.flatMap((field) => {
    const after = line[field]
    const before = card[field]
    if (before === undefined || after === null || after === undefined || after === "") return []
    return before !== null && isSame(field, before, after) ? [] : [{ field, before, after }]
  }).filter(({ field, after }) => !(isPhone(field) && alreadyThere(after, card)))
}

function isSame(field: CardField, before: string, after: string): boolean {
  if (before === after) return true
  if (field === "nom" || field === "prenom") {
    return fold(before) === fold(after) && (hasMarks(before) || !hasMarks(after))
  }
  if (field === "naissance") return after.length === 4 && before.startsWith(after)
  return IN_WORDS.has(field) && fold(before) === fold(after)
}

const isPhone = (field: CardField) => field === "telephone" || field === "telephone2"

const alreadyThere = (number: string, { telephone, telephone2 }: CardValues) =>
  number === telephone || number === telephone2

/**
 * The differences that are written: those a person chose; else an empty field is filled, a refusal of SMS is kept,
 * and another value replaces the card's only where the whole column was said to.
 */
export const takenOf = (
  fields: readonly Difference[],
  takes: Takes,
  replace: readonly CardField[],
): Difference[] => fields.filter((one) => takes[one.field] ?? takenByItself(one, replace))

export const takenByItself = ({ field, before, after }: Difference, replace: readonly CardField[]): boolean =>
  before === null || replace.includes(field) || (field === "sms" && after === "non")

/** Whether somebody has something to decide: filling what is empty needs nobody. */
export const needsChoice = (fields: readonly Difference[], replace: readonly CardField[] = []) =>
  fields.some((one) => !takenByItself(one, replace))

/** What a line says of each field, from its canonical values and what stands beside them. */
export function lineValues(canonical: Canonical = {}, extra: Record<string, string> = {}): CardValues {
  const values: CardValues = {}
  for (const field of ORDER) {
    const value = canonical[field]
    if (typeof value === "string") values[field] = value
    if (typeof value === "boolean") values[field] = value ? "oui" : "non"
  }
  const { address, nationality, father, mother } = extra
  return {
    ...values,
    ...(address && { adresse: address }),
    ...(nationality && { nationalite: nationality }),
    ...(father && { pere: father }),
    ...(mother && { mere: mother }),
  }
}

/** The columns that may be replaced for the whole file, by kind of file. */
export const COLUMNS_OF: Record<ImportKind, readonly CardField[]> = {
  students: [
    "nom",
    "prenom",
    "naissance",
    "lieu",
    "sexe",
    "classe",
    "telephone",
    "adresse",
    "nationalite",
    "pere",
    "mere",
  ],
  guardians: ["telephone", "telephone2", "lien", "sms"],
  staff: ["nom", "prenom", "sexe", "fonction", "telephone", "email", "grade", "diplomes", "specialites"],
  marks: [],
}
