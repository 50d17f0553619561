// Families that the demonstration tells something about: parents who live apart, children who may be of one family.
import type { Db } from "../db/index.ts"
import { homeOf } from "../features/people/rules.ts"

/** One separated couple, two pairs of children of whom nobody has said yet whether they are of one family. */
export async function seedFamilyStories(db: Db, cast: readonly number[]): Promise<void> {
  const links = await db
    .selectFrom("guardianship as gs")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .where("gs.student_id", "not in", [...cast])
    .innerJoin("student as s", "s.id", "gs.student_id")
    .select(["gs.student_id", "gs.guardian_id", "gs.link", "g.phone", "s.surname"])
    .orderBy("gs.student_id")
    .orderBy("gs.guardian_id")
    .execute()
  const families = [...new Set(links.map(({ student_id }) => student_id))].map((student) => ({
    student,
    guardians: links.filter(({ student_id }) => student_id === student),
  }))
  const couples = families.filter(({ guardians }) => guardians.length === 2)
  const tutored = families.filter(({ guardians }) => guardians[0]?.link === "TUTEUR")
  const alone = families.filter(({ guardians: [only, ...others] }) => only?.phone && others.length === 0)
  await separate(db, couples[3] as Family)
  const [first] = alone
  const namesake = alone.find(
    (one) => one !== first && one.guardians[0]?.surname === first?.guardians[0]?.surname,
  )
  await shareNumber(db, first as Family, namesake as Family)
  await shareHome(db, couples[8] as Family, tutored[6] as Family)
}

type Link = { guardian_id: number; link: string; phone: string | null; surname: string }
type Family = { student: number; guardians: Link[] }

/** The child lives with the mother; a judgment keeps its page and its news from the father. */
async function separate(db: Db, { guardians }: Family): Promise<void> {
  for (const { guardian_id, link } of guardians) {
    const mother = link === "MERE"
    const said = {
      lives_with: mother ? 1 : 0,
      may_see: mother ? 1 : 0,
      informed: mother ? 1 : 0,
      unseen_reason: mother ? null : "Jugement de garde du 14 mai 2026",
    }
    await db.updateTable("guardianship").set(said).where("guardian_id", "=", guardian_id).execute()
  }
}

/** A guardian's second number is the first one of another child's guardian. */
async function shareNumber(db: Db, one: Family, other: Family): Promise<void> {
  await db
    .updateTable("guardian")
    .set({ phone2: other.guardians[0]?.phone ?? null })
    .where("id", "=", one.guardians[0]?.guardian_id ?? 0)
    .execute()
}

/** A child in a tutor's care whose father has the name of a father at the same address. */
async function shareHome(db: Db, one: Family, other: Family): Promise<void> {
  const { father_name, quartier, commune } = await db
    .selectFrom("student")
    .select(["father_name", "quartier", "commune"])
    .where("id", "=", one.student)
    .executeTakeFirstOrThrow()
  const place = {
    address: "Rue 210, porte 17",
    quartier: quartier ?? "Faladiè",
    commune: commune ?? "Commune VI",
  }
  const row = { ...place, father_name, home: homeOf(place.address, place.quartier) }
  await db.updateTable("student").set(row).where("id", "in", [one.student, other.student]).execute()
}
