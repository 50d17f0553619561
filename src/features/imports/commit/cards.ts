// Cards of people the school has, corrected as a file says and a person agreed.
import type { Db } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { fold } from "../../people/naming.ts"
import { derived } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import type { CardField } from "../cards.ts"
import { isTeaching } from "../staff.ts"
import type { Settled } from "../stored.ts"
import type { Journal } from "./journal.ts"

export type CardTable = "student" | "guardian" | "staff"

/** What one card is to say: fields of several lines of the file together, the later one above the earlier. */
export type CardUpdate = { line: number; id: number; set: Map<CardField | "statut", string> }

/** Adds what a settled line says of a card to what earlier lines said. */
export function collect(
  updates: Map<number, CardUpdate>,
  { line, set = [] }: Settled,
  id: number,
  apart: readonly CardField[] = [],
): void {
  const own = set.filter(({ field }) => !apart.includes(field))
  if (own.length === 0) return
  const update = updates.get(id) ?? { line, id, set: new Map() }
  for (const { field, after } of own) update.set.set(field, after)
  updates.set(id, update)
}

type Values = Record<string, string | number | null>

/** Columns that others follow from: put back by an undo, not told as changes of their own. */
const DERIVED = ["folded", "sort_name", "home"]

/** What was changed, without what only follows from it. */
export const withoutDerived = <T extends object>(values: T): T =>
  Object.fromEntries(Object.entries(values).filter(([column]) => !DERIVED.includes(column))) as T

/** Writes each card once, with the next version; refuses when somebody changes one at the same moment. */
export async function correctCards(
  trx: Db,
  { table, updates, source = "" }: { table: CardTable; updates: Iterable<CardUpdate>; source?: string },
  journal: Journal,
): Promise<void> {
  for (const { line, id, set } of updates) {
    const row = (await rowOf(trx, table, id)) as Values & { version: number }
    const after = columnsOf(table, set, { row, journal, source })
    const changed = Object.keys(after).filter((column) => (row[column] ?? null) !== after[column])
    if (changed.length === 0) continue
    const pick = (values: Values, columns: string[]) =>
      Object.fromEntries(columns.map((column) => [column, values[column] ?? null]))
    const version = row.version + 1
    await write(trx, table, { id, from: row.version }, { ...after, version, updated_at: journal.at })
    const label = table === "guardian" ? String(row.name) : studentName(named({ ...row, ...after }))
    journal.wrote(line, table, id, pick(row, changed), { ...pick(after, changed), version, label })
    const told = changed.filter((column) => !DERIVED.includes(column))
    const change = { subject: table, subjectId: id, action: "changed", before: pick(row, told) }
    journal.tell({ ...change, after: { ...pick(after, told), version } })
  }
}

const rowOf = (trx: Db, table: CardTable, id: number) =>
  trx.selectFrom(table).selectAll().where("id", "=", id).executeTakeFirstOrThrow()

async function write(trx: Db, table: CardTable, { id, from }: { id: number; from: number }, values: Values) {
  const { numUpdatedRows } = await trx
    .updateTable(table)
    .set(values)
    .where("id", "=", id)
    .where("version", "=", from)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new Refusal(409, "Une fiche vient d’être modifiée par quelqu’un d’autre : rien n’a été écrit.")
  }
}

const named = (row: Values) => ({ surname: String(row.surname), given_names: String(row.given_names) })

const COLUMNS: Record<CardTable, Partial<Record<CardField | "statut", string>>> = {
  student: {
    nom: "surname",
    prenom: "given_names",
    matricule: "matricule",
    lieu: "birth_place",
    sexe: "sex",
    telephone: "phone",
    adresse: "address",
    nationalite: "nationality",
    pere: "father_name",
    mere: "mother_name",
    statut: "status",
  },
  guardian: { telephone: "phone", telephone2: "phone2" },
  staff: {
    nom: "surname",
    prenom: "given_names",
    matricule: "employee_number",
    sexe: "sex",
    fonction: "position",
    telephone: "phone",
    email: "email",
    grade: "grade",
    diplomes: "diplomas",
    specialites: "specialities",
  },
}

type Beside = { row: Values; journal: Journal; source: string }

function columnsOf(table: CardTable, set: CardUpdate["set"], { row, journal, source }: Beside): Values {
  const columns: Values = {}
  for (const [field, value] of set) {
    const column = COLUMNS[table][field]
    if (column) columns[column] = value
  }
  const birth = table === "student" ? set.get("naissance") : undefined
  if (birth) Object.assign(columns, birthColumns(birth))
  const sms = table === "guardian" ? set.get("sms") : undefined
  if (sms) {
    const consent = sms === "oui" ? 1 : 0
    Object.assign(columns, { sms_consent: consent, consent_at: journal.at, consent_source: source })
  }
  if (table === "staff" && set.has("fonction") && isTeaching(String(columns.position))) columns.teaching = 1
  const after = { ...row, ...columns }
  if (table === "student") Object.assign(columns, derived({ ...after, ...named(after) } as never))
  if (table === "staff") columns.folded = fold(studentName(named(after)))
  return columns
}

/** « 2011-03-04 » to the day, « 2008 » as a year that is only about right. */
export const birthColumns = (birth: string | null) => ({
  birth_date: birth?.length === 10 ? birth : null,
  birth_year: birth ? Number(birth.slice(0, 4)) : null,
  birth_approximate: birth?.length === 4 ? 1 : 0,
})
