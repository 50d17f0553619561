import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Effect, PhraseKind } from "../tables.ts"

const COLUMNS = ["id", "kind", "text", "from_mark", "below_mark", "effect", "position", "active"] as const

/** What the school says in its councils, in its order; those put aside only when asked for. */
export async function phrasesOf(db: Db, { all = false }: { all?: boolean } = {}) {
  const rows = db.selectFrom("council_phrase").select(COLUMNS).orderBy("position").orderBy("id")
  return all ? rows.execute() : rows.where("active", "=", 1).execute()
}

export type PhraseRow = Awaited<ReturnType<typeof phrasesOf>>[number]

export const ofKind = (rows: readonly PhraseRow[], kind: PhraseKind) =>
  rows.filter((row) => row.kind === kind)

export const findAppreciation = (db: Db, id: number) =>
  db
    .selectFrom("council_phrase")
    .select([...COLUMNS, "updated_at"])
    .where("id", "=", id)
    .where("kind", "=", "appreciation")
    .executeTakeFirst()

export type AppreciationRow = NonNullable<Awaited<ReturnType<typeof findAppreciation>>>

export type PhraseValues = {
  text: string
  from_mark: number | null
  below_mark: number | null
  position: number
  active: number
}

type By = { id: number }

export const addAppreciation = (db: Db, by: By, values: PhraseValues, at: string): Promise<number> =>
  tx(db, async (trx) => {
    const { id } = await trx
      .insertInto("council_phrase")
      .values({ ...values, kind: "appreciation", updated_at: at, updated_by: by.id })
      .returning("id")
      .executeTakeFirstOrThrow()
    const change = { subject: "council_phrase", subjectId: id, action: "created", after: values }
    await record(trx, by, change, at)
    return id
  })

/** False where somebody else changed it since `seen`, the moment of its last change. */
export const changeAppreciation = (
  db: Db,
  by: By,
  before: AppreciationRow,
  { values, seen, at }: { values: PhraseValues; seen: string; at: string },
): Promise<boolean> =>
  tx(db, async (trx) => {
    const written = await trx
      .updateTable("council_phrase")
      .set({ ...values, updated_at: at, updated_by: by.id })
      .where("id", "=", before.id)
      .where((eb) => (seen ? eb("updated_at", "=", seen) : eb("updated_at", "is", null)))
      .returning("id")
      .executeTakeFirst()
    if (!written) return false
    const { text, from_mark, below_mark, position, active } = before
    const was = { text, from_mark, below_mark, position, active }
    const change = { subject: "council_phrase", subjectId: before.id, action: "changed", before: was }
    await record(trx, by, { ...change, after: values }, at)
    return true
  })

export type ChoiceLine = { text: string; effect: Effect | null }

/** Makes the list of decisions or of reasons anew. */
export const replaceChoices = (
  db: Db,
  by: By,
  kind: "decision" | "reason",
  { lines, at }: { lines: readonly ChoiceLine[]; at: string },
): Promise<void> =>
  tx(db, async (trx) => {
    const before = await trx
      .selectFrom("council_phrase")
      .select(["text", "effect"])
      .where("kind", "=", kind)
      .orderBy("position")
      .execute()
    if (JSON.stringify(before) === JSON.stringify(lines.map(({ text, effect }) => ({ text, effect })))) return
    await trx.deleteFrom("council_phrase").where("kind", "=", kind).execute()
    const stamp = { kind, updated_at: at, updated_by: by.id }
    const rows = lines.map((line, n) => ({ ...line, ...stamp, position: n + 1 }))
    if (rows.length > 0) await trx.insertInto("council_phrase").values(rows).execute()
    const said = (list: readonly ChoiceLine[]) => ({ [kind]: list.map(({ text }) => text).join(" · ") })
    const change = { subject: "council_phrase", subjectId: 0, action: "changed" }
    await record(trx, by, { ...change, before: said(before), after: said(lines) }, at)
  })
