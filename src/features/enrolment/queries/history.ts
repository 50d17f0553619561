// What happened to a file, line by line.
import type { Db } from "../../../db/index.ts"
import type { Row } from "../../people/conflict.ts"
import type { Action, State } from "../rules/states.ts"

export type NewEvent = {
  application_id: number
  action: Action
  from: State | null
  to: State
  reason?: string | null
  details?: object
}

/** Adds a line to a file's history; its number. */
export async function addEvent(
  trx: Db,
  { application_id, action, from, to, reason = null, details = {} }: NewEvent,
  by: { id: number } | null,
  at: string,
): Promise<number> {
  const row = { application_id, action, from_state: from, to_state: to, reason, at }
  const { id } = await trx
    .insertInto("application_event")
    .values({ ...row, account_id: by?.id ?? null, details: JSON.stringify(details) })
    .returning("id")
    .executeTakeFirstOrThrow()
  return id
}

/** A file's history, the first contact first, with who did what. */
export const eventsOf = (db: Db, application: number) =>
  db
    .selectFrom("application_event")
    .leftJoin("account", "account.id", "application_event.account_id")
    .selectAll("application_event")
    .select("account.name as by")
    .where("application_id", "=", application)
    .orderBy("application_event.id")
    .execute()

export type ApplicationEvent = Awaited<ReturnType<typeof eventsOf>>[number]

/** The changes of what was asked for after the version that somebody saw, oldest first, and who made the last one. */
export async function editsSince(db: Db, application: number, version: number) {
  const rows = await db
    .selectFrom("audit")
    .leftJoin("account", "account.id", "audit.account_id")
    .select(["audit.at", "audit.before", "audit.after", "account.name as by"])
    .where("audit.subject", "=", "application")
    .where("audit.subject_id", "=", application)
    .orderBy("audit.id", "desc")
    .limit(50)
    .execute()
  const since = rows
    .map(({ before, after, ...row }) => ({ ...row, before: read(before), after: read(after) }))
    .filter(({ after }) => Number(after.version ?? 0) > version)
    .reverse()
  return { changes: since, by: since.at(-1)?.by ?? null, at: since.at(-1)?.at ?? null }
}

const read = (json: string | null): Row => (json ? (JSON.parse(json) as Row) : {})
