// A merge undone: both cards and all that hung on the other one, as they were; what was written since stays.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Catalogue } from "../../../db/keys.ts"
import type { Person } from "../../../personal.ts"
import { Refusal } from "../../../web/refusal.ts"
import { t } from "../../../web/strings.ts"
import type { Row } from "../../people/conflict.ts"
import { fieldLabel } from "../../people/told.ts"
import type { FoundMerge } from "./merges.ts"
import { following, uniqueColumns } from "./merging.ts"
import { insertRow, keyOf, rowAt, setRow } from "./rows.ts"

type Line = { table_name: string; row_key: string; before: string; after: string | null }

/** Gives the sentences of what was left as it is, because somebody changed it since. */
export function undoMerge(
  db: Db,
  by: { id: number },
  { merge, catalogue, now }: { merge: FoundMerge; catalogue: Catalogue; now: Date },
): Promise<string[]> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    await refuseIfBuiltUpon(trx, merge)
    const lines = await trx
      .selectFrom("merge_row")
      .select(["table_name", "row_key", "before", "after"])
      .where("merge_id", "=", merge.id)
      .orderBy("id", "desc")
      .execute()
    const left = new Set<string>()
    for (const line of lines) {
      if (isCard(line, merge)) await restoreCard(trx, { line, merge, catalogue, at, left })
      else if (line.after === null) await putBack(trx, line, left)
      else await restore(trx, line, left)
    }
    const report = JSON.stringify([...left])
    const { numUpdatedRows } = await trx
      .updateTable("merge")
      .set({ undone_at: at, undone_by: by.id, report })
      .where("id", "=", merge.id)
      .where("undone_at", "is", null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Refusal(409, "Cette fusion est déjà annulée.")
    const subjects = [merge.kept, merge.absorbed_id].map((subjectId) => ({ subject: merge.kind, subjectId }))
    await record(
      trx,
      by,
      subjects.map((one) => ({ ...one, action: "unmerged" })),
      at,
    )
    return [...left]
  })
}

/** One of the two cards itself, and not a row that hung on it. */
const isCard = ({ table_name, row_key }: Line, { kind, kept, absorbed_id }: FoundMerge) =>
  table_name === kind && [kept, absorbed_id].includes((JSON.parse(row_key) as { id: number }).id)

/** Merges are undone in the reverse order: a later one may have moved what this one moved. */
async function refuseIfBuiltUpon(trx: Db, merge: FoundMerge): Promise<void> {
  const later = await trx
    .selectFrom("merge")
    .select(["kept_name", "absorbed_name"])
    .where("id", ">", merge.id)
    .where("undone_at", "is", null)
    .where((eb) =>
      eb.and([
        eb(`${merge.kind}_id`, "is not", null),
        eb.or([eb(`${merge.kind}_id`, "=", merge.kept), eb("absorbed_id", "=", merge.kept)]),
      ]),
    )
    .orderBy("id", "desc")
    .executeTakeFirst()
  if (!later) return
  throw new Refusal(
    409,
    `La fiche gardée a été fusionnée de nouveau depuis (${later.absorbed_name} dans ${later.kept_name}) : annulez d’abord cette fusion-là.`,
  )
}

/** Columns that still hold what the merge wrote get back what they held before. */
async function restore(trx: Db, { table_name: table, row_key, ...line }: Line, left: Set<string>) {
  const key = JSON.parse(row_key) as Row
  const [before, after] = [JSON.parse(line.before) as Row, JSON.parse(line.after ?? "{}") as Row]
  const present = await rowAt(trx, table, key)
  if (!present) return left.add(t("doubles.left_gone"))
  const back = Object.keys(before).filter((column) => (present[column] ?? null) === after[column])
  if (back.length > 0) await setRow(trx, table, key, keyOf(before, back))
  if (back.length < Object.keys(before).length) left.add(t("doubles.left_changed"))
}

/** A row of the journal back into its table, unless something else stands there now. */
async function putBack(trx: Db, { table_name: table, row_key, before }: Line, left: Set<string>) {
  if (await rowAt(trx, table, JSON.parse(row_key) as Row)) return left.add(t("doubles.left_taken"))
  await insertRow(trx, table, JSON.parse(before) as Row)
}

type Restoring = { line: Line; merge: FoundMerge; catalogue: Catalogue; at: string; left: Set<string> }

/** As `restore`, with what only cards have: a version, columns that follow from others, numbers of which there is one. */
async function restoreCard(trx: Db, { line, merge, catalogue, at, left }: Restoring) {
  const { kind } = merge
  const [before, after] = [JSON.parse(line.before) as Row, JSON.parse(line.after ?? "{}") as Row]
  const key = JSON.parse(line.row_key) as Row
  const present = await rowAt(trx, kind, key)
  if (!present) return left.add(t("doubles.left_gone"))
  const untouched = present.version === after.version
  const back: Row = {}
  for (const column of Object.keys(before)) {
    if ((present[column] ?? null) === after[column]) back[column] = before[column] ?? null
    else if (fieldLabel(column)) left.add(t("doubles.left_field", { field: fieldLabel(column) ?? "" }))
  }
  for (const column of uniqueColumns(catalogue, kind)) {
    const value = back[column]
    if (
      value === undefined ||
      value === null ||
      !(await isTaken(trx, kind, { column, value, id: key.id ?? 0 }))
    )
      continue
    delete back[column]
    left.add(t("doubles.left_number", { number: value }))
  }
  const card = { ...present, ...back }
  const again = untouched
    ? {}
    : { ...following(kind, card), version: Number(present.version) + 1, updated_at: at }
  await setRow(trx, kind, key, { ...back, ...again })
}

async function isTaken(
  trx: Db,
  kind: Person,
  { column, value, id }: { column: string; value: string | number; id: string | number },
) {
  const { rows } = await sql`select 1 from ${sql.table(kind)}
    where ${sql.ref(column)} = ${value} and id <> ${id}`.execute(trx)
  return rows.length > 0
}
