import { sql } from "kysely"
import { chunks, type Db, tx } from "../../../db/index.ts"
import type { Columns } from "../columns.ts"
import {
  ASKING,
  countDiffering,
  countShelves,
  type ImportContext,
  type LineRow,
  lineRow,
  readLine,
  type Settled,
  type SettledResult,
  type StoredAnswer,
  type StoredLine,
} from "../stored.ts"

/** Writes lines; inside a transaction. */
export async function addLines(
  trx: Db,
  rows: (ReturnType<typeof lineRow> & { resolution: string | null })[],
) {
  for (const part of chunks(rows, 6)) await trx.insertInto("import_line").values(part).execute()
}

/** Replaces what was read of a file; an answer stays with its line where the line still asks the same. */
export async function replaceLines(
  trx: Db,
  { id, context, columns }: { id: number; context: ImportContext; columns: readonly Columns[] },
  result: SettledResult,
  before: readonly StoredLine[],
): Promise<void> {
  const kept = new Map(before.map(({ line, outcome, answer }) => [line, { told: toldOf(outcome), answer }]))
  await trx.deleteFrom("import_line").where("import_id", "=", id).execute()
  await addLines(
    trx,
    result.outcomes.map((outcome) => {
      const old = kept.get(outcome.line)
      const answer = old?.answer && old.told === toldOf(outcome) ? old.answer : null
      return { ...lineRow(id, outcome, context.replace), resolution: answer && JSON.stringify(answer) }
    }),
  )
  await trx
    .updateTable("import")
    .set({
      context: JSON.stringify(context),
      mapping: mappingOf({ columns, outcomes: result.outcomes }),
      counts: JSON.stringify(result.counts),
    })
    .where("id", "=", id)
    .execute()
}

/** These fields take the file's value on every line; lines that ask nothing any more are listed as such. */
export const replaceFields = (
  db: Db,
  found: { id: number; context: ImportContext; columns: readonly Columns[] },
  replace: ImportContext["replace"],
) =>
  tx(db, async (trx) => {
    const context = { ...found.context, replace }
    const lines = await allLines(trx, found.id)
    const outcomes = lines.map(({ outcome }) => outcome)
    const counts = countShelves(outcomes, replace)
    const { columns } = found
    const result = { outcomes, counts, columns: [...columns] }
    await replaceLines(trx, { id: found.id, context, columns }, result, lines)
  })

/** What an import keeps of its columns, and of how often the file and the cards say different things. */
export const mappingOf = ({
  columns,
  outcomes,
}: {
  columns: readonly Columns[]
  outcomes: readonly Settled[]
}) => JSON.stringify({ columns, differing: countDiffering(outcomes) })

/** Everything a line says, to see whether it says something else now. */
export const toldOf = (outcome: Settled) => lineRow(0, outcome).outcome

const LINE = ["line", "raw", "outcome", "resolution"] as const

/** Every line of an import, in order. */
export const allLines = async (db: Db, importId: number): Promise<StoredLine[]> =>
  (
    await db
      .selectFrom("import_line")
      .select(LINE)
      .where("import_id", "=", importId)
      .orderBy("line")
      .execute()
  ).map((row: LineRow) => readLine(row))

/** One page of lines, those of some shelves only when given. */
export async function linesOf(
  db: Db,
  importId: number,
  { shelves, page, size }: { shelves: readonly string[]; page: number; size: number },
): Promise<StoredLine[]> {
  let query = db.selectFrom("import_line").select(LINE).where("import_id", "=", importId)
  if (shelves.length > 0) query = query.where("action", "in", shelves)
  const rows = await query
    // what waits for a person comes first
    .orderBy((eb) =>
      eb
        .case()
        .when(eb.and([eb("action", "in", ASKING), eb("resolution", "is", null)]))
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy("line")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return rows.map(readLine)
}

/** The next lines that still ask for a person, after this one. */
export async function undecided(
  db: Db,
  importId: number,
  { after, size }: { after: number; size: number },
): Promise<StoredLine[]> {
  const rows = await db
    .selectFrom("import_line")
    .select(LINE)
    .where("import_id", "=", importId)
    .where("action", "in", ASKING)
    .where("resolution", "is", null)
    .where("line", ">", after)
    .orderBy("line")
    .limit(size)
    .execute()
  return rows.map(readLine)
}

/** Some lines by their numbers. */
export async function linesNumbered(db: Db, importId: number, numbers: number[]): Promise<StoredLine[]> {
  if (numbers.length === 0) return []
  const rows = await db
    .selectFrom("import_line")
    .select(LINE)
    .where("import_id", "=", importId)
    .where("line", "in", numbers)
    .orderBy("line")
    .execute()
  return rows.map(readLine)
}

/** How many lines ask for a person, and how many of them have an answer. */
export async function answersOf(db: Db, importId: number): Promise<{ asked: number; answered: number }> {
  const row = await db
    .selectFrom("import_line")
    .where("import_id", "=", importId)
    .where("action", "in", ASKING)
    .select((eb) => [
      eb.fn.countAll<number>().as("asked"),
      sql<number>`sum(case when resolution is null then 0 else 1 end)`.as("answered"),
    ])
    .executeTakeFirstOrThrow()
  return { asked: Number(row.asked), answered: Number(row.answered ?? 0) }
}

/** The next line that still asks for a person: after this one, else from the top. */
export async function nextAsked(db: Db, importId: number, after: number): Promise<number | null> {
  const row = await db
    .selectFrom("import_line")
    .select("line")
    .where("import_id", "=", importId)
    .where("action", "in", ASKING)
    .where("resolution", "is", null)
    .where("line", "!=", after)
    .orderBy((eb) => eb.case().when("line", ">", after).then(0).else(1).end())
    .orderBy("line")
    .limit(1)
    .executeTakeFirst()
  return row?.line ?? null
}

/** Keeps the answers of one page together. */
export const answerLines = (db: Db, importId: number, answers: ReadonlyMap<number, StoredAnswer>) =>
  tx(db, async (trx) => {
    for (const [line, answer] of answers) await answerLine(trx, importId, line, answer)
  })

export const answerLine = (db: Db, importId: number, line: number, answer: StoredAnswer | null) =>
  db
    .updateTable("import_line")
    .set({ resolution: answer && JSON.stringify(answer) })
    .where("import_id", "=", importId)
    .where("line", "=", line)
    .execute()

/** The lines of which something was written. */
export async function writtenLines(db: Db, importId: number): Promise<Set<number>> {
  const rows = await db
    .selectFrom("import_change")
    .select("line")
    .distinct()
    .where("import_id", "=", importId)
    .execute()
  return new Set(rows.map(({ line }) => line))
}

/** What was written, in the order in which it was. */
export const changesOf = (db: Db, importId: number, lines?: number[]) => {
  let query = db.selectFrom("import_change").selectAll().where("import_id", "=", importId)
  if (lines) query = query.where("line", "in", lines.length > 0 ? lines : [-1])
  return query.orderBy("id").execute()
}

export type ChangeRow = Awaited<ReturnType<typeof changesOf>>[number]
