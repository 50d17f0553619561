// The accounts of a whole class: who has one, and opening those that are missing.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { fullName } from "../../people/naming.ts"
import { type ClassPerson, loginFor, planSlips, type SlipPlan, wordOf } from "../rules/slips.ts"

const ACCOUNT = ["account.id as account_id", "account.active", "account.must_change"] as const

const accountIn = (row: { account_id: number | null; active: number | null; must_change: number | null }) =>
  row.account_id === null
    ? null
    : { id: row.account_id, active: row.active === 1, mustChange: row.must_change === 1 }

/** The students now in a class and their guardians, each with the account they have; then what can be made for them. */
export async function slipPlanOf(db: Db, classId: number): Promise<SlipPlan> {
  const people = [...(await studentsOf(db, classId)), ...(await guardiansOf(db, classId))]
  const logins = people.filter(({ account }) => account === null).flatMap((one) => loginFor(one)?.login ?? [])
  return planSlips(people, await takenAmong(db, logins))
}

async function takenAmong(db: Db, logins: string[]): Promise<Set<string>> {
  if (logins.length === 0) return new Set()
  const rows = await db.selectFrom("account_login").select("login").where("login", "in", logins).execute()
  return new Set(rows.map(({ login }) => login))
}

async function studentsOf(db: Db, classId: number): Promise<ClassPerson[]> {
  const rows = await db
    .selectFrom("enrolment")
    .innerJoin("student", "student.id", "enrolment.student_id")
    .leftJoin("account", "account.student_id", "student.id")
    .where("enrolment.class_id", "=", classId)
    .where("enrolment.ends_on", "is", null)
    .select(["student.id", "student.surname", "student.given_names", "student.matricule", ...ACCOUNT])
    .orderBy("student.sort_name")
    .orderBy("student.id")
    .execute()
  return rows.map((row) => ({
    kind: "student" as const,
    id: row.id,
    name: fullName(row.surname, row.given_names),
    matricule: row.matricule,
    phone: null,
    email: null,
    informed: true,
    children: [],
    account: accountIn(row),
  }))
}

async function guardiansOf(db: Db, classId: number): Promise<ClassPerson[]> {
  const rows = await db
    .selectFrom("enrolment")
    .innerJoin("student", "student.id", "enrolment.student_id")
    .innerJoin("guardianship", "guardianship.student_id", "student.id")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .leftJoin("account", "account.guardian_id", "guardian.id")
    .where("enrolment.class_id", "=", classId)
    .where("enrolment.ends_on", "is", null)
    .where("guardianship.may_see", "=", 1)
    .select(["guardian.id", "guardian.name", "guardian.phone", "guardian.email", "guardianship.informed"])
    .select(["student.surname", "student.given_names", ...ACCOUNT])
    .orderBy("student.sort_name")
    .orderBy("guardian.id")
    .execute()
  const people = new Map<number, ClassPerson>()
  for (const row of rows) {
    const child = fullName(row.surname, row.given_names)
    const known = people.get(row.id)
    if (known) {
      known.children.push(child)
      known.informed ||= row.informed === 1
      continue
    }
    people.set(row.id, {
      kind: "guardian",
      id: row.id,
      name: row.name,
      matricule: null,
      phone: row.phone,
      email: row.email,
      informed: row.informed === 1,
      children: [child],
      account: accountIn(row),
    })
  }
  return [...people.values()]
}

/**
 * Opens the accounts planned and gives the others a new first password; `hashes` by person. The ids of all whose
 * password is now the one hashed: those whom somebody else gave an account or login meanwhile are left out.
 */
export function makeSlips(
  db: Db,
  by: { id: number },
  { toOpen, toRenew }: Pick<SlipPlan, "toOpen" | "toRenew">,
  { hashes, at }: { hashes: ReadonlyMap<string, string>; at: string },
): Promise<number[]> {
  return tx(db, async (trx) => {
    const opened = await openAccounts(trx, by, toOpen, { hashes, at })
    const renewed = await renewPasswords(trx, by, toRenew, { hashes, at })
    return [...opened, ...renewed]
  })
}

const ROLE = { student: "student", guardian: "parent" } as const

async function openAccounts(
  trx: Db,
  by: { id: number },
  toOpen: SlipPlan["toOpen"],
  { hashes, at }: { hashes: ReadonlyMap<string, string>; at: string },
): Promise<number[]> {
  const opened: number[] = []
  for (const { person, login } of toOpen) {
    const { kind, id, name } = person
    const hash = hashes.get(wordOf(person)) ?? null
    const account = await trx
      .insertInto("account")
      .values({ name, password_hash: hash, must_change: 1, created_at: at, [`${kind}_id`]: id })
      .onConflict((oc) => oc.doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!account) continue
    const given = await trx
      .insertInto("account_login")
      .values({ ...login, account_id: account.id })
      .onConflict((oc) => oc.doNothing())
      .returning("login")
      .executeTakeFirst()
    if (!given) {
      await trx.deleteFrom("account").where("id", "=", account.id).execute()
      continue
    }
    await trx.insertInto("account_role").values({ account_id: account.id, role: ROLE[kind] }).execute()
    const after = { name, roles: [ROLE[kind]], logins: [login.login] }
    await record(trx, by, { subject: "account", subjectId: account.id, action: "created", after }, at)
    opened.push(account.id)
  }
  return opened
}

async function renewPasswords(
  trx: Db,
  by: { id: number },
  toRenew: readonly ClassPerson[],
  { hashes, at }: { hashes: ReadonlyMap<string, string>; at: string },
): Promise<number[]> {
  const renewed: number[] = []
  for (const person of toRenew) {
    const id = person.account?.id ?? 0
    const { numUpdatedRows } = await trx
      .updateTable("account")
      .set({ password_hash: hashes.get(wordOf(person)) ?? null })
      .where("id", "=", id)
      .where("must_change", "=", 1)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await trx.deleteFrom("session").where("account_id", "=", id).execute()
    await trx.deleteFrom("sign_in_delay").where("key", "=", `account:${id}`).execute()
    await record(trx, by, { subject: "account", subjectId: id, action: "password_reset" }, at)
    renewed.push(id)
  }
  return renewed
}

/** What each of these accounts signs in with, by account. */
export async function loginsOfAccounts(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom("account_login")
    .select(["account_id", "login"])
    .where("account_id", "in", ids)
    .orderBy("kind", "desc")
    .execute()
  const logins = new Map(ids.map((id) => [id, [] as string[]]))
  for (const { account_id, login } of rows) logins.get(account_id)?.push(login)
  return logins
}
