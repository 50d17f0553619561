// The second run of the same suite: every test school in a database of its own, copied from the cast's.
import { randomBytes } from "node:crypto"
import pg from "pg"

/** A PostgreSQL server where databases may be made, or null: SQLite. */
export const postgresUrl = process.env.ARDOISE_TEST_POSTGRES ?? null

/** Test files run side by side: each process has its own template and copies. */
const TEMPLATE = `ardoise_cast_${process.pid}`
const made = new Set<string>()

const named = (name: string) => {
  const url = new URL(postgresUrl as string)
  url.pathname = `/${name}`
  return url.href
}

async function ask(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl as string })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Makes the template's database (null), a copy of it, or an empty one, and gives its address. */
export async function copyPostgres(of: "cast" | "nothing" | null): Promise<string> {
  const name = of ? `${TEMPLATE}_${randomBytes(4).toString("hex")}` : TEMPLATE
  await ask(of === "cast" ? `create database ${name} template ${TEMPLATE}` : `create database ${name}`)
  if (made.size === 0) process.once("beforeExit", () => void dropAll())
  made.add(name)
  return named(name)
}

/** Drops a copy that its test has closed. */
export async function dropPostgres(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  made.delete(name)
  await ask(`drop database if exists ${name} with (force)`)
}

async function dropAll(): Promise<void> {
  const names = [...made]
  made.clear()
  await ask(...names.map((name) => `drop database if exists ${name} with (force)`))
}
