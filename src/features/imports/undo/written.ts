// The rows an import wrote, as they stand now, and what has been hung on them since.
import { type RawBuilder, sql } from "kysely"
import { chunks, type Db } from "../../../db/index.ts"

export type Current = {
  students: Map<number, { version: number; birth_date: string | null } & Record<string, unknown>>
  enrolments: Map<
    number,
    { student_id: number; class_id: number; ends_on: string | null; end_reason: string | null; uses: number }
  >
  guardians: Map<number, { version: number } & Record<string, unknown>>
  staff: Map<number, { version: number } & Record<string, unknown>>
  /** « [guardian,student] » */
  guardianships: Map<string, { link: string; informed: number; may_see: number }>
  /** « [assessment,student] » */
  marks: Map<string, { value: number | null; status: string | null; version: number; closed: boolean }>
  assessments: Map<number, { label: string; max: number; weight: number; category: string; marks: number }>
  classes: Map<number, { label: string; enrolments: number; uses: number }>
  /** what depends on a row: « student.12 » -> { mark: 3, account: 1 } */
  dependents: Map<string, Record<string, number>>
}

const IMPORT_KEYS = (importId: number, table: string) =>
  sql`(select case when table_name = ${table} then cast(row_key as integer) end from import_change
    where import_id = ${importId} and table_name = ${table})`

const counted = ({ owner, table, column }: Use, importId: number): RawBuilder<unknown> =>
  sql`select ${sql.lit(owner)} as owner, ${sql.lit(table)} as what, ${sql.ref(column)} as id, count(*) as n
    from ${sql.table(table)} where ${sql.ref(column)} in ${IMPORT_KEYS(importId, owner)}
    group by ${sql.ref(column)}`

type Owner = "student" | "guardian" | "staff"
type Use = { owner: Owner; table: string; column: string }

/** The columns under which a table names somebody. */
const NAMED: Record<Owner, readonly string[]> = {
  student: ["student_id"],
  guardian: ["guardian_id"],
  staff: ["staff_id", "teacher_id", "form_teacher_id"],
}

const known = new WeakMap<object, Promise<Use[]>>()

/** Every table that names a student, a guardian or somebody of the staff: whatever features come later, an undo looks there too. */
function usesIn(db: Db): Promise<Use[]> {
  const key = db.getExecutor().adapter
  const there = known.get(key) ?? readUses(db)
  known.set(key, there)
  return there
}

async function readUses(db: Db): Promise<Use[]> {
  const tables = await db.introspection.getTables()
  return tables.flatMap(({ name: table, columns, isView }) =>
    (Object.keys(NAMED) as Owner[]).flatMap((owner) =>
      columns
        .filter(({ name }) => !isView && NAMED[owner].includes(name))
        .map(({ name: column }) => ({ owner, table, column })),
    ),
  )
}

async function dependentsOf(db: Db, importId: number): Promise<Current["dependents"]> {
  const parts = (await usesIn(db)).map((use) => counted(use, importId))
  const { rows } = await sql<{ owner: string; what: string; id: number; n: number }>`${sql.join(
    parts,
    sql` union all `,
  )}`.execute(db)
  const found: Current["dependents"] = new Map()
  for (const { owner, what, id, n } of rows) {
    const key = `${owner}.${id}`
    found.set(key, { ...found.get(key), [what]: Number(n) })
  }
  return found
}

