import { sql } from "kysely"
import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { classesSeenBy, type Viewer } from "../people/scope.ts"

/** Whose photo: a student or a member of staff. */
export type Whose = { person: "student" | "staff"; id: number }

const owned = (db: Db, { person, id }: Whose) => db.selectFrom("photo").where(`${person}_id`, "=", id)

/** The person's photo of that name; a former one too while it is kept. */
export const photoOf = (db: Db, whose: Whose, name: string) =>
  owned(db, whose).select(["id", "name", "path"]).where("name", "=", name).executeTakeFirst()

/** The photo that was shown before, while it is still kept. */
export const formerPhotoOf = (db: Db, whose: Whose) =>
  owned(db, whose)
    .select(["id", "name", "removed_at"])
    .where("removed_at", "is not", null)
    .orderBy("removed_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst()

export type Kept = { name: string; path: string; bytes: number }

/** A new photo takes the place of the one before; its file is on the disk already. */
export function addPhoto(db: Db, by: { id: number }, whose: Whose, kept: Kept, now: Date): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    await putAside(trx, whose, at)
    await trx
      .insertInto("photo")
      .values({ ...kept, [`${whose.person}_id`]: whose.id, created_at: at, created_by: by.id })
      .execute()
    await show(trx, whose, kept.name)
    await told(trx, by, whose, "photo_kept", at)
  })
}

/** False where there is none to remove any more. */
export function removePhoto(db: Db, by: { id: number }, whose: Whose, now: Date): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    if (!(await putAside(trx, whose, at))) return false
    await show(trx, whose, null)
    await told(trx, by, whose, "photo_removed", at)
    return true
  })
}

/** The former photo changes places with the one shown, if any; false where it is not kept any more. */
export function restorePhoto(
  db: Db,
  by: { id: number },
  whose: Whose,
  name: string,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const former = await photoOf(trx, whose, name)
    if (!former) return false
    await putAside(trx, whose, at)
    await trx.updateTable("photo").set({ removed_at: null }).where("id", "=", former.id).execute()
    await show(trx, whose, former.name)
    await told(trx, by, whose, "photo_restored", at)
    return true
  })
}

async function putAside(trx: Db, { person, id }: Whose, at: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("photo")
    .set({ removed_at: at })
    .where(`${person}_id`, "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The card says which photo is shown: pages and lists know it without asking for it. */
const show = (trx: Db, { person, id }: Whose, name: string | null) =>
  trx.updateTable(person).set({ photo: name }).where("id", "=", id).execute()

const told = (trx: Db, by: { id: number }, { person, id }: Whose, action: string, at: string) =>
  record(trx, by, { subject: person, subjectId: id, action }, at)

/** The classes of a year that this person may see, with how many of their students have a photo. */
export function classesWithPhotos(db: Db, who: Viewer, year: number) {
  return classesSeenBy(db, who)
    .leftJoin("enrolment", (join) =>
      join.onRef("enrolment.class_id", "=", "class.id").on("enrolment.ends_on", "is", null),
    )
    .leftJoin("student", "student.id", "enrolment.student_id")
    .where("class.school_year_id", "=", year)
    .select((eb) => [
      "class.id",
      "class.label",
      eb.fn.count<number>("student.id").as("size"),
      eb.fn.count<number>("student.photo").as("taken"),
    ])
    .groupBy(["class.id", "class.label", "class.position"])
    .orderBy("class.position")
    .orderBy("class.label")
    .execute()
}

/** student id -> path of the photo shown, of those who have one. */
export async function pathsOf(db: Db, studentIds: readonly number[]): Promise<Map<number, string>> {
  if (studentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom("photo")
    .innerJoin("student", (join) =>
      join.onRef("student.id", "=", "photo.student_id").onRef("student.photo", "=", "photo.name"),
    )
    .where("student.id", "in", studentIds)
    .select(["student.id", "photo.path"])
    .execute()
  return new Map(rows.map(({ id, path }) => [id, path]))
}

/** Forgets the photos put aside before a moment (ISO), and gives their files. */
export function forgetFormer(db: Db, before: string): Promise<string[]> {
  return tx(db, async (trx) => {
    const gone = await trx.deleteFrom("photo").where("removed_at", "<", before).returning("path").execute()
    return gone.map(({ path }) => path)
  })
}

/** Every file that a row names. */
export async function allPaths(db: Db): Promise<string[]> {
  const rows = await db.selectFrom("photo").select("path").execute()
  return rows.map(({ path }) => path)
}

/**
 * Puts right the cards that name a photo which is no longer theirs, or none although they have one: an erasure or a
 * merge moved the rows. Of two photos that a merge brought together, the one the card names stays.
 */
export async function settleAll(db: Db): Promise<number> {
  let settled = 0
  for (const person of ["student", "staff"] as const) {
    const live = sql`from photo p where p.${sql.ref(`${person}_id`)} = ${sql.ref(`${person}.id`)} and p.removed_at is null`
    const latest = sql<string | null>`(select p.name ${live} order by p.id desc limit 1)`
    const { numUpdatedRows } = await db
      .updateTable(person)
      .set({ photo: latest })
      .where(sql<boolean>`not exists (select 1 ${live} and p.name = ${sql.ref(`${person}.photo`)})`)
      .where(sql<boolean>`coalesce(${sql.ref(`${person}.photo`)}, '') != coalesce(${latest}, '')`)
      .executeTakeFirst()
    settled += Number(numUpdatedRows)
  }
  return settled
}
