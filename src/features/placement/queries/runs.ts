import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"

/** What was split or joined around a class, the last first. */
export const runsAbout = (db: Db, classId: number) =>
  db
    .selectFrom("placement_run as u")
    .leftJoin("account as a", "a.id", "u.made_by")
    .where((eb) =>
      eb.or([
        eb("u.class_id", "=", classId),
        sql<boolean>`exists (select 1 from placement_move m where m.run_id = u.id
          and (m.from_class_id = ${classId} or m.to_class_id = ${classId}))`,
      ]),
    )
    .select(["u.id", "u.kind", "u.on_day", "u.made_at", "a.name as by", "u.undone_at"])
    .orderBy("u.id", "desc")
    .limit(20)
    .execute()

export const findRun = (db: Db, id: number) =>
  db
    .selectFrom("placement_run as u")
    .innerJoin("class as c", "c.id", "u.class_id")
    .leftJoin("account as a", "a.id", "u.made_by")
    .where("u.id", "=", id)
    .select(["u.id", "u.kind", "u.on_day", "u.made_at", "u.undone_at", "u.class_id", "u.made_classes"])
    .select("u.school_year_id")
    .select(["c.label as class", "a.name as by"])
    .executeTakeFirst()

export type FoundRun = NonNullable<Awaited<ReturnType<typeof findRun>>>

/** Who went where. */
export const movesOf = (db: Db, run: number) =>
  db
    .selectFrom("placement_move as m")
    .innerJoin("student as s", "s.id", "m.student_id")
    .leftJoin("class as f", "f.id", "m.from_class_id")
    .leftJoin("class as t", "t.id", "m.to_class_id")
    .where("m.run_id", "=", run)
    .select(["m.student_id", "s.surname", "s.given_names", "f.label as from", "t.label as to"])
    .select(["m.from_enrolment_id", "m.to_enrolment_id", "m.to_class_id"])
    .orderBy("t.position")
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()
