// The students of a list: one statement a page, whatever is asked.
import { type Expression, type JoinBuilder, type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Tables } from "../../../db/tables.ts"
import { type SearchTerm, searchTerms } from "../../people/rules.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { type Asked, hundredthsOf, type Rights, type Status } from "../rules/asked.ts"
import type { ColumnKey, StudentLine } from "../rules/columns.ts"
import type { Standing } from "../rules/standing.ts"
import { absences, average, fall, type Joined, photo, selected, sorted, uses } from "./columns.ts"
import { asksPlace, livingIn, type Places, placesOf } from "./places.ts"
import { publishedStandings } from "./standings.ts"

/** Who asks, with what rights, and the year meant when the address names none. */
export type Asking = { who: Viewer; rights: Rights; currentYear: number }

export const yearMeant = ({ filters }: Asked, currentYear: number) => Number(filters.year) || currentYear

const academic = (asked: Asked) =>
  Boolean(asked.filters.below || asked.filters.fall) || uses(asked, "average") || uses(asked, "fall")

/** A page of the list and how many students it has in all: one statement, one more where averages or a zone are asked. */
export async function studentsListed(db: Db, asking: Asking, asked: Asked, places?: Places) {
  const query = await listed(db, asking, asked, places)
  const page = (n: number) =>
    query.lines
      .select(query.total.as("total"))
      .limit(asked.size)
      .offset((n - 1) * asked.size)
      .execute()
  const rows = await page(asked.page)
  if (rows.length > 0 || asked.page === 1) return pageOf(rows, asked.page)
  return pageOf(await page(1), 1)
}

const pageOf = (rows: (Partial<StudentLine> & { total: number | null })[], page: number) => ({
  students: rows as StudentLine[],
  total: Number(rows[0]?.total ?? 0),
  page,
})

/** Every student of the list, for a file. */
export async function allListed(db: Db, asking: Asking, asked: Asked): Promise<StudentLine[]> {
  return (await (await listed(db, asking, asked)).lines.execute()) as StudentLine[]
}

/** How many students the list has. */
export async function countListed(db: Db, asking: Asking, asked: Asked): Promise<number> {
  const { n } = await (await listed(db, asking, asked)).total.executeTakeFirstOrThrow()
  return Number(n)
}

async function listed(db: Db, asking: Asking, asked: Asked, given?: Places) {
  const { filters } = asked
  const year = yearMeant(asked, asking.currentYear)
  const standings = academic(asked) ? await publishedStandings(db, asking.who, year) : null
  const places = asksPlace(asked) ? (given ?? (await placesOf(db, asking.who, asked))) : []
  const found = { year, standings, places }
  const counted = { ...asked, columns: [], sort: "name" }
  const judged = filters.below || filters.fall ? standings : null
  return {
    lines: sorted(
      selected(matched(db, asking, asked, found, "in order"), db, asking.who, asked, year),
      asked.sort,
    ),
    total: matched(db, asking, counted, { ...found, standings: judged }, "counted").select((eb) =>
      eb.fn.countAll<number>().as("n"),
    ),
  }
}

/** Whole numbers of our own making, written into the statement: three thousand rows of parameters would not fit. */
const valuesOf = (standings: ReadonlyMap<number, Standing>) =>
  sql.raw(
    ["(0, 0, 0)", ...[...standings].map(([id, { average, fall }]) => `(${id}, ${average}, ${fall})`)].join(),
  )

/** Joined only where averages are asked: its columns are named in plain SQL, which the compiler does not follow. */
const standing = (standings: ReadonlyMap<number, Standing>) =>
  sql<{ student_id: number }>`(
  select v.column1 as student_id, v.column2 as average, v.column3 as fall
  from (values ${valuesOf(standings)}) as v)`.as("standing")

type Found = { year: number; standings: ReadonlyMap<number, Standing> | null; places: Places }

/** What the rows are for: lines in the order of names, of which a page stops after fifty, or only their number. */
type Purpose = "in order" | "counted"

/**
 * The students with the tables that a filter, a column or the order reads, and no others. In order, the enrolment is
 * a left join that the engine cannot turn round (`coalesce`): students come in the order of the index of names. To
 * count those enrolled, enrolments come first.
 */
function joined(db: Db, { who, currentYear }: Asking, asked: Asked, year: number, purpose: Purpose): Joined {
  const { filters } = asked
  const reads = (...keys: ColumnKey[]) => keys.some((key) => uses(asked, key))
  const level = reads("level")
  const inClass = level || reads("class", "series") || Boolean(filters.level || filters.series)
  const enrolled =
    inClass ||
    reads("repeating", "regime", "entered") ||
    Boolean(filters.class || filters.regime || filters.repeating) ||
    PLACING.includes(statusOf(asked))
  const students = studentsSeenBy(db, who)
  const on = (join: JoinBuilder<Tables, "student" | "enrolment">) =>
    join
      .onRef("enrolment.student_id", "=", "student.id")
      .on("enrolment.school_year_id", "=", year)
      .on(year === currentYear ? sql<SqlBool>`enrolment.ends_on is null` : lastOf(year))
  // the compiler is told of all three: what is not joined here is not read either
  let query = students as unknown as Joined
  if (enrolled) {
    const inner = purpose === "counted" && statusOf(asked) === "enrolled"
    query = (inner ? students.innerJoin("enrolment", on) : students.leftJoin("enrolment", on)) as never
  }
  if (inClass) query = query.leftJoin("class", "class.id", "enrolment.class_id") as never
  if (level) query = query.leftJoin("level", "level.code", "class.level_code") as never
  return query
}

