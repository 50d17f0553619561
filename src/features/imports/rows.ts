// Lines of an import as its page shows them: what is stored of each, and what is said of it. Pure.

import { date } from "../../web/french.ts"
import { type PhonePlan, phoneText } from "../people/phone.ts"
import { CARD_FIELDS, type Difference, takenOf } from "./cards.ts"
import type { Columns } from "./columns.ts"
import type { GuardianValues } from "./guardians.ts"
import { remarksOn } from "./report.ts"
import type { ImportKind, Role } from "./spellings.ts"
import type { StaffValues } from "./staff.ts"
import {
  ASKING,
  heldCells,
  type ImportContext,
  type Settled,
  type Shelf,
  type StoredLine,
  shelfOf,
  UNCHANGED,
} from "./stored.ts"
import type { StudentValues } from "./students.ts"
import { partsOf } from "./targets.ts"
import { markOf, markText } from "./values.ts"
import { sentenceOf } from "./words.ts"

const EVERY: Shelf[] = [
  "review",
  "cells",
  "differs",
  "unplaced",
  "create",
  "fill",
  "enrol",
  "marks",
  "duplicate",
  "ignore",
  "header",
  "section",
]

/** Tabs of an import, in order: the shelves each shows. The first leaves out what changes nothing. */
export const TABS: { key: string; label: string; shelves: Shelf[] }[] = [
  { key: "", label: "Ce qui change", shelves: EVERY.filter((shelf) => !UNCHANGED.includes(shelf)) },
  { key: "review", label: "À vérifier", shelves: ["review", "cells"] },
  { key: "differs", label: "Fiches différentes", shelves: ["differs"] },
  { key: "unplaced", label: "Classe absente", shelves: ["unplaced"] },
  { key: "create", label: "À créer", shelves: ["create"] },
  { key: "fill", label: "Fiches mises à jour", shelves: ["fill"] },
  { key: "enrol", label: "À inscrire", shelves: ["enrol"] },
  { key: "marks", label: "Notes", shelves: ["marks", "cells"] },
  { key: "duplicate", label: "Déjà connues", shelves: ["duplicate"] },
  { key: "ignore", label: "Ignorées", shelves: ["ignore"] },
  { key: "heads", label: "En-têtes et classes", shelves: ["header", "section"] },
  { key: "all", label: "Toutes", shelves: EVERY },
]

export const countOf = (counts: Partial<Record<Shelf, number>>, shelves: readonly Shelf[]) =>
  (shelves.length > 0 ? shelves : (Object.keys(counts) as Shelf[])).reduce(
    (sum, shelf) => sum + (counts[shelf] ?? 0),
    0,
  )

export type Cell = { text: string; held?: boolean }

export type ShownLine = {
  line: number
  badge: { state: string; word: string }
  /** one cell a head; null for a line that holds nobody, which shows its text */
  cells: Cell[] | null
  text: string
  remarks: string
  asks: boolean
  answered: boolean
}

export type Shown = {
  kind: ImportKind
  context: ImportContext
  plan: PhonePlan
  columns: readonly Columns[]
  keys: string[]
  written: ReadonlySet<number>
  /** after an undo: the lines of which something stays */
  kept: ReadonlySet<number> | null
  raw: boolean
}

const HEADS: Record<ImportKind, string[]> = {
  students: ["Élève", "Matricule", "Né(e) le", "À", "Sexe", "Classe", "Téléphone"],
  guardians: ["Tuteur", "Lien", "Téléphone", "Second", "Élève", "Classe", "SMS"],
  staff: ["Nom", "Numéro d’agent", "Sexe", "Fonction", "Téléphone", "Adresse électronique", "Spécialités"],
  marks: ["Élève"],
}

/** The heads of the table; a column of marks has its category under its subject. */
export const headsOf = ({ kind, keys }: Pick<Shown, "kind" | "keys">): { name: string; small: string }[] => [
  ...HEADS[kind].map((name) => ({ name, small: "" })),
  ...keys.map((key) => {
    const { name, category } = partsOf(key)
    return { name: name || (category as string), small: name ? (category ?? "") : "" }
  }),
]

/** Naissance as one reads it: « 03/02/2012 », « vers 2008 ». */
export const birthOf = (iso: string | null) =>
  iso === null ? "" : iso.length === 4 ? `vers ${iso}` : date(iso)

export function shownLine({ line, outcome, answer }: StoredLine, shown: Shown, names: Names): ShownLine {
  const shelf = shelfOf(outcome, shown.context.replace)
  const asks = shelf === "unplaced" || ASKING.includes(shelf)
  const written = shown.written.has(line)
  const answered = answer !== null
  return {
    line,
    badge: written && shown.kept ? undoneBadge(shown.kept.has(line)) : badgeOf(shelf, { answered, written }),
    cells: shown.raw ? null : cellsOf(outcome, shown, names),
    text: outcome.raw.filter(Boolean).join(" · "),
    remarks: remarksOf(outcome, { taken: takenNow(shown, { outcome, answer }), plan: shown.plan }),
    asks: asks && !(written && shelf !== "cells"),
    answered,
  }
}

/** What of a line's fields would be written as things stand. */
export const takenNow = (
  { context }: Pick<Shown, "context">,
  { outcome, answer }: Pick<StoredLine, "outcome" | "answer">,
) => takenOf(outcome.fields ?? [], (answer && "takes" in answer && answer.takes) || {}, context.replace)

const undoneBadge = (kept: boolean) =>
  kept ? { state: "warning", word: "Gardé" } : { state: "gone", word: "Retiré" }

type Names = ReadonlyMap<number, string>

