import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { fold } from "../../people/naming.ts"
import { classesSeenBy, type Viewer } from "../../people/scope.ts"
import { byPlace } from "../rules.ts"
import { linesOfTemplate } from "./coefficients.ts"

/** The classes of a school year, in the school's order. */
export function classesOf(db: Db, year: number) {
  return db
    .selectFrom("class")
    .select(["id", "label", "level_code", "series_code", "section", "capacity", "form_teacher_id"])
    .where("school_year_id", "=", year)
    .orderBy("position")
    .orderBy("label")
    .execute()
}

/**
 * The classes a person may see, with their size, form teacher and how many subjects have no teacher; the size on a day
 * (`on`, the last one of a year that is over), else now.
 */
export function listClasses(db: Db, who: Viewer, year: number, on: string | null = null) {
  const there = on
    ? sql`enrolment.starts_on <= ${on} and (enrolment.ends_on is null or enrolment.ends_on > ${on})`
    : sql`enrolment.ends_on is null`
  return classesSeenBy(db, who)
    .leftJoin("level", "level.code", "class.level_code")
    .leftJoin("staff", "staff.id", "class.form_teacher_id")
    .where("class.school_year_id", "=", year)
    .select([
      "class.id",
      "class.label",
      "class.level_code",
      "class.capacity",
      "class.room",
      "level.label as level_label",
      "staff.surname",
      "staff.given_names",
      sql<number>`(select count(*) from enrolment where enrolment.class_id = class.id and ${there})`.as(
        "size",
      ),
      sql<number>`(select count(*) from class_subject where class_subject.class_id = class.id)`.as(
        "subjects",
      ),
      sql<number>`(select count(*) from class_subject where class_subject.class_id = class.id
        and class_subject.teacher_id is null)`.as("unassigned"),
    ])
    .orderBy("class.position")
    .orderBy("class.label")
    .execute()
}

/** The class, when this person may see it; with its year and form teacher. */
export function findClass(db: Db, who: Viewer, id: number) {
  return classesSeenBy(db, who)
    .innerJoin("school_year", "school_year.id", "class.school_year_id")
    .leftJoin("staff", "staff.id", "class.form_teacher_id")
    .selectAll("class")
    .select(["school_year.label as year_label", "school_year.ends_on as year_ends_on"])
    .select(["school_year.current as year_current", "staff.surname", "staff.given_names"])
    .where("class.id", "=", id)
    .executeTakeFirst()
}

export type FoundClass = NonNullable<Awaited<ReturnType<typeof findClass>>>

export type ClassRow = {
  level_code: string
  series_code: string
  section: string
  label: string
  capacity: number | null
  room: string | null
  form_teacher_id: number | null
}

/** Makes a class, with the subjects of its series if asked. Null when the year has one of this label. */
export function addClass(
  db: Db,
  by: User,
  row: ClassRow,
  { year, template, now }: { year: number; template: boolean; now: Date },
) {
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("class")
      .values({ ...row, school_year_id: year, folded: fold(row.label), position: 0 })
      .onConflict((oc) => oc.columns(["school_year_id", "label"]).doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return null
    const lines = template ? await linesOfTemplate(trx, year, row.level_code, row.series_code) : []
    if (lines.length > 0) {
      const subjects = lines.map(({ subject_id, coefficient, group_code, optional, position }) => ({
        class_id: made.id,
        subject_id,
        coefficient,
        group_code,
        optional,
        position,
      }))
      await trx.insertInto("class_subject").values(subjects).execute()
    }
    await renumber(trx, year)
    const change = { subject: "class", subjectId: made.id, action: "created", after: row }
    await record(trx, by, change, now.toISOString())
    return made.id
  })
}

/** Changes a class; « taken » when another class of the year has this label. */
export function changeClass(
  db: Db,
  by: User,
  one: FoundClass,
  row: ClassRow,
  now: Date,
): Promise<"changed" | "taken"> {
  return tx(db, async (trx) => {
    const other = await trx
      .selectFrom("class")
      .select("id")
      .where("school_year_id", "=", one.school_year_id)
      .where("label", "=", row.label)
      .where("id", "!=", one.id)
      .executeTakeFirst()
    if (other) return "taken"
    await trx
      .updateTable("class")
      .set({ ...row, folded: fold(row.label) })
      .where("id", "=", one.id)
      .execute()
    await renumber(trx, one.school_year_id)
    const { level_code, series_code, section, label, capacity, room, form_teacher_id } = one
    const before: ClassRow = { level_code, series_code, section, label, capacity, room, form_teacher_id }
    const change = { subject: "class", subjectId: one.id, action: "changed", before, after: row }
    await record(trx, by, change, now.toISOString())
    return "changed"
  })
}

/** Puts the classes of a year in the order of levels, series and sections. */
export async function renumber(trx: Db, year: number): Promise<void> {
  const rows = await trx
    .selectFrom("class")
    .leftJoin("level", "level.code", "class.level_code")
    .leftJoin("series", "series.code", "class.series_code")
    .select([
      "class.id",
      "class.label",
      "class.section",
      "class.position",
      "level.position as level",
      "series.position as series",
    ])
    .where("class.school_year_id", "=", year)
    .execute()
  const ordered = rows
    .map((row) => ({ ...row, level: row.level ?? 999, series: row.series ?? 999 }))
    .sort(byPlace)
  for (const [n, row] of ordered.entries()) {
    if (row.position === n + 1) continue
    await trx
      .updateTable("class")
      .set({ position: n + 1 })
      .where("id", "=", row.id)
      .execute()
  }
}

/** What keeps a class from being deleted: enrolments past or present, assessments. */
export async function contentsOf(
  db: Db,
  classId: number,
): Promise<{ enrolments: number; assessments: number }> {
  const row = await db
    .selectFrom("class")
    .select([
      sql<number>`(select count(*) from enrolment where enrolment.class_id = class.id)`.as("enrolments"),
      sql<number>`(select count(*) from assessment join class_subject on class_subject.id = assessment.class_subject_id
        where class_subject.class_id = class.id)`.as("assessments"),
    ])
    .where("class.id", "=", classId)
    .executeTakeFirst()
  return { enrolments: Number(row?.enrolments ?? 0), assessments: Number(row?.assessments ?? 0) }
}

/** Deletes a class nobody was ever in; false when it is no longer empty. */
export function deleteClass(db: Db, by: User, one: FoundClass, now: Date): Promise<boolean> {
  return tx(db, async (trx) => {
    const { enrolments, assessments } = await contentsOf(trx, one.id)
    if (enrolments + assessments > 0) return false
    await trx.deleteFrom("class_subject").where("class_id", "=", one.id).execute()
    await trx.deleteFrom("class").where("id", "=", one.id).execute()
    await renumber(trx, one.school_year_id)
    const change = { subject: "class", subjectId: one.id, action: "deleted", before: { label: one.label } }
    await record(trx, by, change, now.toISOString())
    return true
  })
}

/** The periods of which this class's bulletins are published. */
export async function publishedPeriods(db: Db, classId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("publication")
    .innerJoin("period", "period.id", "publication.period_id")
    .select(["period.label", "period.position"])
    .distinct()
    .where("publication.class_id", "=", classId)
    .orderBy("period.position")
    .execute()
  return rows.map(({ label }) => label)
}

/** The periods of a year, for the ways to what was marked in it. */
export const periodsOfYear = (db: Db, year: number) =>
  db
    .selectFrom("period")
    .select(["id", "label"])
    .where("school_year_id", "=", year)
    .orderBy("position")
    .execute()
