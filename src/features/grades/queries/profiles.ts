import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"

/** Every version kept for a school year, newest first, with who chose it. */
export const profilesOf = (db: Db, yearId: number) =>
  db
    .selectFrom("grading_profile as g")
    .leftJoin("account as a", "a.id", "g.created_by")
    .leftJoin("level as l", "l.code", "g.level_code")
    .where("g.school_year_id", "=", yearId)
    .select([
      "g.id",
      "g.level_code",
      "l.label as level",
      "g.version",
      "g.label",
      "g.created_at",
      "g.reason",
      "g.frozen_at",
      "a.name as by",
    ])
    .orderBy("g.id", "desc")
    .execute()

/** The levels that have a class this year. */
export const levelsOf = (db: Db, yearId: number) =>
  db
    .selectFrom("level as l")
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("class as c")
          .whereRef("c.level_code", "=", "l.code")
          .where("c.school_year_id", "=", yearId)
          .select("c.id"),
      ),
    )
    .select(["l.code", "l.label"])
    .orderBy("l.position")
    .execute()

/** How many publications of the year there are: the first one freezes the profile. */
export async function publicationsOf(db: Db, yearId: number, level: string | null): Promise<number> {
  let rows = db
    .selectFrom("publication as u")
    .innerJoin("class as c", "c.id", "u.class_id")
    .where("c.school_year_id", "=", yearId)
  if (level) rows = rows.where("c.level_code", "=", level)
  const { n } = await rows.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()
  return n
}

/** Assessments of the year, by category: a new profile must know all of them. */
export async function categoriesInUse(db: Db, yearId: number, level: string | null) {
  let rows = db
    .selectFrom("assessment as a")
    .innerJoin("class_subject as cs", "cs.id", "a.class_subject_id")
    .innerJoin("class as c", "c.id", "cs.class_id")
    .where("c.school_year_id", "=", yearId)
  if (level) rows = rows.where("c.level_code", "=", level)
  return rows
    .select((eb) => ["a.category", eb.fn.countAll<number>().as("n")])
    .groupBy("a.category")
    .orderBy("a.category")
    .execute()
}

type Chosen = {
  yearId: number
  level: string | null
  label: string
  config: string
  reason: string | null
  /** the newest version that the person saw; null: whatever it is */
  seen?: number | null
}

/**
 * A new version, in force at once; the earlier ones are kept. « published »: a bulletin is out and no reason is given;
 * « changed »: somebody made another version since the one that was seen.
 */
export const chooseProfile = (
  db: Db,
  by: { id: number },
  { yearId, level, label, config, reason, seen = null }: Chosen,
  at: string,
): Promise<number | "published" | "changed"> =>
  tx(db, async (trx) => {
    const { last } = await trx
      .selectFrom("grading_profile")
      .where("school_year_id", "=", yearId)
      .where("level_code", level === null ? "is" : "=", level)
      .select((eb) => eb.fn.max("version").as("last"))
      .executeTakeFirstOrThrow()
    if (seen !== null && Number(last ?? 0) !== seen) return "changed"
    if (!reason && (await publicationsOf(trx, yearId, level)) > 0) return "published"
    const version = Number(last ?? 0) + 1
    const row = {
      school_year_id: yearId,
      level_code: level,
      version,
      label,
      config,
      reason,
      created_at: at,
      created_by: by.id,
    }
    const { id } = await trx
      .insertInto("grading_profile")
      .values(row)
      .returning("id")
      .executeTakeFirstOrThrow()
    const after = { level, version, label }
    await record(trx, by, { subject: "grading_profile", subjectId: id, action: "chosen", after, reason }, at)
    return version
  })
