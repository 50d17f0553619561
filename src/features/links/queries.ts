import type { Db } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { linkToken } from "./rules.ts"

const DAY = 86_400_000

export const linkUrl = (school: School, id: number) => `${school.origin}/e/${linkToken(school.secret, id)}`

/** Makes links in the order given; their numbers in the same order. */
export async function makeLinks(
  trx: Db,
  school: School,
  asked: readonly { guardian_id: number; student_id: number }[],
  now: Date,
): Promise<number[]> {
  const ids: number[] = []
  for (const { guardian_id, student_id } of asked) {
    const row = {
      student_id,
      guardian_id,
      purpose: "bulletin" as const,
      created_at: now.toISOString(),
      expires_at: new Date(now.getTime() + school.settings.linkDays * DAY).toISOString(),
    }
    ids.push((await trx.insertInto("page_link").values(row).returning("id").executeTakeFirstOrThrow()).id)
  }
  return ids
}

/** The link, and whether this browser gave the right birth year before. */
export async function openedLink(db: Db, id: number, browser: string) {
  const link = await db.selectFrom("page_link").selectAll().where("id", "=", id).executeTakeFirst()
  if (!link) return null
  const answer = await db
    .selectFrom("page_link_opening")
    .select("id")
    .where("page_link_id", "=", id)
    .where("browser", "=", browser)
    .where("outcome", "=", "answered")
    .executeTakeFirst()
  return { ...link, answered: answer !== undefined }
}

/** Notes an opening; the first browser that was shown the page becomes the family's. */
export async function recordOpening(
  db: Db,
  opening: { page_link_id: number; at: string; browser: string; device: string; outcome: string },
  first: boolean,
): Promise<void> {
  await db.insertInto("page_link_opening").values(opening).execute()
  if (!first) return
  await db
    .updateTable("page_link")
    .set({ first_browser: opening.browser })
    .where("id", "=", opening.page_link_id)
    .where("first_browser", "is", null)
    .execute()
}

export const countWrongAnswer = (db: Db, id: number) =>
  db
    .updateTable("page_link")
    .set((eb) => ({ wrong_answers: eb("wrong_answers", "+", 1) }))
    .where("id", "=", id)
    .execute()

/** The links made for a student's guardians, newest first, with how often each was opened. */
export const linksOf = (db: Db, studentId: number) =>
  db
    .selectFrom("page_link as l")
    .innerJoin("guardian as g", "g.id", "l.guardian_id")
    .leftJoin("page_link_opening as o", "o.page_link_id", "l.id")
    .where("l.student_id", "=", studentId)
    .select((eb) => [
      "l.id",
      "l.created_at",
      "l.expires_at",
      "l.revoked_at",
      "l.wrong_answers",
      "g.name as guardian",
      "g.phone",
      eb.fn.count<number>("o.id").as("openings"),
      eb.fn.max("o.at").as("last_opened"),
    ])
    .groupBy(["l.id", "l.created_at", "l.expires_at", "l.revoked_at", "l.wrong_answers", "g.name", "g.phone"])
    .orderBy("l.id", "desc")
    .execute()

/** The last openings of a student's links. */
export const openingsOf = (db: Db, studentId: number) =>
  db
    .selectFrom("page_link_opening as o")
    .innerJoin("page_link as l", "l.id", "o.page_link_id")
    .innerJoin("guardian as g", "g.id", "l.guardian_id")
    .where("l.student_id", "=", studentId)
    .select(["o.at", "o.device", "o.outcome", "o.page_link_id", "g.name as guardian"])
    .orderBy("o.id", "desc")
    .limit(50)
    .execute()

export const guardiansOf = (db: Db, studentId: number) =>
  db
    .selectFrom("guardianship as gs")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .where("gs.student_id", "=", studentId)
    .select(["g.id", "g.name", "g.phone", "gs.link"])
    .orderBy("g.folded")
    .execute()

export const revokeLink = (db: Db, id: number, by: number, at: string) =>
  db
    .updateTable("page_link")
    .set({ revoked_at: at, revoked_by: by })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .execute()
