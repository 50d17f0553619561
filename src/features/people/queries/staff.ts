import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { differences } from "../conflict.ts"
import { fold } from "../naming.ts"
import { type SearchTerm, studentName } from "../rules.ts"

export type StaffFilter = { terms: SearchTerm[]; kind: string; year: number; page: number; size: number }

function matching(db: Db, { terms, kind }: StaffFilter) {
  let query = db.selectFrom("staff").where("staff.merged_into", "is", null)
  for (const { text } of terms) {
    query = query.where(sql<boolean>`(staff.folded like ${`%${text}%`} or staff.phone like ${`%${text}%`})`)
  }
  if (kind === "gone") return query.where("active", "=", 0)
  if (kind === "teaching") query = query.where("teaching", "=", 1)
  if (kind === "other") query = query.where("teaching", "=", 0)
  return query.where("active", "=", 1)
}

/** One page of the staff, with how many classes each teaches this year. */
export async function listStaff(db: Db, filter: StaffFilter) {
  const query = matching(db, filter)
  const staff = await query
    .selectAll("staff")
    .orderBy("folded")
    .orderBy("id")
    .limit(filter.size)
    .offset((filter.page - 1) * filter.size)
    .execute()
  const full = filter.page > 1 || staff.length === filter.size
  const total = full
    ? Number((await query.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()).n)
    : staff.length
  const teaching = await teachingOf(
    db,
    staff.map(({ id }) => id),
    filter.year,
  )
  return {
    total,
    staff: staff.map((one) => ({ ...one, teaches: teaching.filter((row) => row.teacher_id === one.id) })),
  }
}

/** What these persons teach where this year, by class. */
export async function teachingOf(db: Db, staffIds: number[], year: number) {
  if (staffIds.length === 0) return []
  return db
    .selectFrom("class_subject")
    .innerJoin("class", "class.id", "class_subject.class_id")
    .innerJoin("subject", "subject.id", "class_subject.subject_id")
    .select([
      "class_subject.id",
      "class_subject.teacher_id",
      "class_subject.coefficient",
      "class.id as class_id",
      "class.label as class_label",
      "subject.label as subject_label",
      "subject.short_label",
    ])
    .where("class_subject.teacher_id", "in", staffIds)
    .where("class.school_year_id", "=", year)
    .orderBy("class.position")
    .orderBy("class.label")
    .orderBy("class_subject.position")
    .execute()
}

/** The classes this person is form teacher of this year. */
export function ledBy(db: Db, staffId: number, year: number) {
  return db
    .selectFrom("class")
    .select(["id", "label"])
    .where("form_teacher_id", "=", staffId)
    .where("school_year_id", "=", year)
    .orderBy("position")
    .execute()
}

export function findStaff(db: Db, id: number) {
  return db
    .selectFrom("staff")
    .selectAll()
    .where("id", "=", id)
    .where("merged_into", "is", null)
    .executeTakeFirst()
}

export type FoundStaff = NonNullable<Awaited<ReturnType<typeof findStaff>>>

export type StaffRow = {
  surname: string
  given_names: string
  sex: "M" | "F" | null
  position: string
  teaching: number
  employee_number: string | null
  phone: string | null
  email: string | null
} & Partial<StaffDetails>

/** What a card says besides; what is not named stays. */
export type StaffDetails = {
  grade: string | null
  diplomas: string | null
  specialities: string | null
  availability: string | null
  entered_on: string | null
  contract: string | null
}

/** The teachers at work, for a choice in a form. */
export function teacherChoices(db: Db) {
  return db
    .selectFrom("staff")
    .select(["id", "surname", "given_names"])
    .where("teaching", "=", 1)
    .where("active", "=", 1)
    .where("merged_into", "is", null)
    .orderBy("folded")
    .execute()
}

/** Writes somebody new of the staff; null when the employee number has another holder. */
export function addStaff(db: Db, by: User, row: StaffRow, now: Date): Promise<number | null> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("staff")
      .values({ ...row, folded: fold(studentName(row)), created_at: at, updated_at: at })
      .onConflict((oc) => oc.column("employee_number").doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return null
    await record(trx, by, { subject: "staff", subjectId: made.id, action: "created", after: row }, at)
    return made.id
  })
}

/** Changes a card if nobody changed it since; « taken » when the employee number has another holder. */
export function changeStaff(
  db: Db,
  by: User,
  {
    staff,
    version,
    row,
    now,
  }: { staff: FoundStaff; version: number; row: Partial<StaffRow> & { active?: number }; now: Date },
): Promise<"changed" | "same" | "conflict" | "taken"> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const changed = differences(staff, row)
    if (staff.version !== version) return "conflict"
    if (!changed) return "same"
    if (row.employee_number) {
      const holder = trx.selectFrom("staff").select("id").where("employee_number", "=", row.employee_number)
      if (await holder.where("id", "!=", staff.id).executeTakeFirst()) return "taken"
    }
    const { numUpdatedRows } = await trx
      .updateTable("staff")
      .set((eb) => ({
        ...row,
        folded: fold(studentName({ ...staff, ...row })),
        version: eb("version", "+", 1),
        updated_at: at,
      }))
      .where("id", "=", staff.id)
      .where("version", "=", version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return "conflict"
    const change = { subject: "staff", subjectId: staff.id, action: "changed", before: changed.before }
    await record(trx, by, { ...change, after: { ...changed.after, version: version + 1 } }, at)
    return "changed"
  })
}
