import type { Db } from "../../../db/index.ts"
import type { Viewer } from "../../people/scope.ts"
import { marksOf } from "../recording.ts"
import { enrolledIn, subjectsSeenBy } from "../scope.ts"

/** One subject of one class in one period, if this person may see it: what a marks grid is about. */
export const subjectPeriodSeenBy = (db: Db, who: Viewer, classSubjectId: number, periodId: number) =>
  subjectsSeenBy(db, who)
    .innerJoin("period as p", "p.school_year_id", "c.school_year_id")
    .leftJoin("staff as t", "t.id", "cs.teacher_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "cs.id").onRef("l.period_id", "=", "p.id"),
    )
    .leftJoin("account as la", "la.id", "l.locked_by")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").onRef("cp.period_id", "=", "p.id"),
    )
    .where("cs.id", "=", classSubjectId)
    .where("p.id", "=", periodId)
    .select([
      "cs.id",
      "cs.coefficient",
      "cs.group_code",
      "cs.optional",
      "cs.teacher_id",
      "c.id as class_id",
      "c.label as class",
      "c.level_code",
      "c.school_year_id",
      "c.form_teacher_id",
      "s.code",
      "s.label as subject",
      "s.short_label as short",
      "p.id as period_id",
      "p.code as period_code",
      "p.label as period",
      "p.starts_on",
      "p.ends_on",
      "t.given_names as teacher_given",
      "t.surname as teacher_surname",
      "l.locked_at",
      "la.name as locked_by",
      "cp.state as class_state",
    ])
    .executeTakeFirst()

export type SubjectPeriod = NonNullable<Awaited<ReturnType<typeof subjectPeriodSeenBy>>>

/** The students of a class in a period, in roll order. */
export const rollOf = (db: Db, { class_id, ends_on }: { class_id: number; ends_on: string }) =>
  db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .where("e.class_id", "=", class_id)
    .where(enrolledIn({ ends_on }))
    .select([
      "s.id",
      "s.matricule",
      "s.surname",
      "s.given_names",
      "s.sort_name",
      "s.sex",
      "s.birth_date",
      "s.birth_year",
      "s.birth_approximate",
    ])
    .distinct()
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()

export type RollStudent = Awaited<ReturnType<typeof rollOf>>[number]

/** The assessments of a subject and period, by date, undated ones last. */
export const assessmentsOf = (db: Db, { id, period_id }: { id: number; period_id: number }) =>
  db
    .selectFrom("assessment")
    .where("class_subject_id", "=", id)
    .where("period_id", "=", period_id)
    .select(["id", "category", "label", "held_on", "max", "weight"])
    .orderBy("held_on", (order) => order.asc().nullsLast())
    .orderBy("position")
    .orderBy("id")
    .execute()

export type SheetAssessment = Awaited<ReturnType<typeof assessmentsOf>>[number]

/** Who is exempt from a subject in a period. */
export const exemptFrom = (db: Db, { id, period_id }: { id: number; period_id: number }) =>
  db
    .selectFrom("exemption")
    .where("class_subject_id", "=", id)
    .where("period_id", "=", period_id)
    .select("student_id")
    .execute()
    .then((rows) => new Set(rows.map((row) => row.student_id)))

/** Columns, rows and cells of one grid. */
export async function readSheet(db: Db, about: SubjectPeriod) {
  const assessments = await assessmentsOf(db, about)
  const marks = await marksOf(
    db,
    assessments.map(({ id }) => id),
  )
  return { assessments, marks, students: await rollOf(db, about), exempt: await exemptFrom(db, about) }
}

export type SheetRows = Awaited<ReturnType<typeof readSheet>>
