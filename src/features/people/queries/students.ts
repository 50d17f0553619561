import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { differences, type Row } from "../conflict.ts"
import { type Contacts, contactsAsFields } from "../contacts.ts"
import { fold, sortName } from "../naming.ts"
import { homeOf, probableDouble, studentName } from "../rules.ts"
import { studentsSeenBy, type Viewer } from "../scope.ts"
import { changeContacts } from "./contacts.ts"
import { currentYear, enrol } from "./enrolments.ts"

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

/** What a card says besides, and what many cards still lack. */
export type StudentDetails = {
  national_number: string | null
  quartier: string | null
  commune: string | null
  transport_stop: string | null
  channel: string | null
  repeated_before: number | null
  exam_number: string | null
  exam_centre: string | null
  previous_school: string | null
  entered_on: string | null
}

type Deriving = {
  surname: string
  given_names: string
  matricule: string | null
  address?: string | null
  quartier?: string | null
}

/** The columns that follow from others: what is searched, what lists are sorted by, who lives at one place. */
export const derived = (row: Deriving) => ({
  folded: fold(`${studentName(row)} ${row.matricule ?? ""}`),
  sort_name: sortName(row.surname, row.given_names),
  home: homeOf(row.address ?? null, row.quartier ?? null),
})

/** Those who may be this student under another card; whoever has the same matricule is not asked here. */
export async function doublesOf(db: Db, row: StudentRow) {
  const namesakes = await db
    .selectFrom("student")
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "in", currentYear(db))
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .select([...LISTED, "class.label as class_label"])
    .where("student.sort_name", "=", derived(row).sort_name)
    .where("student.merged_into", "is", null)
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

/** What an enrolment file gives besides the card: the school's own number. */
export type Entry = StudentDetails & { internal_number: string }

export type Placement = { class: number; year: number; on: string; repeating: boolean; regime: string | null }

/** Writes a new student, enrolled at once when a class is given. Null when the matricule was taken meanwhile. */
export function addStudent(
  db: Db,
  by: User,
  row: StudentRow & Partial<Entry>,
  place: Placement | null,
  now: Date,
  contacts: Contacts = [],
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
    await changeContacts(trx, made.id, contacts)
    const after = { ...row, ...contactsAsFields(contacts) }
    await record(trx, by, { subject: "student", subjectId: made.id, action: "created", after }, at)
    if (place) await enrol(trx, by, made.id, place, at)
    return made.id
  })
}

/** What an edit may change besides the student's own columns. */
export type EnrolmentNotes = { repeating: number; regime: string | null }

type StudentEdit = {
  student: FoundStudent
  /** the version that the person saw */
  version: number
  /** what is not named stays */
  row: Partial<StudentRow & StudentDetails>
  notes?: EnrolmentNotes | null
  /** all of them, in order; not given: they stay */
  contacts?: { before: Contacts; after: Contacts }
  /** who asked for it, for the history */
  reason?: string
  now: Date
}

/**
 * Changes a student's card if nobody changed it since `version`; « conflict » otherwise, « taken » when the
 * matricule has another holder. Nothing is written when nothing differs.
 */
export function changeStudent(
  db: Db,
  by: User,
  { student, version, row, notes = null, contacts, reason, now }: StudentEdit,
): Promise<"changed" | "same" | "conflict" | "taken"> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const present: Row = { ...student, ...contactsAsFields(contacts?.before ?? []) }
    const typed: Row = { ...row, ...(notes ?? {}), ...(contacts && contactsAsFields(contacts.after)) }
    const changed = differences(present, typed)
    if (student.version !== version) return "conflict"
    if (!changed) return "same"
    if (row.matricule && (await holderOf(trx, row.matricule, student.id))) return "taken"
    const { numUpdatedRows } = await trx
      .updateTable("student")
      .set((eb) => ({
        ...row,
        ...derived({ ...student, ...row }),
        version: eb("version", "+", 1),
        updated_at: at,
      }))
      .where("id", "=", student.id)
      .where("version", "=", version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return "conflict"
    if (notes && student.enrolment_id) {
      await trx.updateTable("enrolment").set(notes).where("id", "=", student.enrolment_id).execute()
    }
    if (contacts) await changeContacts(trx, student.id, contacts.after)
    const change = { subject: "student", subjectId: student.id, action: "changed", before: changed.before }
    await record(trx, by, { ...change, after: { ...changed.after, version: version + 1 }, reason }, at)
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
