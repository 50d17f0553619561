// Who has left, since when, and whose time to be kept is over.
import { type SqlBool, sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { overSince, type Retentions } from "../rules/retention.ts"

export const DUE_PAGE = 30

/** The last day of the last class; of who never had one, the day the card last changed. `student` is an alias. */
const leftOn = (student: string) => sql<string>`coalesce(
  (select max(coalesce(e.ends_on, y.ends_on)) from enrolment e join school_year y on y.id = e.school_year_id
    where e.student_id = ${sql.ref(`${student}.id`)}),
  substr(${sql.ref(`${student}.updated_at`)}, 1, 10))`

/** Is in a class of the year under way or of one to come, or asks to be. */
const isHere = (student: string, today: string) => sql<SqlBool>`(
  exists (select 1 from enrolment e join school_year y on y.id = e.school_year_id
    where e.student_id = ${sql.ref(`${student}.id`)} and e.ends_on is null
      and (y.current = 1 or y.ends_on >= ${today}))
  or exists (select 1 from application f
    where f.student_id = ${sql.ref(`${student}.id`)}
      and f.state in ('received', 'documents', 'checked', 'numbered')))`

/** Students with the day they left, or null for those who are here. */
export const departures = (db: Db, who: Viewer, today: string) =>
  studentsSeenBy(db, who)
    .select(["student.id", "student.surname", "student.given_names", "student.matricule"])
    .select(
      sql<string | null>`case when ${isHere("student", today)} then null else ${leftOn("student")} end`.as(
        "left_on",
      ),
    )

const childrenOf = sql`from guardianship k join student c on c.id = k.student_id
  where k.guardian_id = guardian.id and c.status <> 'erased' and c.merged_into is null`

/** Guardians with the day the last of their children left, or null while one is here. */
export const guardianDepartures = (db: Db, who: Viewer, today: string) =>
  guardiansSeenBy(db, who)
    .select(["guardian.id", "guardian.name"])
    .select(
      sql<string | null>`case when exists (select 1 ${childrenOf} and ${isHere("c", today)}) then null
        else coalesce((select max(${leftOn("c")}) ${childrenOf}), substr(guardian.updated_at, 1, 10)) end`.as(
        "left_on",
      ),
    )

/** Staff with the day they stopped, or null while they work here; the erased have no card any more. */
export const staffDepartures = (db: Db) =>
  db
    .selectFrom("staff")
    .select(["staff.id", "staff.surname", "staff.given_names"])
    .select(
      sql<string | null>`case when staff.active = 1 then null else substr(staff.updated_at, 1, 10) end`.as(
        "left_on",
      ),
    )
    .where("staff.merged_into", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("erasure")
            .select("erasure.id")
            .where("erasure.person", "=", "staff")
            .whereRef("erasure.person_id", "=", "staff.id"),
        ),
      ),
    )

export type Leaver = { id: number; name: string; detail: string | null; left_on: string | null }

/** Persons with the day they left, as one table that can be filtered, whatever they are. */
function leaversOf(db: Db, who: Viewer, person: Person, today: string) {
  const named = {
    student: () =>
      db
        .selectFrom(departures(db, who, today).as("p"))
        .select(["p.id", "p.left_on", "p.matricule as detail"])
        .select(sql<string>`trim(p.surname || ' ' || p.given_names)`.as("name")),
    guardian: () =>
      db
        .selectFrom(guardianDepartures(db, who, today).as("p"))
        .select(["p.id", "p.left_on", "p.name"])
        .select(sql<string | null>`null`.as("detail")),
    staff: () =>
      db
        .selectFrom(staffDepartures(db).as("p"))
        .select(["p.id", "p.left_on"])
        .select(sql<string | null>`null`.as("detail"))
        .select(sql<string>`trim(p.surname || ' ' || p.given_names)`.as("name")),
  }
  return db.selectFrom(named[person]().as("leaver"))
}

export type Asking = { who: Viewer; today: string; retentions: Retentions }

const dueWhere = (db: Db, { who, today, retentions }: Asking, person: Person) =>
  leaversOf(db, who, person, today).where("leaver.left_on", "<=", overSince(retentions[person], today))

/** One page of those whose time is over, who left first first. */
export async function due(db: Db, asking: Asking, person: Person, page: number) {
  const { total } = await dueWhere(db, asking, person)
    .select((eb) => eb.fn.countAll<number>().as("total"))
    .executeTakeFirstOrThrow()
  const rows: Leaver[] = await dueWhere(db, asking, person)
    .selectAll("leaver")
    .orderBy("leaver.left_on")
    .orderBy("leaver.id")
    .limit(DUE_PAGE)
    .offset((page - 1) * DUE_PAGE)
    .execute()
  return { rows, total: Number(total) }
}

export async function countDue(db: Db, asking: Asking, person: Person): Promise<number> {
  const { n } = await dueWhere(db, asking, person)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Some persons by their numbers, among those this person may see, in the order of names. */
export function leavers(db: Db, { who, today }: Asking, person: Person, ids: number[]): Promise<Leaver[]> {
  return leaversOf(db, who, person, today)
    .selectAll("leaver")
    .where("leaver.id", "in", ids.length > 0 ? ids : [-1])
    .orderBy("leaver.name")
    .orderBy("leaver.id")
    .execute()
}

/**
 * The guardians that go with these students: those who have no other child on the cards, and those whose own time is
 * over. Each with the student they go with.
 */
export function guardiansGoingWith(db: Db, { who, today, retentions }: Asking, students: number[]) {
  const others = sql<SqlBool>`exists (select 1 ${childrenOf} and c.id not in (${sql.join(students)}))`
  const term = overSince(retentions.guardian, today)
  return db
    .selectFrom(
      guardianDepartures(db, who, today)
        .select(sql<number>`case when ${others} then 1 else 0 end`.as("others"))
        .as("g"),
    )
    .innerJoin("guardianship as k", "k.guardian_id", "g.id")
    .select(["g.id", "g.name", "k.student_id"])
    .where("k.student_id", "in", students)
    .where((eb) => eb.or([eb("g.others", "=", 0), eb("g.left_on", "<=", term)]))
    .orderBy("g.id")
    .execute()
}

const ENDED = ["refused", "abandoned"] as const

/** Files of enrolment that came to nothing and whose time is over. */
export const applicationsDue = (db: Db, { today, retentions }: Pick<Asking, "today" | "retentions">) =>
  db
    .selectFrom("application")
    .where("state", "in", ENDED)
    .where(sql<string>`substr(updated_at, 1, 10)`, "<=", overSince(retentions.application, today))

/** Students who left and whose notes on health are past their own, shorter, term; only numbers. */
export const leftBefore = (db: Db, day: string, today: string) =>
  db
    .selectFrom("student")
    .select("student.id")
    .where(sql<SqlBool>`not ${isHere("student", today)}`)
    .where(leftOn("student"), "<=", day)
