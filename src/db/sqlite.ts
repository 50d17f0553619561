import Database from "better-sqlite3"
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from "kysely"
import type { Db, Opening } from "./index.ts"
import type { Tables } from "./tables.ts"

const STATEMENTS_KEPT = 500

/** A write lock from the first statement, so that a second process waits instead of failing half-way. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"))
  }
}

/** Tables are made in a transaction: a program killed in mid-migration finds its database as it was. */
class WholeMigrations extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #database: Database.Database
  constructor(database: Database.Database) {
    super({ database })
    this.#database = database
  }
  override createDriver() {
    return new ImmediateDriver({ database: this.#database })
  }
  override createAdapter() {
    return new WholeMigrations()
  }
}

/** WAL with full sync: what was acknowledged survives a power cut. */
export function sqlite(file: string, opening: Opening): Db {
  const database = new Database(file)
  database.pragma("journal_mode = WAL")
  database.pragma("synchronous = FULL")
  database.pragma("foreign_keys = ON")
  database.pragma("busy_timeout = 5000")
  keepStatements(database)
  return new Kysely<Tables>({
    dialect: new ImmediateDialect(database),
    log: opening.onQuery ? () => opening.onQuery?.() : [],
  })
}

function keepStatements(database: Database.Database): void {
  const prepare = database.prepare.bind(database) as (source: string) => Database.Statement
  const kept = new Map<string, Database.Statement>()
  database.prepare = ((source: string) => {
    const found = kept.get(source)
    if (found && !found.busy) return found
    const statement = prepare(source)
    if (kept.size >= STATEMENTS_KEPT) kept.delete(kept.keys().next().value as string)
    kept.set(source, statement)
    return statement
  }) as typeof database.prepare
}
