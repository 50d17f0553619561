import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"

const DONE = ["enrolled", "leaving", "waiting"] as const

/** The runs from a year, the last first, with how many students each placed, let go and left out. */
export async function runsFrom(db: Db, year: number) {
  const rows = await db
    .selectFrom("reenrolment_run as u")
    .leftJoin("account as a", "a.id", "u.run_by")
    .leftJoin("account as b", "b.id", "u.undone_by")
    .where("u.from_year_id", "=", year)
    .select(["u.id", "u.run_at", "a.name as by", "u.undone_at", "b.name as undoneBy"])
    .select(
      DONE.map((outcome) =>
        sql<number>`(select count(*) from reenrolment_case k where k.run_id = u.id and k.outcome = ${outcome})`.as(
          outcome,
        ),
      ),
    )
    .orderBy("u.id", "desc")
    .limit(20)
    .execute()
  return rows.map((row) => ({
    ...row,
    enrolled: Number(row.enrolled),
    leaving: Number(row.leaving),
    waiting: Number(row.waiting),
  }))
}

/** Of each class, who ran it last, among the runs not taken back. */
export async function lastRuns(db: Db, year: number) {
  const rows = await db
    .selectFrom("reenrolment_case as k")
    .innerJoin("reenrolment_run as u", "u.id", "k.run_id")
    .leftJoin("account as a", "a.id", "u.run_by")
    .where("u.from_year_id", "=", year)
    .where("u.undone_at", "is", null)
    .select(["k.class_id", "u.id", "u.run_at", "a.name as by"])
    .distinct()
    .orderBy("u.id")
    .execute()
  return new Map(rows.map((row) => [row.class_id, row]))
}

export const findRun = (db: Db, id: number) =>
  db
    .selectFrom("reenrolment_run as u")
    .innerJoin("school_year as f", "f.id", "u.from_year_id")
    .innerJoin("school_year as t", "t.id", "u.to_year_id")
    .leftJoin("account as a", "a.id", "u.run_by")
    .leftJoin("account as b", "b.id", "u.undone_by")
    .where("u.id", "=", id)
    .select(["u.id", "u.run_at", "u.undone_at", "u.from_year_id", "a.name as by", "b.name as undoneBy"])
    .select(["f.label as from", "f.ends_on as from_ends", "t.label as to", "t.id as to_id"])
    .executeTakeFirst()

export type FoundRun = NonNullable<Awaited<ReturnType<typeof findRun>>>

/** Every case of a run, class by class, in roll order. */
export const casesOfRun = (db: Db, run: number) =>
  db
    .selectFrom("reenrolment_case as k")
    .innerJoin("student as s", "s.id", "k.student_id")
    .innerJoin("class as c", "c.id", "k.class_id")
    .leftJoin("class as t", "t.id", "k.to_class_id")
    .where("k.run_id", "=", run)
    .select(["k.student_id", "s.surname", "s.given_names", "s.matricule", "k.outcome", "k.said", "k.average"])
    .select([
      "k.ending",
      "k.effective_on",
      "k.settled_at",
      "c.id as class_id",
      "c.label as class",
      "t.label as to",
    ])
    .orderBy("c.position")
    .orderBy("c.label")
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()

/** The first administrator's account: whoever runs the program from a terminal acts in this name. */
export async function administrator(db: Db): Promise<{ id: number } | null> {
  const account = await db
    .selectFrom("account as a")
    .innerJoin("account_role as r", "r.account_id", "a.id")
    .where("r.role", "=", "administrator")
    .where("a.active", "=", 1)
    .select("a.id")
    .orderBy("a.id")
    .executeTakeFirst()
  return account ?? null
}
