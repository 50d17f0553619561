import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { differences, type Row } from "../conflict.ts"
import { fold, sortName } from "../naming.ts"
import { probableDouble, studentName } from "../rules.ts"
import { studentsSeenBy, type Viewer } from "../scope.ts"
import { enrol } from "./enrolments.ts"

const LISTED = [
  "student.id",
  "student.matricule",
  "student.surname",
  "student.given_names",
  "student.sex",
  "student.birth_date",
  "student.birth_year",
  "student.birth_approximate",
  "student.status",
] as const

/** The student, when this person may see them; with the open enrolment of the year and its class. */
export async function findStudent(db: Db, who: Viewer, id: number, year: number) {
  return studentsSeenBy(db, who)
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "=", year)
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .selectAll("student")
    .select([
      "enrolment.id as enrolment_id",
      "enrolment.starts_on as enrolled_on",
      "enrolment.repeating",
      "enrolment.regime",
      "class.id as class_id",
      "class.label as class_label",
    ])
    .where("student.id", "=", id)
    .executeTakeFirst()
}

export type FoundStudent = NonNullable<Awaited<ReturnType<typeof findStudent>>>

export type StudentRow = {
  matricule: string | null
  surname: string
  given_names: string
  sex: "M" | "F" | null
  birth_date: string | null
  birth_year: number | null
  birth_approximate: number
  birth_place: string | null
  phone: string | null
  address: string | null
  nationality: string | null
  father_name: string | null
  mother_name: string | null
}

/** The columns that follow from a student's names and matricule: what is searched, what lists are sorted by. */
export const derived = (row: { surname: string; given_names: string; matricule: string | null }) => ({
  folded: fold(`${studentName(row)} ${row.matricule ?? ""}`),
  sort_name: sortName(row.surname, row.given_names),
})

/** Those who may be this student under another card; whoever has the same matricule is not asked here. */
export async function doublesOf(db: Db, row: StudentRow) {
  const namesakes = await db
    .selectFrom("student")
    .leftJoin("enrolment", (join) =>
      join.onRef("enrolment.student_id", "=", "student.id").on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .select([...LISTED, "class.label as class_label"])
    .where("student.sort_name", "=", derived(row).sort_name)
    .limit(20)
    .execute()
  return namesakes.filter((other) => probableDouble(row, other))
}

/** Who has this matricule, if somebody other than `except` does. */
export function holderOf(db: Db, matricule: string, except = 0) {
  return db
    .selectFrom("student")
    .select(LISTED)
    .where("matricule", "=", matricule)
    .where("id", "!=", except)
    .executeTakeFirst()
}

/** What an enrolment file knows besides the card. */
export type Entry = { internal_number: string; previous_school: string | null; entered_on: string }

export type Placement = { class: number; year: number; on: string; repeating: boolean; regime: string | null }

/** Writes a new student, enrolled at once when a class is given. Null when the matricule was taken meanwhile. */
export function addStudent(
  db: Db,
  by: User,
  row: StudentRow & Partial<Entry>,
  place: Placement | null,
  now: Date,
) {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("student")
      .values({
        ...row,
        ...derived(row),
        status: place ? "active" : "pending",
        created_at: at,
        updated_at: at,
      })
      .onConflict((oc) => oc.column("matricule").doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return null
    await record(trx, by, { subject: "student", subjectId: made.id, action: "created", after: row }, at)
    if (place) await enrol(trx, by, made.id, place, at)
    return made.id
  })
}

/** What an edit may change besides the student's own columns. */
export type EnrolmentNotes = { repeating: number; regime: string | null }

/**
 * Changes a student's card if nobody changed it since `version`; « conflict » otherwise, « taken » when the
 * matricule has another holder. Nothing is written when nothing differs.
 */
export function changeStudent(
  db: Db,
  by: User,
  {
    student,
    version,
    row,
    notes,
    now,
  }: { student: FoundStudent; version: number; row: StudentRow; notes: EnrolmentNotes | null; now: Date },
): Promise<"changed" | "same" | "conflict" | "taken"> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const typed: Row = { ...row, ...(notes ?? {}) }
    const changed = differences(student, typed)
    if (student.version !== version) return "conflict"
    if (!changed) return "same"
    if (row.matricule && (await holderOf(trx, row.matricule, student.id))) return "taken"
    const { numUpdatedRows } = await trx
      .updateTable("student")
      .set((eb) => ({ ...row, ...derived(row), version: eb("version", "+", 1), updated_at: at }))
      .where("id", "=", student.id)
      .where("version", "=", version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return "conflict"
    if (notes && student.enrolment_id) {
      await trx.updateTable("enrolment").set(notes).where("id", "=", student.enrolment_id).execute()
    }
    const change = { subject: "student", subjectId: student.id, action: "changed", before: changed.before }
    await record(trx, by, { ...change, after: { ...changed.after, version: version + 1 } }, at)
    return "changed"
  })
}

/** A class's students on a day (ISO), or those there now, in the order of the roll. */
export function studentsOfClass(db: Db, classId: number, { on }: { on?: string } = {}) {
  let query = db
    .selectFrom("enrolment")
    .innerJoin("student", "student.id", "enrolment.student_id")
    .where("enrolment.class_id", "=", classId)
  // `ends_on` is the first day the student is no longer there
  if (on === undefined) query = query.where("enrolment.ends_on", "is", null)
  else {
    query = query
      .where("enrolment.starts_on", "<=", on)
      .where((eb) => eb.or([eb("enrolment.ends_on", "is", null), eb("enrolment.ends_on", ">", on)]))
  }
  return query
    .select([
      ...LISTED,
      "student.birth_place",
      "student.photo",
      "enrolment.repeating",
      "enrolment.regime",
      "enrolment.starts_on",
    ])
    .orderBy("student.sort_name")
    .orderBy("student.id")
    .execute()
}
