import { sql } from "kysely"
import type { Db } from "../../db/index.ts"
import { sha256 } from "../../web/signing.ts"
import type { BulletinData } from "../bulletins/contract.ts"
import { publishedBulletinsOf } from "../bulletins/published.ts"
import { seesAll, studentsSeenBy, type Viewer } from "../people/scope.ts"
import { resultWords } from "./content.ts"
import type { PaperData } from "./contract.ts"
import { kindOf, type PaperKind, type Wording } from "./kinds.ts"
import { staysOf } from "./rules.ts"

/** A student's years at the school, the latest first. */
export async function staysOfStudent(db: Db, studentId: number) {
  const rows = await db
    .selectFrom("enrolment as e")
    .innerJoin("class as c", "c.id", "e.class_id")
    .innerJoin("school_year as y", "y.id", "e.school_year_id")
    .where("e.student_id", "=", studentId)
    .select([
      "c.label as class_label",
      "e.starts_on",
      "e.ends_on",
      "e.end_reason",
      "y.id as year_id",
      "y.label as year_label",
      "y.ends_on as year_ends",
      "y.current",
    ])
    .orderBy("y.starts_on", "desc")
    .orderBy("e.starts_on", "desc")
    .orderBy("e.id", "desc")
    .execute()
  return staysOf(rows)
}

/** The wording in use of a kind; `changed_at` is null while it is the product's own. */
export async function wordingOf(db: Db, kind: PaperKind): Promise<Wording & { changed_at: string | null }> {
  const own = await db
    .selectFrom("paper_template")
    .select(["title", "body", "changed_at"])
    .where("kind", "=", kind)
    .executeTakeFirst()
  return own ?? { ...kindOf(kind).wording, changed_at: null }
}

/** The papers that this person may see: those about the students seen. */
function papersSeenBy(db: Db, who: Viewer) {
  const papers = db
    .selectFrom("paper as p")
    .innerJoin("student as s", "s.id", "p.student_id")
    .innerJoin("school_year as y", "y.id", "p.school_year_id")
    .leftJoin("account as a", "a.id", "p.issued_by")
  return seesAll(who)
    ? papers
    : papers.where("p.student_id", "in", studentsSeenBy(db, who).select("student.id"))
}

const LISTED = [
  "p.id",
  "p.kind",
  "p.reference",
  "p.student_id",
  "p.issued_at",
  "p.duplicates",
  "p.cancelled_at",
  "s.surname",
  "s.given_names",
  "s.matricule",
  "y.label as year_label",
  "a.name as issuer",
] as const

export type PaperFilter = {
  words: readonly string[]
  kind: PaperKind | null
  year: number
  state: "valid" | "cancelled" | null
}

function matching(db: Db, who: Viewer, { words, kind, year, state }: PaperFilter) {
  let papers = papersSeenBy(db, who)
  if (kind) papers = papers.where("p.kind", "=", kind)
  if (year) papers = papers.where("p.school_year_id", "=", year)
  if (state) papers = papers.where("p.cancelled_at", state === "valid" ? "is" : "is not", null)
  for (const word of words) {
    // the name on the paper, and the name the student has now
    papers = papers.where(sql<boolean>`(p.folded like ${`%${word}%`} or s.folded like ${`%${word}%`})`)
  }
  return papers
}

/** One page of the register, the last issued first. */
export async function listPapers(
  db: Db,
  who: Viewer,
  filter: PaperFilter,
  { page, size }: { page: number; size: number },
) {
  const found = matching(db, who, filter)
  const papers = await found
    .select(LISTED)
    .orderBy("p.issued_at", "desc")
    .orderBy("p.id", "desc")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  if (page === 1 && papers.length < size) return { papers, total: papers.length }
  const { n } = await found.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()
  return { papers, total: Number(n) }
}

/** The register to print, in the order of the numbers. */
export const registerOf = (db: Db, who: Viewer, filter: PaperFilter, most: number) =>
  matching(db, who, filter)
    .select(LISTED)
    .select("p.cancel_reason")
    .orderBy("p.kind")
    .orderBy("p.year")
    .orderBy("p.number")
    .limit(most)
    .execute()

/** The years in which a paper may have been issued, the latest first. */
export const yearsOf = (db: Db) =>
  db.selectFrom("school_year").select(["id", "label"]).orderBy("starts_on", "desc").execute()

