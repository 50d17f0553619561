// What differs between the two engines when a table is made. Migrations import nothing from src.
import { type CreateTableBuilder, type Kysely, SqliteAdapter, sql } from "kysely"

export const onSqlite = (db: Kysely<any>) => db.getExecutor().adapter instanceof SqliteAdapter

/** A table with an integer key made by the database; STRICT on SQLite. */
export function table(db: Kysely<any>, name: string): CreateTableBuilder<string, "id"> {
  return onSqlite(db)
    ? db.schema
        .createTable(name)
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .modifyEnd(sql`strict`)
    : db.schema
        .createTable(name)
        .addColumn("id", "integer", (c) => c.primaryKey().generatedByDefaultAsIdentity())
}

/** A table whose key is made of its own columns. */
export function bareTable(db: Kysely<any>, name: string): CreateTableBuilder<string, never> {
  const builder = db.schema.createTable(name)
  return onSqlite(db) ? builder.modifyEnd(sql`strict`) : builder
}

/** Runs the builders one after the other. */
export async function make(...builders: { execute(): Promise<unknown> }[]): Promise<void> {
  for (const builder of builders) await builder.execute()
}

/** An index named after what it covers. */
export function index(db: Kysely<any>, tableName: string, columns: string[]) {
  return db.schema
    .createIndex(`${tableName}_by_${columns.join("_")}`)
    .on(tableName)
    .columns(columns)
}
