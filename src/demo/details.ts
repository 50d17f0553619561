// The rest of people's cards: zones, emergency contacts, permissions, languages; most are filled, some lack something.
// Draws from a chance of its own, so that the people, their classes and their marks stay the same.
import { chunks, type Db } from "../db/index.ts"
import { homeOf } from "../features/people/rules.ts"
import type { Chance } from "./chance.ts"
import { givenNames, surname } from "./names.ts"
import type { CastIds } from "./seedCast.ts"
import { seedFamilyStories } from "./stories.ts"

const QUARTIERS: readonly (readonly [readonly [quartier: string, commune: string], number])[] = [
  [["Faladiè", "Commune VI"], 22],
  [["Sogoniko", "Commune VI"], 14],
  [["Magnambougou", "Commune VI"], 12],
  [["Banankabougou", "Commune VI"], 10],
  [["Niamakoro", "Commune VI"], 9],
  [["Kalaban-Coura", "Commune V"], 9],
  [["Badalabougou", "Commune V"], 6],
  [["Torokorobougou", "Commune V"], 5],
  [["Hamdallaye", "Commune IV"], 4],
  [["Bamako-Coura", "Commune III"], 3],
  [["Missira", "Commune II"], 3],
  [["Korofina", "Commune I"], 3],
]
const SCHOOLS = ["École fondamentale de Faladiè", "Second cycle de Sogoniko", "Groupe scolaire Les Palmiers"]
const CHANNELS = [
  ["mouth", 52],
  ["radio", 14],
  ["poster", 12],
  ["social", 12],
  ["open_day", 6],
  ["other", 4],
] as const
const RELATIONS = {
  F: ["tante", "grand-mère", "voisine"],
  M: ["oncle", "grand-père", "grand frère"],
} as const
const ENTERED: Record<string, string> = { 10: "2026-10-01", 11: "2025-10-01", 12: "2024-10-01" }
const AT = "2026-10-05T10:00:00.000Z"

type Home = { address: string | null; quartier: string | null; commune: string | null }

/** Fills the cards that are there; the order of its draws is the order of their numbers. */
export async function seedDetails(db: Db, ids: CastIds, by: Chance): Promise<void> {
  const homes = await fillStudents(db, ids.year, by)
  await fillContacts(db, [...homes.keys()], by)
  await fillConsents(db, ids, [...homes.keys()], by)
  await fillGuardians(db, homes, by)
  await fillStaff(db, by)
  await seedFamilyStories(db, [...Object.values(ids.students)])
}

const digits = (by: Chance, n: number) => Array.from({ length: n }, () => by.whole(0, 9)).join("")
const mobile = (by: Chance) => `+2236500${digits(by, 4)}`

function homeFor(by: Chance): Home {
  const [quartier, commune] = by.weighted(QUARTIERS)
  if (by.percent(9)) return { address: null, quartier: null, commune: null }
  const address = by.percent(74) ? `Rue ${by.whole(100, 420)}, porte ${by.whole(1, 180)}` : null
  return { address, quartier, commune }
}

/** Children of the same parents live at the same place; gives where, by student. */
async function fillStudents(db: Db, year: number, by: Chance): Promise<Map<number, Home>> {
  const students = await db
    .selectFrom("student as s")
    .innerJoin("enrolment as e", "e.student_id", "s.id")
    .innerJoin("class as c", "c.id", "e.class_id")
    .where("e.school_year_id", "=", year)
    .select(["s.id", "s.surname", "s.sex", "s.father_name", "s.mother_name", "c.level_code"])
    .orderBy("s.id")
    .execute()
  const families = new Map<string, Home>()
  const homes = new Map<number, Home>()
  for (const { id, surname: name, sex, father_name, mother_name, level_code } of students) {
    const family = father_name ? `${father_name} ${mother_name}` : name
    const home = families.get(family) ?? homeFor(by)
    families.set(family, home)
    homes.set(id, home)
    const row = {
      ...home,
      home: homeOf(home.address, home.quartier),
      national_number: by.percent(66) ? `${sex === "F" ? 2 : 1}${digits(by, 13)}Z` : null,
      transport_stop: by.percent(18) ? `Ligne ${by.whole(1, 4)}, ${home.quartier ?? "terminus"}` : null,
      channel: by.percent(72) ? by.weighted(CHANNELS) : null,
      previous_school: by.percent(78) ? by.pick(SCHOOLS) : null,
      entered_on: by.percent(88) ? (ENTERED[level_code] ?? null) : null,
      repeated_before: by.percent(64)
        ? by.weighted([
            [0, 74],
            [1, 21],
            [2, 5],
          ] as const)
        : null,
      exam_number: by.percent(55) ? `DEF${by.whole(2024, 2026)}Z${digits(by, 4)}` : null,
      exam_centre: by.percent(55) ? `${by.weighted(QUARTIERS)[0]} II` : null,
    }
    await db.updateTable("student").set(row).where("id", "=", id).execute()
  }
  return homes
}

