// What the controls of one class and period are made of, in few questions whatever its size.
import type { Db } from "../../../db/index.ts"
import { assessmentRows, markRows, subjectRows } from "../../grades/gradingRows.ts"
import type { ClassPeriod } from "../../grades/queries/classPeriod.ts"
import { studentName } from "../../people/rules.ts"

export type About = Omit<ClassPeriod, "year">

const previousOf = (db: Db, { school_year_id, position }: About) =>
  db
    .selectFrom("period")
    .where("school_year_id", "=", school_year_id)
    .where("position", "<", position)
    .select(["id", "starts_on", "ends_on"])
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst()

/** The rows of the period and of the one before it: eight questions. */
export async function controlRows(db: Db, about: About) {
  const { class_id, period_id } = about
  const before = (await previousOf(db, about)) ?? null
  const periods = before ? [period_id, before.id] : [period_id]
  const subjects = await subjectRows(db, [class_id])
  const assessments = await assessmentRows(db, [class_id], periods)
  const stays = await db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .where("e.class_id", "=", class_id)
    .select(["e.student_id as student", "e.starts_on", "e.ends_on", "e.end_reason"])
    .select(["s.surname", "s.given_names", "s.sort_name", "s.matricule"])
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .orderBy("e.starts_on")
    .execute()
  const marks = await markRows(db, [class_id], periods)
  const exemptions = await db
    .selectFrom("exemption as x")
    .innerJoin("class_subject as cs", "cs.id", "x.class_subject_id")
    .where("cs.class_id", "=", class_id)
    .where("x.period_id", "in", periods)
    .select(["x.student_id", "x.class_subject_id", "x.period_id"])
    .execute()
  const conducts = await db
    .selectFrom("student_period")
    .where("class_id", "=", class_id)
    .where("period_id", "=", period_id)
    .where("conduct", "is not", null)
    .select(["student_id", "conduct"])
    .execute()
  return {
    before,
    subjects: subjects.map(({ classSubject, teacherGiven, teacherSurname, optional, ...subject }) => ({
      ...subject,
      id: classSubject,
      optional: optional !== null,
      teacher: teacherSurname && `${teacherGiven} ${teacherSurname}`,
    })),
    assessments,
    stays: named(stays),
    marks,
    exemptions,
    conducts: new Map(conducts.map(({ student_id, conduct }) => [student_id, conduct as number])),
  }
}

export type ControlRows = Awaited<ReturnType<typeof controlRows>>

type Named = {
  student: number
  surname: string
  given_names: string
  sort_name: string
  matricule: string | null
}

/** « KEÏTA Moussa »; for namesakes the matricule too. */
function named<R extends Named>(rows: readonly R[]) {
  const bearers = new Map<string, Set<number>>()
  for (const { sort_name, student } of rows) {
    bearers.set(sort_name, (bearers.get(sort_name) ?? new Set()).add(student))
  }
  return rows.map(({ surname, given_names, sort_name, matricule, ...stay }) => {
    const alone = bearers.get(sort_name)?.size === 1
    const name = studentName({ surname, given_names })
    return { ...stay, name: alone || !matricule ? name : `${name} (${matricule})` }
  })
}

/** What was looked at and left as it is, in a class and period. */
export const seenOf = (db: Db, { class_id, period_id }: { class_id: number; period_id: number }) =>
  db
    .selectFrom("progress_seen as n")
    .leftJoin("account as a", "a.id", "n.seen_by")
    .where("n.class_id", "=", class_id)
    .where("n.period_id", "=", period_id)
    .select(["n.finding", "n.figure", "n.remark", "n.seen_at", "a.name as by"])
    .execute()
