// The register of processing: the product's proposals, and over them what the school wrote, version by version.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { isOwn, type Line, PARTS, proposedLines } from "../rules/register.ts"
import type { Retentions } from "../rules/retention.ts"

export type Registered = { code: string; version: number; at: string | null; by: string | null; line: Line }

const written = (db: Db) =>
  db
    .selectFrom("processing as p")
    .leftJoin("account as a", "a.id", "p.account_id")
    .selectAll("p")
    .select("a.name as by")
    .orderBy("p.id")

const lineIn = (row: Line): Line => Object.fromEntries(PARTS.map((part) => [part, row[part]])) as Line

/** Every line that holds, the product's first, then the school's own in the order in which they were added. */
export async function registerOf(db: Db, kept: Retentions): Promise<Registered[]> {
  const lines = new Map<string, Registered>()
  for (const [code, line] of proposedLines(kept))
    lines.set(code, { code, version: 0, at: null, by: null, line })
  for (const { code, version, removed, at, by, ...row } of await written(db).execute()) {
    if (removed) lines.delete(code)
    else lines.set(code, { code, version, at, by, line: lineIn(row) })
  }
  return [...lines.values()]
}

/** Every version of one line, the newest first, and what the product proposes for it. */
export async function versionsOf(db: Db, code: string) {
  const rows = await written(db).where("p.code", "=", code).execute()
  return rows
    .reverse()
    .map(({ version, removed, at, by, ...row }) => ({ version, removed, at, by, line: lineIn(row) }))
}

/** Writes a line's next version; false when somebody wrote one since `version`. */
export function writeLine(
  db: Db,
  by: { id: number },
  {
    code,
    version,
    line,
    removed,
    now,
  }: { code: string; version: number; line: Line; removed: 0 | 1; now: Date },
): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { last } = await trx
      .selectFrom("processing")
      .select((eb) => eb.fn.max("version").as("last"))
      .where("code", "=", code)
      .executeTakeFirstOrThrow()
    if (Number(last ?? 0) !== version) return false
    const made = await trx
      .insertInto("processing")
      .values({ ...line, code, version: version + 1, removed, at, account_id: by.id })
      .onConflict((oc) => oc.doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return false
    const action = removed ? "deleted" : version === 0 && isOwn(code) ? "created" : "changed"
    await record(
      trx,
      by,
      { subject: "processing", subjectId: made.id, action, after: { title: line.title } },
      at,
    )
    return true
  })
}

/** A line of the school's own: the code it was given. */
export async function addLine(db: Db, by: { id: number }, line: Line, now: Date): Promise<string> {
  return tx(db, async (trx) => {
    const rows = await trx.selectFrom("processing").select("code").where("code", "like", "own-%").execute()
    const last = Math.max(0, ...rows.map(({ code }) => Number(code.slice("own-".length))))
    const code = `own-${last + 1}`
    await writeLine(trx, by, { code, version: 0, line, removed: 0, now })
    return code
  })
}
