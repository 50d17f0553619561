// The school as the readers of files know it: students, guardians' links, classes, marks.
import type { Db } from "../../../db/index.ts"
import { readSettings } from "../../../settings.ts"
import { vocabularyOf } from "../../classes/queries.ts"
import { type Customs, customsOf, MALIAN } from "../customs.ts"
import type { ExistingLink } from "../guardians.ts"
import type { Enrolled } from "../roster.ts"

export type SchoolStudent = Enrolled & {
  id: number
  class_id: number | null
  status: string
  adresse: string | null
  nationalite: string | null
  pere: string | null
  mere: string | null
}

/** Every student, with the class of the year; of one class only when given. */
export async function studentsOf(db: Db, yearId: number, classId?: number): Promise<SchoolStudent[]> {
  let query = db
    .selectFrom("student")
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "=", yearId)
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .where("student.merged_into", "is", null)
    .where("student.merged_into", "is", null)
  if (classId !== undefined) query = query.where("enrolment.class_id", "=", classId)
  const rows = await query
    .select([
      "student.id",
      "student.matricule",
      "student.surname",
      "student.given_names",
      "student.sex",
      "student.birth_date",
      "student.birth_year",
      "student.birth_place",
      "student.phone",
      "student.status",
      "student.address",
      "student.nationality",
      "student.father_name",
      "student.mother_name",
      "class.id as class_id",
      "class.label",
    ])
    .orderBy("student.sort_name")
    .orderBy("student.id")
    .execute()
  return rows.map((row) => ({
    id: row.id,
    class_id: row.class_id,
    status: row.status,
    matricule: row.matricule,
    nom: row.surname,
    prenom: row.given_names,
    classe: row.label,
    sexe: row.sex,
    naissance: row.birth_date ?? (row.birth_year === null ? null : String(row.birth_year)),
    lieu: row.birth_place,
    telephone: row.phone,
    adresse: row.address,
    nationalite: row.nationality,
    pere: row.father_name,
    mere: row.mother_name,
  }))
}

/** Whom each student has for guardian, as the card and the link stand. */
export const knownLinks = (db: Db) =>
  db
    .selectFrom("guardianship")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .select([
      "guardian.id",
      "guardian.name",
      "guardian.phone",
      "guardian.phone2",
      "guardian.sms_consent",
      "guardianship.link",
      "guardianship.student_id",
    ])
    .orderBy("guardian.id")
    .execute()

export type KnownLink = Awaited<ReturnType<typeof knownLinks>>[number]

/** Everybody of the staff, those gone too: nobody is made twice. */
export const staffOfSchool = (db: Db) =>
  db
    .selectFrom("staff")
    .where("merged_into", "is", null)
    .select([
      "id",
      "employee_number as matricule",
      "surname as nom",
      "given_names as prenom",
      "sex as sexe",
      "position as fonction",
      "phone as telephone",
      "email",
      "grade",
      "diplomas as diplomes",
      "specialities as specialites",
    ])
    .orderBy("id")
    .execute()

export type SchoolStaff = Awaited<ReturnType<typeof staffOfSchool>>[number]

/**
 * The links the school has. Beside each link as it stands come the answers of the imported lines it was made
 * from: a guardian who said yes for one child and no for the other is one person with one consent, and both
 * lines are known when the file comes again. What a line leaves out contradicts nothing.
 */
export async function linksOf(db: Db): Promise<ExistingLink[]> {
  const rows = await db
    .selectFrom("guardianship")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .select([
      "guardian.id",
      "guardian.name",
      "guardian.phone",
      "guardian.phone2",
      "guardian.sms_consent",
      "guardianship.link",
      "guardianship.student_id",
    ])
    .execute()
  const said = await answersBehind(db)
  return rows.flatMap((row) => {
    const link = { tuteur: row.name, lien: row.link, telephone: row.phone, student: row.student_id }
    const sms = row.sms_consent === null ? null : row.sms_consent === 1
    const second = new Set([row.phone2, null])
    const consents = new Set([sms, null])
    const here = [...second].flatMap((telephone2) => [...consents].map((one) => ({ telephone2, sms: one })))
    const told = said.get(linkKey(row.id, row.student_id)) ?? []
    return [...here.map((one) => ({ ...link, ...one })), ...told.map((one) => ({ ...link, ...one }))]
  })
}

export const linkKey = (guardian: number, student: number) => JSON.stringify([guardian, student])

/** What a line said of a link, kept with the change it made. */
export type Said = { lien: ExistingLink["lien"]; telephone2: string | null; sms: boolean | null }

async function answersBehind(db: Db): Promise<Map<string, Said[]>> {
  const rows = await db
    .selectFrom("import_change")
    .innerJoin("import", "import.id", "import_change.import_id")
    .where("import_change.table_name", "=", "guardianship")
    .where("import.state", "=", "committed")
    .select(["row_key", "after"])
    .execute()
  const said = new Map<string, Said[]>()
  for (const { row_key, after } of rows) {
    const told = JSON.parse(after).said as Said | undefined
    if (told) said.set(row_key, [...(said.get(row_key) ?? []), told])
  }
  return said
}

/** Guardians by name and phone: who is not made twice. */
export const guardiansNamed = (db: Db, folded: string[]) =>
  folded.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom("guardian")
        .select(["id", "name", "folded", "phone", "phone2", "sms_consent", "version"])
        .where("folded", "in", folded)
        .where("phone", "is not", null)
        .where("merged_into", "is", null)
        .orderBy("id")
        .execute()

export type KnownGuardian = Awaited<ReturnType<typeof guardiansNamed>>[number]

export const yearOf = (db: Db, id: number) =>
  db.selectFrom("school_year").selectAll().where("id", "=", id).executeTakeFirst()

/** How this school writes its classes and its telephone numbers. */
export async function customsFor(db: Db, classes: readonly { label: string }[]): Promise<Customs> {
  const { country, phonePrefix } = await readSettings(db)
  const own = await vocabularyOf(db, country)
  const vocabulary = country === "ML" ? withUsual(own) : own
  return customsOf(vocabulary, { labels: classes.map(({ label }) => label), phonePrefix })
}

/** A file may name a class that the school has not made yet: its country's levels and series are read too. */
function withUsual({ levels, series }: Customs["vocabulary"]): Customs["vocabulary"] {
  const has = (list: readonly { code: string }[], code: string) => list.some((one) => one.code === code)
  return {
    levels: [...levels, ...MALIAN.vocabulary.levels.filter(({ code }) => !has(levels, code))],
    series: [...series, ...MALIAN.vocabulary.series.filter(({ code }) => !has(series, code))],
  }
}

/** The school years, the current one first. */
export const yearsOf = (db: Db) =>
  db.selectFrom("school_year").selectAll().orderBy("current", "desc").orderBy("starts_on", "desc").execute()

export async function labelOfClass(db: Db, id: number | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom("class").select("label").where("id", "=", id).executeTakeFirst()
  return row?.label ?? null
}

export const periodsOf = (db: Db, yearId: number) =>
  db
    .selectFrom("period")
    .select(["id", "code", "label"])
    .where("school_year_id", "=", yearId)
    .orderBy("position")
    .execute()
