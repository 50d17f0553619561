import type { Db } from "../../../db/index.ts"
import { enrolledIn } from "../../grades/scope.ts"

/** The next class that a running batch waits for. */
export const nextInBatches = (db: Db) =>
  db
    .selectFrom("bulletin_batch_class as bc")
    .innerJoin("bulletin_batch as b", "b.id", "bc.batch_id")
    .innerJoin("class as c", "c.id", "bc.class_id")
    .where("b.state", "=", "running")
    .where("bc.state", "=", "waiting")
    .select([
      "bc.batch_id",
      "bc.class_id",
      "bc.seen_version",
      "b.period_id",
      "b.visible_at",
      "b.reason",
      "b.asked_by",
    ])
    .orderBy("b.id")
    .orderBy("c.position")
    .orderBy("c.id")
    .limit(1)
    .executeTakeFirst()

/** The batches of a school year, newest first, with how far each is. */
export async function batchesOf(db: Db, yearId: number) {
  const rows = await db
    .selectFrom("bulletin_batch as b")
    .innerJoin("period as p", "p.id", "b.period_id")
    .leftJoin("account as a", "a.id", "b.asked_by")
    .where("p.school_year_id", "=", yearId)
    .select(["b.id", "b.state", "b.asked_at", "b.visible_at", "p.label as period", "a.name as by"])
    .select((eb) => {
      const classes = eb.selectFrom("bulletin_batch_class as bc").whereRef("bc.batch_id", "=", "b.id")
      return [
        classes.select((e) => e.fn.countAll<number>().as("n")).as("classes"),
        classes
          .where("bc.state", "=", "done")
          .select((e) => e.fn.countAll<number>().as("n"))
          .as("done"),
      ]
    })
    .orderBy("b.id", "desc")
    .limit(50)
    .execute()
  return rows.map((row) => ({ ...row, classes: Number(row.classes), done: Number(row.done) }))
}

/** One batch with its classes and their files; undefined where there is none. */
export async function batchById(db: Db, id: number) {
  const batch = await db
    .selectFrom("bulletin_batch as b")
    .innerJoin("period as p", "p.id", "b.period_id")
    .leftJoin("account as a", "a.id", "b.asked_by")
    .where("b.id", "=", id)
    .select([
      "b.id",
      "b.state",
      "b.period_id",
      "b.visible_at",
      "b.reason",
      "b.asked_at",
      "b.ended_at",
      "p.label as period",
      "a.name as by",
    ])
    .executeTakeFirst()
  if (!batch) return undefined
  const classes = await db
    .selectFrom("bulletin_batch_class as bc")
    .innerJoin("class as c", "c.id", "bc.class_id")
    .leftJoin("publication as u", "u.id", "bc.publication_id")
    .leftJoin("bulletin_file as f", (join) =>
      // the first one of the whole class: others may have been asked for since
      join.on((eb) =>
        eb(
          "f.id",
          "=",
          eb
            .selectFrom("bulletin_file as one")
            .whereRef("one.publication_id", "=", "bc.publication_id")
            .where("one.student_id", "is", null)
            .where("one.only_changed", "=", 0)
            .select((e) => e.fn.min("one.id").as("id")),
        ),
      ),
    )
    .where("bc.batch_id", "=", id)
    .select([
      "c.id",
      "c.label",
      "bc.state",
      "bc.problem",
      "u.version",
      "f.id as file_id",
      "f.state as file_state",
      "f.pages",
      "f.pages_done",
      "f.bytes",
    ])
    .select((eb) =>
      eb
        .selectFrom("bulletin as b")
        .whereRef("b.publication_id", "=", "bc.publication_id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("bulletins"),
    )
    .orderBy("c.position")
    .orderBy("c.id")
    .execute()
  return { ...batch, classes: classes.map((row) => ({ ...row, bulletins: Number(row.bulletins) })) }
}

/** The classes of a year that are checked and not published in a period: what a batch may take. */
export async function readyClasses(db: Db, yearId: number, period: { id: number; ends_on: string }) {
  const rows = await db
    .selectFrom("class as c")
    .innerJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").on("cp.period_id", "=", period.id),
    )
    .where("c.school_year_id", "=", yearId)
    .where("cp.state", "=", "checked")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("bulletin_batch_class as bc")
            .innerJoin("bulletin_batch as b", "b.id", "bc.batch_id")
            .select("bc.class_id")
            .whereRef("bc.class_id", "=", "c.id")
            .where("b.period_id", "=", period.id)
            .where("b.state", "=", "running")
            .where("bc.state", "=", "waiting"),
        ),
      ),
    )
    .select(["c.id", "c.label"])
    .select((eb) => [
      eb
        .selectFrom("publication as p")
        .whereRef("p.class_id", "=", "c.id")
        .where("p.period_id", "=", period.id)
        .select((e) => e.fn.max<number>("p.version").as("version"))
        .as("version"),
      eb
        .selectFrom("enrolment as e")
        .whereRef("e.class_id", "=", "c.id")
        .where(enrolledIn(period))
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("students"),
    ])
    .orderBy("c.position")
    .orderBy("c.id")
    .execute()
  return rows.map(({ version, students, ...row }) => ({
    ...row,
    seenVersion: Number(version ?? 0),
    students: Number(students),
  }))
}

/** The classes of a year that are neither checked nor published in a period. */
export const unreadyClasses = (db: Db, yearId: number, periodId: number) =>
  db
    .selectFrom("class as c")
    .leftJoin("class_period as cp", (join) =>
      join.onRef("cp.class_id", "=", "c.id").on("cp.period_id", "=", periodId),
    )
    .where("c.school_year_id", "=", yearId)
    .where("cp.state", "is", null)
    .select(["c.id", "c.label"])
    .orderBy("c.position")
    .execute()
