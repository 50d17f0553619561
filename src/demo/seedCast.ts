// Writes the cast into an empty school: enough for every test, and the core of the demonstration.
import { type Db, tx } from "../db/index.ts"
import { hashPassword } from "../features/accounts/passwords.ts"
import { maliLycee } from "../features/grades/presets.ts"
import { fold, sortName } from "../features/people/naming.ts"
import { changeSettings } from "../settings.ts"
import { CLASSES, DEMO_PASSWORD, GUARDIANS, STAFF, STUDENTS } from "./cast.ts"

const AT = "2026-09-15T08:00:00.000Z"

export type CastIds = {
  year: number
  periods: Record<string, number>
  classes: Record<string, number>
  classSubjects: Record<string, number>
  subjects: Record<string, number>
  staff: Record<string, number>
  students: Record<string, number>
  guardians: Record<string, number>
  accounts: Record<string, number>
}

/** Subjects of the cast's classes, with coefficients in hundredths and their block (domain.md §1.2). */
export const SUBJECTS = [
  { code: "MATHS", label: "Mathématiques", short: "Maths", coefficient: 400, group: "PRINCIPALES" },
  { code: "FR", label: "Français", short: "Français", coefficient: 300, group: "PRINCIPALES" },
  { code: "ANG", label: "Anglais", short: "Anglais", coefficient: 200, group: "PRINCIPALES" },
  {
    code: "EPS",
    label: "Éducation physique et sportive",
    short: "EPS",
    coefficient: 100,
    group: "SECONDAIRES",
  },
] as const

const PERIODS = [
  { code: "T1", label: "1er trimestre", starts_on: "2026-10-01", ends_on: "2026-12-23" },
  { code: "T2", label: "2e trimestre", starts_on: "2027-01-04", ends_on: "2027-03-26" },
  { code: "T3", label: "3e trimestre", starts_on: "2027-04-05", ends_on: "2027-06-30" },
]

const only = <T>(rows: T[]): T => rows[0] as T

/** Writes everything or nothing; a hash of DEMO_PASSWORD may be given, since none is made inside a transaction. */
export async function seedCast(db: Db, passwordHash?: string): Promise<CastIds> {
  const hash = passwordHash ?? (await hashPassword(DEMO_PASSWORD))
  return tx(db, (trx) => writeCast(trx, hash))
}

async function writeCast(db: Db, hash: string): Promise<CastIds> {
  await changeSettings(db, {
    name: "Lycée Kalanso",
    shortName: "Kalanso",
    city: "Bamako",
    address: "Faladiè-Nord, Commune VI",
    academy: "Académie d’enseignement de Bamako rive droite",
    phone: "+223 20 00 00 01",
    email: "secretariat@kalanso.example",
    headName: "Mme Oumou DIALLO",
  })
  const year = only(
    await db
      .insertInto("school_year")
      .values({ label: "2026-2027", starts_on: "2026-10-01", ends_on: "2027-06-30", current: 1 })
      .returning("id")
      .execute(),
  ).id
  const ids: CastIds = {
    year,
    periods: {},
    classes: {},
    classSubjects: {},
    subjects: {},
    staff: {},
    students: {},
    guardians: {},
    accounts: {},
  }
  for (const [n, period] of PERIODS.entries()) {
    const row = { ...period, school_year_id: year, position: n + 1, weight: 100 }
    ids.periods[period.code] = only(await db.insertInto("period").values(row).returning("id").execute()).id
  }
  await db
    .insertInto("grading_profile")
    .values({
      school_year_id: year,
      level_code: null,
      version: 1,
      label: "Lycée (Mali)",
      config: JSON.stringify(maliLycee),
      created_at: AT,
    })
    .execute()
  await seedStaff(db, ids)
  await seedClasses(db, ids)
  await seedStudents(db, ids)
  await seedAccounts(db, ids, hash)
  return ids
}

async function seedStaff(db: Db, ids: CastIds): Promise<void> {
  for (const { key, surname, givenNames, sex, position, email, teaching } of STAFF) {
    const row = {
      surname,
      given_names: givenNames,
      folded: fold(`${surname} ${givenNames}`),
      sex,
      position,
      email,
      teaching: teaching ? 1 : 0,
      created_at: AT,
      updated_at: AT,
    }
    ids.staff[key] = only(await db.insertInto("staff").values(row).returning("id").execute()).id
  }
}

