// The identities kept of erased students, for whoever must attest that they were here.
import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { searchTerms } from "../../people/rules.ts"

export const KEPT_PAGE = 50

function matching(db: Db, q: string) {
  let kept = db.selectFrom("kept_record")
  for (const { text } of searchTerms(q)) {
    const pattern = `%${text}%`
    kept = kept.where(sql<boolean>`(folded like ${pattern} or cast(student_id as text) = ${text})`)
  }
  return kept
}

export async function keptFound(db: Db, q: string, page: number) {
  const { total } = await matching(db, q)
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, q)
    .selectAll()
    .orderBy("folded")
    .orderBy("id")
    .limit(KEPT_PAGE)
    .offset((page - 1) * KEPT_PAGE)
    .execute()
  return { rows, total: Number(total) }
}

/** One identity with the classes, bulletins and certificates that are kept too. */
export async function keptRecord(db: Db, id: number) {
  const row = await db.selectFrom("kept_record").selectAll().where("id", "=", id).executeTakeFirst()
  if (!row) return undefined
  const enrolments = await db
    .selectFrom("enrolment as e")
    .innerJoin("class as c", "c.id", "e.class_id")
    .innerJoin("school_year as y", "y.id", "e.school_year_id")
    .select(["e.id", "c.label as class", "y.label as year", "e.starts_on", "e.ends_on"])
    .where("e.student_id", "=", row.student_id)
    .orderBy("e.starts_on")
    .execute()
  const bulletins = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .innerJoin("period as r", "r.id", "p.period_id")
    .innerJoin("class as c", "c.id", "p.class_id")
    .select(["b.id", "b.code", "r.label as period", "c.label as class", "p.version", "p.published_at"])
    .where("b.student_id", "=", row.student_id)
    .orderBy("p.published_at")
    .execute()
  const papers = await db
    .selectFrom("paper")
    .select(["id", "reference", "code", "issued_at", "cancelled_at"])
    .where("student_id", "=", row.student_id)
    .orderBy("id")
    .execute()
  return { row, enrolments, bulletins, papers }
}