/** Everything an undo must look at, in few questions; rows are asked for by the numbers the import kept. */
export async function currentRows(
  db: Db,
  importId: number,
  keys: Record<"student" | "enrolment" | "guardian" | "staff" | "assessment" | "class", number[]> & {
    guardianship: number[][]
    mark: number[][]
  },
): Promise<Current> {
  const students = await all(keys.student, (ids) =>
    db.selectFrom("student").selectAll().where("id", "in", ids).execute(),
  )
  const enrolments = await all(keys.enrolment, (ids) => enrolmentsIn(db, ids))
  const guardians = await all(keys.guardian, (ids) =>
    db.selectFrom("guardian").selectAll().where("id", "in", ids).execute(),
  )
  const staff = await all(keys.staff, (ids) =>
    db.selectFrom("staff").selectAll().where("id", "in", ids).execute(),
  )
  const pairs = await all(firsts(keys.guardianship), (ids) =>
    db.selectFrom("guardianship").selectAll().where("guardian_id", "in", ids).execute(),
  )
  const marks = await all(firsts(keys.mark), (ids) => marksIn(db, ids))
  const assessments = await all(keys.assessment, (ids) => assessmentsIn(db, ids))
  const classes = await all(keys.class, (ids) => classesIn(db, ids))
  return {
    students: byId(students),
    enrolments: byId(enrolments),
    guardians: byId(guardians),
    staff: byId(staff),
    guardianships: new Map(pairs.map((row) => [JSON.stringify([row.guardian_id, row.student_id]), row])),
    marks: new Map(marks.map((row) => [JSON.stringify([row.assessment_id, row.student_id]), row])),
    assessments: byId(assessments),
    classes: byId(classes),
    dependents:
      keys.student.length + keys.guardian.length + keys.staff.length > 0
        ? await dependentsOf(db, importId)
        : new Map(),
  }
}

const firsts = (pairs: number[][]) => [...new Set(pairs.map(([first]) => first as number))]

const byId = <T extends { id: number }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]))

async function all<T>(ids: number[], ask: (ids: number[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = []
  for (const part of chunks(ids, 1)) if (part.length > 0) rows.push(...(await ask(part)))
  return rows
}

async function marksIn(db: Db, assessments: number[]) {
  const rows = await db
    .selectFrom("mark as m")
    .innerJoin("assessment as a", "a.id", "m.assessment_id")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "a.class_subject_id").onRef("l.period_id", "=", "a.period_id"),
    )
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "cs.class_id").onRef("cp.period_id", "=", "a.period_id"),
    )
    .where("m.assessment_id", "in", assessments)
    .select([
      "m.assessment_id",
      "m.student_id",
      "m.value",
      "m.status",
      "m.version",
      "l.locked_at",
      "cp.state",
    ])
    .execute()
  return rows.map(({ locked_at, state, ...mark }) => ({
    ...mark,
    closed: locked_at !== null || state !== null,
  }))
}

const assessmentsIn = (db: Db, ids: number[]) =>
  db
    .selectFrom("assessment")
    .where("id", "in", ids)
    .select([
      "id",
      "label",
      "max",
      "weight",
      "category",
      sql<number>`(select count(*) from mark where mark.assessment_id = assessment.id)`.as("marks"),
    ])
    .execute()

/** `uses`: marks and bulletins that the student got in this class. */
const enrolmentsIn = (db: Db, ids: number[]) =>
  db
    .selectFrom("enrolment")
    .where("id", "in", ids)
    .select([
      "id",
      "student_id",
      "class_id",
      "ends_on",
      "end_reason",
      sql<number>`(select count(*) from mark join assessment on assessment.id = mark.assessment_id
        join class_subject on class_subject.id = assessment.class_subject_id
        where mark.student_id = enrolment.student_id and class_subject.class_id = enrolment.class_id)
        + (select count(*) from bulletin join publication on publication.id = bulletin.publication_id
        where bulletin.student_id = enrolment.student_id and publication.class_id = enrolment.class_id)`.as(
        "uses",
      ),
    ])
    .execute()

const classesIn = async (db: Db, ids: number[]) => {
  const rows = await db
    .selectFrom("class")
    .where("id", "in", ids)
    .select([
      "id",
      "label",
      "form_teacher_id",
      sql<number>`(select count(*) from enrolment where enrolment.class_id = class.id)`.as("enrolments"),
      sql<number>`(select count(*) from class_subject cs where cs.class_id = class.id and
        (cs.teacher_id is not null or cs.id in (select class_subject_id from assessment)))`.as("uses"),
    ])
    .execute()
  return rows.map(({ form_teacher_id, uses, ...row }) => ({
    ...row,
    uses: Number(uses) + (form_teacher_id === null ? 0 : 1),
  }))
}
