import { randomBytes } from "node:crypto"
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"
import type { Config } from "./config.ts"
import { type Db, migrate, openDatabase } from "./db/index.ts"
import { type Permissions, readPermissions } from "./permissions.ts"
import { readSettings, type Settings } from "./settings.ts"

/** One school = one database + one folder + its settings. */
export type School = {
  id: string
  folder: string
  db: Db
  /** signs form numbers, links and cookies of this school */
  secret: Buffer
  settings: Settings
  permissions: Permissions
  /** how the outside reaches the school, for links in SMS and QR codes: « https://kalanso.example » */
  origin: string
  /** the school year under way, with its periods in order; null before the first one is made */
  year: CurrentYear | null
  /** statements sent to the database since it was opened: tests and the bench count with it */
  queries: number
  /** work that a request began and does not wait for; closing the school waits for it */
  background: Set<Promise<unknown>>
  close(): Promise<void>
}

export type CurrentYear = {
  id: number
  label: string
  starts_on: string
  ends_on: string
  periods: { id: number; code: string; label: string; weight: number; starts_on: string; ends_on: string }[]
}

const DATABASE_FILE = "school.sqlite"
/** Folders that only the program's own account may enter: marks and papers are in them. */
const PRIVATE = 0o700
const SECRET_BYTES = 32

/** Opens the school kept in a folder, made if need be, and brings its database up to date. */
export async function openSchool(
  folder: string,
  {
    databaseUrl = null,
    origin = "http://localhost:3000",
  }: { databaseUrl?: string | null; origin?: string } = {},
): Promise<School> {
  mkdirSync(folder, { recursive: true, mode: PRIVATE })
  const school: School = {
    id: folder.split("/").at(-1) as string,
    folder,
    secret: secretOf(folder),
    queries: 0,
    db: openDatabase(databaseUrl ?? join(folder, DATABASE_FILE), { onQuery: () => school.queries++ }),
    settings: {} as Settings,
    permissions: new Map(),
    origin,
    year: null,
    background: new Set(),
    close: async () => {
      await Promise.allSettled(school.background)
      await school.db.destroy()
    },
  }
  await migrate(school.db)
  await refresh(school)
  return school
}

/**
 * Lets work go on after the answer. Its failure is not the request's: whatever it leaves undone must be found again
 * by a job.
 */
export function inBackground(school: School, work: Promise<unknown>): void {
  const ended = work.catch(() => undefined).finally(() => school.background.delete(ended))
  school.background.add(ended)
}

/** Reads settings, permissions and the current year again, after one of them changed. */
export async function refresh(school: School): Promise<void> {
  school.settings = await readSettings(school.db)
  if (school.settings.publicUrl) school.origin = school.settings.publicUrl
  school.permissions = await readPermissions(school.db)
  school.year = await readCurrentYear(school.db)
}

async function readCurrentYear(db: Db): Promise<CurrentYear | null> {
  const year = await db.selectFrom("school_year").selectAll().where("current", "=", 1).executeTakeFirst()
  if (!year) return null
  const periods = await db
    .selectFrom("period")
    .select(["id", "code", "label", "weight", "starts_on", "ends_on"])
    .where("school_year_id", "=", year.id)
    .orderBy("position")
    .execute()
  return { ...year, periods }
}

/** Several schools on one server: a request finds its school by host. */
export class Schools {
  readonly all: School[]
  constructor(all: School[]) {
    this.all = all
  }

  /** The school that names this host, or the only one there is, or the first that names none. */
  of(host: string): School | undefined {
    const name = host.toLowerCase().replace(/:\d+$/, "")
    return (
      this.all.find((school) => school.settings.hosts.includes(name)) ??
      (this.all.length === 1 ? this.all[0] : this.all.find((school) => school.settings.hosts.length === 0))
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((school) => school.close()))
  }
}

/** Opens every school of the data folder; where there is none, one named `school`. */
export async function openSchools(config: Config): Promise<Schools> {
  mkdirSync(config.dataFolder, { recursive: true, mode: PRIVATE })
  const found = readdirSync(config.dataFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(config.dataFolder, entry.name, "secret")))
    .map((entry) => entry.name)
    .sort()
  const names = found.length > 0 ? found : ["school"]
  const origin = config.publicUrl ?? `http://localhost:${config.port}`
  const schools: School[] = []
  for (const [n, name] of names.entries()) {
    const databaseUrl = n === 0 ? config.databaseUrl : null
    schools.push(await openSchool(join(config.dataFolder, name), { databaseUrl, origin }))
  }
  return new Schools(schools)
}

/** Made once, whole or not at all. A spoilt one stops the program: with a short secret anybody could sign links. */
function secretOf(folder: string): Buffer {
  const file = join(folder, "secret")
  if (!existsSync(file)) keepSecret(file)
  const text = readFileSync(file, "utf8").trim()
  if (!new RegExp(`^[0-9a-f]{${2 * SECRET_BYTES}}$`).test(text)) {
    throw new Error(`${file} must hold ${2 * SECRET_BYTES} hexadecimal digits: restore it from a backup`)
  }
  return Buffer.from(text, "hex")
}

function keepSecret(file: string): void {
  const part = openSync(`${file}.part`, "w", 0o600)
  writeSync(part, randomBytes(SECRET_BYTES).toString("hex"))
  fsyncSync(part)
  closeSync(part)
  renameSync(`${file}.part`, file)
}
