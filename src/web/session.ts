// The only file that knows lucia. Only the sha256 of a session's id is stored.
import type { Request, Response } from "express"
import { type Adapter, type DatabaseUser, Lucia, TimeSpan } from "lucia"
import type { Db } from "../db/index.ts"
import { ROLES, type Role } from "../roles.ts"
import type { School } from "../school.ts"
import { cookie, setCookie } from "./cookies.ts"
import type { User } from "./request.ts"
import { sha256 } from "./signing.ts"

const COOKIE = "ardoise"
const IDLE = new TimeSpan(12, "h")
/** A session ends so many days after sign-in, however much it is used. */
const LONGEST_DAYS = 7
const DAY = 86_400_000

type SessionAttributes = { created_at: string; device: string; address: string; forms_sent: number }
type UserAttributes = Omit<User, "id" | "session" | "formsSent">

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>
    UserId: number
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

const lucias = new WeakMap<School, Lucia<SessionAttributes, UserAttributes>>()

function luciaOf(school: School) {
  let lucia = lucias.get(school)
  if (!lucia) {
    lucia = new Lucia(adapter(school.db), {
      sessionExpiresIn: IDLE,
      getSessionAttributes: (attributes) => attributes,
      getUserAttributes: (attributes) => attributes,
    })
    lucias.set(school, lucia)
  }
  return lucia
}

/** Signs an account in: a session with a new id, its cookie on the response. */
export async function createSession(req: Request, res: Response, accountId: number): Promise<void> {
  const session = await luciaOf(req.school).createSession(accountId, {
    created_at: req.now.toISOString(),
    device: (req.headers["user-agent"] ?? "").slice(0, 200),
    address: req.ip ?? "",
    forms_sent: 0,
  })
  setCookie(req, res, COOKIE, session.id, (LONGEST_DAYS * DAY) / 1000)
}

/** The person of the request's cookie, or null: no cookie, expired, revoked, account closed. */
export async function validateSession(req: Request): Promise<User | null> {
  const id = cookie(req, COOKIE)
  if (!id) return null
  const { session, user } = await luciaOf(req.school).validateSession(id)
  if (!session || !user) return null
  if (Date.parse(session.created_at) + LONGEST_DAYS * DAY < req.now.getTime()) {
    await luciaOf(req.school).invalidateSession(id)
    return null
  }
  return { ...user, session: sha256(id), formsSent: session.forms_sent }
}

/** Ends the session of the request. */
export async function revokeSession(req: Request, res: Response): Promise<void> {
  const id = cookie(req, COOKIE)
  if (id) await luciaOf(req.school).invalidateSession(id)
  setCookie(req, res, COOKIE, "", 0)
}

/** Ends every session of an account: password changed, rights changed, account closed. */
export async function revokeAllSessions(school: School, accountId: number): Promise<void> {
  await luciaOf(school).invalidateUserSessions(accountId)
}

function adapter(db: Db): Adapter {
  const account = (idHash: string) =>
    db
      .selectFrom("session as s")
      .innerJoin("account as a", "a.id", "s.account_id")
      .where("s.id_hash", "=", idHash)
      .where("a.active", "=", 1)
      .select((eb) => [
        "s.expires_at",
        "s.created_at",
        "s.device",
        "s.address",
        "s.forms_sent",
        "a.id",
        "a.name",
        "a.staff_id",
        "a.guardian_id",
        "a.student_id",
        "a.must_change",
        eb
          .selectFrom("account_role as r")
          .whereRef("r.account_id", "=", "a.id")
          .select((e) => e.fn<string | null>("string_agg", ["r.role", e.val(",")]).as("roles"))
          .as("roles"),
      ])
      .executeTakeFirst()
  return {
    async getSessionAndUser(id) {
      const row = await account(sha256(id))
      if (!row) return [null, null]
      const { created_at, device, address, forms_sent } = row
      const held = (row.roles ?? "").split(",")
      const user: DatabaseUser = {
        id: row.id,
        attributes: {
          name: row.name,
          roles: ROLES.filter((role: Role) => held.includes(role)),
          staffId: row.staff_id,
          guardianId: row.guardian_id,
          studentId: row.student_id,
          mustChange: row.must_change === 1,
        },
      }
      const attributes = { created_at, device, address, forms_sent }
      return [{ id, userId: row.id, expiresAt: new Date(row.expires_at), attributes }, user]
    },
    async getUserSessions() {
      return [] // the list of one's sessions comes from the accounts feature: ids are not kept here
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      await db
        .insertInto("session")
        .values({
          id_hash: sha256(id),
          account_id: userId,
          expires_at: expiresAt.toISOString(),
          ...attributes,
        })
        .execute()
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .updateTable("session")
        .set({ expires_at: expiresAt.toISOString() })
        .where("id_hash", "=", sha256(id))
        .execute()
    },
    async deleteSession(id) {
      await db.deleteFrom("session").where("id_hash", "=", sha256(id)).execute()
    },
    async deleteUserSessions(accountId) {
      await db.deleteFrom("session").where("account_id", "=", accountId).execute()
    },
    async deleteExpiredSessions() {
      await db.deleteFrom("session").where("expires_at", "<", new Date().toISOString()).execute()
    },
  }
}
