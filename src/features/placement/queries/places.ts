import { sql } from "kysely"
import type { Db } from "../../../db/index.ts"

/** The students of a class with their open enrolment, in roll order. */
export const rollOf = (db: Db, classes: readonly number[]) =>
  db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .where("e.class_id", "in", classes.length > 0 ? classes : [0])
    .where("e.ends_on", "is", null)
    .select(["s.id", "s.surname", "s.given_names", "s.matricule", "s.sex"])
    .select(["e.id as enrolment", "e.class_id", "c.label as class", "e.starts_on", "e.repeating", "e.regime"])
    .orderBy("c.position")
    .orderBy("s.sort_name")
    .orderBy("s.id")
    .execute()

export type Placed = Awaited<ReturnType<typeof rollOf>>[number]

type Kind = { school_year_id: number; level_code: string; series_code: string }

/** The classes of the same year, level and series, with their size. */
export async function siblingsOf(db: Db, { school_year_id, level_code, series_code }: Kind) {
  const rows = await db
    .selectFrom("class as c")
    .where("c.school_year_id", "=", school_year_id)
    .where("c.level_code", "=", level_code)
    .where("c.series_code", "=", series_code)
    .select(["c.id", "c.label", "c.section", "c.capacity"])
    .select(
      sql<number>`(select count(*) from enrolment e where e.class_id = c.id and e.ends_on is null)`.as(
        "size",
      ),
    )
    .orderBy("c.position")
    .execute()
  return rows.map((row) => ({ ...row, size: Number(row.size) }))
}

/** How many marks the students now in these classes have there: they stay when the students go. */
export async function marksIn(db: Db, classes: readonly number[]): Promise<number> {
  const { n } = await db
    .selectFrom("mark as m")
    .innerJoin("assessment as a", "a.id", "m.assessment_id")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .innerJoin("enrolment as e", (join) =>
      join.onRef("e.student_id", "=", "m.student_id").onRef("e.class_id", "=", "cs.class_id"),
    )
    .where("cs.class_id", "in", classes.length > 0 ? classes : [0])
    .where("e.ends_on", "is", null)
    .where("m.value", "is not", null)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}
