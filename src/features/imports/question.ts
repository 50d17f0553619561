// What the page of one line shows a person who must decide. Pure.
import type { Problem } from "../../web/form.ts"
import { fold } from "../people/naming.ts"
import { type PhonePlan, phoneText } from "../people/phone.ts"
import { searchTerms } from "../people/rules.ts"
import { type Columns, positions } from "./columns.ts"
import type { Known } from "./preview.ts"
import type { SchoolStudent } from "./queries/school.ts"
import { cellProblem } from "./report.ts"
import { birthOf, columnsAbove, LINKS } from "./rows.ts"
import type { ImportKind, Role } from "./spellings.ts"
import { heldCells, type LineAnswer, type Settled } from "./stored.ts"

/** The cells of a line under their heads, as they stand in the file. */
export function rawCells(columns: readonly Columns[], outcome: Settled): { head: string; text: string }[] {
  const heads = columnsAbove(columns, outcome.line)?.heads ?? []
  return outcome.raw
    .map((text, at) => ({ head: heads[at] || `Colonne ${at + 1}`, text }))
    .filter(({ text }) => text !== "")
}

const FIELDS: Record<string, [field: string, label: string][]> = {
  students: [
    ["nom", "Nom"],
    ["prenom", "Prénoms"],
    ["matricule", "Matricule"],
    ["naissance", "Né(e) le"],
    ["lieu", "À"],
    ["sexe", "Sexe"],
    ["classe", "Classe"],
    ["telephone", "Téléphone"],
  ],
  guardians: [
    ["tuteur", "Tuteur"],
    ["lien", "Lien"],
    ["telephone", "Téléphone"],
    ["telephone2", "Second numéro"],
    ["eleve", "Élève"],
    ["sms", "Accepte les SMS"],
  ],
}

export type Compared = { label: string; here: string; there: string; differs: boolean }[]

/** The line beside whom it resembles: a student of the school, or another line of the file. */
export function comparison(
  kind: ImportKind,
  outcome: Settled,
  known: Known,
  other: Settled | undefined,
  plan: PhonePlan,
): Compared | null {
  if (outcome.conflicts_with === undefined || !outcome.canonical) return null
  const student = known.students.find(({ id }) => id === outcome.student)
  const there = (other?.canonical ?? (kind === "students" ? student : undefined)) as
    | Record<string, unknown>
    | undefined
  const here = outcome.canonical as Record<string, unknown>
  if (!there) return null
  const fields = FIELDS[kind] ?? []
  return fields
    .filter(([field]) => field in here)
    .map(([field, label]) => {
      const [one, two] = [here, there].map((row) => valueText(field, row[field], plan)) as [string, string]
      return { label, here: one, there: two, differs: fold(one) !== fold(two) }
    })
}

function valueText(field: string, value: unknown, plan: PhonePlan): string {
  if (typeof value === "boolean") return value ? "oui" : "non"
  if (typeof value !== "string") return ""
  if (field === "naissance") return birthOf(value)
  if (field === "lien") return LINKS[value as keyof typeof LINKS] ?? value
  return field.startsWith("telephone") ? phoneText(value, plan) : value
}

/** Roles whose value could not be read: the field shows what stands in the file instead. */
const FROM_FILE: [Role, string][] = [
  ["matricule", "matricule"],
  ["surname", "nom"],
  ["given_names", "prenom"],
  ["sex", "sexe"],
  ["birth_date", "naissance"],
  ["birth_place", "lieu"],
  ["class", "classe"],
  ["phone", "telephone"],
  ["phone2", "telephone2"],
  ["guardian", "tuteur"],
]

