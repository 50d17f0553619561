import type { Db } from "../../../db/index.ts"
import { type Catalogue, catalogueOf } from "../../../db/keys.ts"
import type { Person } from "../../../personal.ts"
import type { School } from "../../../school.ts"
import type { Row } from "../../people/conflict.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../../people/scope.ts"

/** The cards with these numbers, in their order; undefined for one that this person may not see. */
export async function cardsSeen(
  db: Db,
  who: Viewer,
  kind: Person,
  ids: readonly number[],
): Promise<(Row | undefined)[]> {
  const rows: Row[] = await ALL[kind](db, who, ids)
  return ids.map((id) => rows.find((row) => row.id === id))
}

const ALL: Record<Person, (db: Db, who: Viewer, ids: readonly number[]) => Promise<Row[]>> = {
  student: (db, who, ids) =>
    studentsSeenBy(db, who).selectAll("student").where("student.id", "in", ids).execute(),
  guardian: (db, who, ids) =>
    guardiansSeenBy(db, who).selectAll("guardian").where("guardian.id", "in", ids).execute(),
  staff: (db, _who, ids) =>
    db.selectFrom("staff").selectAll().where("id", "in", ids).where("merged_into", "is", null).execute(),
}

/** Whether the card's account, open, is an administrator's: those alone open and close it. */
export async function isAdministrators(db: Db, staff: number): Promise<boolean> {
  const account = await db
    .selectFrom("account as a")
    .innerJoin("account_role as r", "r.account_id", "a.id")
    .where("a.staff_id", "=", staff)
    .where("a.active", "=", 1)
    .where("r.role", "=", "administrator")
    .select("a.id")
    .executeTakeFirst()
  return account !== undefined
}

const catalogues = new WeakMap<School, Promise<Catalogue>>()

/** The tables of the school's database: asked once, they only change with a migration. */
export function tablesOf(school: School): Promise<Catalogue> {
  const known = catalogues.get(school)
  if (known) return known
  const asked = catalogueOf(school.db)
  asked.catch(() => catalogues.delete(school))
  catalogues.set(school, asked)
  return asked
}
