// People who may be given an account, and the one that was chosen.
import type { Db } from "../../../db/index.ts"
import type { Role } from "../../../roles.ts"
import { fold, fullName } from "../../people/naming.ts"
import type { Person } from "../rules/rights.ts"

const MOST = 15

const patterns = (q: string) =>
  fold(q)
    .replace(/[%_\\]/g, " ")
    .split(" ")
    .filter(Boolean)
    .slice(0, 6)
    .map((word) => `%${word}%`)

export type Candidate = { word: string; name: string; kind: Person; detail: string }

/** Staff, guardians and students without account whose name holds every word, a few of each. */
export async function peopleWithoutAccount(db: Db, q: string): Promise<Candidate[]> {
  const like = patterns(q)
  if (like.length === 0) return []
  const staff = await db
    .selectFrom("staff as s")
    .leftJoin("account as a", "a.staff_id", "s.id")
    .where("a.id", "is", null)
    .where("s.active", "=", 1)
    .where("s.merged_into", "is", null)
    .where((eb) => eb.and(like.map((one) => eb("s.folded", "like", one))))
    .select(["s.id", "s.surname", "s.given_names", "s.position"])
    .orderBy("s.folded")
    .limit(MOST)
    .execute()
  const guardians = await db
    .selectFrom("guardian as g")
    .leftJoin("account as a", "a.guardian_id", "g.id")
    .where("a.id", "is", null)
    .where("g.merged_into", "is", null)
    .where((eb) => eb.and(like.map((one) => eb("g.folded", "like", one))))
    .select(["g.id", "g.name", "g.phone"])
    .orderBy("g.folded")
    .limit(MOST)
    .execute()
  const students = await db
    .selectFrom("student as p")
    .leftJoin("account as a", "a.student_id", "p.id")
    .where("a.id", "is", null)
    .where("p.status", "=", "active")
    .where((eb) => eb.and(like.map((one) => eb("p.folded", "like", one))))
    .select(["p.id", "p.surname", "p.given_names", "p.matricule", "p.birth_year"])
    .orderBy("p.sort_name")
    .limit(MOST)
    .execute()
  return [
    ...staff.map((one) => ({
      word: `staff-${one.id}`,
      name: fullName(one.surname, one.given_names),
      kind: "staff" as const,
      detail: one.position,
    })),
    ...guardians.map((one) => ({
      word: `guardian-${one.id}`,
      name: one.name,
      kind: "guardian" as const,
      detail: one.phone ?? "sans téléphone",
    })),
    ...students.map((one) => ({
      word: `student-${one.id}`,
      name: fullName(one.surname, one.given_names),
      kind: "student" as const,
      detail: [one.matricule ?? "sans matricule", one.birth_year && `né(e) en ${one.birth_year}`]
        .filter(Boolean)
        .join(" · "),
    })),
  ]
}

export type Chosen = {
  word: string
  kind: Person
  id: number
  name: string
  email: string | null
  phone: string | null
  matricule: string | null
  roles: Role[]
  /** the account this person has already */
  accountId: number | null
}

/** « staff-12 » -> the person, with what an account may start from; null when there is none. */
export async function personChosen(db: Db, word: unknown): Promise<Chosen | null> {
  const parts = String(word ?? "").match(/^(staff|guardian|student)-(\d{1,9})$/)
  if (!parts) return null
  const kind = parts[1] as Person
  const id = Number(parts[2])
  const account = await db.selectFrom("account").select("id").where(`${kind}_id`, "=", id).executeTakeFirst()
  const common = { word: parts[0], kind, id, email: null, phone: null, matricule: null }
  const accountId = account?.id ?? null
  if (kind === "staff") {
    const row = await db
      .selectFrom("staff")
      .selectAll()
      .where("id", "=", id)
      .where("merged_into", "is", null)
      .executeTakeFirst()
    if (!row) return null
    const roles: Role[] = row.teaching ? ["teacher"] : []
    const name = `${row.given_names} ${row.surname}`.trim()
    return { ...common, name, email: row.email, phone: row.phone, roles, accountId }
  }
  if (kind === "guardian") {
    const row = await db
      .selectFrom("guardian")
      .selectAll()
      .where("id", "=", id)
      .where("merged_into", "is", null)
      .executeTakeFirst()
    if (!row) return null
    return { ...common, name: row.name, email: row.email, phone: row.phone, roles: ["parent"], accountId }
  }
  const row = await db
    .selectFrom("student")
    .selectAll()
    .where("id", "=", id)
    .where("merged_into", "is", null)
    .executeTakeFirst()
  if (!row) return null
  const name = `${row.given_names} ${row.surname}`.trim()
  return { ...common, name, matricule: row.matricule, roles: ["student"], accountId }
}
