// A grading profile as the editor's form types it, and back. Pure.
import { french } from "./fraction.ts"
import { type GradingProfile, profileProblems } from "./profile.ts"

/** A list of the profile: one row of the form an item, columns in order. */
type List = { key: ListKey; legend: string; hint: string; columns: readonly Column[] }
type Column = {
  key: string
  label: string
  kind: "text" | "number" | "codes" | "choice" | "tick"
  options?: readonly { value: string; label: string }[]
}
type ListKey = "categories" | "groups" | "appreciations" | "mentions" | "awards" | "decisions"

const text = (key: string, label: string): Column => ({ key, label, kind: "text" })
const number = (key: string, label: string): Column => ({ key, label, kind: "number" })
const REPEATING = [
  { value: "no", label: "non redoublant" },
  { value: "yes", label: "redoublant" },
]

export const LISTS: readonly List[] = [
  {
    key: "categories",
    legend: "Catégories d’évaluations",
    hint: "Le code reste : les évaluations déjà créées le portent. Poids 0 : notée, mais ne compte pas.",
    columns: [text("code", "Code"), text("label", "Intitulé"), number("weight", "Poids")],
  },
  {
    key: "groups",
    legend: "Blocs de matières",
    hint: "Chacun a son total partiel sur le bulletin. La conduite entre dans un bloc par son code CONDUITE.",
    columns: [
      text("code", "Code"),
      text("label", "Intitulé"),
      { key: "subjects", label: "Codes ajoutés", kind: "codes" },
    ],
  },
  {
    key: "appreciations",
    legend: "Appréciations par matière",
    hint: "La première dont le minimum est atteint est écrite.",
    columns: [text("label", "Appréciation"), number("min", "Dès")],
  },
  {
    key: "mentions",
    legend: "Mentions de la moyenne générale",
    hint: "La première dont le minimum est atteint est écrite.",
    columns: [text("label", "Mention"), number("min", "Dès")],
  },
  {
    key: "awards",
    legend: "Distinctions et avertissements",
    hint: "De haut en bas : la première dont toutes les conditions sont remplies est proposée au conseil.",
    columns: [
      text("label", "Distinction"),
      number("min", "Moyenne dès"),
      number("below", "Moyenne sous"),
      number("min_conduct", "Conduite dès"),
      number("min_each_subject", "Chaque matière dès"),
    ],
  },
  {
    key: "decisions",
    legend: "Décisions de fin d’année",
    hint: "De haut en bas : la première qui convient est proposée au conseil, qui décide.",
    columns: [
      text("label", "Décision"),
      number("min", "Moyenne dès"),
      number("below", "Moyenne sous"),
      { key: "if_repeating", label: "Pour", kind: "choice", options: REPEATING },
      { key: "if_none", label: "Sans moyenne", kind: "tick" },
    ],
  },
]

/** The questions that have one answer: the form's field, and its place in the profile. */
const SINGLE = {
  scale_min: "scale.min",
  scale_max: "scale.max",
  scale_step: "scale.entry_step",
  decimals: "rounding.decimals",
  rounding_stage: "rounding.stage",
  missing_category: "missing_category",
  absence_justified: "absence.ABS_J",
  absence_unjustified: "absence.ABS_NJ",
  absence_dispensed: "absence.DISP",
  absence_not_entered: "absence.NE",
  conduct_mode: "conduct.mode",
  conduct_coefficient: "conduct.coef",
  optional_threshold: "optional.threshold",
  rank_method: "rank.method",
  rank_compare: "rank.compare",
  rank_share: "rank.min_coef_share",
  pass_mark: "pass_mark",
  annual_use: "annual.use",
  annual_missing: "annual.missing_period",
} as const

const SHOWN = ["average", "rank", "stats"] as const
const NO_YEAR = "none"
/** More rows than any school has; a forged form stops here. */
const MOST_ROWS = 24

const DECIMAL = /^\d+(\.\d+)?$/
const typedValue = (value: unknown) =>
  typeof value === "string" && DECIMAL.test(value) ? french(value) : String(value ?? "")

export const cell = (list: string, row: number, column: string) => `${list}-${row}-${column}`

