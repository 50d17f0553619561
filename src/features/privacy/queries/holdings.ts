// What is held about a person: every table that a feature declared, counted and read without knowing its columns.
import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { allHoldings } from "../../../holdings.ts"
import type { Holding, Person } from "../../../personal.ts"

export type Held = Holding & { feature: string }

/** The cards that a card absorbed are not among them: they are read and emptied with the card itself (`cardsOf`). */
export const heldAbout = (person: Person): Held[] =>
  allHoldings().filter((one) => one.person === person && one.table !== person)

/** The person's card and those it absorbed: what is about them is about this person too. */
export async function cardsOf(db: Db, person: Person, ids: readonly number[]): Promise<Map<number, number>> {
  const cards = new Map(ids.map((id) => [id, id]))
  // a card may have absorbed one that had absorbed another
  for (let last = [...ids]; last.length > 0; ) {
    const absorbed = await db
      .selectFrom(person)
      .select(["id", "merged_into"])
      .where("merged_into", "in", last)
      .execute()
    const fresh = absorbed.filter(({ id }) => !cards.has(id))
    for (const { id, merged_into } of fresh) cards.set(id, cards.get(merged_into as number) as number)
    last = fresh.map(({ id }) => id)
  }
  return cards
}

const T = (name: string) => sql.table(name)
const C = (column: string) => sql.ref(column)

export type Count = { rows: number; parts: number }

/** How many rows of each holding name each of these persons; by the holding's place in the list, then the person. */
export async function countHeld(
  db: Db,
  held: readonly Held[],
  cards: ReadonlyMap<number, number>,
): Promise<Map<number, Map<number, Count>>> {
  const ids = sql.join([...cards.keys()])
  const questions = held.flatMap(({ table, column, parts = [] }, n) => [
    sql`select ${sql.lit(n)} as place, 0 as part, ${C(column)} as card, count(*) as n from ${T(table)}
      where ${C(column)} in (${ids}) group by ${C(column)}`,
    ...parts.map(
      (part) => sql`select ${sql.lit(n)} as place, 1 as part, ${C(`t.${column}`)} as card, count(*) as n
        from ${T(part.table)} as p join ${T(table)} as t on ${C("t.id")} = ${C(`p.${part.column}`)}
        where ${C(`t.${column}`)} in (${ids}) group by ${C(`t.${column}`)}`,
    ),
  ])
  const counted = new Map<number, Map<number, Count>>()
  if (questions.length === 0) return counted
  const { rows } = await sql<{ place: number; part: number; card: number; n: number }>`${sql.join(
    questions,
    sql` union all `,
  )}`.execute(db)
  for (const { place, part, card, n } of rows) {
    const of = counted.get(place) ?? new Map<number, Count>()
    counted.set(place, of)
    const person = cards.get(card) as number
    const count = of.get(person) ?? { rows: 0, parts: 0 }
    of.set(person, count)
    if (part) count.parts += Number(n)
    else count.rows += Number(n)
  }
  return counted
}

export type HeldRow = Record<string, string | number | null>

/** The rows of one holding about these cards, in the order in which they were written where that is known. */
export async function rowsHeld(db: Db, held: Held, cards: readonly number[]): Promise<HeldRow[]> {
  const { table, column, key = ["id"] } = held
  const order = sql.join(key.map((one) => C(one)))
  const { rows } =
    await sql<HeldRow>`select * from ${T(table)} where ${C(column)} in (${sql.join([...cards])})
    order by ${order}`.execute(db)
  return rows
}

/** The rows that belong to these rows. */
export async function partsHeld(
  db: Db,
  part: { table: string; column: string },
  owners: readonly number[],
): Promise<HeldRow[]> {
  if (owners.length === 0) return []
  const { rows } = await sql<HeldRow>`select * from ${T(part.table)}
    where ${C(part.column)} in (${sql.join([...owners])}) order by ${C(part.column)}`.execute(db)
  return rows
}

/** The person's own card or cards, every column. */
export async function cardRows(db: Db, person: Person, cards: readonly number[]): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`select * from ${T(person)} where id in (${sql.join([...cards])})
    order by id`.execute(db)
  return rows
}

export type HeldFile = { place: number; row: number; label: string; feature: string; path: string }

/** Files about these cards: portraits, scans, bulletins. `place` and `row` name one of them in an address. */
export async function filesHeld(
  db: Db,
  held: readonly Held[],
  cards: readonly number[],
): Promise<HeldFile[]> {
  const questions = held.flatMap(({ table, column, file }, n) =>
    file
      ? [
          sql`select ${sql.lit(n)} as place, id as row_id, ${C(file)} as path from ${T(table)}
            where ${C(column)} in (${sql.join([...cards])}) and ${C(file)} is not null`,
        ]
      : [],
  )
  if (questions.length === 0) return []
  const { rows } = await sql<{ place: number; row_id: number; path: string }>`${sql.join(
    questions,
    sql` union all `,
  )}`.execute(db)
  return rows.map((one) => {
    const { label, feature } = held[one.place] as Held
    return { place: one.place, row: one.row_id, path: one.path, label, feature }
  })
}

/** What the audit trail says of these rows of these tables, oldest first. */
export function auditOf(db: Db, subjects: ReadonlyMap<string, readonly number[]>) {
  const asked = [...subjects].filter(([, ids]) => ids.length > 0)
  return db
    .selectFrom("audit")
    .select(["id", "at", "subject", "subject_id", "action", "before", "after", "reason"])
    .where((eb) =>
      eb.or(
        asked.map(([subject, ids]) => eb.and([eb("subject", "=", subject), eb("subject_id", "in", ids)])),
      ),
    )
    .orderBy("id")
    .execute()
}
