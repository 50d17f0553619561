// The register of lists that left the school as files.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"

export const EXPORTS_PAGE = 50

export type ExportRow = {
  format: "csv" | "xlsx"
  query: string
  filters: string
  columns: string
  rows: number
  masked: number
}

/** Writes an export into the register and the audit trail. */
export function recordExport(db: Db, by: User, row: ExportRow, now: Date): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { id } = await trx
      .insertInto("list_export")
      .values({ ...row, at, account_id: by.id })
      .returning("id")
      .executeTakeFirstOrThrow()
    const { query: _query, ...after } = row
    await record(trx, by, { subject: "list_export", subjectId: id, action: "exported", after }, at)
  })
}

/** One page of the register, newest first, with how many lines it has. */
export async function exportsRecorded(db: Db, page: number) {
  const { total } = await db
    .selectFrom("list_export")
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom("list_export as e")
    .innerJoin("account as a", "a.id", "e.account_id")
    .select(["e.id", "e.at", "e.format", "e.query", "e.filters", "e.columns", "e.rows", "e.masked", "a.name"])
    .orderBy("e.id", "desc")
    .limit(EXPORTS_PAGE)
    .offset((page - 1) * EXPORTS_PAGE)
    .execute()
  return { rows, total: Number(total) }
}
