// What the forms of imports accept. Columns, classes and cells are as many as the file has: they are read by hand.
import { type Problem, typedIn } from "../../web/form.ts"
import { rowNumber } from "../../web/rowNumber.ts"
import { tidy, upperCase } from "../people/naming.ts"
import { isCardField, type Takes } from "./cards.ts"
import { type Columns, signatureOf } from "./columns.ts"
import type { ImportKind, Role } from "./spellings.ts"
import { heldCells, type ImportContext, type LineAnswer, type Settled, type Target } from "./stored.ts"

/** What a column can mean, in each kind of file, with the word that the school reads. */
export const ROLES: Record<ImportKind, [Role, string][]> = {
  students: [
    ["number", "Numéro d’ordre"],
    ["matricule", "Matricule"],
    ["surname", "Nom"],
    ["given_names", "Prénoms"],
    ["full_name", "Nom et prénoms"],
    ["full_name_given_first", "Prénoms et nom"],
    ["sex", "Sexe"],
    ["birth_date", "Date de naissance"],
    ["birth_place", "Lieu de naissance"],
    ["birth_date_and_place", "Date et lieu de naissance"],
    ["class", "Classe"],
    ["phone", "Téléphone"],
    ["phone2", "Second téléphone"],
    ["father", "Père"],
    ["mother", "Mère"],
    ["repeating", "Redoublant"],
    ["regime", "Régime"],
    ["address", "Adresse"],
    ["nationality", "Nationalité"],
    ["remark", "Observation"],
  ],
  guardians: [
    ["guardian", "Nom du tuteur"],
    ["guardian_surname", "Nom de famille du tuteur"],
    ["guardian_given_names", "Prénoms du tuteur"],
    ["link", "Lien avec l’élève"],
    ["phone", "Téléphone"],
    ["phone2", "Second téléphone"],
    ["consent", "Accord pour les SMS"],
    ["full_name", "Nom et prénoms de l’élève"],
    ["full_name_given_first", "Prénoms et nom de l’élève"],
    ["surname", "Nom de l’élève"],
    ["given_names", "Prénoms de l’élève"],
    ["class", "Classe de l’élève"],
    ["matricule", "Matricule de l’élève"],
    ["submitted_at", "Date de la réponse"],
  ],
  staff: [
    ["number", "Numéro d’ordre"],
    ["matricule", "Numéro d’agent"],
    ["surname", "Nom"],
    ["given_names", "Prénoms"],
    ["full_name", "Nom et prénoms"],
    ["full_name_given_first", "Prénoms et nom"],
    ["sex", "Sexe"],
    ["position", "Fonction"],
    ["subjects", "Matières enseignées"],
    ["phone", "Téléphone"],
    ["phone2", "Second téléphone"],
    ["email", "Adresse électronique"],
    ["grade", "Grade"],
    ["diplomas", "Diplômes"],
    ["specialities", "Spécialités"],
  ],
  marks: [
    ["number", "Numéro d’ordre"],
    ["matricule", "Matricule"],
    ["surname", "Nom"],
    ["given_names", "Prénoms"],
    ["full_name", "Nom et prénoms"],
    ["full_name_given_first", "Prénoms et nom"],
    ["class", "Classe"],
    ["unused", "Moyenne, rang ou total"],
  ],
}

/** The value of a column's select for « its cells are marks ». */
export const MARKS = "mark"

/** The choices of the page: context, classes, columns, and where marks go. `problems` when one is no choice. */
export function readChoices(
  body: unknown,
  { kind, context, columns }: { kind: ImportKind; context: ImportContext; columns: readonly Columns[] },
  offered: {
    classes: readonly { id: number }[]
    periods: readonly { id: number }[]
    unknown: string[]
    makeable: string[]
    keys: string[]
  },
): { context: ImportContext; problems: Problem[] } {
  const typed = typedIn(body)
  const problems: Problem[] = []
  const oneOf = (field: string, rows: readonly { id: number }[]) => {
    const id = rowNumber(typed[field])
    if (typed[field] && !rows.some((row) => row.id === id)) {
      problems.push({ field, text: "Choisissez dans la liste." })
    }
    return id || null
  }
  const next: ImportContext = { ...context, classId: oneOf("class", offered.classes) }
  if (kind === "students") next.from = typed.from === "today" ? "today" : "year"
  if (kind === "marks") next.periodId = oneOf("period", offered.periods)
  next.classes = { ...context.classes }
  offered.unknown.forEach((label, at) => {
    const said = typed[`k${at}`] ?? ""
    delete next.classes[label]
    const makeable = offered.makeable.includes(label)
    if (makeable && (said === "new" || (said === "" && typed.all_new))) next.classes[label] = "new"
    else if (said) {
      const id = oneOf(`k${at}`, offered.classes)
      if (id) next.classes[label] = id
    }
  })
  next.mappings = { ...context.mappings, ...chosenColumns(typed, columns, kind) }
  next.targets = { ...context.targets }
  offered.keys.forEach((key, at) => {
    const said = typed[`m${at}`]
    if (said !== undefined && said !== typed[`was${at}`]) next.targets[key] = targetOf(said)
  })
  return { context: next, problems }
}

