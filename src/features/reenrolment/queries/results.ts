// What the marks of a year say of each student at its end: read when a class is made ready, and again by a run.
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { french } from "../../grades/fraction.ts"
import { gradesOfYear } from "../../grades/grading.ts"

export type Result = {
  student_id: number
  class_id: number
  average: string | null
  proposal: string | null
  unsettled: string | null
}

/** The annual results of a class. Nothing is proposed from results that may still change or of a year half seen. */
export async function resultsOf(db: Db, classId: number): Promise<Result[]> {
  const graded = await gradesOfYear(db, classId)
  const last = graded?.periods.at(-1)
  if (!graded?.year || !last) return []
  const unmarked = graded.periods.filter(({ assessments }) => assessments.length === 0)
  const closed = await isClosed(db, classId, last.period.id)
  const labels = new Map(graded.periods.map(({ period }) => [period.code, period.label]))
  return graded.year.students.map((line) => {
    const student = Number(line.student)
    const provisional = graded.periods.some(({ result }) => result.byStudent.get(line.student)?.provisional)
    const whole = unmarked.length === 0
    return {
      student_id: student,
      class_id: classId,
      average: whole && line.average ? french(line.average.text) : null,
      proposal: line.decision,
      unsettled: unsettled(),
    }

    function unsettled(): string | null {
      if (!whole) return `pas de notes : ${unmarked.map(({ period }) => period.label).join(", ")}`
      if (!line.average) return "sans moyenne annuelle"
      if (!closed && provisional) return "des notes manquent encore"
      if (line.missing.length === 0) return null
      return `sans moyenne : ${line.missing.map((code) => labels.get(code) ?? code).join(", ")}`
    }
  })
}

async function isClosed(db: Db, classId: number, periodId: number): Promise<boolean> {
  const row = await db
    .selectFrom("class_period")
    .select("state")
    .where("class_id", "=", classId)
    .where("period_id", "=", periodId)
    .executeTakeFirst()
  return row !== undefined
}

/** Reads the results of these classes and keeps them beside what people decide, all or nothing. */
export function prepareClasses(
  db: Db,
  by: { id: number } | null,
  classes: readonly number[],
  now: Date,
): Promise<void> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    for (const classId of classes) {
      const results = await resultsOf(trx, classId)
      await trx.deleteFrom("reenrolment_result").where("class_id", "=", classId).execute()
      for (const part of chunks(results, 5)) await trx.insertInto("reenrolment_result").values(part).execute()
      const prepared = { prepared_at: at, prepared_by: by?.id ?? null }
      await trx
        .insertInto("reenrolment_class")
        .values({ class_id: classId, ...prepared })
        .onConflict((oc) => oc.column("class_id").doUpdateSet(prepared))
        .execute()
    }
    const changes = classes.map((subjectId) => ({
      subject: "class",
      subjectId,
      action: "reenrolment_prepared",
    }))
    await record(trx, by, changes, at)
  })
}

/** The students of a class whose results are no longer those that were read. */
export async function staleResults(db: Db, classId: number): Promise<Set<number>> {
  const kept = await db.selectFrom("reenrolment_result").selectAll().where("class_id", "=", classId).execute()
  const said = ({ average, proposal, unsettled }: Result) => `${average}|${proposal}|${unsettled}`
  const now = new Map((await resultsOf(db, classId)).map((one) => [one.student_id, said(one)]))
  return new Set(
    kept.filter((one) => now.get(one.student_id) !== said(one)).map(({ student_id }) => student_id),
  )
}
