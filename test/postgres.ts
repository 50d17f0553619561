// The second run of the same suite: every test school in a database of its own, copied from the cast's.
import { randomBytes } from "node:crypto"
import pg from "pg"

/** A PostgreSQL server where databases may be made, or null: SQLite. */
export const postgresUrl = process.env.ARDOISE_TEST_POSTGRES ?? null

const TEMPLATE = `ardoise_cast_${process.pid}`

const named = (name: string) => {
  const url = new URL(postgresUrl as string)
  url.pathname = `/${name}`
  return url.href
}

/** Makes the template's database (null) or a copy of it, and gives its address. */
export async function copyPostgres(of: "cast" | null): Promise<string> {
  const name = of ? `${TEMPLATE}_${randomBytes(4).toString("hex")}` : TEMPLATE
  const client = new pg.Client({ connectionString: postgresUrl as string })
  await client.connect()
  await client.query(of ? `create database ${name} template ${TEMPLATE}` : `create database ${name}`)
  await client.end()
  return named(name)
}
