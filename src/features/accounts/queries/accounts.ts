// Accounts: the list, one of them, and what the administrator does to them.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { ROLES, type Role } from "../../../roles.ts"
import { Refusal } from "../../../web/refusal.ts"
import { revokeAllSessions } from "../../../web/session.ts"
import { fold } from "../../people/naming.ts"
import type { Login } from "../logins.ts"
import type { Person } from "../rules/rights.ts"

export const PAGE = 50

export type AccountFilter = { q: string; role: Role | null; state: "open" | "closed" | "new" | null }

const rolesOf = (db: Db) =>
  db
    .selectFrom("account_role as r")
    .where("r.account_id", "=", sql.ref<number>("a.id"))
    .select((eb) => eb.fn<string | null>("string_agg", ["r.role", eb.val(",")]).as("roles"))

const loginsOf = (db: Db) =>
  db
    .selectFrom("account_login as l")
    .where("l.account_id", "=", sql.ref<number>("a.id"))
    .select((eb) => eb.fn<string | null>("string_agg", ["l.login", eb.val(",")]).as("logins"))

const inOrder = (roles: string | null): Role[] => {
  const held = (roles ?? "").split(",")
  return ROLES.filter((role) => held.includes(role))
}

function accountsWhere(db: Db, { q, role, state }: AccountFilter) {
  let rows = db
    .selectFrom("account as a")
    .leftJoin("staff as s", "s.id", "a.staff_id")
    .leftJoin("guardian as g", "g.id", "a.guardian_id")
    .leftJoin("student as p", "p.id", "a.student_id")
  if (role) {
    rows = rows.where((eb) =>
      eb.exists(
        eb
          .selectFrom("account_role as r")
          .select("r.role")
          .whereRef("r.account_id", "=", "a.id")
          .where("r.role", "=", role),
      ),
    )
  }
  if (state === "closed") rows = rows.where("a.active", "=", 0)
  if (state === "open") rows = rows.where("a.active", "=", 1)
  if (state === "new") rows = rows.where("a.active", "=", 1).where("a.must_change", "=", 1)
  for (const word of searchedWords(q)) {
    rows = rows.where((eb) =>
      eb.or([
        eb(sql<string>`coalesce(s.folded, g.folded, p.folded, '')`, "like", `%${word}%`),
        eb.exists(
          eb
            .selectFrom("account_login as l")
            .select("l.login")
            .whereRef("l.account_id", "=", "a.id")
            .where((e) => e(e.fn<string>("lower", ["l.login"]), "like", `%${word}%`)),
        ),
      ]),
    )
  }
  return rows
}

/** Folded words; a phone written in groups is one word. */
function searchedWords(q: string): string[] {
  const digits = q.replace(/[\s.+-]/g, "")
  if (/^\d{4,}$/.test(digits)) return [digits.replace(/^00/, "")]
  return fold(q)
    .replace(/[%_\\]/g, " ")
    .split(" ")
    .filter(Boolean)
    .slice(0, 6)
}

/** One page of the accounts, staff first, then guardians and students, by name; and how many there are. */
export async function accountsFound(db: Db, filter: AccountFilter, page: number) {
  const { total } = await accountsWhere(db, filter)
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await accountsWhere(db, filter)
    .select(["a.id", "a.name", "a.active", "a.must_change", "a.guardian_id", "a.student_id", "s.position"])
    .select([rolesOf(db).as("roles"), loginsOf(db).as("logins")])
    .orderBy(sql`case when a.staff_id is not null then 0 when a.guardian_id is not null then 1 else 2 end`)
    .orderBy(sql`coalesce(s.folded, g.folded, p.sort_name, '')`)
    .orderBy("a.id")
    .limit(PAGE)
    .offset((page - 1) * PAGE)
    .execute()
  return {
    total: Number(total),
    rows: rows.map((row) => ({ ...row, roles: inOrder(row.roles), logins: (row.logins ?? "").split(",") })),
  }
}

export type Account = NonNullable<Awaited<ReturnType<typeof accountOf>>>

