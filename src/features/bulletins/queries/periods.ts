import type { Db } from "../../../db/index.ts"
import { classesFollowedBy, enrolledIn } from "../../grades/scope.ts"
import type { Viewer } from "../../people/scope.ts"

export type ClassPeriod = { classId: number; periodId: number }

/** A class of which this person sees every subject. */
export const classFollowed = (db: Db, who: Viewer, id: number) =>
  classesFollowedBy(db, who)
    .select(["c.id", "c.label", "c.school_year_id"])
    .where("c.id", "=", id)
    .executeTakeFirst()

/** The classes of which this person sees every subject. */
export const classIdsFollowed = async (db: Db, who: Viewer) =>
  (await classesFollowedBy(db, who).select("c.id").execute()).map(({ id }) => id)

export const periodOfYear = (db: Db, yearId: number, id: number) =>
  db
    .selectFrom("period")
    .select(["id", "code", "label", "ends_on"])
    .where("id", "=", id)
    .where("school_year_id", "=", yearId)
    .executeTakeFirst()

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
export const progressOf = (
  db: Db,
  yearId: number,
  period: { id: number; ends_on: string },
  classIds: readonly number[],
) =>
  db
    .selectFrom("class as c")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").on("cp.period_id", "=", period.id),
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
        .where("l.period_id", "=", period.id)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("locked"),
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "c.id")
        .where(enrolledIn(period))
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
      eb
        .selectFrom("publication as p")
        .whereRef("p.class_id", "=", "c.id")
        .where("p.period_id", "=", period.id)
        .select((e) => e.fn.max<number>("p.version").as("version"))
        .as("version"),
    ])
    .orderBy("c.position")
    .execute()

/** Where the class council of a period stands; undefined where nobody has prepared one. */
export const councilOf = (db: Db, { classId, periodId }: ClassPeriod) =>
  db
    .selectFrom("council_session")
    .where("class_id", "=", classId)
    .where("period_id", "=", periodId)
    .select(["state", "closed_at"])
    .executeTakeFirst()

/** How many SMS a publication would write, and to how many students nobody can be told. */
export async function familiesToTell(db: Db, classId: number, period: { ends_on: string }) {
  const rows = await db
    .selectFrom("enrolment as e")
    .leftJoin("guardianship as gs", (join) =>
      join.onRef("gs.student_id", "=", "e.student_id").on("gs.informed", "=", 1).on("gs.may_see", "=", 1),
    )
    .leftJoin("guardian as g", (join) =>
      join.onRef("g.id", "=", "gs.guardian_id").on("g.sms_consent", "=", 1).on("g.phone", "is not", null),
    )
    .where("e.class_id", "=", classId)
    .where(enrolledIn(period))
    .select(["e.student_id", "g.id as guardian_id"])
    .execute()
  const told = rows.filter(({ guardian_id }) => guardian_id !== null)
  const reached = new Set(told.map(({ student_id }) => student_id))
  return {
    guardians: new Set(told.map(({ guardian_id }) => guardian_id)).size,
    unreached: new Set(rows.map(({ student_id }) => student_id).filter((id) => !reached.has(id))).size,
  }
}