async function fillContacts(db: Db, students: readonly number[], by: Chance): Promise<void> {
  const rows = students.flatMap((id) => {
    const many = by.weighted([
      [0, 26],
      [1, 52],
      [2, 22],
    ] as const)
    return Array.from({ length: many }, (_, n) => {
      const sex = by.percent(60) ? "F" : "M"
      return {
        student_id: id,
        position: n + 1,
        name: `${givenNames(by, sex)} ${surname(by)}`,
        relation: by.pick(RELATIONS[sex]),
        phone: mobile(by),
      }
    })
  })
  for (const part of chunks(rows, 5)) await db.insertInto("student_contact").values(part).execute()
}

/** Some said yes to photos, some no, some were never asked; a few took their yes back. */
async function fillConsents(db: Db, ids: CastIds, students: readonly number[], by: Chance): Promise<void> {
  const recorded_by = ids.accounts.secretaire as number
  const rows = students.flatMap((id) => {
    const signed = { student_id: id, given_on: "2026-10-02", recorded_by, recorded_at: AT }
    const source = "Fiche d’inscription signée"
    const photo = by.weighted([
      ["yes", 60],
      ["no", 10],
      ["withdrawn", 3],
      ["unasked", 27],
    ] as const)
    const outing = by.percent(58)
    return [
      ...(photo === "unasked" ? [] : [{ ...signed, kind: "photo", answer: photo === "no" ? 0 : 1, source }]),
      ...(photo === "withdrawn"
        ? [{ ...signed, kind: "photo", answer: 0, given_on: "2026-10-19", source: "La mère, au téléphone" }]
        : []),
      ...(outing ? [{ ...signed, kind: "outing", answer: 1, source }] : []),
    ]
  })
  for (const part of chunks(rows, 7)) await db.insertInto("student_consent").values(part).execute()
}

async function fillGuardians(db: Db, homes: ReadonlyMap<number, Home>, by: Chance): Promise<void> {
  const guardians = await db
    .selectFrom("guardian as g")
    .innerJoin("guardianship as gs", "gs.guardian_id", "g.id")
    .groupBy(["g.id", "g.phone"])
    .select((eb) => ["g.id", "g.phone", eb.fn.min<number>("gs.student_id").as("child")])
    .orderBy("g.id")
    .execute()
  for (const { id, phone, child } of guardians) {
    const home = homes.get(child)
    const whatsapp = by.weighted([
      [1, 38],
      [0, 8],
      [null, 54],
    ] as const)
    const second = by.percent(22) ? `+22365${String(id).padStart(6, "0")}` : null
    const money = by.percent(58)
    const row = {
      quartier: home?.quartier ?? null,
      address: home?.address ?? null,
      language: by.weighted([
        ["fr", 54],
        ["bm", 39],
        ["ff", 7],
      ] as const),
      phone2: phone ? second : null,
      money_phone: money && phone ? (second && by.percent(40) ? 2 : 1) : null,
      whatsapp_consent: whatsapp,
      whatsapp_consent_at: whatsapp === null ? null : AT,
      whatsapp_consent_source: whatsapp === null ? null : "Réunion de rentrée",
    }
    await db.updateTable("guardian").set(row).where("id", "=", id).execute()
  }
}

async function fillStaff(db: Db, by: Chance): Promise<void> {
  const staff = await db.selectFrom("staff").select(["id", "teaching"]).orderBy("id").execute()
  for (const { id, teaching } of staff) {
    const row = {
      grade: teaching
        ? by.pick(["Professeur d’enseignement secondaire", "Professeur principal", null])
        : null,
      diplomas: by.percent(82)
        ? by.pick(teaching ? ["Licence", "Master", "CAPES", "Maîtrise"] : ["Licence"])
        : null,
      availability: teaching && by.percent(15) ? by.pick(["Pas le vendredi", "Le matin seulement"]) : null,
      contract: by.weighted([
        ["civil_servant", 55],
        ["contractual", 22],
        ["hourly", 23],
      ] as const),
      entered_on: by.percent(85) ? `${by.whole(2008, 2025)}-10-01` : null,
    }
    await db.updateTable("staff").set(row).where("id", "=", id).execute()
  }
}
