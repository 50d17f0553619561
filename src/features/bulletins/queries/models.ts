import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { enrolledIn } from "../../grades/scope.ts"
import { type BulletinModel, modelIn } from "../model.ts"

/** Whose model: a level's of a school year, or the whole school's (null). */
export type ModelPlace = { yearId: number; level: string | null }

export type StoredModel = {
  /** null where neither the level nor the school has one */
  model: BulletinModel | null
  /** whose it is: a level's code, null for the school's or none */
  from: string | null
  /** the newest version of the place asked, whatever it says; 0 before the first */
  version: number
}

/** The model in force for a level: its own, else the school's. */
export async function modelFor(db: Db, yearId: number, level: string | null): Promise<StoredModel> {
  const rows = await db
    .selectFrom("bulletin_model")
    .where("school_year_id", "=", yearId)
    .where((eb) =>
      eb.or([eb("level_code", "is", null), ...(level === null ? [] : [eb("level_code", "=", level)])]),
    )
    .select(["level_code", "version", "config"])
    .orderBy("version", "desc")
    .execute()
  const own = rows.find(({ level_code }) => level_code === level)
  const version = own?.version ?? 0
  const school = rows.find(({ level_code }) => level_code === null)
  const inForce = own?.config ? own : school
  if (!inForce?.config) return { model: null, from: null, version }
  return { model: modelIn(JSON.parse(inForce.config)), from: inForce.level_code, version }
}

/** Every version kept for a school year, newest first, with who made it. */
export const modelsOf = (db: Db, yearId: number) =>
  db
    .selectFrom("bulletin_model as m")
    .leftJoin("account as a", "a.id", "m.created_by")
    .leftJoin("level as l", "l.code", "m.level_code")
    .where("m.school_year_id", "=", yearId)
    .select(["m.id", "m.level_code", "l.label as level", "m.version", "m.created_at", "a.name as by"])
    .select((eb) => eb.case().when("m.config", "is", null).then(1).else(0).end().as("given_up"))
    .orderBy("m.id", "desc")
    .limit(20)
    .execute()

/**
 * A new version, in force at once; null: from now on the place has none of its own. « changed »: somebody made another
 * since the one that was seen. Gives its number.
 */
export const keepModel = (
  db: Db,
  by: { id: number },
  { yearId, level, seen, model }: ModelPlace & { seen: number; model: BulletinModel | null },
  at: string,
): Promise<number | "changed"> =>
  tx(db, async (trx) => {
    const { version: last } = await modelFor(trx, yearId, level)
    if (last !== seen) return "changed"
    const version = last + 1
    const row = {
      school_year_id: yearId,
      level_code: level,
      version,
      config: model && JSON.stringify(model),
      created_at: at,
      created_by: by.id,
    }
    const { id } = await trx
      .insertInto("bulletin_model")
      .values(row)
      .returning("id")
      .executeTakeFirstOrThrow()
    const action = model ? "kept" : "given_up"
    await record(trx, by, { subject: "bulletin_model", subjectId: id, action, after: { level, version } }, at)
    return version
  })

/** « lycee » of level 10; an unknown level is of none. */
export const cycleOf = async (db: Db, level: string): Promise<string> =>
  (await db.selectFrom("level").select("cycle").where("code", "=", level).executeTakeFirst())?.cycle ?? ""

/** The classes of a year among those, in order, with their levels. */
export const classesOf = (db: Db, yearId: number, classIds: readonly number[]) =>
  db
    .selectFrom("class")
    .select(["id", "label", "level_code"])
    .where("school_year_id", "=", yearId)
    .where("id", "in", [...classIds, -1])
    .orderBy("position")
    .execute()

/** Those enrolled in a class at the end of a period, in roll order. */
export const rollOf = (db: Db, classId: number, period: { ends_on: string }) =>
  db
    .selectFrom("enrolment as e")
    .innerJoin("student as s", "s.id", "e.student_id")
    .where("e.class_id", "=", classId)
    .where(enrolledIn(period))
    .select(["s.id", "s.surname", "s.given_names"])
    .orderBy("s.sort_name")
    .execute()
