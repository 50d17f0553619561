import { type Kysely, Migrator, SqliteAdapter, sql, type Transaction } from "kysely"
import { migrations } from "../../migrations/index.ts"
import { postgres } from "./postgres.ts"
import { sqlite } from "./sqlite.ts"
import type { Tables } from "./tables.ts"

export type Db = Kysely<Tables>

/** Counts the statements sent, for tests and the bench; `onQuery` is called once a statement. */
export type Opening = { onQuery?: () => void }

/** Opens `postgres://…` or the path of a SQLite file (":memory:" too). */
export function openDatabase(where: string, opening: Opening = {}): Db {
  return /^postgres(ql)?:/.test(where) ? postgres(where, opening) : sqlite(where, opening)
}

/** Brings the database to the newest migration; throws the error of the one that failed. */
export async function migrate(db: Db): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  return (results ?? []).map((result) => result.migrationName)
}

/**
 * All or nothing. Inside, use only the `trx` it gives: the one SQLite connection is held, `db` would wait for
 * ever. No network, hashing or PDF inside. Called with a transaction, it joins it.
 */
export async function tx<T>(db: Db, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<Tables>)
  return db.transaction().execute(work)
}

/** Splits rows so that no statement carries more parameters than SQLite takes (32,766). */
export function chunks<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.max(1, Math.floor(30_000 / columns))
  const parts: T[][] = []
  for (let start = 0; start < rows.length; start += size) parts.push(rows.slice(start, start + size))
  return parts
}

/**
 * How many rows this connection has changed since it was opened: while it stays the same, what was read before still
 * holds. Null on PostgreSQL, where other connections write too.
 */
export async function writesSoFar(db: Db): Promise<number | null> {
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return null
  const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(db)
  return rows[0]?.n ?? null
}
