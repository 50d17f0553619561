import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { settleAll, type TableOutcome } from "../studentTable.ts"
import type { Column, TypedField } from "../tableForm.ts"
import type { ClassPeriod } from "./classPeriod.ts"

/** What is told of a student in a period beside the marks; conduct in hundredths, hours and lates whole. */
export type Told = {
  conduct: number | null
  absent_justified: number | null
  absent_unjustified: number | null
  late_count: number | null
  appreciation: string | null
}

export type ToldRow = Told & { version: number; by: string | null }

export const NOTHING: ToldRow = {
  conduct: null,
  absent_justified: null,
  absent_unjustified: null,
  late_count: null,
  appreciation: null,
  version: 0,
  by: null,
}

type Key = Pick<ClassPeriod, "class_id" | "period_id">

/** Under the student's number, with who wrote it last. */
export async function toldOf(db: Db, { class_id, period_id }: Key): Promise<Map<number, ToldRow>> {
  const rows = await db
    .selectFrom("student_period as sp")
    .leftJoin("account as a", "a.id", "sp.updated_by")
    .where("sp.class_id", "=", class_id)
    .where("sp.period_id", "=", period_id)
    .select([
      "sp.student_id",
      "sp.conduct",
      "sp.absent_justified",
      "sp.absent_unjustified",
      "sp.late_count",
      "sp.appreciation",
      "sp.version",
      "a.name as by",
    ])
    .execute()
  return new Map(rows.map(({ student_id, ...told }) => [student_id, told]))
}

type Saving = { about: Key; students: ReadonlySet<number>; at: string; reason?: string | null }

/** Saves each field that can be saved and says of the others why not. */
export const saveTold = (
  db: Db,
  by: { id: number },
  fields: TypedField[],
  columns: readonly Column<unknown>[],
  { about, students, at, reason = null }: Saving,
): Promise<TableOutcome> =>
  tx(db, async (trx) => {
    const stored = await toldOf(trx, about)
    const storedOf = (student: number, column: string) =>
      (stored.get(student) ?? NOTHING)[column as keyof Told] as unknown
    const mine = fields.filter(({ student }) => students.has(student))
    const { outcome, writes } = settleAll(
      mine,
      columns,
      storedOf,
      (student) => stored.get(student)?.by ?? null,
    )
    const changes = [...writes].map(([student, change]) => {
      const { by: _, version, ...before } = stored.get(student) ?? NOTHING
      return { student, before, change: change as Partial<Told>, version }
    })
    const rows = changes.map(({ student, before, change, version }) => ({
      ...before,
      ...change,
      student_id: student,
      class_id: about.class_id,
      period_id: about.period_id,
      version: version + 1,
      updated_at: at,
      updated_by: by.id,
    }))
    const written = new Set<number>()
    for (const part of chunks(rows, 11)) {
      const done = await trx
        .insertInto("student_period")
        .values(part)
        .onConflict((oc) =>
          oc
            .columns(["student_id", "class_id", "period_id"])
            .doUpdateSet((eb) => ({
              conduct: eb.ref("excluded.conduct"),
              absent_justified: eb.ref("excluded.absent_justified"),
              absent_unjustified: eb.ref("excluded.absent_unjustified"),
              late_count: eb.ref("excluded.late_count"),
              appreciation: eb.ref("excluded.appreciation"),
              version: eb.ref("excluded.version"),
              updated_at: eb.ref("excluded.updated_at"),
              updated_by: eb.ref("excluded.updated_by"),
            }))
            .where("student_period.version", "=", sql<number>`excluded.version - 1`),
        )
        .returning("student_id")
        .execute()
      for (const { student_id } of done) written.add(student_id)
    }
    const kept = changes.filter(({ student }) => written.has(student))
    await record(
      trx,
      by,
      kept.map(({ student, before, change }) => ({
        subject: "student_period",
        subjectId: student,
        action: "changed",
        before: { ...about, ...only(before, change) },
        after: { ...about, ...change },
        reason,
      })),
      at,
    )
    outcome.saved = kept.reduce((sum, { change }) => sum + Object.keys(change).length, 0)
    for (const { student, change } of changes) {
      if (!written.has(student)) outcome.missed(student, Object.keys(change))
    }
    return outcome
  })

const only = (before: Told, change: Partial<Told>) =>
  Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof Told]]))

type SubjectKey = { id: number; period_id: number }

/** What was written of each student in a subject and period. */
export async function remarksOf(db: Db, { id, period_id }: SubjectKey) {
  const rows = await db
    .selectFrom("subject_remark as r")
    .leftJoin("account as a", "a.id", "r.updated_by")
    .where("r.class_subject_id", "=", id)
    .where("r.period_id", "=", period_id)
    .select(["r.student_id", "r.text", "a.name as by"])
    .execute()
  return new Map(rows.map(({ student_id, ...remark }) => [student_id, remark]))
}

/** Saves the remarks of a subject; an emptied one is deleted, and the profile's own word is printed again. */
export const saveRemarks = (
  db: Db,
  by: { id: number },
  fields: TypedField[],
  columns: readonly Column<unknown>[],
  { about, students, at }: { about: SubjectKey; students: ReadonlySet<number>; at: string },
): Promise<TableOutcome> =>
  tx(db, async (trx) => {
    const stored = await remarksOf(trx, about)
    const mine = fields.filter(({ student }) => students.has(student))
    const { outcome, writes } = settleAll(
      mine,
      columns,
      (student) => stored.get(student)?.text ?? null,
      (student) => stored.get(student)?.by ?? null,
    )
    const changes = []
    for (const [student, { remark }] of writes) {
      const before = stored.get(student)?.text ?? null
      const after = remark as string | null
      if (await writeRemark(trx, by, about, { student, before, after, at })) {
        const key = { student, period: about.period_id }
        changes.push({
          subject: "subject_remark",
          subjectId: about.id,
          action: "changed",
          before: { ...key, text: before },
          after: { ...key, text: after },
        })
      } else outcome.missed(student, ["remark"])
    }
    await record(trx, by, changes, at)
    outcome.saved = changes.length
    return outcome
  })

/** False where somebody else has written since. */
async function writeRemark(
  trx: Db,
  by: { id: number },
  about: SubjectKey,
  {
    student,
    before,
    after,
    at,
  }: { student: number; before: string | null; after: string | null; at: string },
): Promise<boolean> {
  const key = { student_id: student, class_subject_id: about.id, period_id: about.period_id }
  const written = { text: after ?? "", updated_at: at, updated_by: by.id }
  if (before === null) {
    const made = await trx
      .insertInto("subject_remark")
      .values({ ...key, ...written })
      .onConflict((oc) => oc.doNothing())
      .returning("student_id")
      .executeTakeFirst()
    return made !== undefined
  }
  const asItWas = { ...key, text: before }
  const found =
    after === null
      ? await trx
          .deleteFrom("subject_remark")
          .where((eb) => eb.and(asItWas))
          .returning("student_id")
          .executeTakeFirst()
      : await trx
          .updateTable("subject_remark")
          .set(written)
          .where((eb) => eb.and(asItWas))
          .returning("student_id")
          .executeTakeFirst()
  return found !== undefined
}
