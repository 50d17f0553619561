// The last step: a file becomes an active student, all at once or not at all.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { queueMessages } from "../../messages/queries.ts"
import type { Placement } from "../../people/queries/students.ts"
import { addStudent, derived, holderOf, placeStudent } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { enrolledMessages } from "../sms.ts"
import { type Application, type ApplicationGuardian, columnsOf } from "./applications.ts"
import { type LinkedGuardian, linkGuardians } from "./guardians.ts"
import { forward, type Stepping } from "./steps.ts"

export type Activating = Stepping & {
  guardians: readonly ApplicationGuardian[]
  place: Placement
  className: string
  /** the school's short name, and the fee as it is written */
  said: { school: string; fee: string | null }
}

/** What an undo needs to know of an activation. */
export type Activated = {
  student: number
  created: boolean
  enrolment: number
  /** of the student's card, as the activation left it */
  version: number
  guardians: LinkedGuardian[]
  /** of a known student: what was otherwise before */
  before: { status: string; matricule: string | null; internal_number: string | null } | null
}

/**
 * Makes the student, the place in the class, guardians and links, freezes the fee and queues the SMS, in one
 * transaction. « taken »: another student has the matricule; « placed »: the known student has a class this year.
 */
export function activate(db: Db, by: User, activating: Activating): Promise<number | "taken" | "placed"> {
  const { file, place, now } = activating
  return tx(db, async (trx) => {
    const made = file.student_id
      ? await placeKnown(trx, by, file, place, now)
      : await addNew(trx, by, file, { place, guardians: activating.guardians, now })
    if (typeof made === "string") return made
    const child = { studentId: made.student, studentName: studentName(file) }
    const source = file.source === "site" ? "Demande en ligne" : "Inscription au secrétariat"
    const consentSource = `${source} ${file.reference}`
    const guardians = await linkGuardians(trx, by, activating.guardians, { child, consentSource, now })
    const details: Activated = { ...made, guardians }
    const set = { student_id: made.student, fee_due: file.fee }
    const event = await forward(trx, by, activating, { action: "activated", set, details })
    await tellFamily(trx, activating, guardians, { event, student: made.student })
    return made.student
  })
}

type Made = Omit<Activated, "guardians">

async function addNew(
  trx: Db,
  by: User,
  file: Application,
  { place, guardians, now }: { place: Placement; guardians: readonly ApplicationGuardian[]; now: Date },
): Promise<Made | "taken"> {
  const { level_code: _level, series_code: _series, remark: _remark, ...columns } = columnsOf(file)
  const named = (link: string) => guardians.find((one) => one.link === link)?.name ?? null
  const row = {
    ...columns,
    phone: null,
    father_name: named("PERE"),
    mother_name: named("MERE"),
    internal_number: file.internal_number ?? undefined,
    entered_on: place.on,
  }
  const student = await addStudent(trx, by, row, place, now)
  if (!student) return "taken"
  return { student, created: true, ...(await placed(trx, student, place.year)), before: null }
}

/** A student who was here before, or whose card was made otherwise: what the card lacks comes from the file. */
async function placeKnown(
  trx: Db,
  by: User,
  file: Application,
  place: Placement,
  now: Date,
): Promise<Made | "taken" | "placed"> {
  const at = now.toISOString()
  const student = await trx
    .selectFrom("student")
    .selectAll()
    .where("id", "=", file.student_id ?? 0)
    .executeTakeFirst()
  if (!student) return "placed"
  const matricule = student.matricule ?? file.matricule
  if (matricule && (await holderOf(trx, matricule, student.id))) return "taken"
  if (!(await placeStudent(trx, by, student.id, place, now))) return "placed"
  const { status, internal_number } = student
  const before = { status, matricule: student.matricule, internal_number }
  const filled = { matricule, internal_number: internal_number ?? file.internal_number }
  const completed = {
    ...filled,
    previous_school: student.previous_school ?? file.previous_school,
    entered_on: student.entered_on ?? place.on,
  }
  await trx
    .updateTable("student")
    .set({ ...completed, folded: derived({ ...student, matricule }).folded, updated_at: at })
    .where("id", "=", student.id)
    .execute()
  const change = { subject: "student", subjectId: student.id, action: "changed" }
  await record(
    trx,
    by,
    { ...change, before: { matricule: student.matricule, internal_number }, after: filled },
    at,
  )
  return { student: student.id, created: false, ...(await placed(trx, student.id, place.year)), before }
}

/** The place just made, and the version of the card it belongs to. */
function placed(trx: Db, student: number, year: number) {
  return trx
    .selectFrom("enrolment")
    .innerJoin("student", "student.id", "enrolment.student_id")
    .select(["enrolment.id as enrolment", "student.version"])
    .where("student_id", "=", student)
    .where("school_year_id", "=", year)
    .where("ends_on", "is", null)
    .executeTakeFirstOrThrow()
}

async function tellFamily(
  trx: Db,
  { file, guardians, className, said, now }: Activating,
  linked: readonly LinkedGuardian[],
  { event, student }: { event: number; student: number },
): Promise<void> {
  const told = guardians.map((one, n) => ({ ...one, guardianId: linked[n]?.id ?? 0 }))
  const number = file.student_id ? (file.student_number ?? file.internal_number) : file.internal_number
  const about = { id: student, name: studentName(file), number }
  const messages = enrolledMessages({ ...said, event, student: about, className }, told)
  await queueMessages(trx, messages, now.toISOString())
}
