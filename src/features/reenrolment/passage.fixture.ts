// A school at the end of its year: the next year with the cast's classes, and a council's words for the cast.
import { openTestSchool, type TestSchool } from "../../../test/school.ts"
import type { Db } from "../../db/index.ts"
import { addClass } from "../classes/queries.ts"
import { addYear, schoolYears } from "../school/queries.ts"

/** A morning of July: the year is over and still the current one. */
export const JULY = new Date("2027-07-05T09:00:00.000Z")
/** A morning of June: it is not over. */
export const JUNE = new Date("2027-06-21T09:00:00.000Z")

export type EndedYear = TestSchool & { db: Db; next: number; nextClasses: Record<string, number> }

const LABELS = [
  ["10", "CG", "1", "10ème CG 1"],
  ["11", "SES", "1", "11ème SES 1"],
  ["12", "TSE", "", "12ème TSE"],
] as const

/** The cast in July, with the year after theirs and its classes. */
export async function openEndedYear({ now = JULY, classes = true } = {}): Promise<EndedYear> {
  const school = await openTestSchool()
  const { db } = school.school
  school.now = now
  const by = { id: school.ids.accounts.proviseur as number }
  const year = { label: "2027-2028", starts_on: "2027-10-01", ends_on: "2028-06-30" }
  const [from] = await schoolYears(db)
  const periods = (from?.periods ?? []).map((one) => ({
    ...one,
    starts_on: one.starts_on.replace("2027", "2028").replace("2026", "2027"),
    ends_on: one.ends_on.replace("2027", "2028").replace("2026", "2027"),
  }))
  const next = await addYear(db, by, year, { periods, from, at: now.toISOString() })
  const nextClasses: Record<string, number> = {}
  for (const [level_code, series_code, section, label] of classes ? LABELS : []) {
    const row = { level_code, series_code, section, label, capacity: null, room: null, form_teacher_id: null }
    const who = { ...by, roles: [], name: "" } as never
    nextClasses[label] = (await addClass(db, who, row, { year: next, template: true, now })) as number
  }
  return Object.assign(school, { db, next, nextClasses })
}

/** What the council of the last trimester wrote of some of the cast. */
export async function councilSaid({ db, ids }: TestSchool & { db: Db }, said: Record<string, string>) {
  for (const [key, decision] of Object.entries(said)) {
    const student = ids.students[key] as number
    const { class_id } = await db
      .selectFrom("enrolment")
      .select("class_id")
      .where("student_id", "=", student)
      .where("school_year_id", "=", ids.year)
      .executeTakeFirstOrThrow()
    const key3 = { student_id: student, class_id, period_id: ids.periods.T3 as number }
    await db
      .insertInto("student_period")
      .values({ ...key3, decision, updated_at: "2027-06-25T10:00:00.000Z" })
      .onConflict((oc) => oc.columns(["student_id", "class_id", "period_id"]).doUpdateSet({ decision }))
      .execute()
  }
}

/** The cast's passage as the council of this year leaves it: one repeats, two are not decided. */
export const COUNCIL = {
  moussa: "Admis(e) en classe supérieure",
  aminata1: "Admis(e) en classe supérieure",
  aminata2: "Redouble",
  issa: "Cas à examiner par le conseil",
  salif: "Admis en 12ème",
  fanta: "Admise",
}

/** Every row of every table, except what tells of the past itself. */
export async function everything(db: Db): Promise<Record<string, unknown[]>> {
  const told = new Set([
    "audit",
    "reenrolment_run",
    "reenrolment_case",
    "form_answer",
    "session",
    "sign_in_attempt",
  ])
  const tables = (await db.introspection.getTables())
    .map(({ name }) => name)
    .filter((name) => !told.has(name))
  const all: Record<string, unknown[]> = {}
  for (const name of tables.sort()) {
    const rows = await db
      .selectFrom(name as "student")
      .selectAll()
      .execute()
    all[name] = rows.map((row) => JSON.stringify(row)).sort()
  }
  return all
}
