// A split or a merge taken back, while nothing was entered in the new classes.
import { sql } from "kysely"
import { type Change, record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import { renumber } from "../../classes/queries.ts"
import { type FoundRun, movesOf } from "./runs.ts"

export type Prevented = { what: string; why: string }

const nameOf = ({ surname, given_names }: { surname: string; given_names: string }) =>
  `${surname} ${given_names}`

/** Who or what keeps the run from being taken back. Empty: nothing does. */
export async function preventedBy(db: Db, run: FoundRun): Promise<Prevented[]> {
  const rows = await db
    .selectFrom("placement_move as m")
    .innerJoin("placement_run as u", "u.id", "m.run_id")
    .innerJoin("student as s", "s.id", "m.student_id")
    .leftJoin("enrolment as e", "e.id", "m.to_enrolment_id")
    .where("m.run_id", "=", run.id)
    .select(["s.surname", "s.given_names", "e.id", "e.ends_on"])
    .select([
      sql<number>`(select count(*) from mark k join assessment a on a.id = k.assessment_id
        join class_subject cs on cs.id = a.class_subject_id
        where k.student_id = m.student_id and cs.class_id = m.to_class_id and k.updated_at >= u.made_at)`.as(
        "marks",
      ),
      sql<number>`(select count(*) from student_period t where t.student_id = m.student_id
        and t.class_id = m.to_class_id and t.updated_at >= u.made_at)`.as("told"),
    ])
    .orderBy("s.sort_name")
    .execute()
  const students = rows.flatMap((row): Prevented[] => {
    const what = nameOf(row)
    if (row.id === null || row.ends_on !== null)
      return [{ what, why: "a changé de classe, ou est parti(e), depuis" }]
    if (Number(row.marks) > 0) return [{ what, why: "a déjà des notes dans sa nouvelle classe" }]
    return Number(row.told) > 0
      ? [{ what, why: "a une conduite ou une appréciation dans sa nouvelle classe" }]
      : []
  })
  return [...students, ...(await usedClasses(db, run))]
}

/** A class that the run made goes with it, unless others came into it or something was entered there. */
async function usedClasses(db: Db, run: FoundRun): Promise<Prevented[]> {
  const made = JSON.parse(run.made_classes) as number[]
  if (made.length === 0) return []
  const rows = await db
    .selectFrom("class as c")
    .where("c.id", "in", made)
    .select("c.label")
    .select([
      sql<number>`(select count(*) from enrolment e where e.class_id = c.id and not exists (
        select 1 from placement_move m where m.run_id = ${run.id} and m.to_enrolment_id = e.id))`.as(
        "others",
      ),
      sql<number>`(select count(*) from assessment a join class_subject cs on cs.id = a.class_subject_id
        where cs.class_id = c.id) + (select count(*) from class_period p where p.class_id = c.id)
        + (select count(*) from subject_lock l join class_subject cs on cs.id = l.class_subject_id
        where cs.class_id = c.id)`.as("entered"),
    ])
    .execute()
  return rows.flatMap(({ label, others, entered }) => {
    if (Number(others) > 0) return [{ what: label, why: "a reçu d’autres élèves depuis" }]
    return Number(entered) > 0 ? [{ what: label, why: "a déjà des évaluations" }] : []
  })
}

/** Puts every student back where they were; classes made for it go. Whole, or not at all. */
export function undoPlacement(
  db: Db,
  by: { id: number },
  run: FoundRun,
  now: Date,
): Promise<{ kind: "undone" } | { kind: "prevented"; prevented: Prevented[] } | { kind: "already" }> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const prevented = await preventedBy(trx, run)
    const taken = await trx
      .updateTable("placement_run")
      .set({ undone_at: at, undone_by: by.id })
      .where("id", "=", run.id)
      .where("undone_at", "is", null)
      .returning("id")
      .executeTakeFirst()
    if (!taken) return { kind: "already" }
    if (prevented.length > 0) {
      await trx
        .updateTable("placement_run")
        .set({ undone_at: null, undone_by: null })
        .where("id", "=", run.id)
        .execute()
      return { kind: "prevented", prevented }
    }
    await putBack(trx, by, run, at)
    return { kind: "undone" }
  })
}

async function putBack(trx: Db, by: { id: number }, run: FoundRun, at: string): Promise<void> {
  const moves = await movesOf(trx, run.id)
  for (const part of chunks(moves, 1)) {
    const made = part.map(({ to_enrolment_id }) => to_enrolment_id)
    await trx.deleteFrom("enrolment").where("id", "in", made).execute()
    const old = part.map(({ from_enrolment_id }) => from_enrolment_id)
    await trx
      .updateTable("enrolment")
      .set({ ends_on: null, end_reason: null })
      .where("id", "in", old)
      .execute()
  }
  const made = JSON.parse(run.made_classes) as number[]
  if (made.length > 0) {
    await trx.deleteFrom("class_subject").where("class_id", "in", made).execute()
    await trx.deleteFrom("class").where("id", "in", made).execute()
    await renumber(trx, run.school_year_id)
  }
  const changes = moves.map(
    ({ student_id, from, to }): Change => ({
      subject: "student",
      subjectId: student_id,
      action: "placement_undone",
      before: { class: to },
      after: { class: from },
    }),
  )
  await record(trx, by, changes, at)
}
