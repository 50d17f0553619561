// What the school decides about enrolment besides its settings: documents and fees.
import { type Change, record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { DocumentEntry } from "../settingForms.ts"
import type { KindRow } from "./documents.ts"

/** The enrolment fee of each level that has one, in a year. */
export async function feesOf(db: Db, year: number): Promise<Map<string, number>> {
  const rows = await db.selectFrom("enrolment_fee").selectAll().where("school_year_id", "=", year).execute()
  return new Map(rows.map(({ level_code, amount }) => [level_code, amount]))
}

/** Writes a year's fees; null takes one away. How many changed. */
export function changeFees(
  db: Db,
  by: { id: number },
  { year, fees, at }: { year: number; fees: ReadonlyMap<string, number | null>; at: string },
): Promise<number> {
  return tx(db, async (trx) => {
    const had = await feesOf(trx, year)
    const changed = [...fees].filter(([level, amount]) => (had.get(level) ?? null) !== amount)
    for (const [level_code, amount] of changed) {
      if (amount === null) {
        await trx
          .deleteFrom("enrolment_fee")
          .where("school_year_id", "=", year)
          .where("level_code", "=", level_code)
          .execute()
        continue
      }
      await trx
        .insertInto("enrolment_fee")
        .values({ school_year_id: year, level_code, amount })
        .onConflict((oc) => oc.columns(["school_year_id", "level_code"]).doUpdateSet({ amount }))
        .execute()
    }
    const before = Object.fromEntries(changed.map(([level]) => [level, had.get(level) ?? null]))
    const change = { subject: "enrolment_fee", subjectId: year, action: "changed", before }
    if (changed.length > 0) await record(trx, by, { ...change, after: Object.fromEntries(changed) }, at)
    return changed.length
  })
}

/**
 * Writes the list of documents in the order given. One that is left out is deleted, or kept aside where a file holds
 * it: what was handed in stays told.
 */
export function changeDocuments(
  db: Db,
  by: { id: number },
  { kinds, entries, at }: { kinds: readonly KindRow[]; entries: readonly DocumentEntry[]; at: string },
): Promise<void> {
  return tx(db, async (trx) => {
    const changes: Change[] = []
    for (const [n, entry] of entries.entries()) {
      const had = kinds.find(({ id }) => id === entry.id)
      const change = await writeKind(trx, had, entry, n + 1)
      if (change) changes.push(change)
    }
    const kept = new Set(entries.map(({ id }) => id))
    for (const kind of kinds.filter(({ id, active }) => active && !kept.has(id))) {
      await retire(trx, kind.id)
      const before = { label: kind.label }
      changes.push({ subject: "enrolment_document", subjectId: kind.id, action: "deleted", before })
    }
    if (changes.length > 0) await record(trx, by, changes, at)
  })
}

async function writeKind(
  trx: Db,
  had: KindRow | undefined,
  { label, required, levels }: DocumentEntry,
  position: number,
): Promise<Change | null> {
  const row = { label, required: required ? 1 : 0, position, active: 1 }
  const id = had?.id ?? (await addKind(trx, row))
  if (had) await trx.updateTable("enrolment_document").set(row).where("id", "=", id).execute()
  await trx.deleteFrom("enrolment_document_level").where("document_id", "=", id).execute()
  const rows = levels.map((level_code) => ({ document_id: id, level_code }))
  if (rows.length > 0) await trx.insertInto("enrolment_document_level").values(rows).execute()
  const [before, after] = [had && told(had), told({ label, required, levels })]
  if (before && JSON.stringify(before) === JSON.stringify(after)) return null
  const action = had ? "changed" : "created"
  return { subject: "enrolment_document", subjectId: id, action, before, after }
}

async function addKind(trx: Db, row: { label: string; required: number; position: number; active: number }) {
  const { id } = await trx
    .insertInto("enrolment_document")
    .values(row)
    .returning("id")
    .executeTakeFirstOrThrow()
  return id
}

const told = (kind: { label: string; required: number | boolean; levels: readonly string[] }) => ({
  label: kind.label,
  required: kind.required ? 1 : 0,
  levels: [...kind.levels].sort().join(", "),
})

async function retire(trx: Db, id: number): Promise<void> {
  const held = await trx
    .selectFrom("application_document")
    .select("document_id")
    .where("document_id", "=", id)
    .limit(1)
    .executeTakeFirst()
  if (held) {
    await trx.updateTable("enrolment_document").set({ active: 0 }).where("id", "=", id).execute()
    return
  }
  await trx.deleteFrom("enrolment_document_level").where("document_id", "=", id).execute()
  await trx.deleteFrom("enrolment_document").where("id", "=", id).execute()
}
