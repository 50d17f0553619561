import type { Db } from "./db/index.ts"

export type Change = {
  /** the table's word: student, mark, account… */
  subject: string
  subjectId: number
  action: string
  before?: unknown
  after?: unknown
  reason?: string | null
}

/** Writes who changed what into the audit trail; call it inside the transaction of the change itself. */
export async function record(
  db: Db,
  by: { id: number } | null,
  changes: Change | Change[],
  at: string,
): Promise<void> {
  const list = Array.isArray(changes) ? changes : [changes]
  for (let start = 0; start < list.length; start += 500) {
    await db
      .insertInto("audit")
      .values(
        list.slice(start, start + 500).map((change) => ({
          at,
          account_id: by?.id ?? null,
          subject: change.subject,
          subject_id: change.subjectId,
          action: change.action,
          before: change.before === undefined ? null : JSON.stringify(change.before),
          after: change.after === undefined ? null : JSON.stringify(change.after),
          reason: change.reason ?? null,
        })),
      )
      .execute()
  }
}