async function seedClasses(db: Db, ids: CastIds): Promise<void> {
  for (const [n, code] of ["10", "11", "12"].entries()) {
    await db
      .insertInto("level")
      .values({ code, label: `${code}ème`, cycle: "lycee", position: n + 1 })
      .execute()
  }
  for (const [n, { series, level }] of CLASSES.entries()) {
    const row = { code: series, label: series, level_code: level, position: n + 1 }
    await db.insertInto("series").values(row).execute()
  }
  for (const [n, subject] of SUBJECTS.entries()) {
    const row = { code: subject.code, label: subject.label, short_label: subject.short, position: n + 1 }
    ids.subjects[subject.code] = only(await db.insertInto("subject").values(row).returning("id").execute()).id
  }
  for (const [n, { level, series, section, label, formTeacher, teachers }] of CLASSES.entries()) {
    const row = {
      school_year_id: ids.year,
      level_code: level,
      series_code: series,
      section,
      label,
      folded: fold(label),
      position: n + 1,
      form_teacher_id: formTeacher ? (ids.staff[formTeacher] ?? null) : null,
    }
    const classId = only(await db.insertInto("class").values(row).returning("id").execute()).id
    ids.classes[label] = classId
    for (const [m, subject] of SUBJECTS.entries()) {
      const teacher = (teachers as Record<string, string>)[subject.code]
      const line = {
        class_id: classId,
        subject_id: ids.subjects[subject.code] as number,
        coefficient: subject.coefficient,
        group_code: subject.group,
        position: m + 1,
        teacher_id: teacher ? (ids.staff[teacher] ?? null) : null,
      }
      const made = only(await db.insertInto("class_subject").values(line).returning("id").execute())
      ids.classSubjects[`${label}/${subject.code}`] = made.id
      await db
        .insertInto("coefficient")
        .values({
          school_year_id: ids.year,
          level_code: level,
          series_code: series,
          subject_id: line.subject_id,
          coefficient: subject.coefficient,
          group_code: subject.group,
          position: m + 1,
        })
        .onConflict((oc) => oc.doNothing())
        .execute()
    }
  }
}

async function seedStudents(db: Db, ids: CastIds): Promise<void> {
  for (const { key, matricule, surname, givenNames, sex, birthDate, birthPlace, className } of STUDENTS) {
    const row = {
      matricule,
      surname,
      given_names: givenNames,
      folded: fold(`${surname} ${givenNames} ${matricule ?? ""}`),
      sort_name: sortName(surname, givenNames),
      sex,
      birth_date: birthDate,
      birth_year: Number(birthDate.slice(0, 4)),
      birth_place: birthPlace,
      created_at: AT,
      updated_at: AT,
    }
    const id = only(await db.insertInto("student").values(row).returning("id").execute()).id
    ids.students[key] = id
    await db
      .insertInto("enrolment")
      .values({
        student_id: id,
        class_id: ids.classes[className] as number,
        school_year_id: ids.year,
        starts_on: "2026-10-01",
      })
      .execute()
  }
  for (const { key, name, phone, smsConsent, link, children } of GUARDIANS) {
    const row = {
      name,
      folded: fold(name),
      phone,
      sms_consent: smsConsent === null ? null : smsConsent ? 1 : 0,
      consent_at: smsConsent === null ? null : AT,
      consent_source: smsConsent === null ? null : "Fiche d’inscription",
      created_at: AT,
      updated_at: AT,
    }
    const id = only(await db.insertInto("guardian").values(row).returning("id").execute()).id
    ids.guardians[key] = id
    for (const child of children) {
      const guardianship = { guardian_id: id, student_id: ids.students[child] as number, link }
      await db.insertInto("guardianship").values(guardianship).execute()
    }
  }
}

async function seedAccounts(db: Db, ids: CastIds, hash: string): Promise<void> {
  const add = async (
    key: string,
    name: string,
    roles: string[],
    login: { login: string; kind: "email" | "phone" | "matricule" },
    of: { staff_id?: number; guardian_id?: number; student_id?: number },
  ) => {
    const row = { name, password_hash: hash, created_at: AT, ...of }
    const id = only(await db.insertInto("account").values(row).returning("id").execute()).id
    ids.accounts[key] = id
    await db
      .insertInto("account_login")
      .values({ ...login, account_id: id })
      .execute()
    await db
      .insertInto("account_role")
      .values(roles.map((role) => ({ account_id: id, role })))
      .execute()
  }
  for (const { key, surname, givenNames, email, roles } of STAFF) {
    await add(
      key,
      `${givenNames} ${surname}`,
      roles,
      { login: email, kind: "email" },
      { staff_id: ids.staff[key] },
    )
  }
  for (const { key, name, phone, account } of GUARDIANS) {
    if (account)
      await add(key, name, ["parent"], { login: phone, kind: "phone" }, { guardian_id: ids.guardians[key] })
  }
  const moussa = STUDENTS[0]
  if (moussa?.matricule) {
    const login = { login: moussa.matricule, kind: "matricule" } as const
    await add("moussa", "Moussa KEÏTA", ["student"], login, { student_id: ids.students.moussa })
  }
}
