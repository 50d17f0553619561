// One student whose health the school must know about, and one who left so long ago that their card may go.
import type { Db } from "../db/index.ts"
import { NOTHING } from "../features/medical/rules.ts"
import { fold, sortName } from "../features/people/naming.ts"
import type { CastIds } from "./seedCast.ts"

const WRITTEN = "2026-10-06T08:20:00.000Z"

/** Always the same rows: nothing of them is drawn by chance. */
export async function seedPrivacy(db: Db, ids: CastIds): Promise<void> {
  await seedNotes(db, ids)
  await seedFormer(db)
}

async function seedNotes(db: Db, ids: CastIds): Promise<void> {
  const student_id = ids.students.aminata1 as number
  const supervisor = ids.accounts.surveillant as number
  const notes = {
    emergency: "Asseoir l’élève, lui donner son inhalateur (dans son sac), appeler le père.",
    conditions: "Asthme depuis l’enfance.",
    treatment: "Inhalateur en cas de crise.",
    blood_group: "O+",
    doctor: "Centre de santé de Faladiè",
    sports: "partial",
    sports_note: "pas de course longue",
    instruction: "Asthme : laisser sortir son inhalateur, prévenir la surveillance.",
    instruction_shown: 1,
  } as const
  const row = { ...notes, student_id, updated_at: WRITTEN, updated_by: supervisor }
  await db.insertInto("medical_note").values(row).execute()
  const version = {
    student_id,
    version: 1,
    content: JSON.stringify({ ...NOTHING, ...notes }),
    at: WRITTEN,
    account_id: supervisor,
  }
  await db.insertInto("medical_version").values(version).execute()
  const measured = { student_id, at: WRITTEN, account_id: supervisor }
  await db
    .insertInto("medical_measure")
    .values({ ...measured, measured_on: "2026-10-06", weight: 4850, height: 161 })
    .execute()
  const look = { student_id, session: "" }
  await db
    .insertInto("medical_look")
    .values([
      {
        ...look,
        account_id: supervisor,
        at: "2026-10-06T08:10:00.000Z",
        until: "2026-10-06T08:20:00.000Z",
        reason: "Certificat apporté par le père",
      },
      {
        ...look,
        account_id: ids.accounts.proviseur as number,
        at: "2026-11-03T10:42:00.000Z",
        until: "2026-11-03T10:52:00.000Z",
        reason: "Malaise en cours d’EPS",
      },
    ])
    .execute()
}

/** Left before the years that the program knows: the day of departure is that of the card's last change. */
async function seedFormer(db: Db): Promise<void> {
  const [surname, given_names] = ["SACKO", "Djénéba"]
  await db
    .insertInto("student")
    .values({
      surname,
      given_names,
      folded: fold(`${surname} ${given_names}`),
      sort_name: sortName(surname, given_names),
      sex: "F",
      birth_date: "1998-04-17",
      birth_year: 1998,
      birth_place: "Kayes",
      address: "Médine, Bamako",
      status: "withdrawn",
      created_at: "2012-10-01T08:00:00.000Z",
      updated_at: "2015-07-02T09:00:00.000Z",
    })
    .execute()
}
