// What a publication froze, read back: the only numbers that leave the school.
import type { Db } from "../../db/index.ts"
import { explainSubject } from "../grades/explanation.ts"
import { gradePeriod } from "../grades/period.ts"
import { type GradingInput, periodInput, readWorksheet } from "../grades/worksheet.ts"
import type { BulletinData } from "./contract.ts"

/** The marks and rules of the day, kept with each publication: the shape of a worked example's `input`. */
export type FrozenInput = {
  config?: unknown
  subjects: { code: string; label: string }[]
  assessments: {
    id: string
    subject: string
    category: string
    label: string
    heldOn: string | null
    max: string
    weight: string
  }[]
  /** student id -> assessment id -> mark or status */
  marks: Record<string, Record<string, { v?: string; s?: string }>>
}

export type PublishedBulletin = {
  id: number
  publicationId: number
  periodId: number
  periodLabel: string
  version: number
  publishedAt: string
  code: string
  content: BulletinData
}

/**
 * A student's bulletins of a school year that families may see at a moment, the newest version of each period, in the
 * order of the periods.
 */
export async function publishedBulletinsOf(
  db: Db,
  studentId: number,
  yearId: number,
  now: Date,
): Promise<PublishedBulletin[]> {
  const rows = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .innerJoin("period", "period.id", "p.period_id")
    .where("b.student_id", "=", studentId)
    .where("period.school_year_id", "=", yearId)
    .where("p.visible_at", "<=", now.toISOString())
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("bulletin as newer")
            .innerJoin("publication as np", "np.id", "newer.publication_id")
            .select("newer.id")
            .whereRef("newer.student_id", "=", "b.student_id")
            .whereRef("np.period_id", "=", "p.period_id")
            .whereRef("np.id", ">", "p.id")
            .where("np.visible_at", "<=", now.toISOString()),
        ),
      ),
    )
    .select([
      "b.id",
      "b.publication_id",
      "b.code",
      "b.content",
      "p.period_id",
      "p.version",
      "p.published_at",
      "period.label",
    ])
    .orderBy("period.position")
    .execute()
  return rows.map((row) => ({
    id: row.id,
    publicationId: row.publication_id,
    periodId: row.period_id,
    periodLabel: row.label,
    version: row.version,
    publishedAt: row.published_at,
    code: row.code,
    content: JSON.parse(row.content) as BulletinData,
  }))
}

/** `value` is a mark with its `max`, or a word (« Absence ») without one. */
export type PublishedMark = {
  code: string
  subject: string
  label: string
  heldOn: string | null
  value: string
  max: string | null
}

/** Every mark of one student that a publication counted, as displayed, with the subjects' names. */
export async function publishedMarksOf(
  db: Db,
  publicationId: number,
  studentId: number,
): Promise<PublishedMark[]> {
  const row = await db
    .selectFrom("publication")
    .select("input")
    .where("id", "=", publicationId)
    .executeTakeFirstOrThrow()
  const input = JSON.parse(row.input) as FrozenInput
  const marks = input.marks[String(studentId)] ?? {}
  const names = new Map(input.subjects.map(({ code, label }) => [code, label]))
  return input.assessments.flatMap(({ id, subject, label, heldOn, max }): PublishedMark[] => {
    const mark = marks[id]
    if (!mark || mark.s === "NE") return []
    const of = { code: subject, subject: names.get(subject) ?? subject, label, heldOn }
    if (mark.v !== undefined) return [{ ...of, value: mark.v.replace(".", ","), max: max.replace(".", ",") }]
    return [{ ...of, value: STATUS_WORDS[mark.s ?? ""] ?? "–", max: null }]
  })
}

/**
 * How a published average was made: the class of the day worked out again from what the publication froze, for one
 * student. Null where what was frozen is of another shape (a publication of the tests, say).
 */
export async function publishedWorkingOf(db: Db, publicationId: number, studentId: number) {
  const row = await db
    .selectFrom("publication as p")
    .innerJoin("period", "period.id", "p.period_id")
    .where("p.id", "=", publicationId)
    .select(["p.input", "period.code"])
    .executeTakeFirstOrThrow()
  const frozen = JSON.parse(row.input) as FrozenInput & Pick<GradingInput, "students">
  const own = frozen.students?.filter(({ id }) => id === String(studentId))
  const read = readWorksheet({ ...frozen, students: own, marks: onlyOf(frozen.marks, studentId) })
  if (!read.ok) return null
  const input = periodInput(read.value, row.code)
  const result = gradePeriod(input)
  const student = result.byStudent.get(String(studentId))
  if (!student) return null
  const exempt = input.students[0]?.exempt ?? []
  return {
    result,
    student,
    labels: new Map(frozen.subjects.map(({ code, label }) => [code, label])),
    titles: new Map(frozen.assessments.map(({ id, label }) => [id, label])),
    subject: (code: string) => {
      const subject = input.subjects.find((one) => one.code === code)
      const { profile, assessments, marks } = input
      return (
        subject && explainSubject({ profile, subject, assessments, marks, exempt: exempt.includes(code) })
      )
    },
  }
}

const onlyOf = (marks: FrozenInput["marks"], studentId: number) => {
  const own = marks[String(studentId)]
  return own ? { [String(studentId)]: own } : {}
}

const STATUS_WORDS: Record<string, string> = { ABS_J: "Abs. justifiée", ABS_NJ: "Absence", DISP: "Dispense" }
