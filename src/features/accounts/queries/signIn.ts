import type { Db } from "../../../db/index.ts"

/** The open account that one of these logins belongs to; where two do, that of the first login. None for who left the staff. */
export async function accountOfLogins(db: Db, logins: readonly string[]) {
  const rows = await db
    .selectFrom("account_login as l")
    .innerJoin("account as a", "a.id", "l.account_id")
    .leftJoin("staff", "staff.id", "a.staff_id")
    .where("l.login", "in", logins)
    .where("a.active", "=", 1)
    .where((eb) => eb.or([eb("staff.active", "is", null), eb("staff.active", "=", 1)]))
    .select(["a.id", "a.password_hash", "l.login"])
    .execute()
  return rows.sort((one, other) => logins.indexOf(one.login) - logins.indexOf(other.login))[0]
}

/** The sessions of an account that have not ended, newest first. */
export const sessionsOf = (db: Db, accountId: number, now: Date) =>
  db
    .selectFrom("session")
    .select(["id_hash", "created_at", "device", "address"])
    .where("account_id", "=", accountId)
    .where("expires_at", ">", now.toISOString())
    .orderBy("created_at", "desc")
    .orderBy("id_hash")
    .limit(50)
    .execute()

/** Ends one of an account's sessions; false when it has none of this name. */
export async function endSession(db: Db, accountId: number, idHash: string): Promise<boolean> {
  const ended = await db
    .deleteFrom("session")
    .where("account_id", "=", accountId)
    .where("id_hash", "=", idHash)
    .returning("id_hash")
    .executeTakeFirst()
  return ended !== undefined
}

/** Ends all of an account's sessions but one; how many. */
export async function endOtherSessions(db: Db, accountId: number, keptIdHash: string): Promise<number> {
  const ended = await db
    .deleteFrom("session")
    .where("account_id", "=", accountId)
    .where("id_hash", "<>", keptIdHash)
    .returning("id_hash")
    .execute()
  return ended.length
}

/** What checks a change of one's own password: its hash, and what others know of the person. */
export async function secretsOf(db: Db, accountId: number) {
  const account = await db
    .selectFrom("account")
    .select(["name", "password_hash"])
    .where("id", "=", accountId)
    .executeTakeFirstOrThrow()
  const logins = await db
    .selectFrom("account_login")
    .select("login")
    .where("account_id", "=", accountId)
    .execute()
  return { hash: account.password_hash, known: [account.name, ...logins.map(({ login }) => login)] }
}
