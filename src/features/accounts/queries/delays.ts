// Attempts to sign in, counted before any password is looked at: many at once get no more guesses than one by one.
import { type Db, tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { delaySeconds, FORGOTTEN_AFTER_MS, waitInWords } from "../rules/delays.ts"

/** What failures are counted for, and how many cost nothing. */
export type Counted = { key: string; free: number }

class Blocked extends Error {
  readonly until: string
  constructor(until: string) {
    super("blocked")
    this.until = until
  }
}

/** Counts an attempt against each key as if it failed; throws a 429 with a sentence where one has to wait. */
export async function countAttempt(db: Db, counted: readonly Counted[], now: Date): Promise<void> {
  try {
    await tx(db, async (trx) => {
      for (const one of counted) await countOne(trx, one, now)
    })
  } catch (problem) {
    if (!(problem instanceof Blocked)) throw problem
    const seconds = (Date.parse(problem.until) - now.getTime()) / 1000
    throw new Refusal(
      429,
      `Trop d’essais manqués. Attendez ${waitInWords(seconds)}, puis réessayez. Si le mot de passe est oublié, l’école peut en donner un nouveau.`,
    )
  }
}

/** The row stays locked until the transaction ends: a second attempt reads what the first one wrote. */
async function countOne(trx: Db, { key, free }: Counted, now: Date): Promise<void> {
  const at = now.toISOString()
  const forgotten = new Date(now.getTime() - FORGOTTEN_AFTER_MS).toISOString()
  await trx.deleteFrom("sign_in_delay").where("key", "=", key).where("last_at", "<", forgotten).execute()
  const row = await trx
    .insertInto("sign_in_delay")
    .values({ key, failures: 1, last_at: at, blocked_until: at })
    .onConflict((oc) =>
      oc
        .column("key")
        .doUpdateSet((eb) => ({ failures: eb("sign_in_delay.failures", "+", 1), last_at: at }))
        .where("sign_in_delay.blocked_until", "<=", at),
    )
    .returning("failures")
    .executeTakeFirst()
  if (!row) {
    const { blocked_until } = await trx
      .selectFrom("sign_in_delay")
      .select("blocked_until")
      .where("key", "=", key)
      .executeTakeFirstOrThrow()
    throw new Blocked(blocked_until)
  }
  const seconds = delaySeconds(row.failures, free)
  if (seconds === 0) return
  const until = new Date(now.getTime() + seconds * 1000).toISOString()
  await trx.updateTable("sign_in_delay").set({ blocked_until: until }).where("key", "=", key).execute()
}

/** The attempt succeeded: the account starts afresh, the address only takes this attempt back. */
export async function forgiveAttempt(db: Db, account: string, address: string, now: Date): Promise<void> {
  await tx(db, async (trx) => {
    await trx.deleteFrom("sign_in_delay").where("key", "=", account).execute()
    await trx
      .updateTable("sign_in_delay")
      .set((eb) => ({ failures: eb("failures", "-", 1), blocked_until: now.toISOString() }))
      .where("key", "=", address)
      .where("failures", ">", 0)
      .execute()
  })
}
