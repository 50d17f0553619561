// The cards that are compared with each other, and what somebody said of two of them.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Person } from "../../../personal.ts"
import { childrenOf } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../../people/scope.ts"
import { guardianPairs, type Pair, pairKey, staffPairs, studentPairs } from "../rules/pairs.ts"

/** Probable doubles among the cards that this person may see, without those that were said to be two persons. */
export async function pairsOf(db: Db, who: Viewer, kind: Person): Promise<Pair[]> {
  const dismissed = await dismissedKeys(db, kind)
  const pairs = await PAIRS[kind](db, who)
  return pairs.filter(({ one, other }) => !dismissed.has(pairKey(one, other)))
}

const PAIRS: Record<Person, (db: Db, who: Viewer) => Promise<Pair[]>> = {
  async student(db, who) {
    const columns = ["id", "surname", "given_names", "sort_name", "birth_date", "birth_year"] as const
    return studentPairs(await studentsSeenBy(db, who).select(columns).orderBy("id").execute())
  },
  async guardian(db, who) {
    const guardians = await guardiansSeenBy(db, who)
      .select(["guardian.id", "folded", "phone", "phone2"])
      .orderBy("guardian.id")
      .execute()
    const links = await db.selectFrom("guardianship").select(["guardian_id", "student_id"]).execute()
    const children = new Map<number, number[]>()
    for (const { guardian_id, student_id } of links) {
      children.set(guardian_id, [...(children.get(guardian_id) ?? []), student_id])
    }
    return guardianPairs(guardians.map((one) => ({ ...one, children: children.get(one.id) ?? [] })))
  },
  async staff(db) {
    const staff = await db
      .selectFrom("staff")
      .select(["id", "folded", "phone", "employee_number"])
      .where("merged_into", "is", null)
      .orderBy("id")
      .execute()
    return staffPairs(staff)
  },
}

/** What was said of a card that was merged since counts for the card kept in its place. */
async function dismissedKeys(db: Db, kind: Person): Promise<Set<string>> {
  const { rows } = await sql<{ one: number; other: number }>`
    select coalesce(a.merged_into, n.one_id) as one, coalesce(b.merged_into, n.other_id) as other
    from not_double n
    left join ${sql.table(kind)} a on a.id = n.one_id left join ${sql.table(kind)} b on b.id = n.other_id
    where n.kind = ${kind}`.execute(db)
  return new Set(rows.map(({ one, other }) => pairKey(one, other)))
}

/** The rows that a list of pairs shows, by their number. */
export async function cardsShown(db: Db, kind: Person, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, Record<string, string | number | null>>()
  const { rows } = await sql<Record<string, string | number | null> & { id: number }>`
    select * from ${sql.table(kind)} where id in (${sql.join(ids)})`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The class of the year that each of these students is in. */
export async function classesOf(db: Db, students: readonly number[], year: number) {
  if (students.length === 0) return new Map<number, string>()
  const rows = await db
    .selectFrom("enrolment")
    .innerJoin("class", "class.id", "enrolment.class_id")
    .select(["enrolment.student_id", "class.label"])
    .where("enrolment.student_id", "in", students)
    .where("enrolment.school_year_id", "=", year)
    .where("enrolment.ends_on", "is", null)
    .execute()
  return new Map(rows.map(({ student_id, label }) => [student_id, label]))
}

/** The children of each of these guardians, by their names. */
export async function namesOfChildren(db: Db, who: Viewer, guardians: number[]) {
  const children = await childrenOf(db, who, guardians)
  return new Map([...children].map(([id, own]) => [id, own.map(studentName).join(", ")]))
}

/** Says that two cards are two persons, for good; or takes that back. */
export function dismiss(
  db: Db,
  by: { id: number },
  { kind, pair, twoPersons, now }: { kind: Person; pair: [number, number]; twoPersons: boolean; now: Date },
): Promise<void> {
  const at = now.toISOString()
  const [one, other] = [Math.min(...pair), Math.max(...pair)]
  return tx(db, async (trx) => {
    if (twoPersons) {
      await trx
        .insertInto("not_double")
        .values({ kind, one_id: one, other_id: other, said_at: at, said_by: by.id })
        .onConflict((oc) => oc.columns(["kind", "one_id", "other_id"]).doNothing())
        .execute()
    } else {
      await trx
        .deleteFrom("not_double")
        .where("kind", "=", kind)
        .where("one_id", "=", one)
        .where("other_id", "=", other)
        .execute()
    }
    const action = twoPersons ? "two_persons" : "maybe_one"
    const changes = [one, other].map((subjectId) => ({ subject: kind, subjectId, action }))
    await record(trx, by, changes, at)
  })
}

/** The pairs that somebody said are two persons, the latest first, with the cards as they are now. */
export async function dismissedPairs(db: Db, kind: Person) {
  return db
    .selectFrom("not_double")
    .leftJoin("account", "account.id", "not_double.said_by")
    .select(["one_id", "other_id", "said_at", "account.name as by"])
    .where("kind", "=", kind)
    .orderBy("said_at", "desc")
    .limit(200)
    .execute()
}

export async function isDismissed(db: Db, kind: Person, pair: [number, number]): Promise<boolean> {
  const found = await db
    .selectFrom("not_double")
    .select("kind")
    .where("kind", "=", kind)
    .where("one_id", "=", Math.min(...pair))
    .where("other_id", "=", Math.max(...pair))
    .executeTakeFirst()
  return found !== undefined
}

/** What contradictory rows are about, by the column that names it: « Mathématiques, Devoir 1 ». */
export async function namesIn(db: Db, asked: ReadonlyMap<string, ReadonlySet<number>>) {
  const names = new Map<string, string>()
  const parts = [...asked].flatMap(([column, ids]) => {
    const name = NAMES[column]
    if (!name || ids.size === 0) return []
    return [
      sql`select ${sql.lit(column)} as place, id, (${name}) as name from
      ${sql.table(TABLES[column] as string)} where id in (${sql.join([...ids])})`,
    ]
  })
  if (parts.length === 0) return names
  const union = sql.join(parts, sql.raw(" union all "))
  const { rows } = await sql<{ place: string; id: number; name: string }>`${union}`.execute(db)
  for (const { place, id, name } of rows) names.set(`${place}.${id}`, name)
  return names
}

const TABLES: Record<string, string> = {
  assessment_id: "assessment",
  class_subject_id: "class_subject",
  class_id: "class",
  period_id: "period",
  school_year_id: "school_year",
  guardian_id: "guardian",
  student_id: "student",
}
const NAMES: Record<string, ReturnType<typeof sql>> = {
  assessment_id: sql`select s.label || ', ' || assessment.label from class_subject cs
    join subject s on s.id = cs.subject_id where cs.id = assessment.class_subject_id`,
  class_subject_id: sql`select s.label from subject s where s.id = class_subject.subject_id`,
  class_id: sql`label`,
  period_id: sql`label`,
  school_year_id: sql`label`,
  guardian_id: sql`name`,
  student_id: sql`surname || ' ' || given_names`,
}
