// Two cards made one: in one transaction, with a journal from which it can be undone.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Catalogue } from "../../../db/keys.ts"
import type { Person } from "../../../personal.ts"
import { revokeAllSessions } from "../../../web/session.ts"
import { CONTACTS } from "../../people/choices.ts"
import { differences, type Row } from "../../people/conflict.ts"
import { fold } from "../../people/naming.ts"
import { derived } from "../../people/queries.ts"
import { cardName } from "../kinds.ts"
import { keptCard, type Side } from "../rules/fields.ts"
import { type Meeting, type Shape, settledRow } from "../rules/meetings.ts"
import { meetingsOf, shapesOf } from "./hanging.ts"
import { keyOf, removeRow, rowAt, rowsOf, setRow } from "./rows.ts"

export type Asked = {
  kind: Person
  kept: number
  other: number
  /** of both cards as the person saw them */
  versions: Record<Side, number>
  /** which card's value each field takes; what is not named: as proposed */
  fields: Readonly<Record<string, Side>>
  /** which row counts where both cards have one and they contradict each other */
  rows: Readonly<Record<string, Side>>
  catalogue: Catalogue
  now: Date
}

export type Merged = { merge: number } | { refused: "changed" | "unsettled" }

/** Writes a change of a row and its former values into the journal of the merge. */
class Journal {
  readonly #trx: Db
  readonly #merge: number
  constructor(trx: Db, merge: number) {
    this.#trx = trx
    this.#merge = merge
  }

