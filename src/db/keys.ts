// What the database itself knows of its tables: their columns, and which rows there may be only one of.
import { type RawBuilder, SqliteAdapter, sql } from "kysely"
import type { Db } from "./index.ts"

/** Rows that `where` holds of (all where it is null) differ in these columns, of which none is null. */
export type UniqueKey = { columns: string[]; where: string | null }
export type TableShape = { columns: string[]; unique: UniqueKey[] }
export type Catalogue = Map<string, TableShape>

const onSqlite = (db: Db) => db.getExecutor().adapter instanceof SqliteAdapter

type ColumnRow = { table_name: string; column_name: string; key_place: number }
type KeyRow = { table_name: string; key_name: string; column_name: string; definition: string | null }

/** Every table by its name. Ask outside a transaction: the answer only changes with a migration. */
export async function catalogueOf(db: Db): Promise<Catalogue> {
  const [columns, keys] = onSqlite(db) ? SQLITE : POSTGRES
  const catalogue: Catalogue = new Map()
  const primary = new Map<string, [number, string][]>()
  for (const { table_name, column_name, key_place } of (await columns.execute(db)).rows) {
    const shape = catalogue.get(table_name) ?? { columns: [], unique: [] }
    shape.columns.push(column_name)
    catalogue.set(table_name, shape)
    if (key_place) primary.set(table_name, [...(primary.get(table_name) ?? []), [key_place, column_name]])
  }
  for (const [table, places] of primary) {
    const inOrder = places.sort(([one], [other]) => one - other).map(([, column]) => column)
    catalogue.get(table)?.unique.push({ columns: inOrder, where: null })
  }
  const found = new Map<string, UniqueKey>()
  for (const { table_name, key_name, column_name, definition } of (await keys.execute(db)).rows) {
    const known = found.get(key_name)
    if (known) known.columns.push(column_name)
    else {
      const key = {
        columns: [column_name],
        where: definition?.match(/\bwhere\b([\s\S]+)$/i)?.[1]?.trim() ?? null,
      }
      found.set(key_name, key)
      catalogue.get(table_name)?.unique.push(key)
    }
  }
  return catalogue
}

/** All columns of the rows of `table` as one JSON text a row, for questions that join tables of every shape. */
export function rowAsJson(db: Db, table: string, columns: readonly string[]): RawBuilder<string> {
  if (!onSqlite(db)) return sql`cast(row_to_json(${sql.ref(table)}) as text)`
  const pairs = columns.map((column) => sql`${sql.lit(column)}, ${sql.ref(`${table}.${column}`)}`)
  return sql`json_object(${sql.join(pairs)})`
}

const SQLITE = [
  sql<ColumnRow>`select m.name as table_name, c.name as column_name, c.pk as key_place
    from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid`,
  sql<KeyRow>`select m.name as table_name, i.name as key_name, c.name as column_name, x.sql as definition
    from sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
    left join sqlite_master x on x.type = 'index' and x.name = i.name
    where m.type = 'table' and i."unique" = 1 and i.origin <> 'pk' and c.name is not null
    order by m.name, i.name, c.seqno`,
] as const

const POSTGRES = [
  sql<ColumnRow>`select t.relname as table_name, a.attname as column_name,
      coalesce(array_position(p.conkey, a.attnum), 0) as key_place
    from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    left join pg_constraint p on p.conrelid = t.oid and p.contype = 'p'
    where t.relkind = 'r' and t.relnamespace = to_regnamespace(current_schema()) order by t.relname, a.attnum`,
  sql<KeyRow>`select t.relname as table_name, i.relname as key_name, a.attname as column_name,
      'where ' || pg_get_expr(x.indpred, x.indrelid) as definition
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    cross join lateral unnest(x.indkey) with ordinality as k(attnum, place)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
    where x.indisunique and not x.indisprimary and t.relnamespace = to_regnamespace(current_schema())
    order by t.relname, i.relname, k.place`,
] as const
