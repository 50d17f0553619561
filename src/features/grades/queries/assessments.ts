import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Viewer } from "../../people/scope.ts"
import { subjectsSeenBy } from "../scope.ts"

/** The class subject and period of an assessment, if this person may see it. */
export const assessmentSeenBy = (db: Db, who: Viewer, assessment: number) =>
  subjectsSeenBy(db, who)
    .innerJoin("assessment as a", "a.class_subject_id", "cs.id")
    .where("a.id", "=", assessment)
    .select([
      "a.id",
      "a.class_subject_id",
      "a.period_id",
      "a.category",
      "a.label",
      "a.held_on",
      "a.max",
      "a.weight",
    ])
    .executeTakeFirst()

export type AssessmentRow = NonNullable<Awaited<ReturnType<typeof assessmentSeenBy>>>

export type AssessmentValues = {
  label: string
  category: string
  held_on: string | null
  /** hundredths */
  max: number
  /** hundredths */
  weight: number
}

export const createAssessment = (
  db: Db,
  by: { id: number },
  about: { id: number; period_id: number },
  values: AssessmentValues,
  at: string,
): Promise<number> =>
  tx(db, async (trx) => {
    const { last } = await trx
      .selectFrom("assessment")
      .where("class_subject_id", "=", about.id)
      .where("period_id", "=", about.period_id)
      .select((eb) => eb.fn.max("position").as("last"))
      .executeTakeFirstOrThrow()
    const row = {
      ...values,
      class_subject_id: about.id,
      period_id: about.period_id,
      position: Number(last ?? 0) + 1,
      created_at: at,
      created_by: by.id,
    }
    const { id } = await trx.insertInto("assessment").values(row).returning("id").executeTakeFirstOrThrow()
    const after = { ...values, class_subject: about.id, period: about.period_id }
    await record(trx, by, { subject: "assessment", subjectId: id, action: "created", after }, at)
    return id
  })

/** Changes an assessment, unless a mark of it stands above the new maximum: gives that mark instead. */
export const changeAssessment = (
  db: Db,
  by: { id: number },
  before: AssessmentRow,
  values: AssessmentValues,
  at: string,
): Promise<{ highest: number } | null> =>
  tx(db, async (trx) => {
    const { highest } = await trx
      .selectFrom("mark")
      .where("assessment_id", "=", before.id)
      .select((eb) => eb.fn.max("value").as("highest"))
      .executeTakeFirstOrThrow()
    if (highest !== null && Number(highest) > values.max) return { highest: Number(highest) }
    await trx.updateTable("assessment").set(values).where("id", "=", before.id).execute()
    const { label, category, held_on, max, weight } = before
    const change = {
      subject: "assessment",
      subjectId: before.id,
      action: "changed",
      before: { label, category, held_on, max, weight },
      after: values,
    }
    await record(trx, by, change, at)
    return null
  })

/** Marks and chosen statuses that an assessment holds. */
export const enteredIn = async (db: Db, assessment: number): Promise<number> => {
  const { n } = await db
    .selectFrom("mark")
    .where("assessment_id", "=", assessment)
    .where((eb) => eb.or([eb("value", "is not", null), eb("status", "<>", "NE")]))
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return n
}

/** Deletes an assessment with its marks; the audit trail keeps every one of them. */
export const deleteAssessment = (db: Db, by: { id: number }, { id, ...before }: AssessmentRow, at: string) =>
  tx(db, async (trx) => {
    const marks = await trx
      .deleteFrom("mark")
      .where("assessment_id", "=", id)
      .returning(["student_id", "value", "status", "version"])
      .execute()
    await trx.deleteFrom("assessment").where("id", "=", id).execute()
    const gone = marks.map(({ student_id, value, status, version }) => ({
      subject: "mark",
      subjectId: id,
      action: "deleted",
      before: { student: student_id, value, status, version },
    }))
    await record(trx, by, [{ subject: "assessment", subjectId: id, action: "deleted", before }, ...gone], at)
  })