  async set(table: string, row: Row, key: readonly string[], set: Row): Promise<void> {
    const changed = differences(row, set)
    if (!changed) return
    await setRow(this.#trx, table, keyOf(row, key), changed.after)
    await this.#write(table, keyOf({ ...row, ...changed.after }, key), changed.before, changed.after)
  }

  async putAside(table: string, row: Row, key: readonly string[]): Promise<void> {
    await removeRow(this.#trx, table, keyOf(row, key))
    await this.#write(table, keyOf(row, key), row, null)
  }

  async #write(table: string, key: Row, before: Row, after: Row | null) {
    const row = {
      merge_id: this.#merge,
      table_name: table,
      row_key: JSON.stringify(key),
      before: JSON.stringify(before),
      after: after && JSON.stringify(after),
    }
    await this.#trx.insertInto("merge_row").values(row).execute()
  }
}

export function mergeCards(db: Db, by: { id: number }, asked: Asked): Promise<Merged> {
  return tx(db, async (trx) => {
    await holdCards(trx, asked)
    const [kept, other] = [await cardOf(trx, asked, "kept"), await cardOf(trx, asked, "other")]
    if (!kept || !other) return { refused: "changed" }
    const meetings = await meetingsOf(trx, asked.catalogue, asked)
    if (meetings.some((one) => !settled(one, asked.rows))) return { refused: "unsettled" }
    const merge = await openMerge(trx, by, asked, [kept, other])
    const journal = new Journal(trx, merge)
    for (const shape of shapesOf(asked.kind, asked.catalogue)) {
      const own = meetings.filter(
        (one) => one.shape.table === shape.table && one.shape.column === shape.column,
      )
      await carry(trx, journal, asked, { shape, meetings: own })
    }
    await writeCards(trx, journal, by, { asked, merge, kept, other })
    return { merge }
  })
}

/**
 * Holds both cards until the end of the transaction, always in the same order: on PostgreSQL another merge of them
 * waits here, then finds them changed.
 */
async function holdCards(trx: Db, { kind, kept, other }: Asked): Promise<void> {
  for (const id of [kept, other].sort((one, another) => one - another)) {
    await trx
      .updateTable(kind)
      .set((eb) => ({ version: eb.ref("version") }) as never)
      .where("id", "=", id)
      .execute()
  }
}

/** The card as it stands, if nobody changed or merged it since. */
async function cardOf(trx: Db, { kind, versions, ...ids }: Asked, side: Side): Promise<Row | undefined> {
  const card = await rowAt(trx, kind, { id: ids[side] })
  return card && card.merged_into === null && card.version === versions[side] ? card : undefined
}

export const settled = ({ outcome, name }: Meeting, rows: Asked["rows"]) =>
  outcome !== "blocked" && (outcome !== "choice" || Object.hasOwn(rows, name))

async function openMerge(trx: Db, by: { id: number }, { kind, kept, other, now }: Asked, cards: [Row, Row]) {
  const { id } = await trx
    .insertInto("merge")
    .values({
      [`${kind}_id`]: kept,
      absorbed_id: other,
      kept_name: cardName(kind, cards[0]),
      absorbed_name: cardName(kind, cards[1]),
      merged_at: now.toISOString(),
      merged_by: by.id,
    } as never)
    .returning("id")
    .executeTakeFirstOrThrow()
  return id
}

/** The other card's rows of one table go to the kept one; where both have one, what was decided of the two. */
async function carry(
  trx: Db,
  journal: Journal,
  { kept, other, rows }: Asked,
  { shape, meetings }: { shape: Shape; meetings: readonly Meeting[] },
): Promise<void> {
  const { table, column, key } = shape
  const numbered = meetings.some(({ outcome }) => outcome === "append")
  for (const row of await rowsOf(trx, table, { [column]: other }, numbered ? ["position"] : key)) {
    const meeting = meetings.find((one) => key.every((part) => one.other[part] === row[part]))
    if (meeting && meeting.outcome !== "append") {
      await settle(trx, journal, meeting, rows[meeting.name] ?? "kept")
    } else if (numbered) await append(trx, journal, shape, { row, kept })
    else if (namesBoth(shape, row, kept)) await journal.putAside(table, row, key)
    else await journal.set(table, row, key, { [column]: kept })
  }
}

/** A row about two persons that would be about one only: « these two are not of one family ». */
const namesBoth = ({ column, key }: Shape, row: Row, kept: number) =>
  key.some((part) => part !== column && part.endsWith(column) && row[part] === kept) ||
  key.some((part) => part !== column && column.endsWith(`_${part}`) && row[part] === kept)

/** How many of these a card has room for: what comes after stays with the absorbed card. */
const PLACES: Readonly<Record<string, number>> = { student_contact: CONTACTS.length }

/** Of rows with a place in an order, the other card's come after the kept one's, as long as there is room. */
async function append(
  trx: Db,
  journal: Journal,
  { table, column, key }: Shape,
  { row, kept }: { row: Row; kept: number },
): Promise<void> {
  const last = (await rowsOf(trx, table, { [column]: kept }, ["position"])).at(-1)
  const position = Number(last?.position ?? 0) + 1
  if (position <= (PLACES[table] ?? position))
    await journal.set(table, row, key, { [column]: kept, position })
}

async function settle(trx: Db, journal: Journal, meeting: Meeting, side: Side): Promise<void> {
  const { shape, kept, other, outcome } = meeting
  const { table, key } = shape
  if (outcome === "close" && table === "account") {
    await revokeAllSessions(trx, Number(other.id))
    return journal.set(table, other, key, { active: 0 })
  }
  if (outcome === "close") {
    // in the same class on both cards: one enrolment, from the first day that either says
    const earlier = String(other.starts_on) < String(kept.starts_on) ? other.starts_on : kept.starts_on
    const regime = kept.regime ?? other.regime ?? null
    await journal.set(table, kept, key, { starts_on: earlier ?? null, regime })
    return journal.set(table, other, key, { ends_on: other.starts_on ?? null, end_reason: "merged" })
  }
  if (outcome === "stay") return
  const becomes = settledRow(meeting, side)
  if (becomes) await journal.set(table, kept, key, becomes)
  await journal.putAside(table, other, key)
}

type Writing = { asked: Asked; merge: number; kept: Row; other: Row }

/**
 * Versions leap by a thousand for each merge: a form opened while the cards were one never fits a version that
 * they reach after an undo has put their old ones back.
 */
const LEAP = 1000

async function writeCards(
  trx: Db,
  journal: Journal,
  by: { id: number },
  { asked: { kind, fields, catalogue, now }, merge, kept, other }: Writing,
): Promise<void> {
  const at = now.toISOString()
  const leap = (card: Row) => ({ version: Number(card.version) + LEAP * merge, updated_at: at })
  const closed = kind === "student" ? { status: "merged" } : kind === "staff" ? { active: 0 } : {}
  const released = uniqueColumns(catalogue, kind).map((column) => [column, null])
  const gone = { ...Object.fromEntries(released), ...closed, merged_into: kept.id ?? null, ...leap(other) }
  await journal.set(kind, other, ["id"], gone)
  const chosen = keptCard(kind, kept, other, fields)
  await journal.set(kind, kept, ["id"], { ...chosen, ...following(kind, chosen), ...leap(kept) })
  const changed = differences(kept, { ...chosen, ...leap(kept) })
  await record(
    trx,
    by,
    [
      {
        subject: kind,
        subjectId: Number(kept.id),
        action: "merged",
        before: changed?.before,
        after: changed?.after,
        reason: cardName(kind, other),
      },
      { subject: kind, subjectId: Number(other.id), action: "absorbed", reason: cardName(kind, kept) },
    ],
    at,
  )
}

/** Columns of which no two cards may have the same value: the absorbed card gives its own back. */
export const uniqueColumns = (catalogue: Catalogue, kind: Person) =>
  (catalogue.get(kind)?.unique ?? []).flatMap(({ columns }) =>
    columns.length === 1 && columns[0] !== "id" ? (columns as [string]) : [],
  )

/** The columns that follow from the others. */
export function following(kind: Person, card: Row): Row {
  if (kind === "student") return derived(card as Parameters<typeof derived>[0])
  return { folded: fold(cardName(kind, card)) }
}
