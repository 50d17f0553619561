// The only file that knows lucia. Only the sha256 of a session's id is stored.
import type { Request, Response } from "express"
import type { CompiledQuery, InferResult } from "kysely"
import { type Adapter, type DatabaseUser, generateIdFromEntropySize, Lucia, TimeSpan } from "lucia"
import type { Db } from "../db/index.ts"
import { ROLES, type Role } from "../roles.ts"
import type { School } from "../school.ts"
import { cookie, setCookie } from "./cookies.ts"
import type { User } from "./request.ts"
import { sha256 } from "./signing.ts"

const IDLE = new TimeSpan(12, "h")
/** A session ends so many days after sign-in, however much it is used. */
export const LONGEST_DAYS = 7
const DAY = 86_400_000

/** Behind HTTPS a name that neither plain HTTP nor another host of the domain can set (`__Host-`, RFC 6265bis). */
const cookieName = (req: Request) => (req.secure ? "__Host-ardoise" : "ardoise")

type SessionAttributes = {
  created_at: string
  device: string
  address: string
  forms_sent: number
  renew: number
}
type UserAttributes = Omit<User, "id" | "session" | "formsSent">

declare module "lucia" {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserAttributes>
    UserId: number
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserAttributes
  }
}

const luciaOf = ({ school, now }: { school: School; now: Date }) =>
  new Lucia<SessionAttributes, UserAttributes>(adapter(school.db, now), {
    sessionExpiresIn: IDLE,
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

/** Signs an account in: a session with a new id and its cookie; the one this browser had before is ended. */
export async function createSession(req: Request, res: Response, accountId: number): Promise<void> {
  const lucia = luciaOf(req)
  const earlier = cookie(req, cookieName(req))
  if (earlier) await lucia.invalidateSession(earlier)
  const session = await lucia.createSession(accountId, {
    created_at: req.now.toISOString(),
    device: (req.headers["user-agent"] ?? "").slice(0, 200),
    address: req.ip ?? "",
    forms_sent: 0,
    renew: 0,
  })
  setCookie(req, res, cookieName(req), session.id, (LONGEST_DAYS * DAY) / 1000)
}

/** Requests whose session is to get a new id before anything is shown. */
const renewals = new WeakSet<Request>()

/** The person of the request's cookie, or null: no cookie, expired, revoked, account closed, no longer of the staff. */
export async function validateSession(req: Request): Promise<User | null> {
  const id = cookie(req, cookieName(req))
  if (!id) return null
  const { session, user } = await luciaOf(req).validateSession(id)
  if (!session || !user) return null
  if (Date.parse(session.created_at) + LONGEST_DAYS * DAY < req.now.getTime()) {
    await luciaOf(req).invalidateSession(id)
    return null
  }
  if (session.renew) renewals.add(req)
  return { ...user, session: sha256(id), formsSent: session.forms_sent }
}

/**
 * Gives the session a new id where the account's roles changed since it was given. Only while a page is read:
 * a form under way carries the number of the old id and must still pass.
 */
export async function renewSession(req: Request, res: Response): Promise<void> {
  if (!req.user || !renewals.has(req) || req.method !== "GET") return
  const id = generateIdFromEntropySize(25)
  const renewed = await req.school.db
    .updateTable("session")
    .set({ id_hash: sha256(id), renew: 0 })
    .where("id_hash", "=", req.user.session)
    .returning(["created_at"])
    .executeTakeFirst()
  if (!renewed) return
  const left = Date.parse(renewed.created_at) + LONGEST_DAYS * DAY - req.now.getTime()
  setCookie(req, res, cookieName(req), id, Math.ceil(left / 1000))
  req.user.session = sha256(id)
}

/** The browser brings a session that is no longer one. */
export const sessionEnded = (req: Request) => !req.user && cookie(req, cookieName(req)) !== null

/** Takes the session's cookie from the browser. */
export const forgetSession = (req: Request, res: Response) => setCookie(req, res, cookieName(req), "", 0)

/** Ends the session of the request. */
export async function revokeSession(req: Request, res: Response): Promise<void> {
  const id = cookie(req, cookieName(req))
  if (id) await luciaOf(req).invalidateSession(id)
  forgetSession(req, res)
}

/** Ends every session of an account: password changed, account closed. Joins the transaction it is given. */
export async function revokeAllSessions(db: Db, accountId: number): Promise<void> {
  await adapter(db, new Date(0)).deleteUserSessions(accountId)
}

/** lucia reads the machine's clock, we the request's: moments are shifted from one to the other on the way. */
function adapter(db: Db, now: Date): Adapter {
  const shift = Date.now() - now.getTime()
  const stored = (moment: Date) => new Date(moment.getTime() - shift).toISOString()
  return {
    async getSessionAndUser(id) {
      const row = await accountOf(db, sha256(id))
      if (!row) return [null, null]
      const { created_at, device, address, forms_sent, renew } = row
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
      const attributes = { created_at, device, address, forms_sent, renew }
      const expiresAt = new Date(Date.parse(row.expires_at) + shift)
      return [{ id, userId: row.id, expiresAt, attributes }, user]
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
          expires_at: stored(expiresAt),
          ...attributes,
        })
        .execute()
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .updateTable("session")
        .set({ expires_at: stored(expiresAt) })
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
      await db.deleteFrom("session").where("expires_at", "<", now.toISOString()).execute()
    },
  }
}

/** Stands where the session's hash goes in the statement compiled once. */
const ANY_SESSION = "?"

const openSession = (db: Db) =>
  db
    .selectFrom("session as s")
    .innerJoin("account as a", "a.id", "s.account_id")
    .leftJoin("staff", "staff.id", "a.staff_id")
    .where("s.id_hash", "=", ANY_SESSION)
    .where("a.active", "=", 1)
    .where((eb) => eb.or([eb("staff.active", "is", null), eb("staff.active", "=", 1)]))
    .select((eb) => [
      "s.expires_at",
      "s.created_at",
      "s.device",
      "s.address",
      "s.forms_sent",
      "s.renew",
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

type OpenSession = InferResult<ReturnType<typeof openSession>>[number]
const compiled = new WeakMap<Db, CompiledQuery<OpenSession>>()

/** Asked at every request, and so compiled once a database. */
async function accountOf(db: Db, idHash: string) {
  const query = compiled.get(db) ?? openSession(db).compile()
  compiled.set(db, query)
  const parameters = query.parameters.map((value) => (value === ANY_SESSION ? idHash : value))
  return (await db.executeQuery<OpenSession>({ ...query, parameters })).rows[0]
}
