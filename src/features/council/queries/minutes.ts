import type { Db } from "../../../db/index.ts"
import { sha256 } from "../../../web/signing.ts"
import type { MinutesData } from "../contract.ts"

type Key = { class_id: number; period_id: number }

/** Freezes the minutes of a closing as the next version; inside its transaction. */
export async function keepMinutes(
  trx: Db,
  by: { id: number },
  { class_id, period_id }: Key,
  { content, at }: { content: MinutesData; at: string },
): Promise<void> {
  const json = JSON.stringify(content)
  const row = { class_id, period_id, version: content.version, content: json, hash: sha256(json) }
  await trx
    .insertInto("council_minutes")
    .values({ ...row, closed_at: at, closed_by: by.id })
    .execute()
}

/** Every version of a class's minutes, the newest first. */
export const minutesOf = (db: Db, { class_id, period_id }: Key) =>
  db
    .selectFrom("council_minutes as m")
    .leftJoin("account as a", "a.id", "m.closed_by")
    .where("m.class_id", "=", class_id)
    .where("m.period_id", "=", period_id)
    .select(["m.version", "m.hash", "m.closed_at", "a.name as by"])
    .orderBy("m.version", "desc")
    .execute()

export const minutesVersion = (db: Db, { class_id, period_id }: Key, version: number) =>
  db
    .selectFrom("council_minutes")
    .where("class_id", "=", class_id)
    .where("period_id", "=", period_id)
    .where("version", "=", version)
    .select(["content", "hash"])
    .executeTakeFirst()

/** What the minutes say of the school beside the class: the year, and who leads the class. */
export const placeOf = (db: Db, classId: number) =>
  db
    .selectFrom("class as c")
    .innerJoin("school_year as y", "y.id", "c.school_year_id")
    .leftJoin("staff as t", "t.id", "c.form_teacher_id")
    .where("c.id", "=", classId)
    .select(["y.label as year", "t.given_names", "t.surname"])
    .executeTakeFirstOrThrow()

/** The names of those who decided, under their account's number. */
export async function namesOf(db: Db, accounts: readonly number[]): Promise<Map<number, string>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom("account")
    .select(["id", "name"])
    .where("id", "in", [...new Set(accounts)])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
