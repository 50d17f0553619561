// The few questions of the first page; each costs one statement.
import { sql } from "kysely"
import type { Db } from "../../db/index.ts"
import { OPEN_STATES } from "../enrolment/rules/states.ts"
import { classesSeenBy, type Viewer } from "../people/scope.ts"

/** Where each class that this person sees stands in a period. */
export async function progressOf(db: Db, who: Viewer, { year, period }: { year: number; period: number }) {
  const rows = await classesSeenBy(db, who)
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "class.id").on("cp.period_id", "=", period),
    )
    .where("class.school_year_id", "=", year)
    .select(["class.id", "class.label", "cp.state"])
    .select((eb) => [
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "class.id")
        .where("e.ends_on", "is", null)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
      eb
        .selectFrom("class_subject as cs")
        .whereRef("cs.class_id", "=", "class.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("subjects"),
      eb
        .selectFrom("class_subject as cs")
        .whereRef("cs.class_id", "=", "class.id")
        .where(hasMarks(period))
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("marked"),
      eb
        .selectFrom("subject_lock as l")
        .innerJoin("class_subject as cs", "cs.id", "l.class_subject_id")
        .whereRef("cs.class_id", "=", "class.id")
        .where("l.period_id", "=", period)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("locked"),
    ])
    .orderBy("class.position")
    .orderBy("class.label")
    .execute()
  return rows.map(({ students, subjects, marked, locked, ...row }) => ({
    ...row,
    students: Number(students),
    subjects: Number(subjects),
    marked: Number(marked),
    locked: Number(locked),
  }))
}

const hasMarks = (period: number) => sql<boolean>`exists (
  select 1 from assessment a join mark m on m.assessment_id = a.id
  where a.class_subject_id = cs.id and a.period_id = ${period})`

/** What a teacher teaches this year, with what is entered for a period. */
export async function taughtBy(db: Db, staffId: number, { year, period }: { year: number; period: number }) {
  const rows = await db
    .selectFrom("class_subject as cs")
    .innerJoin("class as c", "c.id", "cs.class_id")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "cs.id").on("l.period_id", "=", period),
    )
    .where("cs.teacher_id", "=", staffId)
    .where("c.school_year_id", "=", year)
    .select(["cs.id", "c.label as class_label", "s.label as subject_label", "l.locked_at"])
    .select((eb) => [
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "c.id")
        .where("e.ends_on", "is", null)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
      eb
        .selectFrom("assessment as a")
        .whereRef("a.class_subject_id", "=", "cs.id")
        .where("a.period_id", "=", period)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("assessments"),
      eb
        .selectFrom("mark as m")
        .innerJoin("assessment as a", "a.id", "m.assessment_id")
        .whereRef("a.class_subject_id", "=", "cs.id")
        .where("a.period_id", "=", period)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("marks"),
    ])
    .orderBy("c.position")
    .orderBy("c.label")
    .orderBy("cs.position")
    .execute()
  return rows.map(({ students, assessments, marks, ...row }) => ({
    ...row,
    students: Number(students),
    assessments: Number(assessments),
    marks: Number(marks),
  }))
}

/** The school in figures, for those who see all of it. */
export async function countsOf(db: Db, year: number) {
  const counts = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom("student")
        .where("status", "=", "active")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
      eb
        .selectFrom("student")
        .where("status", "=", "active")
        .where("matricule", "is", null)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("without_matricule"),
      eb
        .selectFrom("student as s")
        .where("s.status", "=", "active")
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("enrolment as e")
                .select("e.id")
                .whereRef("e.student_id", "=", "s.id")
                .where("e.school_year_id", "=", year)
                .where("e.ends_on", "is", null),
            ),
          ),
        )
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("without_class"),
      eb
        .selectFrom("application")
        .where("state", "in", OPEN_STATES)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("applications"),
      eb
        .selectFrom("correction")
        .where("state", "=", "waiting")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("corrections"),
      eb
        .selectFrom("class")
        .where("school_year_id", "=", year)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("classes"),
      eb
        .selectFrom("staff")
        .where("active", "=", 1)
        .where("teaching", "=", 1)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("teachers"),
    ])
    .executeTakeFirstOrThrow()
  const { students, without_matricule, without_class, applications, corrections, classes, teachers } = counts
  return {
    students: Number(students),
    withoutMatricule: Number(without_matricule),
    withoutClass: Number(without_class),
    applications: Number(applications),
    corrections: Number(corrections),
    classes: Number(classes),
    teachers: Number(teachers),
  }
}

/** The last files that were imported or looked at. */
export const lastImports = (db: Db) =>
  db
    .selectFrom("import as i")
    .leftJoin("account as a", "a.id", "i.created_by")
    .select(["i.id", "i.kind", "i.state", "i.file_name", "i.created_at", "a.name"])
    .orderBy("i.id", "desc")
    .limit(5)
    .execute()
