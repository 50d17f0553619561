import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"

/** A bulletin to be copied: what it says, its class and period, and the version that counts now. */
export const bulletinCopied = (db: Db, id: number) =>
  db
    .selectFrom("bulletin as b")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .innerJoin("class as c", "c.id", "p.class_id")
    .innerJoin("period", "period.id", "p.period_id")
    .where("b.id", "=", id)
    .select(["b.id", "b.content", "p.version", "p.class_id", "p.period_id"])
    .select(["c.label as class", "period.label as period"])
    .select((eb) =>
      eb
        .selectFrom("publication as newer")
        .whereRef("newer.class_id", "=", "p.class_id")
        .whereRef("newer.period_id", "=", "p.period_id")
        .select((e) => e.fn.max<number>("newer.version").as("version"))
        .as("newest"),
    )
    .executeTakeFirst()

/** The duplicates made of a bulletin, the last first, with who made them. */
export const duplicatesOf = (db: Db, bulletinId: number) =>
  db
    .selectFrom("bulletin_duplicate as d")
    .leftJoin("account as a", "a.id", "d.made_by")
    .where("d.bulletin_id", "=", bulletinId)
    .select(["d.id", "d.number", "d.reason", "d.made_at", "a.name as by"])
    .orderBy("d.number", "desc")
    .execute()

/** A duplicate that was counted, with what its bulletin says. */
export const duplicateById = (db: Db, id: number) =>
  db
    .selectFrom("bulletin_duplicate as d")
    .innerJoin("bulletin as b", "b.id", "d.bulletin_id")
    .innerJoin("publication as p", "p.id", "b.publication_id")
    .where("d.id", "=", id)
    .select(["d.number", "d.made_at", "b.code", "b.student_id", "b.content", "p.class_id"])
    .executeTakeFirst()

/** Counts one more duplicate of a bulletin; gives its number. */
export const countDuplicate = (
  db: Db,
  by: { id: number },
  { bulletinId, reason }: { bulletinId: number; reason: string },
  at: string,
): Promise<number> =>
  tx(db, async (trx) => {
    const { last } = await trx
      .selectFrom("bulletin_duplicate")
      .where("bulletin_id", "=", bulletinId)
      .select((eb) => eb.fn.max("number").as("last"))
      .executeTakeFirstOrThrow()
    const number = Number(last ?? 0) + 1
    await trx
      .insertInto("bulletin_duplicate")
      .values({ bulletin_id: bulletinId, number, reason, made_at: at, made_by: by.id })
      .execute()
    const change = { subject: "bulletin", subjectId: bulletinId, action: "duplicated", after: { number } }
    await record(trx, by, { ...change, reason }, at)
    return number
  })
