import { Kysely, PostgresDialect } from "kysely"
import type { CustomTypesConfig } from "pg"
import type { Db, Opening } from "./index.ts"
import type { Tables } from "./tables.ts"

const INT8 = 20
const NUMERIC = 1700

/** Opened at the first question: a school on SQLite never loads the client. */
export function postgres(url: string, opening: Opening): Db {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: () => poolOf(url) }),
    log: opening.onQuery ? () => opening.onQuery?.() : [],
  })
}

/** Sums and counts come back as numbers, as SQLite gives them. */
async function poolOf(url: string) {
  const { default: pg } = await import("pg")
  const types = {
    getTypeParser: (oid: number, format?: "text" | "binary") =>
      oid === INT8 || oid === NUMERIC
        ? (value: string) => Number(value)
        : pg.types.getTypeParser(oid, format as "text"),
  }
  const pool = new pg.Pool({ connectionString: url, max: 5, types: types as CustomTypesConfig })
  // a server that restarts ends idle connections: the pool opens others, the program goes on
  pool.on("error", () => undefined)
  return pool
}
