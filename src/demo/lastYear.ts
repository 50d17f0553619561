// The year before: two of its classes, with the cast's older students among them, so that histories go back and a year
// that is over can be read.
import { chunks, type Db } from "../db/index.ts"
import { fold } from "../features/people/naming.ts"
import type { Chance } from "./chance.ts"
import type { DemoClass } from "./classes.ts"
import type { CastIds } from "./seedCast.ts"

const PERIODS = [
  {
    code: "T1",
    label: "1er trimestre",
    starts_on: "2025-10-01",
    ends_on: "2025-12-23",
    held_on: "2025-12-15",
  },
  {
    code: "T2",
    label: "2e trimestre",
    starts_on: "2026-01-05",
    ends_on: "2026-03-27",
    held_on: "2026-03-16",
  },
  {
    code: "T3",
    label: "3e trimestre",
    starts_on: "2026-04-06",
    ends_on: "2026-06-30",
    held_on: "2026-06-15",
  },
]
const AT = "2026-06-26T16:00:00.000Z"
const SIZE = 26

/** A class of then, and the classes of now from which its students are taken: those who do not repeat. */
const CLASSES = [
  { level: "10", series: "CG", section: "4", label: "10ème CG 4", now: "11ème SES 1", cast: "salif" },
  { level: "11", series: "S", section: "2", label: "11ème S 2", now: "12ème TSE", cast: "fanta" },
] as const

/** 2025-2026 with its trimesters marked and closed; its enrolments stand open, as those of every year that is over. */
export async function seedLastYear(
  db: Db,
  ids: CastIds,
  classes: readonly DemoClass[],
  by: Chance,
): Promise<void> {
  const year = await db
    .insertInto("school_year")
    .values({ label: "2025-2026", starts_on: "2025-10-01", ends_on: "2026-06-30", current: 0 })
    .returning("id")
    .executeTakeFirstOrThrow()
  const periods: { id: number; held_on: string }[] = []
  for (const [n, { held_on, ...period }] of PERIODS.entries()) {
    const row = { ...period, school_year_id: year.id, position: n + 1, weight: 100 }
    const { id } = await db.insertInto("period").values(row).returning("id").executeTakeFirstOrThrow()
    periods.push({ id, held_on })
  }
  for (const [n, { now, cast, label, level, series, section }] of CLASSES.entries()) {
    const like = classes.find((one) => one.label === label) as DemoClass
    const [form] = like.subjects
    const row = {
      school_year_id: year.id,
      level_code: level,
      series_code: series,
      section,
      label,
      folded: fold(label),
      position: n + 1,
      capacity: 60,
      room: `Salle ${n + 1}`,
      form_teacher_id: form?.teacherId ?? null,
    }
    const made = await db.insertInto("class").values(row).returning("id").executeTakeFirstOrThrow()
    const from = classes.find((one) => one.label === now) as DemoClass
    const students = await studentsFrom(db, from.id, ids.students[cast] as number)
    const enrolments = students.map((student_id) => ({
      student_id,
      class_id: made.id,
      school_year_id: year.id,
      starts_on: "2025-10-01",
      regime: "ETAT",
    }))
    await db.insertInto("enrolment").values(enrolments).execute()
    await seedMarks(db, { now: like.id, before: made.id }, { students, periods }, by)
  }
}

/** The student of the cast, and others of the class who do not repeat it. */
async function studentsFrom(db: Db, classId: number, cast: number): Promise<number[]> {
  const rows = await db
    .selectFrom("enrolment")
    .select("student_id")
    .where("class_id", "=", classId)
    .where("repeating", "=", 0)
    .where("student_id", "!=", cast)
    .orderBy("student_id")
    .limit(SIZE - 1)
    .execute()
  return [cast, ...rows.map(({ student_id }) => student_id)]
}

type Marked = { students: readonly number[]; periods: readonly { id: number; held_on: string }[] }

/** The subjects of the same class now, a composition in each trimester, all given and closed; who goes on has passed. */
async function seedMarks(
  db: Db,
  like: { now: number; before: number },
  { students, periods }: Marked,
  by: Chance,
) {
  const lines = await db
    .selectFrom("class_subject")
    .select(["subject_id", "coefficient", "group_code", "optional", "position", "teacher_id"])
    .where("class_id", "=", like.now)
    .orderBy("position")
    .execute()
  const talent = new Map(students.map((id) => [id, Math.max(11, by.around(12.4, 1.6))]))
  const rows = lines.map((line) => ({ ...line, class_id: like.before }))
  const subjects = await db.insertInto("class_subject").values(rows).returning("id").execute()
  for (const { id: period_id, held_on } of periods) {
    const tests = subjects.map(({ id }) => ({
      ...{ category: "COMPO", label: "Composition", max: 2000, weight: 100, position: 1 },
      ...{ class_subject_id: id, period_id, held_on, created_at: AT },
    }))
    const assessments = await db.insertInto("assessment").values(tests).returning("id").execute()
    const marks = assessments.flatMap(({ id: assessment_id }) =>
      students.map((student_id) => {
        const quarters = Math.round(
          Math.min(19, Math.max(4, by.around(talent.get(student_id) ?? 12, 1.5))) * 4,
        )
        return { assessment_id, student_id, value: quarters * 25, updated_at: AT }
      }),
    )
    for (const part of chunks(marks, 4)) await db.insertInto("mark").values(part).execute()
    const conduct = students.map((student_id) => ({ student_id, class_id: like.before, period_id }))
    const told = conduct.map((row) => ({ ...row, conduct: by.whole(28, 36) * 50, updated_at: AT }))
    await db.insertInto("student_period").values(told).execute()
    const closed = { class_id: like.before, period_id, state: "checked", changed_at: AT } as const
    await db.insertInto("class_period").values(closed).execute()
  }
}
