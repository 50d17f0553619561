import { type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { BulletinData } from "../contract.ts"
import type { ClassPeriod } from "./periods.ts"

/** The newest version published of a class's period, if any. */
export const lastPublicationOf = (db: Db, classId: number, periodId: number) =>
  db
    .selectFrom("publication")
    .select(["id", "version", "published_at", "reason", "visible_at", "announced_at"])
    .where("class_id", "=", classId)
    .where("period_id", "=", periodId)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst()

/** Every version of a class's period, newest first, with who published it. */
export const publicationsOf = (db: Db, { classId, periodId }: ClassPeriod) =>
  db
    .selectFrom("publication as p")
    .leftJoin("account as a", "a.id", "p.published_by")
    .where("p.class_id", "=", classId)
    .where("p.period_id", "=", periodId)
    .select(["p.id", "p.version", "p.published_at", "p.reason", "p.hash", "p.visible_at", "a.name as by"])
    .orderBy("p.version", "desc")
    .execute()

export type PublishedFigures = {
  code: string
  label: string
  students: Map<number, StudentFigures>
}

export type StudentFigures = {
  exact: string | null
  average: string | null
  rank: string | null
  /** subject -> average, as printed */
  subjects: ReadonlyMap<string, string>
}

/** Of each class and period only the newest version; the query calls its publication `p`. */
export const newestVersion = sql<SqlBool>`not exists (
  select 1 from publication newer
  where newer.class_id = p.class_id and newer.period_id = p.period_id and newer.version > p.version)`

/** What the newest publications of a class's periods said of each student, for the periods already published. */
export async function publishedFiguresOf(
  db: Db,
  classId: number,
  periods: readonly { id: number; code: string; label: string; position: number }[],
): Promise<PublishedFigures[]> {
  const rows = await db
    .selectFrom("publication as p")
    .where("p.class_id", "=", classId)
    .where(newestVersion)
    .select(["p.id", "p.period_id", "p.stats"])
    .execute()
  const figures: PublishedFigures[] = []
  for (const { id, code, label } of periods) {
    const row = rows.find(({ period_id }) => period_id === id)
    if (!row) continue
    const { students: exact } = JSON.parse(row.stats) as { students: Record<string, string | null> }
    const bulletins = await db
      .selectFrom("bulletin")
      .select(["student_id", "content"])
      .where("publication_id", "=", row.id)
      .execute()
    const students = bulletins.map(({ student_id, content }) => {
      const { generalAverage: average, rank, lines } = JSON.parse(content) as BulletinData
      const subjects = new Map(lines.map((line) => [line.subject, line.average]))
      return [student_id, { exact: exact[student_id] ?? null, average, rank, subjects }] as const
    })
    figures.push({ code, label, students: new Map(students) })
  }
  return figures
}

/** What a publication's bulletins said, by student; nothing of none. */
export async function contentsBefore(
  db: Db,
  publicationId: number | null,
): Promise<Map<number, BulletinData>> {
  if (publicationId === null) return new Map()
  const rows = await db
    .selectFrom("bulletin")
    .select(["student_id", "content"])
    .where("publication_id", "=", publicationId)
    .execute()
  return new Map(rows.map((row) => [row.student_id, JSON.parse(row.content) as BulletinData]))
}

/** The bulletins of a publication in the order of the roll, without their contents. */
export const bulletinsOf = (db: Db, publicationId: number) =>
  db
    .selectFrom("bulletin as b")
    .innerJoin("student as s", "s.id", "b.student_id")
    .where("b.publication_id", "=", publicationId)
    .select([
      "b.id",
      "b.code",
      "b.content",
      "b.changed",
      "s.id as student_id",
      "s.surname",
      "s.given_names",
      "s.matricule",
      "s.birth_date",
    ])
    .orderBy("s.sort_name")
    .execute()

/**
 * A bulletin by the code printed on it, with the newest version of the same student and period that families may see
 * at a moment (ISO): that a correction waits for its hour is told to nobody before.
 */
export async function bulletinByCode(db: Db, code: string, at: string) {
  const bulletin = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("b.code", "=", code)
    .select([
      "b.id",
      "b.content",
      "b.hash",
      "b.student_id",
      "p.class_id",
      "p.period_id",
      "p.version",
      "p.published_at",
    ])
    .executeTakeFirst()
  if (!bulletin) return null
  const newest = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("b.student_id", "=", bulletin.student_id)
    .where("p.period_id", "=", bulletin.period_id)
    .where((eb) => eb.or([eb("p.visible_at", "<=", at), eb("b.id", "=", bulletin.id)]))
    .select(["p.version", "p.published_at"])
    .orderBy("p.id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow()
  return { ...bulletin, newest }
}

/** A bulletin's row, to find out whose it is. */
export const bulletinById = (db: Db, id: number) =>
  db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .select(["b.id", "b.code", "p.class_id"])
    .where("b.id", "=", id)
    .executeTakeFirst()

/** Publications whose hour has come and of which families were not told, but those that a later one replaces by then. */
export const dueForFamilies = (db: Db, at: string) =>
  db
    .selectFrom("publication as p")
    .innerJoin("period", "period.id", "p.period_id")
    .where("p.announced_at", "is", null)
    .where("p.visible_at", "<=", at)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("publication as newer")
            .select("newer.id")
            .whereRef("newer.class_id", "=", "p.class_id")
            .whereRef("newer.period_id", "=", "p.period_id")
            .whereRef("newer.version", ">", "p.version")
            .where("newer.visible_at", "<=", at),
        ),
      ),
    )
    .select(["p.id", "p.class_id", "p.period_id", "p.version", "period.label"])
    .orderBy("p.id")
    .execute()

/** Whether families were told of some earlier version of a class's period, and of the one just before. */
export async function toldBefore(
  db: Db,
  of: { class_id: number; period_id: number; version: number },
): Promise<{ some: boolean; last: boolean }> {
  const told = await db
    .selectFrom("publication")
    .where("class_id", "=", of.class_id)
    .where("period_id", "=", of.period_id)
    .where("version", "<", of.version)
    .where("announced_at", "is not", null)
    .select("version")
    .execute()
  return { some: told.length > 0, last: told.some(({ version }) => version === of.version - 1) }
}
