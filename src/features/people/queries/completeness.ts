// What cards say and what hangs on them, to tell what is missing.
import type { Db } from "../../../db/index.ts"
import type { Completeness } from "../rules.ts"
import { PHOTO } from "./consents.ts"

/** Of each of these students; one question. */
export async function completenessOf(db: Db, ids: readonly number[]): Promise<Map<number, Completeness>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom("student as s")
    .where("s.id", "in", ids)
    .select((eb) => [
      "s.id",
      "s.matricule",
      "s.birth_date",
      "s.birth_year",
      "s.birth_place",
      "s.sex",
      "s.address",
      "s.quartier",
      eb
        .selectFrom("guardianship as gs")
        .whereRef("gs.student_id", "=", "s.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("guardians"),
      eb
        .selectFrom("guardianship as gs")
        .innerJoin("guardian as g", "g.id", "gs.guardian_id")
        .whereRef("gs.student_id", "=", "s.id")
        .where("gs.may_see", "=", 1)
        .where("g.phone", "is not", null)
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("reached"),
      eb
        .selectFrom("student_contact as c")
        .whereRef("c.student_id", "=", "s.id")
        .select((e) => e.fn.countAll<number>().as("n"))
        .as("contacts"),
      eb
        .selectFrom("student_consent as answered")
        .whereRef("answered.student_id", "=", "s.id")
        .where("answered.kind", "=", PHOTO)
        .orderBy("answered.id", "desc")
        .limit(1)
        .select("answered.answer")
        .as("photo"),
    ])
    .execute()
  return new Map(
    rows.map(({ id, ...row }) => [
      id,
      {
        ...row,
        guardians: Number(row.guardians),
        reached: Number(row.reached),
        contacts: Number(row.contacts),
      },
    ]),
  )
}
