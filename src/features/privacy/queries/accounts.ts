// The accounts of who is erased.
import type { Db } from "../../../db/index.ts"
import type { Held } from "./holdings.ts"

/**
 * Nobody signs in with it any more and no open page goes on. The account itself goes unless it is somebody else's
 * too (a teacher who is a mother), or the books name it: then only what reaches the person goes.
 */
export async function forgetAccounts(trx: Db, { column, erasure }: Held, cards: number[]): Promise<void> {
  const own = column as "student_id" | "guardian_id" | "staff_id"
  const accounts = await trx
    .selectFrom("account")
    .select(["id", "student_id", "guardian_id", "staff_id"])
    .where(own, "in", cards)
    .execute()
  for (const { id, ...persons } of accounts) {
    const shared = Object.entries(persons).some(([other, number]) => other !== own && number !== null)
    if (shared) await leaveTo(trx, id, own)
    else if (erasure === "keep" || (await namedByBooks(trx, id)))
      await empty(trx, id, own, erasure === "keep")
    else {
      await close(trx, id)
      await trx.deleteFrom("saved_list").where("account_id", "=", id).execute()
      await trx.deleteFrom("account").where("id", "=", id).execute()
    }
  }
}

const ROLES = { student_id: ["student"], guardian_id: ["parent"], staff_id: [] as string[] }

/** The other person keeps the account, not the logins and roles that came with this one. */
async function leaveTo(trx: Db, id: number, own: keyof typeof ROLES): Promise<void> {
  await trx
    .updateTable("account")
    .set({ [own]: null })
    .where("id", "=", id)
    .execute()
  if (ROLES[own].length > 0) {
    await trx
      .deleteFrom("account_role")
      .where("account_id", "=", id)
      .where("role", "in", ROLES[own])
      .execute()
  }
  await trx.deleteFrom("session").where("account_id", "=", id).execute()
}

async function namedByBooks(trx: Db, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom("list_export")
    .select("id")
    .where("account_id", "=", id)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function close(trx: Db, id: number): Promise<void> {
  for (const table of ["session", "account_login", "account_role"] as const)
    await trx.deleteFrom(table).where("account_id", "=", id).execute()
  await trx
    .deleteFrom("sign_in_delay")
    .where((eb) => eb.or([eb("key", "=", `account:${id}`), eb("key", "like", `account:${id}:%`)]))
    .execute()
}

async function empty(trx: Db, id: number, own: keyof typeof ROLES, named: boolean): Promise<void> {
  await close(trx, id)
  const name = named ? {} : { name: `Compte effacé n° ${id}`, [own]: null }
  await trx
    .updateTable("account")
    .set({ active: 0, password_hash: null, ...name })
    .where("id", "=", id)
    .execute()
}
