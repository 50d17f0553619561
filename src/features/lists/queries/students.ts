// The students of a list: one statement a page, whatever is asked.
import { type Expression, type RawBuilder, type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import { classesFollowedBy } from "../../grades/scope.ts"
import { fold } from "../../people/naming.ts"
import { type SearchTerm, searchTerms } from "../../people/rules.ts"
import { studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { type Asked, hundredthsOf, type Rights, type Status } from "../rules/asked.ts"
import type { ColumnKey, StudentLine } from "../rules/columns.ts"
import type { Standing } from "../rules/standing.ts"
import { publishedStandings } from "./standings.ts"

/** Who asks, with what rights, and the year meant when the address names none. */
export type Asking = { who: Viewer; rights: Rights; currentYear: number }

export const yearMeant = ({ filters }: Asked, currentYear: number) => Number(filters.year) || currentYear

/** The list shows, filters or sorts by this column: its cells are worth a question. */
const uses = ({ columns, sort }: Asked, key: ColumnKey) =>
  columns.includes(key) || sort.replace(/^-/, "") === key

const academic = (asked: Asked) =>
  Boolean(asked.filters.below || asked.filters.fall) || uses(asked, "average") || uses(asked, "fall")

/** A page of the list and how many students it has in all: one statement, one more where averages or a zone are asked. */
export async function studentsListed(db: Db, asking: Asking, asked: Asked) {
  const query = await listed(db, asking, asked)
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

const pageOf = (rows: (StudentLine & { total: number | null })[], page: number) => ({
  students: rows as StudentLine[],
  total: Number(rows[0]?.total ?? 0),
  page,
})

/** Every student of the list, for a file. */
export async function allListed(db: Db, asking: Asking, asked: Asked): Promise<StudentLine[]> {
  return (await listed(db, asking, asked)).lines.execute()
}

/** How many students the list has. */
export async function countListed(db: Db, asking: Asking, asked: Asked): Promise<number> {
  const { n } = await (await listed(db, asking, asked)).total.executeTakeFirstOrThrow()
  return Number(n)
}

async function listed(db: Db, asking: Asking, asked: Asked) {
  const { filters } = asked
  const year = yearMeant(asked, asking.currentYear)
  const standings = academic(asked) ? await publishedStandings(db, asking.who, year) : null
  const zone = filters.zone ? await addressesIn(db, filters.zone) : null
  const matching = () => matched(db, asking, asked, { year, standings, zone })
  return {
    lines: sorted(selected(matching(), db, asking, asked, year), asked.sort),
    total: matching().select((eb) => eb.fn.countAll<number>().as("n")),
  }
}

/** The addresses that hold these words, without regard to accents or capitals: addresses are not kept folded. */
async function addressesIn(db: Db, zone: string): Promise<string[]> {
  const rows = await db
    .selectFrom("student")
    .select("address")
    .distinct()
    .where("address", "is not", null)
    .execute()
  const words = fold(zone)
  return rows.map(({ address }) => address as string).filter((address) => fold(address).includes(words))
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
const average = sql<number | null>`standing.average`
const fall = sql<number | null>`standing.fall`

type Found = { year: number; standings: ReadonlyMap<number, Standing> | null; zone: string[] | null }

/**
 * The enrolment stays a left join that the engine cannot turn round (`coalesce`): students come in the order of
 * the index of names, and a page of fifty stops after fifty.
 */
function matched(db: Db, { who, rights }: Asking, { filters }: Asked, { year, standings, zone }: Found) {
  let query = studentsSeenBy(db, who)
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "=", year)
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .leftJoin("level", "level.code", "class.level_code")
    .where(situated((filters.status || "enrolled") as Status))
  if (standings) {
    query = query.leftJoin(standing(standings), "standing.student_id", "student.id") as typeof query
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
  if (zone)
    query = query.where(zone.length > 0 ? sql<SqlBool>`student.address in (${sql.join(zone)})` : NOBODY)
  if (filters.below) query = query.where(average, "<", hundredthsOf(filters.below))
  if (filters.fall) query = query.where(fall, ">", hundredthsOf(filters.fall))
  if (filters.absent) query = query.where(absences(db, who, year), ">=", Number(filters.absent))
  for (const term of searchTerms(filters.q)) query = query.where(finds(term, rights.guardians))
  return query
}

const NOTHING = sql<null>`null`
const NOBODY = sql<SqlBool>`1 = 0`

const placed = sql<number>`coalesce(enrolment.id, 0)`
const SITUATIONS: Record<Status, Expression<SqlBool>> = {
  enrolled: sql`${placed} > 0`,
  unplaced: sql`${placed} = 0 and student.status <> 'withdrawn'`,
  withdrawn: sql`student.status = 'withdrawn'`,
  all: sql`1 = 1`,
}
const situated = (status: Status) => SITUATIONS[status]

/** 2: a guardian accepts; 1: somebody refused and nobody accepts; 0: nobody answered; null: no guardian. */
const answered = sql`(select max(case guardian.sms_consent when 1 then 2 when 0 then 1 else 0 end)
  from guardianship join guardian on guardian.id = guardianship.guardian_id
  where guardianship.student_id = student.id)`
const CONSENTING = {
  yes: sql<SqlBool>`${answered} = 2`,
  no: sql<SqlBool>`${answered} = 1`,
  unasked: sql<SqlBool>`${answered} = 0`,
  no_phone: sql<SqlBool>`not exists (select 1 from guardianship
    join guardian on guardian.id = guardianship.guardian_id
    where guardianship.student_id = student.id and coalesce(guardian.phone, guardian.phone2) is not null)`,
} as const

/** The hours told of a student in a year, justified or not, in the classes of which this person may see all. */
const absences = (db: Db, who: Viewer, year: number) => sql<number | null>`(
  select sum(coalesce(told.absent_justified, 0) + coalesce(told.absent_unjustified, 0)) from student_period told
  join period on period.id = told.period_id and period.school_year_id = ${year}
  where told.student_id = student.id and coalesce(told.absent_justified, told.absent_unjustified) is not null
  and told.class_id in (${classesFollowedBy(db, who).select("c.id")}))`

/** A guardian's number finds the children, for who may see guardians. */
function finds({ kind, text }: SearchTerm, phones: boolean): Expression<SqlBool> {
  const pattern = `%${text}%`
  if (kind === "word" || text.length < 3 || !phones) return sql`student.folded like ${pattern}`
  return sql`(student.folded like ${pattern} or student.phone like ${pattern} or student.id in (
    select guardianship.student_id from guardian
    join guardianship on guardianship.guardian_id = guardian.id
    where guardian.phone like ${pattern} or guardian.phone2 like ${pattern}))`
}

const ofGuardians = (value: Expression<unknown>) => sql<string | null>`(
  select string_agg(${value}, ',' order by guardian.id) from guardianship
  join guardian on guardian.id = guardianship.guardian_id where guardianship.student_id = student.id)`
const PHONES = sql`nullif(coalesce(guardian.phone, '') || case when guardian.phone is not null
  and guardian.phone2 is not null then ',' else '' end || coalesce(guardian.phone2, ''), '')`
const CONSENT = sql`case guardian.sms_consent when 1 then '1' when 0 then '0' else '' end`

type Matched = ReturnType<typeof matched>

/** What a line says; the parts that cost a question a row only where a column or the order needs them. */
function selected(query: Matched, db: Db, { who }: Asking, asked: Asked, year: number) {
  const when = <T>(key: ColumnKey, value: RawBuilder<T | null>) => (uses(asked, key) ? value : NOTHING)
  return query.select([
    "student.id",
    "student.surname",
    "student.given_names",
    "student.matricule",
    "student.sex",
    "student.birth_date",
    "student.birth_year",
    "student.birth_approximate",
    "student.birth_place",
    "student.nationality",
    "student.phone",
    "student.address",
    "student.father_name",
    "student.mother_name",
    "student.status",
    "class.label as class_label",
    "class.series_code",
    "level.label as level_label",
    "enrolment.repeating",
    "enrolment.regime",
    "enrolment.starts_on",
    (academic(asked) ? average : NOTHING).as("average"),
    (academic(asked) ? fall : NOTHING).as("fall"),
    when<string>("guardian", ofGuardians(sql`guardian.name`)).as("guardians"),
    when<string>("guardian_phone", ofGuardians(PHONES)).as("guardian_phones"),
    when<string>("consent", ofGuardians(CONSENT)).as("consents"),
    when<number>("absent", absences(db, who, year)).as("absences"),
  ])
}

type Selected = ReturnType<typeof selected>

/** What each column is sorted by. A name in a `sort by` may be a selected one, never one inside an expression. */
const ORDERS: Record<ColumnKey, Expression<unknown>> = {
  matricule: sql`student.matricule`,
  birth: sql`coalesce(student.birth_date, cast(student.birth_year as text))`,
  birth_place: sql`student.birth_place`,
  sex: sql`student.sex`,
  class: sql`class.position`,
  level: sql`level.position`,
  series: sql`class.series_code`,
  repeating: sql`enrolment.repeating`,
  regime: sql`enrolment.regime`,
  entered: sql`enrolment.starts_on`,
  status: sql`student.status`,
  nationality: sql`student.nationality`,
  phone: sql`student.phone`,
  address: sql`student.address`,
  father: sql`student.father_name`,
  mother: sql`student.mother_name`,
  guardian: sql`guardians`,
  guardian_phone: sql`guardian_phones`,
  consent: sql`consents`,
  average,
  fall,
  absent: sql`absences`,
}

/** In the order asked, then by name; what is not known stands last, whichever the way. */
function sorted(query: Selected, sort: string) {
  const way = sort.startsWith("-") ? "desc" : "asc"
  const by = sort.replace(/^-/, "")
  const ordered =
    by === "name"
      ? query.orderBy("student.sort_name", way)
      : query
          .orderBy(ORDERS[by as ColumnKey], (order) =>
            (way === "desc" ? order.desc() : order.asc()).nullsLast(),
          )
          .orderBy("student.sort_name")
  return ordered.orderBy("student.id")
}
