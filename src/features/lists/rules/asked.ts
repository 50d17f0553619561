// What an address of the students' list asks for: read with care, written back in one way. Pure.
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { CHANNELS } from "../../people/choices.ts"
import { COLUMNS, type ColumnKey, columnOf, DEFAULT_COLUMNS, isColumn } from "./columns.ts"

/** What the person asking may filter by and read beside names: guardians, and published averages. */
export type Rights = { guardians: boolean; academic: boolean }
export type Need = keyof Rights

/** Which students, by their situation in the year; the first is meant when nothing is asked. */
export const STATUSES = {
  enrolled: "Inscrits",
  unplaced: "Sans classe",
  withdrawn: "Partis",
  all: "Tous",
} as const
export type Status = keyof typeof STATUSES

export const SEXES = { F: "Filles", M: "Garçons", unknown: "Sexe non renseigné" } as const
export const REPEATING = { yes: "Redoublants", no: "Non redoublants" } as const
export const REGIMES = { ETAT: "État", PRIVE: "Privé", unknown: "Régime non renseigné" } as const
/** Of a family, not of one guardian: it is « yes » as soon as one accepts, « no » when somebody refused and nobody accepts. */
export const CONSENTS = {
  yes: "Accepte les SMS",
  no: "Refuse les SMS",
  unasked: "Accord jamais demandé",
  no_phone: "Sans téléphone de tuteur",
  no_guardian: "Sans tuteur",
} as const
/** Whether photos of the student may be published; what nobody asked is no permission. */
export const PHOTOS = {
  yes: "Photos publiées : oui",
  no: "Photos publiées : non",
  unasked: "Photos : jamais demandé",
} as const

const text = (most: number) => (typed: string) => typed.replace(/\s+/g, " ").trim().slice(0, most)
const row = (typed: string) => String(rowNumber(typed) || "")
const ticked = (typed: string) => (typed === "1" || typed === "on" ? "1" : "")
const year = (typed: string) => (/^(19|20)\d\d$/.test(typed.trim()) ? typed.trim() : "")
const hours = (typed: string) => (/^[1-9]\d{0,3}$/.test(typed.trim()) ? typed.trim() : "")
const oneOf = (words: object) => (typed: string) => (Object.hasOwn(words, typed) ? typed : "")

/** « 8,5 » and « 08.50 » are written « 8.5 »; nothing for zero and for what is no number of points. */
function points(typed: string): string {
  const parts = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed.trim())
  if (!parts) return ""
  const decimals = (parts[2] ?? "").replace(/0+$/, "")
  const written = `${Number(parts[1])}${decimals && `.${decimals}`}`
  return written === "0" ? "" : written
}

/** Every filter by its word in the address: how what was typed is brought to the one way it is written. */
const READERS = {
  q: text(100),
  year: row,
  level: text(20),
  series: text(20),
  class: row,
  status: (typed: string) => (typed === "enrolled" ? "" : oneOf(STATUSES)(typed)),
  sex: oneOf(SEXES),
  repeating: oneOf(REPEATING),
  regime: oneOf(REGIMES),
  born_from: year,
  born_to: year,
  no_matricule: ticked,
  no_birth: ticked,
  consent: oneOf(CONSENTS),
  zone: text(60),
  commune: text(60),
  quartier: text(60),
  channel: oneOf(CHANNELS),
  photo: oneOf(PHOTOS),
  below: points,
  fall: points,
  absent: hours,
} as const

export type FilterKey = keyof typeof READERS
export const FILTER_KEYS = Object.keys(READERS) as FilterKey[]

/** The filters that stand beside the search on every page; the others wait behind « Plus de filtres ». */
const USUAL: readonly FilterKey[] = ["q", "level", "class", "status"]
export const asksMore = ({ filters }: Asked) =>
  FILTER_KEYS.some((key) => filters[key] !== "" && !USUAL.includes(key))

const NEEDS: Partial<Record<FilterKey, Need>> = {
  consent: "guardians",
  // where a student lives is for who may read addresses
  zone: "guardians",
  commune: "guardians",
  quartier: "guardians",
  below: "academic",
  fall: "academic",
  absent: "academic",
}

export const SIZES = [50, 100] as const

