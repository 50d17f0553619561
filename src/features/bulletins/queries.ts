import type { Db } from "../../db/index.ts"
import type { BulletinData } from "./contract.ts"

export type ClassPeriod = { classId: number; periodId: number }

/** The newest version published of a class's period, if any. */
export const lastPublicationOf = (db: Db, classId: number, periodId: number) =>
  db
    .selectFrom("publication")
    .select(["id", "version", "published_at", "reason"])
    .where("class_id", "=", classId)
    .where("period_id", "=", periodId)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst()

/** Every version of a class's period, newest first, with who published it. */
export const publicationsOf = (db: Db, { classId, periodId }: ClassPeriod) =>
  db
    .selectFrom("publication as p")
    .leftJoin("account as a", "a.id", "p.published_by")
    .where("p.class_id", "=", classId)
    .where("p.period_id", "=", periodId)
    .select(["p.id", "p.version", "p.published_at", "p.reason", "p.hash", "a.name as by"])
    .orderBy("p.version", "desc")
    .execute()

export type PublishedFigures = {
  code: string
  label: string
  students: Map<number, { exact: string | null; average: string | null; rank: string | null }>
}

/** What the newest publications of a class's periods said of each student, for the periods already published. */
export async function publishedFiguresOf(
  db: Db,
  classId: number,
  periods: readonly { id: number; code: string; label: string; position: number }[],
): Promise<PublishedFigures[]> {
  const rows = await db
    .selectFrom("publication as p")
    .where("p.class_id", "=", classId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("publication as newer")
            .select("newer.id")
            .whereRef("newer.class_id", "=", "p.class_id")
            .whereRef("newer.period_id", "=", "p.period_id")
            .whereRef("newer.version", ">", "p.version"),
        ),
      ),
    )
    .select(["p.id", "p.period_id", "p.stats"])
    .execute()
  const figures: PublishedFigures[] = []
  for (const { id, code, label } of periods) {
    const row = rows.find(({ period_id }) => period_id === id)
    if (!row) continue
    const { students: exact } = JSON.parse(row.stats) as { students: Record<string, string | null> }
    const bulletins = await db
      .selectFrom("bulletin")
      .select(["student_id", "content"])
      .where("publication_id", "=", row.id)
      .execute()
    const students = bulletins.map(({ student_id, content }) => {
      const { generalAverage, rank } = JSON.parse(content) as BulletinData
      return [student_id, { exact: exact[student_id] ?? null, average: generalAverage, rank }] as const
    })
    figures.push({ code, label, students: new Map(students) })
  }
  return figures
}

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

/** The files of a publication for the whole class, and how many students' files are made. */
export const classFilesOf = (db: Db, publicationId: number) =>
  db
    .selectFrom("bulletin_file")
    .selectAll()
    .where("publication_id", "=", publicationId)
    .where("student_id", "is", null)
    .orderBy("id")
    .execute()

export const studentFilesMade = (db: Db, publicationId: number) =>
  db
    .selectFrom("bulletin_file")
    .where("publication_id", "=", publicationId)
    .where("student_id", "is not", null)
    .select((eb) => [
      eb.fn.countAll<number>().as("asked"),
      eb.fn.countAll<number>().filterWhere("state", "=", "done").as("done"),
      eb.fn.sum<number | null>("bytes").as("bytes"),
    ])
    .executeTakeFirstOrThrow()

/** The bulletins of a publication in the order of the roll, without their contents. */
export const bulletinsOf = (db: Db, publicationId: number) =>
  db
    .selectFrom("bulletin as b")
    .innerJoin("student as s", "s.id", "b.student_id")
    .where("b.publication_id", "=", publicationId)
    .select([
      "b.id",
      "b.code",
      "b.content",
      "s.id as student_id",
      "s.surname",
      "s.given_names",
      "s.matricule",
      "s.birth_date",
    ])
    .orderBy("s.sort_name")
    .execute()

/** A bulletin by the code printed on it, with the newest version of the same student and period. */
export async function bulletinByCode(db: Db, code: string) {
  const bulletin = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("b.code", "=", code)
    .select([
      "b.id",
      "b.content",
      "b.hash",
      "b.student_id",
      "p.class_id",
      "p.period_id",
      "p.version",
      "p.published_at",
    ])
    .executeTakeFirst()
  if (!bulletin) return null
  const newest = await db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("b.student_id", "=", bulletin.student_id)
    .where("p.period_id", "=", bulletin.period_id)
    .select(["p.version", "p.published_at"])
    .orderBy("p.id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow()
  return { ...bulletin, newest }
}

/** A bulletin's row, to find out whose it is. */
export const bulletinById = (db: Db, id: number) =>
  db.selectFrom("bulletin").select(["id", "code", "student_id"]).where("id", "=", id).executeTakeFirst()

/** A file's row with the class it is about. */
export const fileById = (db: Db, id: number) =>
  db
    .selectFrom("bulletin_file as f")
    .innerJoin("publication as p", "p.id", "f.publication_id")
    .innerJoin("class as c", "c.id", "p.class_id")
    .innerJoin("period", "period.id", "p.period_id")
    .where("f.id", "=", id)
    .select([
      "f.id",
      "f.path",
      "f.state",
      "f.layout",
      "f.student_id",
      "p.class_id",
      "p.version",
      "c.label",
      "period.code",
    ])
    .executeTakeFirst()

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
