// About 620 students and their families.
import { chunks, type Db } from "../db/index.ts"
import { fold, sortName } from "../features/people/naming.ts"
import { STUDENTS } from "./cast.ts"
import type { Chance } from "./chance.ts"
import type { DemoClass } from "./classes.ts"
import { givenNames, PLACES, surname } from "./names.ts"
import type { CastIds } from "./seedCast.ts"

const AT = "2026-09-20T09:00:00.000Z"

export type DemoStudent = { id: number; classId: number; sex: "M" | "F" }

type Draft = { family: Family; name: string; link: "PERE" | "MERE" | "TUTEUR" }

type Family = { surname: string; father: string; mother: string; children: number[] }

const AGE_AT: Record<string, number> = { 10: 15, 11: 16, 12: 17 }

/** Fills every class up to its size; the cast's students are already in theirs. */
export async function seedFamilies(
  db: Db,
  ids: CastIds,
  classes: DemoClass[],
  by: Chance,
): Promise<DemoStudent[]> {
  const families: Family[] = []
  const drafts = classes.flatMap((one) => {
    const there = STUDENTS.filter(({ className }) => className === one.label).length
    return Array.from({ length: one.size - there }, () => ({ one, family: familyOf(families, by) }))
  })
  const rows = drafts.map(({ one, family }, n) => studentRow(one, family, n, by))
  const made: number[] = []
  for (const part of chunks(rows, 16)) {
    const written = await db.insertInto("student").values(part).returning("id").execute()
    made.push(...written.map(({ id }) => id).sort((one, other) => one - other))
  }
  drafts.forEach(({ family }, n) => void family.children.push(made[n] as number))
  const enrolments = drafts.map(({ one }, n) => ({
    student_id: made[n] as number,
    class_id: one.id,
    school_year_id: ids.year,
    starts_on: "2026-10-01",
    repeating: by.percent(one.level === "10" ? 6 : 11) ? 1 : 0,
    regime: by.percent(70) ? "ETAT" : "PRIVE",
  }))
  for (const part of chunks(enrolments, 6)) await db.insertInto("enrolment").values(part).execute()
  await writeGuardians(db, families, by)
  return [
    ...STUDENTS.map(({ key, className, sex }) => ({
      id: ids.students[key] as number,
      classId: ids.classes[className] as number,
      sex,
    })),
    ...drafts.map(({ one }, n) => ({ id: made[n] as number, classId: one.id, sex: rows[n]?.sex ?? "M" })),
  ]
}

/** A new family, or one time in six one that already has a child at the school. */
function familyOf(families: Family[], by: Chance): Family {
  if (families.length > 40 && by.percent(16)) return by.pick(families)
  const family = {
    surname: surname(by),
    father: givenNames(by, "M"),
    mother: `${givenNames(by, "F")} ${surname(by)}`,
    children: [],
  }
  families.push(family)
  return family
}

function studentRow(one: DemoClass, family: Family, n: number, by: Chance) {
  const sex = by.percent(46) ? ("F" as const) : ("M" as const)
  const given = givenNames(by, sex)
  const age = (AGE_AT[one.level] ?? 15) + by.weighted([[0, 55] as const, [1, 30], [2, 15]])
  const year = 2026 - age
  const day = `${year}-${two(by.whole(1, 12))}-${two(by.whole(1, 28))}`
  // « né vers »: only the year is known; the first of January is often its disguise
  const birth = by.weighted([
    ["day", 90],
    ["january", 6],
    ["around", 4],
  ] as const)
  const entry = 26 - (Number(one.level) - 10)
  const matricule = by.percent(4) ? null : `RC${age}CG${entry}Z${1001 + n}${sex}`
  return {
    matricule,
    surname: family.surname,
    given_names: given,
    folded: fold(`${family.surname} ${given} ${matricule ?? ""}`),
    sort_name: sortName(family.surname, given),
    sex,
    birth_date: birth === "around" ? null : birth === "january" ? `${year}-01-01` : day,
    birth_year: year,
    birth_approximate: birth === "around" ? 1 : 0,
    birth_place: by.weighted(PLACES),
    nationality: by.percent(97) ? "Malienne" : by.pick(["Guinéenne", "Ivoirienne", "Burkinabè"]),
    father_name: `${family.father} ${family.surname}`,
    mother_name: family.mother,
    created_at: AT,
    updated_at: AT,
  }
}

/** One or two guardians a family; some said yes to SMS, some no, some were never asked. */
async function writeGuardians(db: Db, families: Family[], by: Chance): Promise<void> {
  const drafts = families.flatMap((family) => {
    const father: Draft = { family, name: `${family.father} ${family.surname}`, link: "PERE" }
    const mother: Draft = { family, name: family.mother, link: "MERE" }
    const tutor: Draft = { family, name: `${givenNames(by, "M")} ${surname(by)}`, link: "TUTEUR" }
    return by.weighted<Draft[]>([
      [[father, mother], 45],
      [[father], 28],
      [[mother], 17],
      [[tutor], 10],
    ])
  })
  const rows = drafts.map(({ name }, n) => {
    const consent = by.weighted([[1, 62] as const, [0, 9], [null, 29]])
    return {
      name,
      folded: fold(name),
      phone: by.percent(5) ? null : `+223${by.pick(["7000", "7600", "6600", "9000"])}${two(n + 1000)}`,
      sms_consent: consent,
      consent_at: consent === null ? null : AT,
      consent_source: consent === null ? null : "Fiche d’inscription",
      created_at: AT,
      updated_at: AT,
    }
  })
  const made: number[] = []
  for (const part of chunks(rows, 8)) {
    const written = await db.insertInto("guardian").values(part).returning("id").execute()
    made.push(...written.map(({ id }) => id).sort((one, other) => one - other))
  }
  const pairs = drafts.flatMap(({ family, link }, n) =>
    family.children.map((child) => ({ guardian_id: made[n] as number, student_id: child, link })),
  )
  for (const part of chunks(pairs, 3)) await db.insertInto("guardianship").values(part).execute()
}

const two = (value: number) => String(value).padStart(2, "0")