/** What was issued about a student, the last first. */
export const papersOfStudent = (db: Db, studentId: number) =>
  db
    .selectFrom("paper as p")
    .leftJoin("account as a", "a.id", "p.issued_by")
    .where("p.student_id", "=", studentId)
    .select([
      "p.id",
      "p.kind",
      "p.reference",
      "p.school_year_id",
      "p.issued_at",
      "p.duplicates",
      "p.cancelled_at",
      "a.name as issuer",
    ])
    .orderBy("p.id", "desc")
    .execute()

/** A paper, when this person may see it, with its frozen content. */
export async function findPaper(db: Db, who: Viewer, id: number) {
  const row = await papersSeenBy(db, who)
    .leftJoin("account as c", "c.id", "p.cancelled_by")
    .select(LISTED)
    .select(["p.code", "p.content", "p.hash", "p.cancel_reason", "c.name as canceller"])
    .where("p.id", "=", id)
    .executeTakeFirst()
  return row && opened(row)
}

export type FoundPaper = NonNullable<Awaited<ReturnType<typeof findPaper>>>

/** The paper that carries this code. */
export async function paperByCode(db: Db, code: string) {
  const row = await db
    .selectFrom("paper")
    .select(["id", "kind", "reference", "content", "hash", "issued_at", "duplicates", "cancelled_at"])
    .where("code", "=", code)
    .executeTakeFirst()
  return row && opened(row)
}

/** Whether a signed list of averages carries this code: of the reports feature, which has the page that checks it. */
export const isListCode = async (db: Db, code: string): Promise<boolean> =>
  (await db.selectFrom("average_list").select("id").where("code", "=", code).executeTakeFirst()) !== undefined

/** `intact`: the content is still the one that was issued, to the letter. */
const opened = <R extends { content: string; hash: string }>({ content, hash, ...row }: R) => ({
  ...row,
  content: JSON.parse(content) as PaperData,
  intact: sha256(content) === hash,
})

/** The prints after the original, the last first. */
export const duplicatesOf = (db: Db, paperId: number) =>
  db
    .selectFrom("paper_duplicate as d")
    .leftJoin("account as a", "a.id", "d.printed_by")
    .where("d.paper_id", "=", paperId)
    .select(["d.number", "d.printed_at", "a.name as by"])
    .orderBy("d.number", "desc")
    .execute()

/** The last bulletin published of a student in a year, if any: what work and conduct are proposed from. */
export async function lastBulletinOf(
  db: Db,
  studentId: number,
  yearId: number,
): Promise<BulletinData | null> {
  const row = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .innerJoin("period", "period.id", "p.period_id")
    .where("b.student_id", "=", studentId)
    .where("period.school_year_id", "=", yearId)
    .select("b.content")
    .orderBy("p.id", "desc")
    .limit(1)
    .executeTakeFirst()
  return row ? JSON.parse(row.content) : null
}

/** What families may read at a moment of a student's results in a year; null while nothing of it is published. */
export async function resultsOf(db: Db, studentId: number, yearId: number, now: Date) {
  const bulletins = await publishedBulletinsOf(db, studentId, yearId, now)
  return resultWords(bulletins.map(({ content }) => content))
}

/** One real girl and one real boy of the school year, to try a wording on. */
export async function sampleStudents(db: Db, who: Viewer, yearId: number) {
  const one = (sex: "F" | "M") =>
    studentsSeenBy(db, who)
      .where("student.sex", "=", sex)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom("enrolment")
            .select("enrolment.id")
            .whereRef("enrolment.student_id", "=", "student.id")
            .where("enrolment.school_year_id", "=", yearId)
            .where("enrolment.ends_on", "is", null),
        ),
      )
      .selectAll("student")
      .orderBy("student.sort_name")
      .orderBy("student.id")
      .limit(1)
      .executeTakeFirst()
  return [await one("F"), await one("M")].filter((student) => student !== undefined)
}

/** The student of a card, and the class the card names while it is valid: that of its year, still under way. */
export const cardHolder = (db: Db, studentId: number, yearId: number) =>
  db
    .selectFrom("student as s")
    .innerJoin("school_year as y", (join) => join.on("y.id", "=", yearId))
    .leftJoin("enrolment as e", (join) =>
      join
        .onRef("e.student_id", "=", "s.id")
        .onRef("e.school_year_id", "=", "y.id")
        .on("e.ends_on", "is", null),
    )
    .leftJoin("class as c", "c.id", "e.class_id")
    .where("s.id", "=", studentId)
    .select(["s.surname", "s.given_names", "y.label as year_label", "y.current", "c.label as class_label"])
    .executeTakeFirst()
