import type { Db } from "../../../db/index.ts"

export type ClassPeriod = { classId: number; periodId: number }

/** Writes where a class stands in a period: checked or published. */
export async function setClassPeriod(
  db: Db,
  { classId, periodId }: ClassPeriod,
  state: "checked" | "published",
  by: number,
  at: string,
): Promise<void> {
  await db
    .insertInto("class_period")
    .values({ class_id: classId, period_id: periodId, state, changed_at: at, changed_by: by })
    .onConflict((oc) =>
      oc.columns(["class_id", "period_id"]).doUpdateSet({ state, changed_at: at, changed_by: by }),
    )
    .execute()
}

/** Opens a checked period again; false when it was not checked. */
export async function clearChecked(db: Db, { classId, periodId }: ClassPeriod): Promise<boolean> {
  const row = await db
    .deleteFrom("class_period")
    .where("class_id", "=", classId)
    .where("period_id", "=", periodId)
    .where("state", "=", "checked")
    .returning("state")
    .executeTakeFirst()
  return row !== undefined
}

export const classPeriodOf = (db: Db, { classId, periodId }: ClassPeriod) =>
  db
    .selectFrom("class_period as cp")
    .leftJoin("account as a", "a.id", "cp.changed_by")
    .where("cp.class_id", "=", classId)
    .where("cp.period_id", "=", periodId)
    .select(["cp.state", "cp.changed_at", "a.name as by"])
    .executeTakeFirst()

/** Every class of the year with where it stands in one period. */
export const progressOf = (db: Db, yearId: number, periodId: number, classIds: readonly number[]) =>
  db
    .selectFrom("class as c")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").on("cp.period_id", "=", periodId),
    )
    .where("c.school_year_id", "=", yearId)
    .where("c.id", "in", [...classIds, -1])
    .select((eb) => [
      "c.id",
      "c.label",
      "cp.state",
      eb
        .selectFrom("class_subject as cs")
        .whereRef("cs.class_id", "=", "c.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("subjects"),
      eb
        .selectFrom("subject_lock as l")
        .innerJoin("class_subject as cs", "cs.id", "l.class_subject_id")
        .whereRef("cs.class_id", "=", "c.id")
        .where("l.period_id", "=", periodId)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("locked"),
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "c.id")
        .where("e.ends_on", "is", null)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
      eb
        .selectFrom("publication as p")
        .whereRef("p.class_id", "=", "c.id")
        .where("p.period_id", "=", periodId)
        .select((e) => e.fn.max<number>("p.version").as("version"))
        .as("version"),
    ])
    .orderBy("c.position")
    .execute()

/** Which subjects of a class are locked in a period, and how many marks each still lacks. */
export const subjectsOf = (db: Db, { classId, periodId }: ClassPeriod) =>
  db
    .selectFrom("class_subject as cs")
    .innerJoin("subject as s", "s.id", "cs.subject_id")
    .leftJoin("staff as t", "t.id", "cs.teacher_id")
    .leftJoin("subject_lock as l", (join) =>
      join.onRef("l.class_subject_id", "=", "cs.id").on("l.period_id", "=", periodId),
    )
    .where("cs.class_id", "=", classId)
    .select((eb) => [
      "cs.id",
      "s.label",
      "t.surname as teacher_surname",
      "t.given_names as teacher_given",
      "l.locked_at",
      eb
        .selectFrom("assessment as a")
        .whereRef("a.class_subject_id", "=", "cs.id")
        .where("a.period_id", "=", periodId)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("assessments"),
      eb
        .selectFrom("assessment as a")
        .innerJoin("mark as m", "m.assessment_id", "a.id")
        .innerJoin("enrolment as e", (join) =>
          join.onRef("e.student_id", "=", "m.student_id").onRef("e.class_id", "=", "cs.class_id"),
        )
        .whereRef("a.class_subject_id", "=", "cs.id")
        .where("a.period_id", "=", periodId)
        .where("e.ends_on", "is", null)
        .where((e) => e.or([e("m.value", "is not", null), e("m.status", "!=", "NE")]))
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("entered"),
    ])
    .orderBy("cs.position")
    .execute()

/** How many SMS a publication would write, and to how many students nobody can be told. */
export async function familiesToTell(db: Db, classId: number) {
  const rows = await db
    .selectFrom("enrolment as e")
    .leftJoin("guardianship as gs", (join) =>
      join.onRef("gs.student_id", "=", "e.student_id").on("gs.informed", "=", 1),
    )
    .leftJoin("guardian as g", (join) =>
      join.onRef("g.id", "=", "gs.guardian_id").on("g.sms_consent", "=", 1).on("g.phone", "is not", null),
    )
    .where("e.class_id", "=", classId)
    .where("e.ends_on", "is", null)
    .select(["e.student_id", "g.id as guardian_id"])
    .execute()
  const told = rows.filter(({ guardian_id }) => guardian_id !== null)
  const reached = new Set(told.map(({ student_id }) => student_id))
  return {
    guardians: new Set(told.map(({ guardian_id }) => guardian_id)).size,
    unreached: new Set(rows.map(({ student_id }) => student_id).filter((id) => !reached.has(id))).size,
  }
}

/** How many students are in each class now. */
export async function classSizes(db: Db, classIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom("enrolment")
    .where("class_id", "in", [...classIds, -1])
    .where("ends_on", "is", null)
    .select((eb) => ["class_id", eb.fn.countAll<number>().as("size")])
    .groupBy("class_id")
    .execute()
  return new Map(rows.map(({ class_id, size }) => [class_id, size]))
}
