import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"
import type { Viewer } from "../../people/scope.ts"
import { enrolledIn, subjectsSeenBy } from "../scope.ts"

/** How far the marks of a class subject are in a period: `entered` of `expected` cells. */
export type Progress = {
  classSubject: number
  classId: number
  class: string
  levelCode: string
  /** what the teacher who asks is to this row */
  teacherId: number | null
  teacher: string | null
  subject: string
  short: string
  students: number
  assessments: number
  entered: number
  expected: number
  locked: boolean
  /** moments; null while it is not locked, and while nothing was decided of the class */
  lockedAt: string | null
  classState: "checked" | "published" | null
  classStateAt: string | null
}

type Asked = { id: number; ends_on: string }

/**
 * The progress of every class subject this person sees, in the order of classes and of their subjects; of some
 * classes only when `classes` is given. Three questions.
 */
export async function progressSeenBy(
  db: Db,
  who: Viewer,
  period: Asked,
  classes?: number[],
): Promise<Progress[]> {
  let rows = subjectsSeenBy(db, who)
    .innerJoin("period as p", "p.school_year_id", "c.school_year_id")
    .where("p.id", "=", period.id)
  if (classes) rows = rows.where("c.id", "in", classes.length > 0 ? classes : [-1])
  const found = await rows
    .leftJoin("staff as t", "t.id", "cs.teacher_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "cs.id").onRef("l.period_id", "=", "p.id"),
    )
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").onRef("cp.period_id", "=", "p.id"),
    )
    .select((eb) => [
      "cs.id",
      "cs.teacher_id",
      "c.id as class_id",
      "c.label as class",
      "c.level_code",
      "s.label as subject",
      "s.short_label as short",
      "t.given_names",
      "t.surname",
      "l.locked_at",
      "cp.state",
      "cp.changed_at",
      eb
        .selectFrom("exemption as x")
        .innerJoin("enrolment as e", (join) =>
          join.onRef("e.student_id", "=", "x.student_id").onRef("e.class_id", "=", "cs.class_id"),
        )
        .whereRef("x.class_subject_id", "=", "cs.id")
        .whereRef("x.period_id", "=", "p.id")
        .where(enrolledIn(period))
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("exempt"),
    ])
    .orderBy("c.position")
    .orderBy("c.id")
    .orderBy("cs.position")
    .orderBy("cs.id")
    .execute()
  const enrolled = await studentsByClass(db, period)
  const marked = await marksByClassSubject(db, period)
  return found.map((row): Progress => {
    const students = enrolled.get(row.class_id) ?? 0
    const { assessments = 0, entered = 0 } = marked.get(row.id) ?? {}
    return {
      classSubject: row.id,
      classId: row.class_id,
      class: row.class,
      levelCode: row.level_code,
      teacherId: row.teacher_id,
      teacher: row.surname && `${row.given_names} ${row.surname}`,
      subject: row.subject,
      short: row.short,
      students,
      assessments,
      entered,
      expected: (students - (row.exempt ?? 0)) * assessments,
      locked: row.locked_at !== null,
      lockedAt: row.locked_at,
      classState: row.state,
      classStateAt: row.changed_at,
    }
  })
}

async function studentsByClass(db: Db, period: Asked): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("enrolment as e")
    .where(enrolledIn(period))
    .select((eb) => ["e.class_id", eb.fn.count<number>("e.student_id").distinct().as("n")])
    .groupBy("e.class_id")
    .execute()
  return new Map(rows.map(({ class_id, n }) => [class_id, n]))
}

/** Assessments, and cells that hold a mark or a chosen status, of students still there and not exempt. */
async function marksByClassSubject(db: Db, period: Asked) {
  const rows = await db
    .selectFrom("assessment as a")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .leftJoin("mark as m", (join) =>
      join.onRef("m.assessment_id", "=", "a.id").on(sql<boolean>`(m.value is not null or m.status <> 'NE')`),
    )
    .leftJoin("enrolment as e", (join) =>
      join
        .onRef("e.student_id", "=", "m.student_id")
        .onRef("e.class_id", "=", "cs.class_id")
        .on(enrolledIn(period)),
    )
    .leftJoin("exemption as x", (join) =>
      join
        .onRef("x.student_id", "=", "m.student_id")
        .onRef("x.class_subject_id", "=", "cs.id")
        .onRef("x.period_id", "=", "a.period_id"),
    )
    .where("a.period_id", "=", period.id)
    .select((eb) => [
      "a.class_subject_id",
      eb.fn.count<number>("a.id").distinct().as("assessments"),
      eb.fn.count<number>("e.student_id").filterWhere("x.student_id", "is", null).as("entered"),
    ])
    .groupBy("a.class_subject_id")
    .execute()
  return new Map(rows.map((row) => [row.class_subject_id, row]))
}
