import { sql } from "kysely"
import { chunks, type Db } from "../../../db/index.ts"
import { holds } from "../../../permissions.ts"
import type { Viewer } from "../../people/scope.ts"
import type { Columns, Mappings } from "../columns.ts"
import type { ImportKind } from "../spellings.ts"
import {
  ASKING,
  type ImportContext,
  type LineRow,
  lineRow,
  readColumns,
  readContext,
  readLine,
  type Settled,
  type SettledResult,
  type StoredAnswer,
  type StoredLine,
} from "../stored.ts"

/** The imports a person may see: all with `imports.all`, else one's own. */
export function importsSeenBy(db: Db, who: Viewer) {
  const imports = db.selectFrom("import").leftJoin("account", "account.id", "import.created_by")
  if (holds(who.permissions, who.roles, "imports.all")) return imports
  return imports.where("import.created_by", "=", who.id)
}

const LISTED = [
  "import.id",
  "import.kind",
  "import.state",
  "import.file_name",
  "import.counts",
  "import.created_at",
  "import.created_by",
  "import.committed_at",
  "import.undone_at",
  "account.name as by",
] as const

/** One page of imports, the latest first. */
export async function listImports(db: Db, who: Viewer, { page, size }: { page: number; size: number }) {
  const imports = await importsSeenBy(db, who)
    .select(LISTED)
    .orderBy("import.id", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const full = page > 1 || imports.length === size
  const total = full
    ? Number(
        (
          await importsSeenBy(db, who)
            .select((eb) => eb.fn.countAll<number>().as("n"))
            .executeTakeFirstOrThrow()
        ).n,
      )
    : imports.length
  return { imports: imports.map((row) => ({ ...row, counts: JSON.parse(row.counts) as Counts })), total }
}

type Counts = SettledResult["counts"]

/** The import, when this person may see it. */
export async function findImport(db: Db, who: Viewer, id: number) {
  const row = await importsSeenBy(db, who)
    .select([
      ...LISTED,
      "import.file_hash",
      "import.file_path",
      "import.encoding",
      "import.separator",
      "import.context",
      "import.mapping",
      "import.undo_report",
    ])
    .where("import.id", "=", id)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...row,
    kind: row.kind as ImportKind,
    counts: JSON.parse(row.counts) as Counts,
    context: readContext(row.context),
    columns: readColumns(row.mapping),
  }
}

export type FoundImport = NonNullable<Awaited<ReturnType<typeof findImport>>>

/** Another import of exactly this file that was committed and not undone. */
export const committedTwin = (
  db: Db,
  who: Viewer,
  { kind, file_hash, id = 0 }: { kind: string; file_hash: string; id?: number },
) =>
  importsSeenBy(db, who)
    .select(["import.id", "import.committed_at"])
    .where("import.kind", "=", kind)
    .where("import.file_hash", "=", file_hash)
    .where("import.state", "=", "committed")
    .where("import.id", "!=", id)
    .orderBy("import.id", "desc")
    .limit(1)
    .executeTakeFirst()

export type NewImport = {
  kind: ImportKind
  file_name: string
  file_hash: string
  file_path: string
  encoding: string
  separator: string
  context: ImportContext
  by: number
  at: string
}

/** Writes a previewed import with its lines; inside a transaction. */
export async function addImport(trx: Db, made: NewImport, result: SettledResult): Promise<number> {
  const { by, at, context, ...file } = made
  const { id } = await trx
    .insertInto("import")
    .values({
      ...file,
      state: "previewed",
      context: JSON.stringify(context),
      mapping: JSON.stringify({ columns: result.columns }),
      counts: JSON.stringify(result.counts),
      created_at: at,
      created_by: by,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  await addLines(
    trx,
    result.outcomes.map((outcome) => ({ ...lineRow(id, outcome), resolution: null })),
  )
  return id
}

async function addLines(trx: Db, rows: (ReturnType<typeof lineRow> & { resolution: string | null })[]) {
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
      return { ...lineRow(id, outcome), resolution: answer && JSON.stringify(answer) }
    }),
  )
  await trx
    .updateTable("import")
    .set({
      context: JSON.stringify(context),
      mapping: JSON.stringify({ columns }),
      counts: JSON.stringify(result.counts),
    })
    .where("id", "=", id)
    .execute()
}

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
    .orderBy("line")
    .limit(size)
    .offset((page - 1) * size)
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

export const answerLine = (db: Db, importId: number, line: number, answer: StoredAnswer | null) =>
  db
    .updateTable("import_line")
    .set({ resolution: answer && JSON.stringify(answer) })
    .where("import_id", "=", importId)
    .where("line", "=", line)
    .execute()

/** Writes other outcomes over lines that stay where they are. */
export async function changeLines(trx: Db, importId: number, outcomes: readonly Settled[]): Promise<void> {
  for (const outcome of outcomes) {
    const { action, outcome: told } = lineRow(importId, outcome)
    await trx
      .updateTable("import_line")
      .set({ action, outcome: told })
      .where("import_id", "=", importId)
      .where("line", "=", outcome.line)
      .execute()
  }
}

/** The columns that this school's people chose before, by the header they were chosen for. */
export async function mappingsFor(db: Db, kind: ImportKind): Promise<Mappings> {
  const rows = await db
    .selectFrom("import_mapping")
    .select(["signature", "mapping"])
    .where("kind", "=", kind)
    .execute()
  return Object.fromEntries(rows.map(({ signature, mapping }) => [signature, JSON.parse(mapping)]))
}

export async function rememberMappings(db: Db, kind: ImportKind, mappings: Mappings, at: string) {
  const rows = Object.entries(mappings)
    // a file without header says nothing of the next one without header
    .filter(([signature]) => signature !== "")
    .map(([signature, roles]) => ({ kind, signature, mapping: JSON.stringify(roles), used_at: at }))
  if (rows.length === 0) return
  await db
    .insertInto("import_mapping")
    .values(rows)
    .onConflict((oc) =>
      oc
        .columns(["kind", "signature"])
        .doUpdateSet((eb) => ({ mapping: eb.ref("excluded.mapping"), used_at: eb.ref("excluded.used_at") })),
    )
    .execute()
}

/** Forgets a preview nobody committed; gives whether another import still needs its file. */
export async function removeImport(trx: Db, { id, file_path }: FoundImport): Promise<{ shared: boolean }> {
  await trx.deleteFrom("import_line").where("import_id", "=", id).execute()
  await trx.deleteFrom("import").where("id", "=", id).where("state", "=", "previewed").execute()
  const other = await trx
    .selectFrom("import")
    .select("id")
    .where("file_path", "=", file_path)
    .limit(1)
    .executeTakeFirst()
  return { shared: other !== undefined }
}

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
