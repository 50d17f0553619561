import type { Db } from "../../db/index.ts"

/** The account that signs in with this e-mail, phone or matricule, already folded; open accounts only. */
export const accountOfLogin = (db: Db, login: string) =>
  db
    .selectFrom("account_login as l")
    .innerJoin("account as a", "a.id", "l.account_id")
    .where("l.login", "=", login)
    .where("a.active", "=", 1)
    .select(["a.id", "a.password_hash", "a.must_change"])
    .executeTakeFirst()
