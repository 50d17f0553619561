import { sql } from "kysely"
import { record } from "../../audit.ts"
import { type Db, tx } from "../../db/index.ts"
import { classesSeenBy, type Viewer } from "../people/scope.ts"

/** Whose photo: a student or a member of staff. */
export type Whose = { person: "student" | "staff"; id: number }

const owned = (db: Db, { person, id }: Whose) => db.selectFrom("photo").where(`${person}_id`, "=", id)

/** The person's photo of that name, or the one shown now; a former one too while it is kept. */
export async function photoOf(db: Db, whose: Whose, name: string | null) {
  const photos = owned(db, whose).select(["id", "name", "path"])
  const asked = name ? photos.where("name", "=", name) : photos.where("removed_at", "is", null)
  return asked.orderBy("id", "desc").limit(1).executeTakeFirst()
}

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
    await settle(trx, whose)
    await told(trx, by, whose, "photo_kept", at)
  })
}

/** False where there is none to remove any more. */
export function removePhoto(db: Db, by: { id: number }, whose: Whose, now: Date): Promise<boolean> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    if (!(await putAside(trx, whose, at))) return false
    await settle(trx, whose)
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
    await settle(trx, whose)
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

/**
 * The name of the photo shown, written on the card: lists, cards and the card's page know it from there. Whoever
 * moves or deletes rows of `photo` otherwise leaves this to the sweep of the night.
 */
async function settle(trx: Db, whose: Whose): Promise<void> {
  const shown = await photoOf(trx, whose, null)
  await trx
    .updateTable(whose.person)
    .set({ photo: shown?.name ?? null })
    .where("id", "=", whose.id)
    .execute()
}

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

/** Puts right the cards whose photo is no longer the one of the rows: a merge or an erasure moved them. */
export async function settleAll(db: Db): Promise<number> {
  let settled = 0
  for (const person of ["student", "staff"] as const) {
    const shown = sql<string | null>`(select p.name from photo p where p.id = (select max(q.id) from photo q
      where q.${sql.ref(`${person}_id`)} = ${sql.ref(`${person}.id`)} and q.removed_at is null))`
    const { numUpdatedRows } = await db
      .updateTable(person)
      .set({ photo: shown })
      .where(sql<boolean>`coalesce(${sql.ref(`${person}.photo`)}, '') != coalesce(${shown}, '')`)
      .executeTakeFirst()
    settled += Number(numUpdatedRows)
  }
  return settled
}
