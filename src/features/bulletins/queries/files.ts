import type { Db } from "../../../db/index.ts"

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
      "f.only_changed",
      "f.economy",
      "f.student_id",
      "p.class_id",
      "p.version",
      "c.label",
      "period.code",
    ])
    .executeTakeFirst()
