import { chunks, type Db } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { linkToken, MOST_WRONG_ANSWERS } from "./rules.ts"

const DAY = 86_400_000

export const linkUrl = (school: School, id: number) => `${school.origin}/e/${linkToken(school.secret, id)}`

/** Makes links in the order given; their numbers in the same order. */
export async function makeLinks(
  trx: Db,
  school: School,
  asked: readonly { guardian_id: number; student_id: number }[],
  now: Date,
): Promise<number[]> {
  const rows = asked.map(({ guardian_id, student_id }) => ({
    student_id,
    guardian_id,
    purpose: "bulletin" as const,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + school.settings.linkDays * DAY).toISOString(),
  }))
  const made: { id: number; student_id: number; guardian_id: number }[] = []
  for (const part of chunks(rows, 5)) {
    const returning = trx.insertInto("page_link").values(part).returning(["id", "student_id", "guardian_id"])
    made.push(...(await returning.execute()))
  }
  const of = new Map(made.map((link) => [`${link.guardian_id} ${link.student_id}`, link.id]))
  return asked.map(({ guardian_id, student_id }) => of.get(`${guardian_id} ${student_id}`) as number)
}

/** Links with the guardianship they were made for, as long as it stands and lets the guardian see the child. */
const withGuardianship = (db: Db) =>
  db
    .selectFrom("page_link as l")
    .leftJoin("guardianship as gs", (join) =>
      join
        .onRef("gs.guardian_id", "=", "l.guardian_id")
        .onRef("gs.student_id", "=", "l.student_id")
        .on("gs.may_see", "=", 1),
    )

/**
 * The link, whether it was made for somebody who is still the student's guardian and may see the student, and whether
 * this browser gave the right birth year before.
 */
export async function openedLink(db: Db, id: number, browser: string) {
  const link = await withGuardianship(db)
    .selectAll("l")
    .select("gs.guardian_id as still_guardian")
    .where("l.id", "=", id)
    .executeTakeFirst()
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

/** Gives the link to the browser that opens it first; false when another one was quicker. */
export async function takeLink(db: Db, id: number, browser: string): Promise<boolean> {
  const taken = await db
    .updateTable("page_link")
    .set({ first_browser: browser })
    .where("id", "=", id)
    .where("first_browser", "is", null)
    .returning("id")
    .executeTakeFirst()
  return taken !== undefined
}

export const recordOpening = (
  db: Db,
  opening: { page_link_id: number; at: string; browser: string; device: string; outcome: string },
) => db.insertInto("page_link_opening").values(opening).execute()

/**
 * Counts an answer as wrong before it is looked at, so that a hundred at once get no more guesses than one by one;
 * false when there were too many.
 */
export async function countAnswer(db: Db, id: number): Promise<boolean> {
  const counted = await db
    .updateTable("page_link")
    .set((eb) => ({ wrong_answers: eb("wrong_answers", "+", 1) }))
    .where("id", "=", id)
    .where("wrong_answers", "<", MOST_WRONG_ANSWERS)
    .returning("id")
    .executeTakeFirst()
  return counted !== undefined
}

/** The answer was right after all. */
export const forgiveAnswer = (db: Db, id: number) =>
  db
    .updateTable("page_link")
    .set((eb) => ({ wrong_answers: eb("wrong_answers", "-", 1) }))
    .where("id", "=", id)
    .where("wrong_answers", ">", 0)
    .execute()

/** The links made for a student's guardians, newest first, with how often each was opened. */
export const linksOf = (db: Db, studentId: number) =>
  withGuardianship(db)
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
      "gs.guardian_id as still_guardian",
      eb.fn.count<number>("o.id").as("openings"),
      eb.fn.max("o.at").as("last_opened"),
    ])
    .groupBy(["l.id", "l.created_at", "l.expires_at", "l.revoked_at", "l.wrong_answers", "g.name", "g.phone"])
    .groupBy("gs.guardian_id")
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

/** Who may be given a link to this student's page. */
export const guardiansOf = (db: Db, studentId: number) =>
  db
    .selectFrom("guardianship as gs")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .where("gs.student_id", "=", studentId)
    .where("gs.may_see", "=", 1)
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
