import type { Db } from "../../../db/index.ts"
import { sha256 } from "../../../web/signing.ts"
import type { BulletinData } from "../../bulletins/contract.ts"
import { newestVersion } from "../../bulletins/queries/publications.ts"
import { classesFollowedBy, enrolledIn } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"
import type { AverageListContent, Signature } from "../contract.ts"

/** The newest publications of these classes' periods, with the exact averages they keep. */
export async function examPublications(db: Db, classIds: readonly number[]) {
  const rows = await db
    .selectFrom("publication as p")
    .innerJoin("grading_profile as g", "g.id", "p.profile_id")
    .where("p.class_id", "in", [...classIds, -1])
    .where(newestVersion)
    .select(["p.id", "p.class_id", "p.period_id", "p.version", "p.hash", "p.stats", "g.config"])
    .execute()
  return rows.map(({ stats, ...row }) => {
    const { students = {} } = JSON.parse(stats) as { students?: Record<string, string | null> }
    return { ...row, exact: new Map(Object.entries(students).map(([id, exact]) => [Number(id), exact])) }
  })
}

export type ExamPublication = Awaited<ReturnType<typeof examPublications>>[number]

/** Which of these classes' periods are published: class -> periods. */
export async function publishedPeriods(
  db: Db,
  classIds: readonly number[],
): Promise<Map<number, Set<number>>> {
  const rows = await db
    .selectFrom("publication")
    .where("class_id", "in", [...classIds, -1])
    .select(["class_id", "period_id"])
    .distinct()
    .execute()
  const periods = new Map<number, Set<number>>(classIds.map((id) => [id, new Set()]))
  for (const { class_id, period_id } of rows) periods.get(class_id)?.add(period_id)
  return periods
}

/** What these publications printed of the year: student -> annual average. */
export async function printedAnnuals(
  db: Db,
  publicationIds: readonly number[],
): Promise<Map<number, { average: string; label: string }>> {
  const rows = await db
    .selectFrom("bulletin")
    .where("publication_id", "in", [...publicationIds, -1])
    .select(["student_id", "content"])
    .execute()
  return new Map(
    rows.flatMap(({ student_id, content }) => {
      const { annual, periodLabel } = JSON.parse(content) as BulletinData
      return annual ? [[student_id, { average: annual.average, label: periodLabel }] as const] : []
    }),
  )
}

/** The cards of these students in the order of lists. */
export const candidatesNamed = (db: Db, ids: readonly number[]) =>
  db
    .selectFrom("student")
    .where("id", "in", [...ids, -1])
    .select(["id", "matricule", "surname", "given_names", "sex"])
    .select(["birth_date", "birth_year", "birth_approximate", "birth_place"])
    .orderBy("sort_name")
    .orderBy("id")
    .execute()

/** Who was in these classes at the end of a period. */
export const enrolledAt = (db: Db, classIds: readonly number[], period: { ends_on: string }) =>
  db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .where("e.class_id", "in", [...classIds, -1])
    .where(enrolledIn(period))
    .select(["s.id", "s.surname", "s.given_names", "s.matricule", "c.label as class_label"])
    .orderBy("s.sort_name")
    .execute()

const LISTED = [
  "l.id",
  "l.state",
  "l.exam",
  "l.reference",
  "l.made_at",
  "l.checked_at",
  "l.signed_at",
  "l.replaces_id",
  "l.reason",
] as const

/** The lists of a year about classes that this person follows whole, the last first. */
export const listsOfYear = (db: Db, who: Viewer, yearId: number) =>
  db
    .selectFrom("average_list as l")
    .leftJoin("account as a", "a.id", "l.made_by")
    .where("l.school_year_id", "=", yearId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("average_list_class as of")
            .whereRef("of.list_id", "=", "l.id")
            .where("of.class_id", "not in", classesFollowedBy(db, who).select("c.id"))
            .select("of.class_id"),
        ),
      ),
    )
    .select(LISTED)
    .select("a.name as maker")
    .select((eb) =>
      eb
        .selectFrom("average_list_line as line")
        .whereRef("line.list_id", "=", "l.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("candidates"),
    )
    .orderBy("l.id", "desc")
    .execute()

const whole = (db: Db) =>
  db
    .selectFrom("average_list as l")
    .leftJoin("average_list as newer", (join) =>
      join.onRef("newer.replaces_id", "=", "l.id").on("newer.state", "in", ["signed", "replaced"]),
    )
    .leftJoin("average_list as older", "older.id", "l.replaces_id")
    .leftJoin("account as a", "a.id", "l.made_by")
    .select(LISTED)
    .select([
      "l.school_year_id",
      "l.content",
      "l.hash",
      "l.code",
      "l.made_by",
      "l.checked_by",
      "l.checked_as",
    ])
    .select(["l.signed_by", "l.signed_as", "a.name as maker"])
    .select([
      "newer.id as newer_id",
      "newer.reference as newer_reference",
      "older.reference as older_reference",
    ])

/** A list with its frozen content; `intact`: to the letter what was drawn up. */
export async function findList(db: Db, id: number) {
  const row = await whole(db).where("l.id", "=", id).executeTakeFirst()
  return row && opened(row)
}

/** The signed list that carries this code. */
export async function listByCode(db: Db, code: string) {
  const row = await whole(db)
    .where("l.code", "=", code)
    .where("l.state", "in", ["signed", "replaced"])
    .executeTakeFirst()
  return row && opened(row)
}

export type FoundList = NonNullable<Awaited<ReturnType<typeof findList>>>

type Kept = { content: string; hash: string; checked_as: string | null; signed_as: string | null }

const opened = <R extends Kept>({ content, checked_as, signed_as, ...row }: R) => ({
  ...row,
  content: JSON.parse(content) as AverageListContent,
  intact: sha256(content) === row.hash,
  signatures: [checked_as, signed_as].flatMap((one) => (one ? [JSON.parse(one) as Signature] : [])),
})

/** The lists signed and in force, drawn up or checked, that are about some of these classes. */
export const listsAbout = (db: Db, classIds: readonly number[], except: number | null = null) =>
  db
    .selectFrom("average_list_class as of")
    .innerJoin("average_list as l", "l.id", "of.list_id")
    .innerJoin("class as c", "c.id", "of.class_id")
    .where("of.class_id", "in", [...classIds, -1])
    .where("l.state", "in", ["draft", "checked", "signed"])
    .where("l.id", "!=", except ?? 0)
    .select(["l.id", "l.state", "l.reference", "c.label"])
    .execute()
