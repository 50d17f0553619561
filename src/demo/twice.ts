// What a desk finds to put in order on its lists: a pupil and a mother who are there twice, two errors that families signal.
import type { Db } from "../db/index.ts"
import { propose } from "../features/corrections/queries/proposing.ts"
import { fold } from "../features/people/naming.ts"
import { derived } from "../features/people/queries.ts"
import type { CastIds } from "./seedCast.ts"

/** A morning when the secretary was alone at two desks. */
const TYPED_AGAIN = "2026-10-19T08:12:00.000Z"

export async function seedTwice(db: Db, ids: CastIds): Promise<void> {
  const pupils = await db
    .selectFrom("student")
    .select(["id", "surname", "given_names", "sex", "birth_date", "birth_year"])
    .where("id", "not in", Object.values(ids.students))
    .where("birth_date", "is not", null)
    .where("given_names", "like", "%ss%")
    .orderBy("id")
    .limit(1)
    .execute()
  const mothers = await db
    .selectFrom("guardianship")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .select(["guardian.id", "guardian.name", "guardianship.student_id"])
    .where("guardianship.link", "=", "MERE")
    .where("guardianship.student_id", "not in", Object.values(ids.students))
    .where("guardian.phone", "is not", null)
    .orderBy("guardian.id")
    .limit(12)
    .execute()
  const [pupil, mother, other] = [pupils[0], mothers[4], mothers[9]]
  if (!pupil || !mother || !other) throw new Error("the demonstration has hundreds of families")
  await pupilAgain(db, pupil)
  await motherAgain(db, mother)
  await seedCorrections(db, ids, other)
}

type Pupil = {
  surname: string
  given_names: string
  sex: "M" | "F" | null
  birth_date: string | null
  birth_year: number | null
}

/** The same child with one letter less, without class: typed at another desk before the list was imported. */
async function pupilAgain(
  db: Db,
  { surname, given_names, sex, birth_date, birth_year }: Pupil,
): Promise<void> {
  const names = { surname, given_names: given_names.replace("ss", "s"), matricule: null }
  await db
    .insertInto("student")
    .values({
      ...{ sex, birth_date, birth_year },
      ...names,
      ...derived(names),
      phone: "+22365009901",
      status: "pending",
      created_at: TYPED_AGAIN,
      updated_at: TYPED_AGAIN,
    })
    .execute()
}

/** The same mother of the same child, without telephone. */
async function motherAgain(
  db: Db,
  { name, student_id }: { name: string; student_id: number },
): Promise<void> {
  const { id } = await db
    .insertInto("guardian")
    .values({ name, folded: fold(name), created_at: TYPED_AGAIN, updated_at: TYPED_AGAIN })
    .returning("id")
    .executeTakeFirstOrThrow()
  await db
    .insertInto("guardianship")
    .values({ guardian_id: id, student_id, link: "MERE", informed: 0 })
    .execute()
}

async function seedCorrections(
  db: Db,
  ids: CastIds,
  other: { id: number; student_id: number },
): Promise<void> {
  const held = await db
    .selectFrom("student")
    .select(["birth_place", "quartier"])
    .where("id", "=", other.student_id)
    .executeTakeFirstOrThrow()
  await propose(
    db,
    { id: ids.accounts.parent as number },
    {
      student: ids.students.moussa as number,
      guardian: ids.guardians.parent as number,
      source: "account",
      lines: [
        { field: "father_name", value: "Sidi KEÏTA", held: null },
        { field: "birth_place", value: "Kati", held: "Bamako" },
      ],
      remark: "L’acte de naissance est au secrétariat depuis octobre.",
    },
    new Date("2026-11-11T19:40:00.000Z"),
  )
  await propose(
    db,
    null,
    {
      student: other.student_id,
      guardian: other.id,
      source: "link",
      lines: [{ field: "quartier", value: "Sabalibougou", held: held.quartier }],
      remark: null,
    },
    new Date("2026-11-12T06:55:00.000Z"),
  )
}
