import type { School } from "../../school.ts"

/** What carries a message out; until a real carrier is connected, the journal. */
export type Carrier = { name: string; send(message: { recipient: string; body: string }): Promise<void> }

/** Sends nothing anywhere: the message stands in the journal, to be read, copied and checked. */
export const journal: Carrier = { name: "journal", async send() {} }

const AT_ONCE = 200
const MOST_ATTEMPTS = 5

/** Hands over what waits, oldest first. A row is claimed before it is sent, so that nothing leaves twice. */
export async function deliver(school: School, now: Date, carrier: Carrier = journal): Promise<string> {
  const { db } = school
  const at = now.toISOString()
  const waiting = await db
    .selectFrom("outbox")
    .select(["id", "recipient", "body", "attempts"])
    .where("state", "=", "waiting")
    .where("next_at", "<=", at)
    .orderBy("id")
    .limit(AT_ONCE)
    .execute()
  let sent = 0
  for (const { id, recipient, body, attempts } of waiting) {
    const claim = await db
      .updateTable("outbox")
      .set({ state: "sent", sent_at: at, attempts: attempts + 1 })
      .where("id", "=", id)
      .where("state", "=", "waiting")
      .where("attempts", "=", attempts)
      .returning("id")
      .executeTakeFirst()
    if (!claim) continue
    try {
      await carrier.send({ recipient, body })
      sent++
    } catch (problem) {
      await putBack(school, { id, attempts: attempts + 1, problem: String(problem) }, now)
    }
  }
  return `${sent} messages remis (${carrier.name}), ${waiting.length - sent} remis à plus tard`
}

/** Waits twice as long after each failure, and gives up after the fifth. */
async function putBack(
  { db }: School,
  { id, attempts, problem }: { id: number; attempts: number; problem: string },
  now: Date,
): Promise<void> {
  const next = new Date(now.getTime() + 60_000 * 2 ** attempts).toISOString()
  await db
    .updateTable("outbox")
    .set({ state: attempts >= MOST_ATTEMPTS ? "failed" : "waiting", sent_at: null, next_at: next, problem })
    .where("id", "=", id)
    .execute()
}