export type Asked = {
  /** « » for what is not asked; « » as status means enrolled */
  filters: Record<FilterKey, string>
  columns: ColumnKey[]
  /** a column's word or « name », after a dash from the last to the first */
  sort: string
  page: number
  size: (typeof SIZES)[number]
  /** the saved list this address came from, 0 for none */
  list: number
  /** filters and columns that were asked for and that this person may not use */
  dropped: boolean
}

const one = (value: unknown) => String((Array.isArray(value) ? value.at(-1) : value) ?? "")
const asRecord = (query: string) => Object.fromEntries(new URLSearchParams(query))

/** Reads a query, of an address (as Express gives it) or as it was kept (« class=4&sex=F »). */
export function readAsked(query: Record<string, unknown> | string, rights: Rights): Asked {
  const given = typeof query === "string" ? asRecord(query) : query
  let dropped = false
  const may = (need: Need | undefined) => {
    if (need === undefined || rights[need]) return true
    dropped = true
    return false
  }
  const filters = Object.fromEntries(
    FILTER_KEYS.map((key) => {
      const value = READERS[key](one(given[key]))
      return [key, value && may(NEEDS[key]) ? value : ""]
    }),
  ) as Record<FilterKey, string>
  const chosen = columnsOf(given.col).filter((key) => may(columnOf(key).needs))
  const sort = one(given.sort)
  const by = sort.replace(/^-/, "")
  const sortable = by === "name" || (isColumn(by) && may(columnOf(by).needs))
  return {
    filters,
    columns: chosen.length > 0 ? chosen : [...DEFAULT_COLUMNS],
    sort: sortable ? sort : "name",
    page: pageNumber(one(given.page)),
    size: one(given.size) === "100" ? 100 : 50,
    list: rowNumber(one(given.list)),
    dropped,
  }
}

/** The columns ticked (`col=sex&col=class`) or kept in one word (`col=sex.class`), in the order of the table. */
function columnsOf(value: unknown): ColumnKey[] {
  const words = [value ?? []].flat().join(".").split(".")
  return (Object.keys(COLUMNS) as ColumnKey[]).filter((key) => words.includes(key))
}

/** What is asked as the words of an address, without the page; `except` leaves one filter out. */
export function queryOf(asked: Asked, except?: FilterKey): Record<string, string> {
  const query: Record<string, string> = {}
  for (const key of FILTER_KEYS) if (asked.filters[key] && key !== except) query[key] = asked.filters[key]
  const columns = asked.columns.join(".")
  if (columns !== DEFAULT_COLUMNS.join(".")) query.col = columns
  if (asked.sort !== "name") query.sort = asked.sort
  if (asked.size !== SIZES[0]) query.size = String(asked.size)
  if (asked.list) query.list = String(asked.list)
  return query
}

/** « class=4&sex=F »: what is kept of a list, without the number of the saved list it came from. */
export const keptQuery = (asked: Asked) => String(new URLSearchParams(queryOf({ ...asked, list: 0 })))

/** The address of the list that is asked for. */
export function pathOf(query: Record<string, string> | string): string {
  const written = String(new URLSearchParams(query))
  return written ? `/students?${written}` : "/students"
}

/** « 8.5 » -> 850: points of an address in hundredths. */
export function hundredthsOf(points: string): number {
  const [units = "0", decimals = ""] = points.split(".")
  return Number(units) * 100 + Number(decimals.padEnd(2, "0"))
}

type OfYear = {
  levels: readonly { code: string }[]
  series: readonly { code: string }[]
  classes: readonly { id: number }[]
}

/** Where a year is named, its own classes, levels and series: one of another year is not asked for any more. */
export function inItsYear(asked: Asked, { levels, series, classes }: OfYear): Asked {
  const { filters } = asked
  if (!filters.year) return asked
  const known = {
    class: classes.some(({ id }) => String(id) === filters.class),
    level: levels.some(({ code }) => code === filters.level),
    series: series.some(({ code }) => code === filters.series),
  }
  const kept = Object.fromEntries(
    (["class", "level", "series"] as const).map((key) => [key, known[key] ? filters[key] : ""]),
  )
  return { ...asked, filters: { ...filters, ...kept } }
}
