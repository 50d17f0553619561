// What the tests of merges share: every table as it stands, and a merge asked for as the page does.
import { sql } from "kysely"
import type { TestSchool } from "../../../test/school.ts"
import type { Person } from "../../personal.ts"
import type { Row } from "../people/conflict.ts"
import { tablesOf } from "./queries/cards.ts"
import { meetingsOf } from "./queries/hanging.ts"
import { findMerge } from "./queries/merges.ts"
import { type Merged, mergeCards } from "./queries/merging.ts"
import { rowAt } from "./queries/rows.ts"
import { undoMerge } from "./queries/undoing.ts"
import type { Side } from "./rules/fields.ts"

/** What a merge leaves for good: who did what, and its own journal. */
const TRACES = /^(audit|merge|merge_row|session|sqlite_.*|kysely_.*)$/

/** Every row of every table, in an order that does not depend on how they were written. */
export async function dump({ school }: TestSchool): Promise<Record<string, string[]>> {
  const tables = [...(await tablesOf(school)).keys()].filter((table) => !TRACES.test(table))
  const all: Record<string, string[]> = {}
  for (const table of tables) {
    const { rows } = await sql<Row>`select * from ${sql.table(table)}`.execute(school.db)
    all[table] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return all
}

export const DESK = { id: 1 }

type Choosing = { field?: (name: string) => Side; row?: (name: string) => Side }

/** Merges two cards with these choices, whatever they are; answers each contradiction. */
export async function merge(
  test: TestSchool,
  kind: Person,
  [kept, other]: [number, number],
  { field, row = () => "kept" }: Choosing = {},
): Promise<Merged> {
  const { db } = test.school
  const catalogue = await tablesOf(test.school)
  const cards = [await rowAt(db, kind, { id: kept }), await rowAt(db, kind, { id: other })] as [Row, Row]
  const meetings = await meetingsOf(db, catalogue, { kind, kept, other })
  const fields = field ? Object.fromEntries(Object.keys(cards[0]).map((name) => [name, field(name)])) : {}
  return mergeCards(db, DESK, {
    kind,
    kept,
    other,
    versions: { kept: Number(cards[0].version), other: Number(cards[1].version) },
    fields,
    rows: Object.fromEntries(meetings.map(({ name }) => [name, row(name)])),
    catalogue,
    now: test.now,
  })
}

export async function undo(test: TestSchool, id: number): Promise<string[]> {
  const merge = await findMerge(test.school.db, id)
  if (!merge) throw new Error(`there is no merge ${id}`)
  return undoMerge(test.school.db, DESK, { merge, catalogue: await tablesOf(test.school), now: test.now })
}