/** The fields one may type again, filled with what was read, else with what the file says. */
export function filled(
  { columns, kind }: { columns: readonly Columns[]; kind: ImportKind },
  outcome: Settled,
  plan: PhonePlan,
): Record<string, string> {
  const values: Record<string, string> = {}
  const above = columnsAbove(columns, outcome.line)
  const at = above ? positions(above) : new Map<Role, number>()
  const canonical = outcome.canonical ?? {}
  for (const [role, field] of FROM_FILE) {
    const value = canonical[field]
    const text = typeof value === "string" ? valueText(field, value, plan) : ""
    values[role] = text || (outcome.action === "review" ? (outcome.raw[at.get(role) ?? -1] ?? "") : "")
  }
  // a suggestion is shown beside the field; it never replaces what the file says
  if (kind !== "guardians") return values
  const { lien, sms } = canonical as { lien?: keyof typeof LINKS; sms?: boolean | null }
  return {
    ...values,
    link: LINKS[lien ?? "TUTEUR"],
    consent: sms === true ? "oui" : sms === false ? "non" : "",
  }
}

const MOST_FOUND = 15

export type Candidate = { id: number; label: string }

/** Students whom the line may be about: those it resembles, and those a search finds. */
export function candidatesFor(kind: ImportKind, outcome: Settled, known: Known, q: string): Candidate[] {
  if (kind === "marks") return []
  const { canonical = {} } = outcome
  const name = fold(
    kind === "students" ? `${canonical.nom} ${canonical.prenom}` : String(canonical.eleve ?? ""),
  )
  const terms = searchTerms(q).map(({ text }) => text)
  const close = (one: SchoolStudent) =>
    one.id === outcome.student ||
    (one.matricule !== null &&
      (one.matricule === canonical.matricule || one.matricule === outcome.suggestion)) ||
    [fold(`${one.nom} ${one.prenom}`), fold(`${one.prenom} ${one.nom}`)].includes(name)
  const found = (one: SchoolStudent) => {
    const text = fold(`${one.nom} ${one.prenom} ${one.matricule ?? ""}`)
    return terms.length > 0 && terms.every((term) => text.includes(term))
  }
  const asked = known.students.filter((one) => close(one) || found(one))
  return asked.slice(0, MOST_FOUND).map((one) => ({ id: one.id, label: studentText(one) }))
}

export const studentText = ({ nom, prenom, matricule, naissance, classe }: SchoolStudent) =>
  [`${nom} ${prenom}`, matricule ?? "sans matricule", birthOf(naissance ?? null), classe ?? "sans classe"]
    .filter(Boolean)
    .join(" · ")

export type HeldCell = { key: string; text: string; why: string; marked: string | null; value: string }

/** The cells of a line of marks that wait: what stands in the file, and why. */
export function heldShown(columns: readonly Columns[], outcome: Settled): HeldCell[] {
  const above = columnsAbove(columns, outcome.line)
  return heldCells(outcome).map((key) => {
    const cell = outcome.cells?.[key]
    const at = above?.roles.indexOf(`mark:${key}`) ?? -1
    const text = outcome.raw[at] ?? ""
    return {
      key,
      text,
      why: (cell && cellProblem(cell)) ?? "",
      marked: outcome.marked?.[key] ?? null,
      value: cell && "value" in cell ? cell.value.replace(".", ",") : text,
    }
  })
}

/** A mark typed again that cannot be read either is refused beside its own field. */
export function cellProblems(before: Settled, after: Settled, answer: LineAnswer): Problem[] {
  if (answer.as !== "student" || after.action !== "marks") return []
  return heldCells(before).flatMap((key, at) => {
    const cell = after.cells?.[key]
    const typed = answer.typed?.[`mark:${key}`]
    const why = typed && cell ? cellProblem(cell) : null
    return why ? [{ field: `m${at}`, text: `« ${typed} » : ${why}.` }] : []
  })
}

const OF_FIELD: [RegExp, string][] = [
  [/phone/, "phone"],
  [/matricule/, "matricule"],
  [/birth|date/, "birth_date"],
  [/class/, "class"],
  [/^sex/, "sex"],
  [/given_names/, "given_names"],
  [/guardian_name/, "guardian"],
  [/surname|name_/, "surname"],
]

/** The field that a reason is about; the choice itself for what no field says. */
export function fieldOf(reason: string): string {
  if (/student|another_student|already/.test(reason)) return "as"
  return OF_FIELD.find(([pattern]) => pattern.test(reason))?.[1] ?? "as"
}