/** One account with its logins, roles and how it is used; undefined when there is none. */
export async function accountOf(db: Db, id: number, now: Date) {
  const row = await db
    .selectFrom("account as a")
    .leftJoin("staff as s", "s.id", "a.staff_id")
    .leftJoin("student as p", "p.id", "a.student_id")
    .where("a.id", "=", id)
    .select(["a.id", "a.name", "a.active", "a.must_change", "a.staff_id", "a.guardian_id", "a.student_id"])
    .select(["a.created_at", "s.position", "p.matricule", "p.birth_date", rolesOf(db).as("roles")])
    .select((eb) => [
      eb
        .selectFrom("session")
        .whereRef("account_id", "=", "a.id")
        .where("expires_at", ">", now.toISOString())
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("sessions"),
      eb
        .selectFrom("session")
        .whereRef("account_id", "=", "a.id")
        .select((e) => e.fn.max("created_at").as("at"))
        .as("last_sign_in"),
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const logins = await db
    .selectFrom("account_login")
    .select(["login", "kind"])
    .where("account_id", "=", id)
    .orderBy("kind")
    .execute()
  const person: Person = row.staff_id ? "staff" : row.guardian_id ? "guardian" : "student"
  return { ...row, roles: inOrder(row.roles), sessions: Number(row.sessions), logins, person }
}

export type NewAccount = { name: string; person: Person; personId: number; roles: Role[]; logins: Login[] }

/** Opens an account whose first password must be changed; its id. Throws LoginTaken. */
export function openAccount(
  db: Db,
  by: { id: number },
  account: NewAccount,
  { hash, at }: { hash: string; at: string },
): Promise<number> {
  return tx(db, async (trx) => {
    const { name, person, personId, roles, logins } = account
    const made = await trx
      .insertInto("account")
      .values({ name, password_hash: hash, must_change: 1, created_at: at, [`${person}_id`]: personId })
      .onConflict((oc) => oc.doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made)
      throw new Refusal(409, "Cette personne a déjà un compte : cherchez-la dans la liste des comptes.")
    await setLogins(trx, made.id, logins)
    await setRoles(trx, made.id, roles)
    const after = { name, roles, logins: logins.map(({ login }) => login) }
    await record(trx, by, { subject: "account", subjectId: made.id, action: "created", after }, at)
    return made.id
  })
}

/** A login that another account has; `field` is the field of the form it came from. */
export class LoginTaken extends Error {
  readonly field: string
  constructor(field: string) {
    super("login taken")
    this.field = field
  }
}

async function setLogins(trx: Db, accountId: number, logins: readonly Login[]): Promise<void> {
  await trx.deleteFrom("account_login").where("account_id", "=", accountId).execute()
  for (const { kind, login } of logins) {
    const made = await trx
      .insertInto("account_login")
      .values({ kind, login, account_id: accountId })
      .onConflict((oc) => oc.doNothing())
      .returning("login")
      .executeTakeFirst()
    if (!made) throw new LoginTaken(kind)
  }
}

async function setRoles(trx: Db, accountId: number, roles: readonly Role[]): Promise<void> {
  await trx.deleteFrom("account_role").where("account_id", "=", accountId).execute()
  if (roles.length === 0) return
  await trx
    .insertInto("account_role")
    .values(roles.map((role) => ({ account_id: accountId, role })))
    .execute()
}

/** Name, logins and roles. Changed roles give every open session a new id. Throws LoginTaken or a Refusal. */
export function changeAccount(
  db: Db,
  by: { id: number },
  account: Account,
  after: { name: string; roles: Role[]; logins: Login[] },
  at: string,
): Promise<void> {
  return tx(db, async (trx) => {
    await takeTurns(trx)
    await trx.updateTable("account").set({ name: after.name }).where("id", "=", account.id).execute()
    await setLogins(trx, account.id, after.logins)
    await setRoles(trx, account.id, after.roles)
    await keepAnAdministrator(trx, account)
    if (String(after.roles) !== String(account.roles)) {
      await trx.updateTable("session").set({ renew: 1 }).where("account_id", "=", account.id).execute()
    }
    const told = (one: { name: string; roles: readonly Role[]; logins: readonly { login: string }[] }) => ({
      name: one.name,
      roles: one.roles,
      logins: one.logins.map(({ login }) => login),
    })
    const change = { subject: "account", subjectId: account.id, before: told(account), after: told(after) }
    await record(trx, by, { ...change, action: "changed" }, at)
  })
}

/** Closed: every session ends at once and nobody signs in; nothing is deleted. */
export function closeAccount(db: Db, by: { id: number }, account: Account, at: string): Promise<void> {
  return tx(db, async (trx) => {
    await takeTurns(trx)
    await trx.updateTable("account").set({ active: 0 }).where("id", "=", account.id).execute()
    await keepAnAdministrator(trx, account)
    await revokeAllSessions(trx, account.id)
    await record(trx, by, { subject: "account", subjectId: account.id, action: "closed" }, at)
  })
}

export function reopenAccount(db: Db, by: { id: number }, account: Account, at: string): Promise<void> {
  return tx(db, async (trx) => {
    await trx.updateTable("account").set({ active: 1 }).where("id", "=", account.id).execute()
    await record(trx, by, { subject: "account", subjectId: account.id, action: "reopened" }, at)
  })
}

/** A new password ends every session; `mustChange` when somebody else chose it. The password is never told. */
export function setPassword(
  db: Db,
  by: { id: number },
  accountId: number,
  { hash, mustChange, at }: { hash: string; mustChange: boolean; at: string },
): Promise<void> {
  return tx(db, async (trx) => {
    await trx
      .updateTable("account")
      .set({ password_hash: hash, must_change: mustChange ? 1 : 0 })
      .where("id", "=", accountId)
      .execute()
    await revokeAllSessions(trx, accountId)
    await trx
      .deleteFrom("sign_in_delay")
      .where((eb) =>
        eb.or([eb("key", "=", `account:${accountId}`), eb("key", "like", `account:${accountId}:%`)]),
      )
      .execute()
    const action = mustChange ? "password_reset" : "password_changed"
    await record(trx, by, { subject: "account", subjectId: accountId, action }, at)
  })
}

/** One change of administrators at a time, on either engine: the name's row serves as the lock. */
async function takeTurns(trx: Db): Promise<void> {
  await trx
    .updateTable("setting")
    .set((eb) => ({ value: eb.ref("value") }))
    .where("key", "=", "name")
    .execute()
}

async function keepAnAdministrator(trx: Db, account: Account): Promise<void> {
  if (!account.roles.includes("administrator")) return
  const left = await trx
    .selectFrom("account as a")
    .innerJoin("account_role as r", "r.account_id", "a.id")
    .where("r.role", "=", "administrator")
    .where("a.active", "=", 1)
    .select("a.id")
    .limit(1)
    .executeTakeFirst()
  if (!left) throw new Refusal(409, "Il ne resterait aucun administrateur : nommez-en d’abord un autre.")
}
