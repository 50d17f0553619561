// Rows of any table, named by the holdings: read, moved, put aside and put back.
import { type RawBuilder, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Row } from "../../people/conflict.ts"

const each = (row: Row, separator: string): RawBuilder<unknown> =>
  sql.join(
    Object.entries(row).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
    sql.raw(separator),
  )

/** The row with this key; undefined when it is gone. */
export async function rowAt(db: Db, table: string, key: Row): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${each(key, " and ")}`.execute(db)
  return rows[0]
}

/** The rows of a person, in the order of their key. */
export async function rowsOf(db: Db, table: string, where: Row, order: readonly string[]): Promise<Row[]> {
  const by = sql.join(order.map((column) => sql.ref(column)))
  const asked = sql<Row>`select * from ${sql.table(table)} where ${each(where, " and ")} order by ${by}`
  return (await asked.execute(db)).rows
}

export async function setRow(trx: Db, table: string, key: Row, set: Row): Promise<void> {
  await sql`update ${sql.table(table)} set ${each(set, ", ")} where ${each(key, " and ")}`.execute(trx)
}

export async function removeRow(trx: Db, table: string, key: Row): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${each(key, " and ")}`.execute(trx)
}

export async function insertRow(trx: Db, table: string, row: Row): Promise<void> {
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
    trx,
  )
}

/** The columns of a row that its key is made of. */
export const keyOf = (row: Row, key: readonly string[]): Row =>
  Object.fromEntries(key.map((column) => [column, row[column] ?? null]))
