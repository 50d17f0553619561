import type { Db } from "../../db/index.ts"
import { enrolledIn } from "./scope.ts"

export type GradingRows = Awaited<ReturnType<typeof readRows>>

/** The subjects of some classes, with who teaches them, in the order of each class. */
export const subjectRows = (db: Db, classIds: readonly number[]) =>
  db
    .selectFrom("class_subject as cs")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .leftJoin("staff as t", "t.id", "cs.teacher_id")
    .where("cs.class_id", "in", classIds)
    .select([
      "cs.id as classSubject",
      "cs.class_id as classId",
      "s.code",
      "s.label",
      "s.short_label as short",
      "cs.coefficient",
      "cs.group_code as group",
      "cs.optional",
      "cs.teacher_id as teacherId",
      "t.given_names as teacherGiven",
      "t.surname as teacherSurname",
    ])
    .orderBy("cs.position")
    .orderBy("cs.id")
    .execute()

/** The assessments of some classes in some periods, in the order of the grid. */
export const assessmentRows = (db: Db, classIds: readonly number[], ids: readonly number[]) =>
  db
    .selectFrom("assessment as a")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .where("cs.class_id", "in", classIds)
    .where("a.period_id", "in", ids)
    .select([
      "a.id",
      "a.class_subject_id as classSubject",
      "a.period_id as period",
      "a.category",
      "a.label",
      "a.held_on",
      "a.max",
      "a.weight",
    ])
    .orderBy("a.held_on", (order) => order.asc().nullsLast())
    .orderBy("a.position")
    .orderBy("a.id")
    .execute()

/** Every mark, or what stands for one, of some classes in some periods. */
export const markRows = (db: Db, classIds: readonly number[], ids: readonly number[]) =>
  db
    .selectFrom("mark as m")
    .innerJoin("assessment as a", "a.id", "m.assessment_id")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .where("cs.class_id", "in", classIds)
    .where("a.period_id", "in", ids)
    .select(["m.student_id as student", "m.assessment_id as assessment", "m.value", "m.status"])
    .execute()

/**
 * Everything that some periods of some classes of one year hold: seven questions whatever their number, six without
 * remarks.
 */
export async function readRows(
  db: Db,
  classIds: readonly number[],
  periods: readonly { id: number; ends_on: string }[],
  { remarks: withRemarks }: { remarks: boolean },
) {
  const ids = periods.map((period) => period.id)
  const subjects = await subjectRows(db, classIds)
  const assessments = await assessmentRows(db, classIds, ids)
  const students = await db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .where("e.class_id", "in", classIds)
    .where((eb) => eb.or(periods.map(enrolledIn)))
    .select([
      "s.id",
      "e.class_id as classId",
      "s.matricule",
      "s.surname",
      "s.given_names",
      "s.sort_name",
      "s.sex",
      "s.birth_date",
      "s.birth_year",
      "s.birth_approximate",
      "s.birth_place",
      "e.repeating",
      "e.regime",
      "e.starts_on",
      "e.ends_on",
    ])
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()
  const told = await db
    .selectFrom("student_period")
    .where("class_id", "in", classIds)
    .where("period_id", "in", ids)
    .selectAll()
    .execute()
  const marks = await markRows(db, classIds, ids)
  const exemptions = await db
    .selectFrom("exemption as x")
    .innerJoin("class_subject as cs", "cs.id", "x.class_subject_id")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .where("cs.class_id", "in", classIds)
    .where("x.period_id", "in", ids)
    .select(["x.student_id", "x.period_id", "s.code", "cs.class_id as classId"])
    .execute()
  const asked = db
    .selectFrom("subject_remark as r")
    .innerJoin("class_subject as cs", "cs.id", "r.class_subject_id")
    .where("cs.class_id", "in", classIds)
    .where("r.period_id", "in", ids)
    .select(["r.student_id", "r.class_subject_id", "r.period_id", "r.text", "cs.class_id as classId"])
  const remarks = withRemarks ? await asked.execute() : []
  return { subjects, assessments, students, told, marks, exemptions, remarks }
}

/** The same rows class by class, each in the order they came. */
export function rowsByClass(rows: GradingRows, classIds: readonly number[]): Map<number, GradingRows> {
  const empty = (): GradingRows => ({
    subjects: [],
    assessments: [],
    students: [],
    told: [],
    marks: [],
    exemptions: [],
    remarks: [],
  })
  const byClass = new Map(classIds.map((id) => [id, empty()]))
  for (const row of rows.subjects) byClass.get(row.classId)?.subjects.push(row)
  for (const row of rows.students) byClass.get(row.classId)?.students.push(row)
  for (const row of rows.told) byClass.get(row.class_id)?.told.push(row)
  for (const row of rows.exemptions) byClass.get(row.classId)?.exemptions.push(row)
  for (const row of rows.remarks) byClass.get(row.classId)?.remarks.push(row)
  const classOf = new Map(rows.subjects.map(({ classSubject, classId }) => [classSubject, classId]))
  const marksOf = new Map<number, GradingRows["marks"]>()
  for (const row of rows.assessments) {
    const own = byClass.get(classOf.get(row.classSubject) ?? 0)
    if (!own) continue
    own.assessments.push(row)
    marksOf.set(row.id, own.marks)
  }
  for (const mark of rows.marks) marksOf.get(mark.assessment)?.push(mark)
  return byClass
}