const BADGES: Record<string, [state: string, word: string, written: string]> = {
  create: ["done", "À créer", "Créé"],
  marks: ["done", "Notes", "Notes écrites"],
  review: ["warning", "À vérifier", "Enregistré"],
  unplaced: ["warning", "Classe absente", "Enregistré"],
  cells: ["warning", "Cases à vérifier", "Notes écrites"],
  differs: ["warning", "Fiche différente", "Fiche mise à jour"],
  fill: ["done", "À mettre à jour", "Fiche mise à jour"],
  enrol: ["done", "À inscrire", "Inscrit"],
  duplicate: ["plain", "Déjà connue", "Inscrit"],
  ignore: ["gone", "Ignorée", "Ignorée"],
  header: ["plain", "En-tête", "En-tête"],
  section: ["plain", "Classe", "Classe"],
}

function badgeOf(shelf: Shelf, { answered, written }: { answered: boolean; written: boolean }) {
  const [state, word, done] = BADGES[shelf] ?? ["plain", shelf, shelf]
  if (written && (shelf !== "cells" || answered)) return { state: "done", word: done }
  return answered ? { state: "checked", word: "Répondue" } : { state, word }
}

function cellsOf(outcome: Settled, shown: Shown, names: Names): Cell[] | null {
  const { kind, plan } = shown
  const { canonical } = outcome
  const texts = (list: (string | null | undefined)[]) => list.map((text) => ({ text: text ?? "" }))
  if (kind === "marks") return outcome.cells ? markCells(outcome, shown, names) : null
  if (!canonical || outcome.action === "duplicate") return null
  if (kind === "staff") {
    const one = canonical as unknown as StaffValues
    const phone = unbroken(phoneText(one.telephone, plan))
    const name = `${one.nom} ${one.prenom}`.trim()
    return texts([name, one.matricule, one.sexe, one.fonction, phone, one.email, one.specialites])
  }
  if (kind === "students") {
    const one = canonical as unknown as StudentValues
    const name = `${one.nom} ${one.prenom}`.trim()
    const phone = unbroken(phoneText(one.telephone, plan))
    const classe = unbroken(one.classe ?? "")
    return texts([name, one.matricule, birthOf(one.naissance), one.lieu, one.sexe, classe, phone])
  }
  const one = canonical as unknown as GuardianValues
  const sms = one.sms === null ? "" : one.sms ? "oui" : "non"
  const [phone, second] = [one.telephone, one.telephone2].map((e164) => unbroken(phoneText(e164, plan)))
  return texts([one.tuteur, LINKS[one.lien], phone, second, one.eleve, unbroken(one.classe ?? ""), sms])
}

const unbroken = (text: string) => text.replaceAll(" ", "\u00a0")

export const LINKS = { PERE: "père", MERE: "mère", TUTEUR: "tuteur" } as const

/** The student's own name, or the one in the file while nobody was found; a held cell as it stands in the file. */
function markCells(outcome: Settled, { keys, columns }: Shown, names: Names): Cell[] {
  const roles = columnsAbove(columns, outcome.line)?.roles ?? []
  const written = (role: Role) => outcome.raw[roles.indexOf(role)] ?? ""
  const typed = NAMES.map(written).filter(Boolean).join(" ")
  const held = new Set(heldCells(outcome))
  const cells = keys.map((key): Cell => {
    const cell = outcome.cells?.[key]
    const value = cell && markOf(cell)
    if (held.has(key)) return { text: written(`mark:${key}`), held: true }
    return { text: value ? markText(value) : "" }
  })
  return [{ text: names.get(Number(outcome.student)) ?? typed }, ...cells]
}

const NAMES: Role[] = ["full_name", "full_name_given_first", "surname", "given_names"]

/** Everything said of a line, in one paragraph; `taken` of its fields are written as things stand. */
export function remarksOf(
  outcome: Settled,
  { taken = [], plan }: { taken?: readonly Difference[]; plan?: PhonePlan } = {},
): string {
  const known =
    outcome.action === "duplicate" && (outcome.fields !== undefined || outcome.enrol !== undefined)
  const said = remarksOn(known ? { ...outcome, duplicate_of: undefined } : outcome)
  if (outcome.enrol) said.push(`Élève connu, à inscrire en ${outcome.enrol}.`)
  if (outcome.action === "duplicate") {
    for (const one of outcome.fields ?? []) said.push(changeText(one, taken.includes(one), plan))
  }
  for (const [key, text] of Object.entries(outcome.marked ?? {})) {
    said.push(`${key} : ${sentenceOf("mark_differs")} (${text})`)
  }
  return said.join(" ")
}

/** « Téléphone : 70 00 00 01 → 70 00 00 02 (fiche gardée). » */
function changeText({ field, before, after }: Difference, taken: boolean, plan?: PhonePlan): string {
  const [was, will] = [before, after].map((value) => valueText(field, value, plan))
  const done = taken ? (before === null ? "complété" : "remplacé") : "fiche gardée"
  return `${CARD_FIELDS[field]} : ${was || "vide"} → ${will} (${done}).`
}

/** A value of a card or a line as one reads it. */
export function valueText(field: string, value: unknown, plan?: PhonePlan): string {
  if (typeof value === "boolean") return value ? "oui" : "non"
  if (typeof value !== "string") return ""
  if (field === "naissance") return birthOf(value)
  if (field === "lien") return LINKS[value as keyof typeof LINKS] ?? value
  return plan && field.startsWith("telephone") ? phoneText(value, plan) : value
}

/** The header above a line: what its cells mean. */
export const columnsAbove = (columns: readonly Columns[], line: number): Columns | null =>
  columns.filter((one) => one.line < line).at(-1) ?? columns[0] ?? null