/** What the form shows of a profile. */
export function typedOf(profile: GradingProfile): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const [field, place] of Object.entries(SINGLE)) typed[field] = typedValue(valueAt(profile, place))
  if (!profile.annual) typed.annual_use = NO_YEAR
  for (const key of SHOWN) typed[`show_${key}`] = profile.output[key] ? "1" : ""
  for (const { key, columns } of LISTS) {
    const items = profile[key] as Record<string, unknown>[]
    for (const [n, item] of items.entries()) {
      for (const column of columns) typed[cell(key, n + 1, column.key)] = typedCell(item[column.key], column)
    }
  }
  return typed
}

function typedCell(value: unknown, { kind }: Column): string {
  if (kind === "codes") return (value as string[]).join(", ")
  if (kind === "tick") return value ? "1" : ""
  if (kind === "choice") return value === undefined ? "" : value ? "yes" : "no"
  return typedValue(value)
}

/** How many rows of a list the form shows: those filled, and two to add. */
export function rowsOf(typed: Record<string, string>, list: List): number {
  let last = 0
  for (let row = 1; row <= MOST_ROWS; row++) {
    if (list.columns.some(({ key }) => typed[cell(list.key, row, key)]?.trim())) last = row
  }
  return Math.min(MOST_ROWS, last + 2)
}

export type TypedProblem = { field: string; text: string }

/**
 * The profile that a form describes, its periods those of the profile given (a school's own calendar replaces them);
 * or what is wrong, beside the field it is about.
 */
export function profileFrom(
  typed: Record<string, string>,
  { periods }: Pick<GradingProfile, "periods">,
): { ok: true; profile: GradingProfile } | { ok: false; problems: TypedProblem[] } {
  const config: Record<string, unknown> = { periods }
  const fields = new Map<string, string>()
  for (const [field, place] of Object.entries(SINGLE)) {
    if (typed.annual_use === NO_YEAR && field.startsWith("annual_")) continue
    fields.set(place, field)
    const value = typed[field]?.trim() ?? ""
    setAt(config, place, field === "decimals" ? wholeOf(value) : value)
  }
  config.output = Object.fromEntries(SHOWN.map((key) => [key, Boolean(typed[`show_${key}`])]))
  for (const list of LISTS) config[list.key] = itemsOf(typed, list, fields)
  const read = profileProblems(config)
  if (read.ok) return read
  return {
    ok: false,
    problems: read.problems.map(({ place, text }) => ({
      field: fields.get(place) ?? firstOf(place, fields),
      text: sentence(text),
    })),
  }
}

/** A problem of a whole list is told at its first cell. */
const firstOf = (place: string, fields: ReadonlyMap<string, string>) =>
  [...fields].find(([other]) => other.startsWith(`${place}.`))?.[1] ?? cell(place, 1, "label")

function itemsOf(typed: Record<string, string>, { key, columns }: List, fields: Map<string, string>) {
  const items: Record<string, unknown>[] = []
  for (let row = 1; row <= MOST_ROWS; row++) {
    const cells = columns.map((column) => [column, typed[cell(key, row, column.key)]?.trim() ?? ""] as const)
    if (cells.every(([, value]) => value === "")) continue
    for (const [column] of cells)
      fields.set(`${key}.${items.length}.${column.key}`, cell(key, row, column.key))
    const item = Object.fromEntries(cells.map(([column, value]) => [column.key, read(value, column)]))
    items.push(Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)))
  }
  return items
}

function read(value: string, { key, kind }: Column): unknown {
  if (kind === "codes") return value.split(/[\s,;]+/).filter(Boolean)
  if (kind === "tick") return value === "" ? undefined : true
  if (kind === "choice") return value === "" ? undefined : value === "yes"
  return value === "" && key !== "label" && key !== "code" ? undefined : value
}

const wholeOf = (value: string) => (/^\d$/.test(value) ? Number(value) : value)

function valueAt(profile: GradingProfile, place: string): unknown {
  return place
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], profile)
}

function setAt(config: Record<string, unknown>, place: string, value: unknown): void {
  const [first, second] = place.split(".") as [string, string | undefined]
  if (second === undefined) config[first] = value
  else config[first] = { ...(config[first] as object | undefined), [second]: value }
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
