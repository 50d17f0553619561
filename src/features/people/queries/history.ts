import type { Db } from "../../../db/index.ts"
import type { Row } from "../conflict.ts"

/** What was done to a card, and to those absorbed by it, the latest first. */
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
      "audit.subject_id",
      "audit.at",
      "audit.action",
      "audit.before",
      "audit.after",
      "audit.reason",
      "account.name as by",
    ])
    .where("audit.subject", "=", subject)
    .where((eb) =>
      eb.or([
        eb("audit.subject_id", "=", id),
        eb("audit.subject_id", "in", eb.selectFrom(subject).select("id").where("merged_into", "=", id)),
      ]),
    )
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
  const since = entries.filter(
    ({ subject_id, after }) => subject_id === id && Number(after.version ?? 0) > version,
  )
  return { changes: since.reverse(), by: since.at(-1)?.by ?? null, at: since.at(-1)?.at ?? null }
}

const read = (json: string | null): Row => (json ? (JSON.parse(json) as Row) : {})
