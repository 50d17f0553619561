// All the files of a year: counted by state, searched, filtered, fifty a page.
import { type Expression, type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { SearchTerm } from "../../people/rules.ts"
import { OPEN_STATES, type State } from "../rules/states.ts"

export const PAGE_SIZE = 50

export type BoardFilter = {
  year: number
  terms: SearchTerm[]
  level: string
  /** only files that lack compulsory documents */
  missing: boolean
  /** a state; « open »: all that still need work */
  state: State | "open" | "all"
  page: number
}

/** How many compulsory documents of its level a file lacks. */
const lacking = sql<number>`(select count(*) from enrolment_document d
  where d.required = 1 and d.active = 1
  and (not exists (select 1 from enrolment_document_level l where l.document_id = d.id)
    or exists (select 1 from enrolment_document_level l
      where l.document_id = d.id and l.level_code = application.level_code))
  and not exists (select 1 from application_document g
    where g.application_id = application.id and g.document_id = d.id and g.given_on is not null))`

function finds({ kind, text }: SearchTerm): Expression<SqlBool> {
  const pattern = `%${text}%`
  if (kind === "word" || text.length < 3) return sql`application.folded like ${pattern}`
  return sql`(application.folded like ${pattern} or exists (select 1 from application_guardian g
    where g.application_id = application.id and g.phone like ${pattern}))`
}

function matching(db: Db, { year, terms, level, missing }: Omit<BoardFilter, "state" | "page">) {
  let query = db.selectFrom("application").where("application.school_year_id", "=", year)
  for (const term of terms) query = query.where(finds(term))
  if (level) query = query.where("application.level_code", "=", level)
  if (missing) query = query.where(lacking, ">", 0)
  return query
}

/** How many files stand where, of those that the search and the filters keep. */
export async function countsByState(db: Db, filter: BoardFilter): Promise<Map<State, number>> {
  const rows = await matching(db, filter)
    .select(["application.state"])
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .groupBy("application.state")
    .execute()
  return new Map(rows.map(({ state, n }) => [state, Number(n)]))
}

/** One page of files, those that came first on top: the queue at the window is served in its order. */
export function filesFound(db: Db, filter: BoardFilter) {
  let query = matching(db, filter)
  if (filter.state === "open") query = query.where("application.state", "in", [...OPEN_STATES])
  else if (filter.state !== "all") query = query.where("application.state", "=", filter.state)
  return query
    .leftJoin("level", "level.code", "application.level_code")
    .leftJoin("application_guardian as g", (join) =>
      join.onRef("g.application_id", "=", "application.id").on("g.position", "=", 1),
    )
    .select([
      "application.id",
      "application.reference",
      "application.state",
      "application.source",
      "application.surname",
      "application.given_names",
      "application.birth_date",
      "application.birth_year",
      "application.birth_approximate",
      "application.level_code",
      "application.series_code",
      "application.internal_number",
      "application.created_at",
      "level.label as level_label",
      "g.name as guardian",
      "g.phone",
      lacking.as("lacking"),
    ])
    .orderBy("application.id")
    .limit(PAGE_SIZE)
    .offset((filter.page - 1) * PAGE_SIZE)
    .execute()
}

/** The school years, the newest first, for choices. */
export const yearChoices = (db: Db) =>
  db.selectFrom("school_year").select(["id", "label", "starts_on"]).orderBy("starts_on", "desc").execute()

/** Every level, for filters and lists. */
export const levelChoices = (db: Db) =>
  db.selectFrom("level").select(["code", "label"]).orderBy("position").execute()
