// A class split, or several joined: one enrolment ends and another begins for each student, all in one transaction.
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { addClass, type FoundClass } from "../../classes/queries.ts"
import { moveStudent } from "../../people/queries.ts"
import type { Placed } from "./places.ts"

/** The roll, a label or an enrolment is no longer what the page showed. */
export class Overtaken extends Error {}

export type NewClass = { section: string; label: string }
type On = { on: string; now: Date }

/**
 * Splits a class: the first part stays, each other part goes to a class made for it with the subjects, coefficients and
 * teachers of this one. The number of the run. Throws `Overtaken` where somebody was there meanwhile.
 */
export function splitClass(
  db: Db,
  by: User,
  { one, parts }: { one: FoundClass; parts: { made: NewClass; students: Placed[] }[] },
  when: On,
): Promise<number> {
  return tx(db, async (trx) => {
    const made: number[] = []
    const moves: { student: Placed; to: number }[] = []
    for (const { made: section, students } of parts) {
      const id = await makeLike(trx, by, one, section, when.now)
      made.push(id)
      moves.push(...students.map((student) => ({ student, to: id })))
    }
    return placeAll(trx, by, { one, kind: "split", made, moves }, when)
  })
}

/** Brings the students of other classes into this one; the emptied classes stay, with what was marked in them. */
export function mergeClasses(
  db: Db,
  by: User,
  { one, students }: { one: FoundClass; students: Placed[] },
  when: On,
): Promise<number> {
  const moves = students.map((student) => ({ student, to: one.id }))
  return tx(db, (trx) => placeAll(trx, by, { one, kind: "merge", made: [], moves }, when))
}

/** A class beside another one: its level, series and places; its subjects with their teachers. */
async function makeLike(trx: Db, by: User, one: FoundClass, made: NewClass, now: Date): Promise<number> {
  const { level_code, series_code, capacity, school_year_id: year } = one
  const row = { level_code, series_code, capacity, ...made, room: null, form_teacher_id: null }
  const id = await addClass(trx, by, row, { year, template: false, now })
  if (id === null) throw new Overtaken()
  const lines = await trx
    .selectFrom("class_subject")
    .select(["subject_id", "coefficient", "group_code", "optional", "position", "teacher_id"])
    .where("class_id", "=", one.id)
    .execute()
  for (const part of chunks(lines, 7)) {
    const rows = part.map((line) => ({ ...line, class_id: id }))
    await trx.insertInto("class_subject").values(rows).execute()
  }
  return id
}

type Placing = {
  one: FoundClass
  kind: "split" | "merge"
  made: number[]
  moves: { student: Placed; to: number }[]
}

async function placeAll(trx: Db, by: User, { one, kind, made, moves }: Placing, { on, now }: On) {
  const at = now.toISOString()
  const year = one.school_year_id
  const run = await trx
    .insertInto("placement_run")
    .values({
      school_year_id: year,
      class_id: one.id,
      kind,
      on_day: on,
      made_classes: JSON.stringify(made),
      made_at: at,
      made_by: by.id,
    })
    .returning("id")
    .executeTakeFirstOrThrow()
  for (const { student, to } of moves) {
    const { id, enrolment, class: classLabel, repeating, regime } = student
    const from = { id: enrolment, studentId: id, classLabel, repeating, regime }
    if (!(await moveStudent(trx, by, from, { class: to, year, on }, now))) throw new Overtaken()
  }
  await keepMoves(trx, run.id, moves, year)
  const after = { run: run.id, on, students: moves.length, classes: made.length }
  const action = kind === "split" ? "split" : "merged"
  await record(trx, by, { subject: "class", subjectId: one.id, action, after }, at)
  return run.id
}

async function keepMoves(trx: Db, run: number, moves: Placing["moves"], year: number): Promise<void> {
  const opened = new Map<number, number>()
  for (const part of chunks(moves, 1)) {
    const rows = await trx
      .selectFrom("enrolment")
      .select(["id", "student_id"])
      .where("school_year_id", "=", year)
      .where("ends_on", "is", null)
      .where(
        "student_id",
        "in",
        part.map(({ student }) => student.id),
      )
      .execute()
    for (const { id, student_id } of rows) opened.set(student_id, id)
  }
  const rows = moves.map(({ student, to }) => ({
    run_id: run,
    student_id: student.id,
    from_class_id: student.class_id,
    to_class_id: to,
    from_enrolment_id: student.enrolment,
    to_enrolment_id: opened.get(student.id) as number,
  }))
  for (const part of chunks(rows, 6)) await trx.insertInto("placement_move").values(part).execute()
}
