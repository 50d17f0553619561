// What the page of one line shows a person who must decide. Pure.
import type { Problem } from "../../web/form.ts"
import { fold } from "../people/naming.ts"
import type { PhonePlan } from "../people/phone.ts"
import { searchTerms } from "../people/rules.ts"
import { type Columns, positions } from "./columns.ts"
import type { Known } from "./preview.ts"
import type { SchoolStaff, SchoolStudent } from "./queries/school.ts"
import { cellProblem } from "./report.ts"
import { birthOf, columnsAbove, LINKS, valueText } from "./rows.ts"
import type { Sides } from "./sides.ts"
import type { ImportKind, Role } from "./spellings.ts"
import { heldCells, type LineAnswer, type Settled } from "./stored.ts"

/** The cells of a line under their heads, as they stand in the file. */
export function rawCells(columns: readonly Columns[], outcome: Settled): { head: string; text: string }[] {
  const heads = columnsAbove(columns, outcome.line)?.heads ?? []
  return outcome.raw
    .map((text, at) => ({ head: heads[at] || `Colonne ${at + 1}`, text }))
    .filter(({ text }) => text !== "")
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
  ["position", "fonction"],
  ["email", "email"],
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

type Person = { id: number; nom: string; prenom: string; matricule: string | null; label: string }

/** Those of the school whom a line may be about: students, or the staff for a list of the staff. */
const personsOf = (kind: ImportKind, { students, staff = [] }: Known): Person[] =>
  kind === "staff"
    ? staff.map((one) => ({ ...one, label: staffText(one) }))
    : students.map((one) => ({ ...one, label: studentText(one) }))

/** Persons whom the line may be about: those it resembles, and those a search finds. */
export function candidatesFor(kind: ImportKind, outcome: Settled, known: Known, q: string): Candidate[] {
  if (kind === "marks") return []
  const { canonical = {} } = outcome
  const name = fold(
    kind === "guardians" ? String(canonical.eleve ?? "") : `${canonical.nom} ${canonical.prenom}`,
  )
  const terms = searchTerms(q).map(({ text }) => text)
  const close = (one: Person) =>
    one.id === outcome.student ||
    (one.matricule !== null &&
      (one.matricule === canonical.matricule || one.matricule === outcome.suggestion)) ||
    [fold(`${one.nom} ${one.prenom}`), fold(`${one.prenom} ${one.nom}`)].includes(name)
  const found = (one: Person) => {
    const text = fold(`${one.nom} ${one.prenom} ${one.matricule ?? ""}`)
    return terms.length > 0 && terms.every((term) => text.includes(term))
  }
  const asked = personsOf(kind, known).filter((one) => close(one) || found(one))
  return asked.slice(0, MOST_FOUND).map(({ id, label }) => ({ id, label }))
}

export const studentText = ({ nom, prenom, matricule, naissance, classe }: SchoolStudent) =>
  [`${nom} ${prenom}`, matricule ?? "sans matricule", birthOf(naissance ?? null), classe ?? "sans classe"]
    .filter(Boolean)
    .join(" · ")

const staffText = ({ nom, prenom, matricule, fonction }: SchoolStaff) =>
  [`${nom} ${prenom}`, matricule, fonction].filter(Boolean).join(" · ")

/** What a line may become, in the order in which it is asked; the first is what is most likely. */
export function answersFor(
  kind: ImportKind,
  outcome: Settled,
  { candidates, sides }: { candidates: readonly Candidate[]; sides: Sides | null },
): { value: string; label: string }[] {
  const known = outcome.action === "duplicate"
  if (known && kind === "guardians") {
    return [
      { value: sides?.beside ?? "", label: "C’est le même tuteur : la fiche dit ce qui est choisi" },
      { value: "new", label: "C’est une autre personne : la créer et la relier aussi à l’élève" },
    ]
  }
  if (known) {
    return [{ value: sides?.beside ?? "", label: "C’est cette personne : la fiche dit ce qui est choisi" }]
  }
  const elder = sides?.line
  const earlier = elder
    ? [
        {
          value: `line:${elder}`,
          label: `C’est la même personne que la ligne ${elder} : ne rien créer de plus`,
        },
      ]
    : []
  if (kind === "guardians") {
    if (outcome.reason === "guardian_already_linked") return earlier
    const about = candidates.map(({ id, label }) => ({
      value: `student:${id}`,
      label: `Il s’agit de l’élève : ${label}`,
    }))
    const child = outcome.canonical?.eleve ?? "l’élève"
    const link = { value: "new", label: `Relier à ${child}, avec les valeurs ci-dessous` }
    return outcome.student === undefined ? about : [...about, link]
  }
  const same = candidates.map(({ id, label }) => ({
    value: `student:${id}`,
    label: `C’est la même personne : ${label}`,
  }))
  const two = sides ? "Ce sont deux personnes : en créer une" : "C’est une personne à créer"
  return [...earlier, ...same, { value: "new", label: `${two}, avec les valeurs ci-dessous` }]
}

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
  [/matricule|^number|^same_number/, "matricule"],
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