/** The columns that a person changed, by header; untouched headers keep their guess. */
function chosenColumns(typed: Record<string, string>, columns: readonly Columns[], kind: ImportKind) {
  const known = new Set<string>([...ROLES[kind].map(([role]) => role), "unused"])
  const chosen: Record<string, (Role | null)[]> = {}
  distinctHeaders(columns).forEach(({ signature, heads, roles }, at) => {
    const said = heads.map((head, column): Role | null => {
      const word = typed[`c${at}_${column}`]
      const before = roles[column] ?? null
      if (word === undefined) return before
      if (word === MARKS)
        return before?.startsWith("mark:")
          ? before
          : `mark:${upperCase(tidy(head)) || `COLONNE ${column + 1}`}`
      return known.has(word) ? (word as Role) : null
    })
    const changed = said.some((role, column) => role !== (roles[column] ?? null))
    if (changed) chosen[signature] = said
  })
  return chosen
}

/** Each header once: a file in blocks repeats it. */
export function distinctHeaders(columns: readonly Columns[]): Columns[] {
  return [...new Map(columns.map((one) => [one.signature, one])).values()]
}

/** A file without any header: as many columns as its widest line, to be named by a person. */
export const bareColumns = (width: number): Columns => ({
  line: 0,
  signature: signatureOf([]),
  heads: Array.from({ length: width }, (_, at) => `Colonne ${at + 1}`),
  roles: Array.from({ length: width }, () => null),
  chosen: false,
})

/** « 12:CLASSE:new », « 12:CLASSE:45 »: a subject of the class, a category, an assessment. */
export const targetWord = (target: Target | null) =>
  target ? `${target.classSubject}:${target.category}:${target.assessment ?? "new"}` : ""

function targetOf(word: string): Target | null {
  const [subject, category, assessment] = word.split(":")
  const classSubject = rowNumber(subject)
  if (!classSubject || !category) return null
  return { classSubject, category, assessment: rowNumber(assessment) || null }
}

/** What a person may type again, by kind: the field's name and the reader's role. */
export const TYPED = {
  students: ["matricule", "surname", "given_names", "sex", "birth_date", "birth_place", "class", "phone"],
  guardians: ["guardian", "link", "phone", "phone2", "consent"],
  staff: ["matricule", "surname", "given_names", "sex", "position", "phone", "email"],
  marks: [],
} as const satisfies Record<ImportKind, readonly Role[]>

/** The answer to one line; null to decide later; a problem when nothing was chosen. */
export function readAnswer(
  body: unknown,
  kind: ImportKind,
  outcome: Settled,
): { answer: LineAnswer | null } | { problem: Problem } {
  const typed = typedIn(body)
  const as = typed.as ?? ""
  if (as === "later") return { answer: null }
  if (as === "left_out") return { answer: { as } }
  const again: Partial<Record<Role, string>> = {}
  for (const role of TYPED[kind]) {
    const said = typed[role]
    if (said !== undefined) again[role] = said.trim()
  }
  if (kind === "marks") return marksAnswer(typed, outcome)
  const [word, number] = as.split(":")
  const id = rowNumber(number)
  // fields were chosen beside one person; of another one nobody has seen them yet
  const takes = typed.beside === as ? takesIn(typed) : {}
  if (word === "student" && id) return { answer: { as: "student", student: id, typed: again, takes } }
  if (word === "line" && id) return { answer: { as: "line", line: id, takes } }
  if (as === "new") return { answer: { as, typed: again } }
  return { problem: { field: "as", text: "Choisissez ce que devient cette ligne." } }
}

/** « t_telephone=file »: the file's value is taken; « card »: the card's stays. */
export function takesIn(typed: Record<string, string>, before = ""): Takes {
  const takes: Takes = {}
  for (const [name, value] of Object.entries(typed)) {
    const field = name.startsWith(`${before}t_`) ? name.slice(before.length + 2) : ""
    if (isCardField(field) && (value === "file" || value === "card")) takes[field] = value === "file"
  }
  return takes
}

/** Held cells are `m0`, `m1`… in their order; `r0`… says which mark stays where the school has another. */
function marksAnswer(
  typed: Record<string, string>,
  outcome: Settled,
): { answer: LineAnswer } | { problem: Problem } {
  const student = rowNumber(typed.student) || Number(outcome.student ?? 0)
  if (!student) return { problem: { field: "student", text: "Choisissez l’élève dans la liste." } }
  const again: Partial<Record<Role, string>> = {}
  const replaces: string[] = []
  heldCells(outcome).forEach((key, at) => {
    const said = typed[`m${at}`]
    if (said !== undefined && said.trim() !== "") again[`mark:${key}`] = said.trim()
    if (typed[`r${at}`] === "file") replaces.push(key)
  })
  return { answer: { as: "student", student, typed: again, replaces } }
}
