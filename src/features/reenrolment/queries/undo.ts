// A run taken back whole, while nothing of the new year depends on it.
import { sql } from "kysely"
import { type Change, record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"

export type Prevented = { student: number; name: string; why: string }

type Row = { student: number; surname: string; given_names: string }

const casesOf = (db: Db, run: number) =>
  db
    .selectFrom("reenrolment_case as k")
    .innerJoin("reenrolment_run as u", "u.id", "k.run_id")
    .innerJoin("student as s", "s.id", "k.student_id")
    .where("u.id", "=", run)
    .select(["s.id as student", "s.surname", "s.given_names"])

const enrolledIn = (db: Db, run: number) =>
  casesOf(db, run).where("k.outcome", "=", "enrolled").leftJoin("enrolment as e", "e.id", "k.enrolment_id")

/**
 * What keeps a run from being taken back: each answers with the students concerned. Whatever comes to hang on a place
 * in the new year (fees, roll calls) adds its question here.
 */
const PREVENTIONS: readonly { why: string; asked: (db: Db, run: number) => Promise<Row[]> }[] = [
  {
    why: "a changé de classe, ou est parti(e), depuis",
    asked: (db, run) =>
      enrolledIn(db, run)
        .where((eb) => eb.or([eb("e.id", "is", null), eb("e.ends_on", "is not", null)]))
        .execute(),
  },
  {
    why: "a des notes dans la nouvelle année",
    asked: (db, run) =>
      enrolledIn(db, run)
        .where(
          sql<boolean>`exists (select 1 from mark m join assessment a on a.id = m.assessment_id
            join period p on p.id = a.period_id where m.student_id = k.student_id and p.school_year_id = u.to_year_id)`,
        )
        .execute(),
  },
  {
    why: "a une conduite, une appréciation ou une dispense dans la nouvelle année",
    asked: (db, run) =>
      enrolledIn(db, run)
        .where(
          sql<boolean>`(exists (select 1 from student_period t join period p on p.id = t.period_id
              where t.student_id = k.student_id and p.school_year_id = u.to_year_id)
            or exists (select 1 from subject_remark r join period p on p.id = r.period_id
              where r.student_id = k.student_id and p.school_year_id = u.to_year_id)
            or exists (select 1 from exemption x join period p on p.id = x.period_id
              where x.student_id = k.student_id and p.school_year_id = u.to_year_id))`,
        )
        .execute(),
  },
  {
    why: "a un certificat de la nouvelle année",
    asked: (db, run) =>
      enrolledIn(db, run)
        .where(
          sql<boolean>`exists (select 1 from paper d where d.student_id = k.student_id
            and d.school_year_id = u.to_year_id and d.cancelled_at is null)`,
        )
        .execute(),
  },
  {
    why: "est revenu(e) dans l’école depuis, ou son départ a été modifié",
    asked: (db, run) =>
      departed(db, run)
        .where((eb) =>
          eb.or([
            eb("s.status", "!=", "withdrawn"),
            eb("e.ends_on", "is", null),
            eb("e.ends_on", "!=", eb.ref("k.effective_on")),
            sql<boolean>`exists (select 1 from enrolment n where n.student_id = k.student_id and n.id > e.id)`,
          ]),
        )
        .execute(),
  },
  {
    why: "a un certificat de départ",
    asked: (db, run) =>
      departed(db, run)
        .where(
          sql<boolean>`exists (select 1 from paper d where d.student_id = k.student_id
            and d.cancelled_at is null and d.issued_at >= u.run_at)`,
        )
        .execute(),
  },
]

/** Those whose departure was written by the run. */
const departed = (db: Db, run: number) =>
  casesOf(db, run)
    .where("k.outcome", "=", "leaving")
    .where("k.after", "is not", null)
    .innerJoin("enrolment as e", "e.id", "k.enrolment_id")

/** Who keeps the run from being taken back, and why. Empty: nothing does. */
export async function preventedBy(db: Db, run: number): Promise<Prevented[]> {
  const prevented: Prevented[] = []
  for (const { why, asked } of PREVENTIONS) {
    const rows = await asked(db, run)
    prevented.push(
      ...rows.map(({ student, surname, given_names }) => ({
        student,
        name: `${surname} ${given_names}`,
        why,
      })),
    )
  }
  return prevented
}

/** Takes a run back: its places go, its departures are as if never written. Whole, or not at all. */
export function undoRun(
  db: Db,
  by: { id: number } | null,
  run: number,
  now: Date,
): Promise<
  { kind: "undone"; n: number } | { kind: "prevented"; prevented: Prevented[] } | { kind: "already" }
> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const taken = await trx
      .updateTable("reenrolment_run")
      .set({ undone_at: at, undone_by: by?.id ?? null })
      .where("id", "=", run)
      .where("undone_at", "is", null)
      .executeTakeFirst()
    if (taken.numUpdatedRows === 0n) return { kind: "already" }
    const prevented = await preventedBy(trx, run)
    if (prevented.length > 0) {
      await trx
        .updateTable("reenrolment_run")
        .set({ undone_at: null, undone_by: null })
        .where("id", "=", run)
        .execute()
      return { kind: "prevented", prevented }
    }
    return { kind: "undone", n: await takeBack(trx, by, run, at) }
  })
}

async function takeBack(trx: Db, by: { id: number } | null, run: number, at: string): Promise<number> {
  const cases = await trx
    .selectFrom("reenrolment_case as k")
    .leftJoin("class as c", "c.id", "k.to_class_id")
    .where("k.run_id", "=", run)
    .where("k.outcome", "!=", "waiting")
    .select(["k.student_id", "k.outcome", "k.enrolment_id", "k.after", "c.label"])
    .execute()
  const enrolled = cases.filter(({ outcome }) => outcome === "enrolled")
  const departed = cases.filter(({ outcome, after }) => outcome === "leaving" && after !== null)
  for (const part of chunks(enrolled, 1)) {
    const ids = part.flatMap(({ enrolment_id }) => enrolment_id ?? [])
    await trx.deleteFrom("enrolment").where("id", "in", ids).execute()
  }
  for (const part of chunks(departed, 1)) {
    const ids = part.flatMap(({ enrolment_id }) => enrolment_id ?? [])
    await trx
      .updateTable("enrolment")
      .set({ ends_on: null, end_reason: null })
      .where("id", "in", ids)
      .execute()
    const students = part.map(({ student_id }) => student_id)
    await trx.updateTable("student").set({ status: "active" }).where("id", "in", students).execute()
  }
  const changes = [...enrolled, ...departed].map(
    ({ student_id, outcome, label }): Change => ({
      subject: "student",
      subjectId: student_id,
      action: "reenrolment_undone",
      before: outcome === "enrolled" ? { class: label } : { status: "withdrawn" },
      after: outcome === "enrolled" ? { class: null } : { status: "active" },
    }),
  )
  await record(trx, by, changes, at)
  return cases.length
}
