// A program of its own that opens a school's folder, waits for a word, and writes much at once. kill.test.ts builds
// it, starts it and kills it: node killed.mjs import|passage FOLDER COUNTER [postgres://…]
import { openSync, writeSync } from "node:fs"
import type { Role } from "../src/roles.ts"
import { openSchool, type School } from "../src/school.ts"

export type Mode = "import" | "passage"

/** A day of the year for the list, one after its end for the passage. */
const NOW = { import: new Date("2026-12-10T09:00:00Z"), passage: new Date("2027-07-05T09:00:00Z") }

/** Everything is read and loaded before the word is given: what follows it is the writing as a request does it. */
const WRITINGS: Record<Mode, (school: School) => Promise<() => Promise<{ kind: string }>>> = {
  import: async ({ db, folder, permissions }) => {
    const { commitImport } = await import("../src/features/imports/commit.ts")
    const { keptTable } = await import("../src/features/imports/make.ts")
    const { findImport } = await import("../src/features/imports/queries/imports.ts")
    const user = {
      id: 1,
      name: "",
      roles: ["administrator" as Role],
      staffId: null,
      guardianId: null,
      studentId: null,
    }
    const member = { ...user, mustChange: false, session: "", formsSent: 0 }
    const who = { ...user, permissions }
    const found = await findImport(db, who, 1)
    if (!found) throw new Error("there is no import to write")
    const table = await keptTable(folder, found)
    const commit = { found, table, user: member, who, now: NOW.import, today: "2026-12-10", agreed: null }
    return () => commitImport(db, commit)
  },
  passage: async ({ db }) => {
    const { fingerprint } = await import("../src/features/reenrolment/fingerprint.ts")
    const { planOf } = await import("../src/features/reenrolment/queries/plan.ts")
    const { runReenrolment } = await import("../src/features/reenrolment/queries/run.ts")
    const { passagesOf } = await import("../src/features/reenrolment/queries/years.ts")
    const passage = (await passagesOf(db)).find(({ to }) => to !== null)
    if (!passage?.to) throw new Error("there is no year to pass to")
    const second = "profile" as const
    const { cases } = await planOf(db, passage, { second })
    const classes = [...new Set(cases.map(({ from }) => from.id))]
    const seen = new Map(classes.map((id) => [id, fingerprint(cases.filter(({ from }) => from.id === id))]))
    const asked = { ...passage, to: passage.to, seen, second, today: "2027-07-05" }
    return () => runReenrolment(db, { id: 1 }, asked, NOW.passage)
  },
}

const [mode, folder, counter, databaseUrl = null] = process.argv.slice(2) as [Mode, string, string, string?]
const school = await openSchool(folder, { databaseUrl })
const write = await WRITINGS[mode](school)
countStatements(school, openSync(counter, "w"))
process.once("message", async () => {
  const { kind } = await write()
  process.send?.(kind)
  await school.close()
  process.disconnect()
})
process.send?.("ready")

/** Keeps the number of statements sent where it outlives this program. */
function countStatements(counted: School, file: number): void {
  let statements = 0
  const bytes = Buffer.alloc(4)
  Object.defineProperty(counted, "queries", {
    get: () => statements,
    set: (n: number) => {
      statements = n
      bytes.writeUInt32LE(n)
      writeSync(file, bytes, 0, 4, 0)
    },
  })
}
