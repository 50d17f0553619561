import { chunks, type Db } from "../../db/index.ts"
import { seesAll, studentsSeenBy, type Viewer } from "../people/scope.ts"
import { inGsmLetters, smsLength } from "./rules.ts"

export type Message = {
  recipient: string
  guardianId: number | null
  studentId: number | null
  event: string
  /** the same key is the same message: written once, whatever happens */
  uniqueKey: string
  body: string
}

/**
 * Writes SMS into the outbox, in letters that fit GSM-7; call it inside the transaction of what they tell.
 * A message about a child is not written for a guardian who may not see this child. Gives how many were new.
 */
export async function queueMessages(db: Db, asked: readonly Message[], at: string): Promise<number> {
  const messages = await allowed(db, asked)
  let added = 0
  for (let start = 0; start < messages.length; start += 500) {
    const rows = messages.slice(start, start + 500).map((message) => {
      const body = inGsmLetters(message.body)
      const { encoding, segments } = smsLength(body)
      return {
        channel: "sms" as const,
        recipient: message.recipient,
        guardian_id: message.guardianId,
        student_id: message.studentId,
        event: message.event,
        unique_key: message.uniqueKey,
        body,
        encoding,
        segments,
        state: "waiting" as const,
        next_at: at,
        created_at: at,
      }
    })
    const written = await db
      .insertInto("outbox")
      .values(rows)
      .onConflict((oc) => oc.column("unique_key").doNothing())
      .returning("id")
      .execute()
    added += written.length
  }
  return added
}

/** Without those about a child that the guardian may not see: whoever writes a message need not remember it. */
async function allowed(db: Db, messages: readonly Message[]): Promise<readonly Message[]> {
  const about = messages.flatMap(({ guardianId, studentId }) => (guardianId && studentId ? studentId : []))
  const kept = new Set<string>()
  for (const part of chunks([...new Set(about)], 1)) {
    const rows = await db
      .selectFrom("guardianship")
      .select(["guardian_id", "student_id"])
      .where("student_id", "in", part)
      .where("may_see", "=", 0)
      .execute()
    for (const row of rows) kept.add(`${row.guardian_id} ${row.student_id}`)
  }
  return messages.filter(({ guardianId, studentId }) => !kept.has(`${guardianId} ${studentId}`))
}

export type MessageFilter = { state: string; words: string[]; page: number }

export const PAGE_SIZE = 50

/** The messages about students that this person may see; all of them with `people.all`. */
function messagesSeenBy(db: Db, who: Viewer) {
  const rows = db.selectFrom("outbox as o")
  return seesAll(who) ? rows : rows.where("o.student_id", "in", studentsSeenBy(db, who).select("student.id"))
}

const filtered = (db: Db, who: Viewer, { state, words }: MessageFilter) => {
  let rows = messagesSeenBy(db, who).leftJoin("guardian as g", "g.id", "o.guardian_id")
  if (state) rows = rows.where("o.state", "=", state as "waiting")
  for (const word of words) {
    rows = rows.where((eb) =>
      eb.or([eb("g.folded", "like", `%${word}%`), eb("o.recipient", "like", `%${word}%`)]),
    )
  }
  return rows
}

/** One page of the journal, newest first. */
export const messagesOf = (db: Db, who: Viewer, filter: MessageFilter) =>
  filtered(db, who, filter)
    .leftJoin("student as s", "s.id", "o.student_id")
    .select([
      "o.id",
      "o.recipient",
      "o.body",
      "o.segments",
      "o.encoding",
      "o.state",
      "o.created_at",
      "o.sent_at",
      "o.problem",
      "o.student_id",
      "g.name as guardian",
      "s.surname",
      "s.given_names",
    ])
    .orderBy("o.id", "desc")
    .limit(PAGE_SIZE)
    .offset((filter.page - 1) * PAGE_SIZE)
    .execute()

/** How many messages and how many segments the filter holds. */
export const countOf = (db: Db, who: Viewer, filter: MessageFilter) =>
  filtered(db, who, filter)
    .select((eb) => [
      eb.fn.countAll<number>().as("messages"),
      eb.fn.coalesce(eb.fn.sum<number>("o.segments"), eb.lit(0)).as("segments"),
    ])
    .executeTakeFirstOrThrow()

/** Stops one message that has not left; false when it has. */
export async function cancelMessage(db: Db, id: number): Promise<boolean> {
  const row = await db
    .updateTable("outbox")
    .set({ state: "cancelled" })
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .returning("id")
    .executeTakeFirst()
  return row !== undefined
}

export const messageSeen = (db: Db, who: Viewer, id: number) =>
  messagesSeenBy(db, who).selectAll("o").where("o.id", "=", id).executeTakeFirst()