function matched(db: Db, asking: Asking, asked: Asked, found: Found, purpose: Purpose) {
  const { who, rights } = asking
  const { filters } = asked
  const { year, standings, places } = found
  let query = joined(db, asking, asked, year, purpose)
  const status = statusOf(asked)
  // an inner join has found them already
  if (status !== "all" && !(status === "enrolled" && purpose === "counted")) {
    query = query.where(SITUATIONS[status])
  }
  if (standings) {
    query = query.leftJoin(standing(standings), "standing.student_id", "student.id") as never
  }
  const { sex, regime, repeating, consent } = filters
  if (filters.class) query = query.where("enrolment.class_id", "=", Number(filters.class))
  if (filters.level) query = query.where("class.level_code", "=", filters.level)
  if (filters.series) query = query.where("class.series_code", "=", filters.series)
  if (sex === "unknown") query = query.where("student.sex", "is", null)
  else if (sex) query = query.where("student.sex", "=", sex as "F" | "M")
  if (regime === "unknown") query = query.where("enrolment.regime", "is", null)
  else if (regime) query = query.where("enrolment.regime", "=", regime)
  if (repeating) query = query.where("enrolment.repeating", "=", repeating === "yes" ? 1 : 0)
  if (filters.born_from) query = query.where("student.birth_year", ">=", Number(filters.born_from))
  if (filters.born_to) query = query.where("student.birth_year", "<=", Number(filters.born_to))
  if (filters.no_matricule) query = query.where("student.matricule", "is", null)
  if (filters.no_birth) query = query.where("student.birth_date", "is", null)
  if (consent) query = query.where(CONSENTING[consent as keyof typeof CONSENTING])
  if (filters.channel) query = query.where("student.channel", "=", filters.channel)
  if (filters.photo) query = query.where(PHOTO_ANSWERS[filters.photo as keyof typeof PHOTO_ANSWERS])
  for (const where of livingIn(asked, places)) query = query.where(where)
  if (filters.below) query = query.where(average, "<", hundredthsOf(filters.below))
  if (filters.fall) query = query.where(fall, ">", hundredthsOf(filters.fall))
  if (filters.absent) query = query.where(absences(db, who, year), ">=", Number(filters.absent))
  for (const term of searchTerms(filters.q)) query = query.where(finds(term, rights.guardians))
  return query
}

const PHOTO_ANSWERS = {
  yes: sql<SqlBool>`${photo} = 1`,
  no: sql<SqlBool>`${photo} = 0`,
  unasked: sql<SqlBool>`${photo} is null`,
} as const

const placed = sql<number>`coalesce(enrolment.id, 0)`
const SITUATIONS: Record<Exclude<Status, "all">, Expression<SqlBool>> = {
  enrolled: sql`${placed} > 0`,
  unplaced: sql`${placed} = 0 and student.status <> 'withdrawn'`,
  withdrawn: sql`student.status = 'withdrawn'`,
}
/** The situations that an enrolment decides. */
const PLACING: readonly Status[] = ["enrolled", "unplaced"]
const statusOf = ({ filters }: Asked) => (filters.status || "enrolled") as Status

/**
 * In a year that is over: where each was last. Nobody closes the enrolments of a year that ends, and one closed on
 * its last day or later was there until the end.
 */
const lastOf = (year: number) => sql<SqlBool>`enrolment.id in (
  select max(e.id) from enrolment e join school_year y on y.id = e.school_year_id
  where e.school_year_id = ${year} and (e.ends_on is null or e.ends_on >= y.ends_on) group by e.student_id)`

/** Of those who may be told of the child: 2: a guardian accepts; 1: somebody refused and nobody accepts; 0: nobody answered; null: no guardian. */
const answered = sql`(select max(case guardian.sms_consent when 1 then 2 when 0 then 1 else 0 end)
  from guardianship join guardian on guardian.id = guardianship.guardian_id
  where guardianship.student_id = student.id and guardianship.may_see = 1)`
const CONSENTING = {
  yes: sql<SqlBool>`${answered} = 2`,
  no: sql<SqlBool>`${answered} = 1`,
  unasked: sql<SqlBool>`${answered} = 0`,
  no_phone: sql<SqlBool>`not exists (select 1 from guardianship
    join guardian on guardian.id = guardianship.guardian_id
    where guardianship.student_id = student.id and guardianship.may_see = 1
    and coalesce(guardian.phone, guardian.phone2) is not null)`,
  no_guardian: sql<SqlBool>`not exists (select 1 from guardianship where guardianship.student_id = student.id)`,
} as const

/** A guardian's number finds the children, for who may see guardians. */
function finds({ kind, text }: SearchTerm, phones: boolean): Expression<SqlBool> {
  const pattern = `%${text}%`
  if (kind === "word" || text.length < 3 || !phones) return sql`student.folded like ${pattern}`
  return sql`(student.folded like ${pattern} or student.phone like ${pattern} or student.id in (
    select guardianship.student_id from guardian
    join guardianship on guardianship.guardian_id = guardian.id
    where guardian.phone like ${pattern} or guardian.phone2 like ${pattern}))`
}
