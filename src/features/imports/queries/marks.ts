// One class in one period as an import of marks needs to know it.
import type { Db } from "../../../db/index.ts"
import { holds } from "../../../permissions.ts"
import type { GradingProfile } from "../../grades/profile.ts"
import { profileFor } from "../../grades/profiles.ts"
import { type Marks, marksOf } from "../../grades/recording.ts"
import { entersIn } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"

export type FrameSubject = {
  id: number
  code: string
  label: string
  short_label: string
  /** this person may enter marks in it */
  mine: boolean
  /** its teacher said that the marks of the period are final */
  locked: boolean
}

export type FrameAssessment = {
  id: number
  class_subject_id: number
  category: string
  label: string
  /** hundredths */
  max: number
}

export type PlacesFrame = {
  class: { id: number; label: string }
  period: { id: number; label: string }
  /** checked or published: no mark of the period changes any more */
  closed: "checked" | "published" | null
  categories: GradingProfile["categories"]
  /** what marks are on, in whole points */
  scale: number
  subjects: FrameSubject[]
  assessments: FrameAssessment[]
}

export type MarksFrame = PlacesFrame & {
  marks: Marks
  /** « classSubject.student » */
  exempt: Set<string>
}

/** May import marks in this subject: in every one with `imports.marks_all`, else where one enters marks. */
const isMine = (who: Viewer, row: { teacher_id: number | null }) =>
  holds(who.permissions, who.roles, "imports.marks_all") || entersIn(who, row)

type Chosen = { classId: number | null; periodId: number | null }

/** Null when there is no such class in the year of such a period. */
export async function marksFrame(db: Db, who: Viewer, chosen: Chosen): Promise<MarksFrame | null> {
  const places = await placesFrame(db, who, chosen)
  if (!places) return null
  const exempt = await db
    .selectFrom("exemption")
    .innerJoin("class_subject", "class_subject.id", "exemption.class_subject_id")
    .where("class_subject.class_id", "=", places.class.id)
    .where("exemption.period_id", "=", places.period.id)
    .select(["exemption.class_subject_id", "exemption.student_id"])
    .execute()
  return {
    ...places,
    marks: await marksOf(
      db,
      places.assessments.map(({ id }) => id),
    ),
    exempt: new Set(exempt.map((row) => `${row.class_subject_id}.${row.student_id}`)),
  }
}

/** The same without marks and exemptions: where columns go, not what stands there. */
export async function placesFrame(
  db: Db,
  who: Viewer,
  { classId, periodId }: Chosen,
): Promise<PlacesFrame | null> {
  const about = await db
    .selectFrom("class")
    .innerJoin("period", "period.school_year_id", "class.school_year_id")
    .leftJoin("class_period", (join) =>
      join.onRef("class_period.class_id", "=", "class.id").onRef("class_period.period_id", "=", "period.id"),
    )
    .where("class.id", "=", classId ?? 0)
    .where("period.id", "=", periodId ?? 0)
    .select([
      "class.id as class_id",
      "class.label as class",
      "class.level_code",
      "class.school_year_id",
      "period.id as period_id",
      "period.label as period",
      "class_period.state",
    ])
    .executeTakeFirst()
  if (!about) return null
  const { profile } = await profileFor(db, about.school_year_id, about.level_code)
  const subjects = await subjectsIn(db, who, about)
  return {
    class: { id: about.class_id, label: about.class },
    period: { id: about.period_id, label: about.period },
    closed: about.state,
    categories: profile.categories,
    scale: Number(profile.scale.max),
    subjects,
    assessments: await assessmentsIn(db, about),
  }
}

type About = { class_id: number; period_id: number }

async function subjectsIn(db: Db, who: Viewer, { class_id, period_id }: About): Promise<FrameSubject[]> {
  const rows = await db
    .selectFrom("class_subject as cs")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "cs.id").on("l.period_id", "=", period_id),
    )
    .where("cs.class_id", "=", class_id)
    .select(["cs.id", "cs.teacher_id", "s.code", "s.label", "s.short_label", "l.locked_at"])
    .orderBy("cs.position")
    .execute()
  return rows.map(({ teacher_id, locked_at, ...subject }) => ({
    ...subject,
    mine: isMine(who, { teacher_id }),
    locked: locked_at !== null,
  }))
}

const assessmentsIn = (db: Db, { class_id, period_id }: About): Promise<FrameAssessment[]> =>
  db
    .selectFrom("assessment as a")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .where("cs.class_id", "=", class_id)
    .where("a.period_id", "=", period_id)
    .select(["a.id", "a.class_subject_id", "a.category", "a.label", "a.max"])
    .orderBy("a.position")
    .orderBy("a.id")
    .execute()

/** The classes of a year in which this person may import marks of at least one subject. */
export async function classesToMark(db: Db, who: Viewer, yearId: number) {
  const rows = await db
    .selectFrom("class as c")
    .innerJoin("class_subject as cs", "cs.class_id", "c.id")
    .where("c.school_year_id", "=", yearId)
    .select(["c.id", "c.label", "cs.teacher_id"])
    .orderBy("c.position")
    .orderBy("c.label")
    .execute()
  const mine = rows.filter((row) => isMine(who, row))
  return [...new Map(mine.map(({ id, label }) => [id, { id, label }])).values()]
}
