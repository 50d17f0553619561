// What a commit did, row by row, so that it can be undone row by row; and the audit trail beside it.
import { type Change, record } from "../../../audit.ts"
import { chunks, type Db } from "../../../db/index.ts"

export class Journal {
  readonly importId: number
  readonly by: { id: number }
  readonly at: string
  readonly #rows: {
    import_id: number
    line: number
    table_name: string
    row_key: string
    before: string | null
    after: string
  }[] = []
  readonly #told: Change[] = []

  constructor(importId: number, by: { id: number }, at: string) {
    this.importId = importId
    this.by = by
    this.at = at
  }

  /** The reason under which the audit trail keeps what an import did. */
  get reason(): string {
    return reasonOf(this.importId)
  }

  /** One row made (`before` null) or changed; the key is a number, or several. */
  wrote(line: number, table: string, key: number | number[], before: object | null, after: object): void {
    this.#rows.push({
      import_id: this.importId,
      line,
      table_name: table,
      row_key: JSON.stringify(key),
      before: before && JSON.stringify(before),
      after: JSON.stringify(after),
    })
  }

  tell(change: Change): void {
    this.#told.push({ ...change, reason: this.reason })
  }

  async close(trx: Db): Promise<void> {
    for (const part of chunks(this.#rows, 6)) await trx.insertInto("import_change").values(part).execute()
    await record(trx, this.by, this.#told, this.at)
  }
}

export const reasonOf = (importId: number) => `Import n° ${importId}`

/**
 * Rows inserted in one order come back with rising numbers in that order: pairs each with its number, and
 * throws when the database says otherwise.
 */
export function numbered<T extends object>(
  rows: readonly T[],
  made: readonly { id: number; check: string }[],
  check: (row: T) => string,
): (T & { id: number })[] {
  const ids = [...made].sort((a, b) => a.id - b.id)
  return rows.map((row, at) => {
    const one = ids[at]
    if (!one || one.check !== check(row)) throw new Error("rows were numbered in another order")
    return { ...row, id: one.id }
  })
}
