// What hangs on two cards, by the holdings that every feature declares, and where both have the same thing.
import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { type Catalogue, rowAsJson } from "../../../db/keys.ts"
import { allHoldings } from "../../../holdings.ts"
import type { Holding, Person } from "../../../personal.ts"
import type { Row } from "../../people/conflict.ts"
import { type Meeting, meetingOf, type Shape } from "../rules/meetings.ts"

type Cards = { kind: Person; kept: number; other: number }

/** The journals of merges name the cards as they were that day: they are not carried over. */
const carried = (kind: Person) =>
  allHoldings().filter(({ person, table }) => person === kind && table !== "merge")

const shapeOf = ({ table, column, key, label }: Holding, catalogue: Catalogue): Shape => ({
  table,
  column,
  key: key ?? ["id"],
  columns: catalogue.get(table)?.columns ?? [],
  label,
})

/** That there are notes on somebody's health is told to those alone who may read them. */
export type Told = (feature: string) => boolean

/** What each table's rows about such a person are called; only those that may be told. */
export const holdingLabels = (kind: Person, told: Told) =>
  new Map(
    carried(kind)
      .filter(({ feature }) => told(feature))
      .map(({ table, label }) => [table as string, label]),
  )

/** Every table of which rows are about such a person. */
export const shapesOf = (kind: Person, catalogue: Catalogue): Shape[] =>
  carried(kind).map((held) => shapeOf(held, catalogue))

export type Count = { label: string; kept: number; other: number }

/** How many rows of each kind hang on each card; kinds of which neither has any are left out. */
export async function countsOf(db: Db, { kind, kept, other }: Cards, told: Told): Promise<Count[]> {
  const holdings = carried(kind).filter(({ feature }) => told(feature))
  const parts = holdings.map(
    (
      { table, column },
      n,
    ) => sql`select ${sql.lit(n)} as place, ${sql.ref(column)} as person, count(*) as rows
      from ${sql.table(table)} where ${sql.ref(column)} in (${kept}, ${other}) group by ${sql.ref(column)}`,
  )
  const union = sql.join(parts, sql.raw(" union all "))
  const { rows } = await sql<{ place: number; person: number; rows: number }>`${union}`.execute(db)
  const count = (place: number, person: number) =>
    Number(rows.find((row) => row.place === place && row.person === person)?.rows ?? 0)
  return holdings
    .map(({ label }, n) => ({ label, kept: count(n, kept), other: count(n, other) }))
    .filter((one) => one.kept + one.other > 0)
}

/** Each two rows of which the kept card may have only one. */
export async function meetingsOf(
  db: Db,
  catalogue: Catalogue,
  { kind, kept, other }: Cards,
): Promise<Meeting[]> {
  const keys = shapesOf(kind, catalogue).flatMap((shape) =>
    (catalogue.get(shape.table)?.unique ?? [])
      .filter(({ columns }) => columns.includes(shape.column))
      .map(({ columns, where }) => ({ shape, columns, where })),
  )
  const parts = keys.map(
    ({ shape: { table, column, columns }, where }, n) => sql`select ${sql.lit(n)} as place,
      ${rowAsJson(db, table, columns)} as said from ${sql.table(table)}
      where ${sql.ref(column)} in (${kept}, ${other}) and (${sql.raw(where ?? "1 = 1")})`,
  )
  const union = sql.join(parts, sql.raw(" union all "))
  const { rows } = await sql<{ place: number; said: string }>`${union}`.execute(db)
  const meetings = new Map<string, Meeting>()
  keys.forEach(({ shape, columns }, n) => {
    const own = rows.filter(({ place }) => place === n).map(({ said }) => JSON.parse(said) as Row)
    const rest = columns.filter((column) => column !== shape.column)
    const agree = (a: Row, b: Row) => rest.every((column) => a[column] !== null && a[column] === b[column])
    for (const theirs of own.filter((row) => row[shape.column] === other)) {
      const ours = own.find((row) => row[shape.column] === kept && agree(row, theirs))
      if (!ours) continue
      const meeting = meetingOf(shape, columns, ours, theirs)
      meetings.set(meeting.name, meeting)
    }
  })
  return [...meetings.values()]
}
