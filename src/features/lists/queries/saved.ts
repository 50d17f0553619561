// Lists saved under a name: one's own, and those shared with everybody who sees the list of students.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"

const listsSeenBy = (db: Db, { id }: { id: number }) =>
  db
    .selectFrom("saved_list as l")
    .innerJoin("account as a", "a.id", "l.account_id")
    .where((eb) => eb.or([eb("l.account_id", "=", id), eb("l.shared", "=", 1)]))
    .select(["l.id", "l.name", "l.query", "l.shared", "l.account_id", "a.name as owner"])

/** The lists this person may open, by name. */
export const savedLists = (db: Db, who: { id: number }) =>
  listsSeenBy(db, who).orderBy("l.name").orderBy("l.id").execute()

export type SavedList = Awaited<ReturnType<typeof savedLists>>[number]

/** The list, when it is this person's own or shared. */
export const findSavedList = (db: Db, who: { id: number }, id: number) =>
  listsSeenBy(db, who).where("l.id", "=", id).executeTakeFirst()

export type ListRow = { name: string; query: string; shared: number }

/** Keeps a list; null when this person has one of this name. */
export function saveList(db: Db, by: User, row: ListRow, now: Date): Promise<number | null> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("saved_list")
      .values({ ...row, account_id: by.id, created_at: at, updated_at: at })
      .onConflict((oc) => oc.columns(["account_id", "name"]).doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return null
    await record(trx, by, { subject: "saved_list", subjectId: made.id, action: "created", after: row }, at)
    return made.id
  })
}

/** Changes a list's name, sharing or contents; false when its owner has another list of this name. */
export function changeList(db: Db, by: User, list: SavedList, row: ListRow, now: Date): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const other = await trx
      .selectFrom("saved_list")
      .select("id")
      .where("account_id", "=", list.account_id)
      .where("name", "=", row.name)
      .where("id", "!=", list.id)
      .executeTakeFirst()
    if (other) return false
    await trx
      .updateTable("saved_list")
      .set({ ...row, updated_at: at })
      .where("id", "=", list.id)
      .execute()
    const before: ListRow = { name: list.name, query: list.query, shared: list.shared }
    const change = { subject: "saved_list", subjectId: list.id, action: "changed", before, after: row }
    await record(trx, by, change, at)
    return true
  })
}

/** The students stay; only the name and what it asks for go. */
export function deleteList(
  db: Db,
  by: User,
  { id, name, query, shared }: SavedList,
  now: Date,
): Promise<void> {
  return tx(db, async (trx) => {
    await trx.deleteFrom("saved_list").where("id", "=", id).execute()
    const before: ListRow = { name, query, shared }
    const change = { subject: "saved_list", subjectId: id, action: "deleted", before }
    await record(trx, by, change, now.toISOString())
  })
}
