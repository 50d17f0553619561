// A change of class that a file tells and a person agreed to: one enrolment ends, another begins, as on the page.
import { chunks, type Db } from "../../../db/index.ts"
import type { Journal } from "./journal.ts"

export type Move = { line: number; student: number; from: string; label: string }

export type Moving = {
  /** the number of each class by the label the file uses */
  classes: Map<string, number>
  year: number
  /** the school's own day; nobody leaves a class before having entered it */
  today: string
}

export async function moveStudents(
  trx: Db,
  moves: readonly Move[],
  { classes, year, today }: Moving,
  journal: Journal,
): Promise<void> {
  const open = await openEnrolments(trx, moves, year)
  for (const { line, student, from, label } of moves) {
    const was = open.get(student)
    const to = classes.get(label)
    if (!was || !to || was.class_id === to) continue
    const on = today > was.starts_on ? today : was.starts_on
    await trx
      .updateTable("enrolment")
      .set({ ends_on: on, end_reason: "moved" })
      .where("id", "=", was.id)
      .execute()
    const { repeating, regime } = was
    const row = { student_id: student, class_id: to, school_year_id: year, starts_on: on, repeating, regime }
    const { id } = await trx.insertInto("enrolment").values(row).returning("id").executeTakeFirstOrThrow()
    const ended = {
      student_id: student,
      class_id: was.class_id,
      ends_on: on,
      end_reason: "moved",
      label: from,
    }
    journal.wrote(line, "enrolment", was.id, { ends_on: null, end_reason: null }, ended)
    journal.wrote(line, "enrolment", id, null, { ...row, label })
    const change = { subject: "student", subjectId: student, action: "moved", before: { class: from } }
    journal.tell({ ...change, after: { class: label, on } })
  }
}

async function openEnrolments(trx: Db, moves: readonly Move[], year: number) {
  const found = new Map<number, Awaited<ReturnType<typeof ask>>[number]>()
  for (const part of chunks(moves, 1)) for (const row of await ask(part)) found.set(row.student_id, row)
  return found

  function ask(part: readonly Move[]) {
    return trx
      .selectFrom("enrolment")
      .select(["id", "student_id", "class_id", "starts_on", "repeating", "regime"])
      .where("school_year_id", "=", year)
      .where("ends_on", "is", null)
      .where(
        "student_id",
        "in",
        part.map(({ student }) => student),
      )
      .execute()
  }
}
