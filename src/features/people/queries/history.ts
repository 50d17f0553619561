import type { Db } from "../../../db/index.ts"
import type { Row } from "../conflict.ts"

/** What was done to a card, the latest first. */
export async function historyOf(
  db: Db,
  subject: "student" | "guardian" | "staff",
  id: number,
  page: number,
  size: number,
) {
  const entries = await db
    .selectFrom("audit")
    .leftJoin("account", "account.id", "audit.account_id")
    .select([
      "audit.id",
      "audit.at",
      "audit.action",
      "audit.before",
      "audit.after",
      "audit.reason",
      "account.name as by",
    ])
    .where("audit.subject", "=", subject)
    .where("audit.subject_id", "=", id)
    .orderBy("audit.id", "desc")
    .limit(size + 1)
    .offset((page - 1) * size)
    .execute()
  return {
    more: entries.length > size,
    entries: entries
      .slice(0, size)
      .map((entry) => ({ ...entry, before: read(entry.before), after: read(entry.after) })),
  }
}

/** The edits of a card after the version that somebody saw, oldest first, and who made the last one. */
export async function editsSince(
  db: Db,
  subject: "student" | "guardian" | "staff",
  id: number,
  version: number,
) {
  const { entries } = await historyOf(db, subject, id, 1, 50)
  const since = entries.filter(({ after }) => Number(after.version ?? 0) > version)
  return { changes: since.reverse(), by: since.at(-1)?.by ?? null, at: since.at(-1)?.at ?? null }
}

const read = (json: string | null): Row => (json ? (JSON.parse(json) as Row) : {})
