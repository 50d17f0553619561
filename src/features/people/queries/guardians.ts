import { type Expression, type SqlBool, sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { WAYS } from "../choices.ts"
import { differences } from "../conflict.ts"
import { fold } from "../naming.ts"
import type { SearchTerm } from "../rules.ts"
import { guardiansSeenBy, studentsSeenBy, type Viewer } from "../scope.ts"
import { currentYear } from "./enrolments.ts"
import { type Child, linkGuardian } from "./guardianships.ts"

export const CONSENTS = { yes: "Ont accepté", no: "Ont refusé", unasked: "Jamais demandé" } as const
export type ConsentFilter = keyof typeof CONSENTS | ""

const GUARDIAN = [
  "guardian.id",
  "guardian.name",
  "guardian.phone",
  "guardian.phone2",
  "guardian.money_phone",
  "guardian.sms_consent",
] as const

function matching(db: Db, who: Viewer, terms: SearchTerm[], consent: ConsentFilter) {
  let query = guardiansSeenBy(db, who)
  for (const term of terms) query = query.where(finds(term))
  if (consent === "unasked") query = query.where("sms_consent", "is", null)
  else if (consent) query = query.where("sms_consent", "=", consent === "yes" ? 1 : 0)
  return query
}

function finds({ kind, text }: SearchTerm): Expression<SqlBool> {
  const pattern = `%${text}%`
  if (kind === "word") return sql`guardian.folded like ${pattern}`
  return sql`(guardian.folded like ${pattern} or guardian.phone like ${pattern} or guardian.phone2 like ${pattern})`
}

/** One page of the guardians a person may see, with their children. */
export async function listGuardians(
  db: Db,
  who: Viewer,
  { terms, consent, page, size }: { terms: SearchTerm[]; consent: ConsentFilter; page: number; size: number },
) {
  const query = matching(db, who, terms, consent)
  const guardians = await query
    .select(GUARDIAN)
    .orderBy("folded")
    .orderBy("id")
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  const full = page > 1 || guardians.length === size
  const total = full
    ? Number((await query.select((eb) => eb.fn.countAll<number>().as("n")).executeTakeFirstOrThrow()).n)
    : guardians.length
  const children = await childrenOf(
    db,
    who,
    guardians.map(({ id }) => id),
  )
  return { total, guardians: guardians.map((one) => ({ ...one, children: children.get(one.id) ?? [] })) }
}

/** The children of each guardian that this person may see, with the class they are in now. */
export async function childrenOf(db: Db, who: Viewer, guardianIds: number[]) {
  const rows =
    guardianIds.length === 0
      ? []
      : await studentsSeenBy(db, who)
          .innerJoin("guardianship", "guardianship.student_id", "student.id")
          .leftJoin("enrolment", (join) =>
            join
              .onRef("enrolment.student_id", "=", "student.id")
              .on("enrolment.school_year_id", "in", currentYear(db))
              .on("enrolment.ends_on", "is", null),
          )
          .leftJoin("class", "class.id", "enrolment.class_id")
          .select([
            "guardianship.guardian_id",
            "guardianship.link",
            "guardianship.informed",
            "guardianship.may_see",
            "guardianship.lives_with",
            "student.id",
            "student.surname",
            "student.given_names",
            "student.matricule",
            "student.birth_date",
            "student.birth_year",
            "student.birth_approximate",
            "student.phone",
            "student.status",
            "class.label as class_label",
          ])
          .where("guardianship.guardian_id", "in", guardianIds)
          .orderBy("student.sort_name")
          .orderBy("student.id")
          .execute()
  const children = new Map<number, typeof rows>()
  for (const row of rows) {
    const own = children.get(row.guardian_id)
    if (own) own.push(row)
    else children.set(row.guardian_id, [row])
  }
  return children
}

/** A student's guardians, the mother and father first. */
export function guardiansOf(db: Db, studentId: number) {
  return db
    .selectFrom("guardianship")
    .innerJoin("guardian", "guardian.id", "guardianship.guardian_id")
    .select([
      ...GUARDIAN,
      "guardianship.link",
      "guardianship.informed",
      "guardianship.may_see",
      "guardianship.unseen_reason",
      "guardianship.lives_with",
    ])
    .where("guardianship.student_id", "=", studentId)
    .orderBy("guardianship.link")
    .orderBy("guardian.folded")
    .execute()
}

export function findGuardian(db: Db, id: number) {
  return db.selectFrom("guardian").selectAll().where("id", "=", id).executeTakeFirst()
}

/** The guardian, when this person may see them. */
export function guardianSeen(db: Db, who: Viewer, id: number): Promise<FoundGuardian | undefined> {
  return guardiansSeenBy(db, who).selectAll("guardian").where("guardian.id", "=", id).executeTakeFirst()
}

export type FoundGuardian = NonNullable<Awaited<ReturnType<typeof findGuardian>>>

export type GuardianRow = {
  name: string
  phone: string | null
  phone2: string | null
  email: string | null
  sms_consent: number | null
  consent_source: string | null
} & Partial<GuardianDetails>

/** What a card says besides; what is not named stays. */
export type GuardianDetails = {
  money_phone: number | null
  address: string | null
  quartier: string | null
  language: string
  email_consent: number | null
  email_consent_source: string | null
  whatsapp_consent: number | null
  whatsapp_consent_source: string | null
}

/** The same name with the same number: probably the guardian is here already. A number alone may be shared. */
export function sameGuardian(db: Db, { name, phone }: { name: string; phone: string | null }) {
  if (!phone) return Promise.resolve(undefined)
  return db
    .selectFrom("guardian")
    .select(GUARDIAN)
    .where("folded", "=", fold(name))
    .where("phone", "=", phone)
    .where("merged_into", "is", null)
    .executeTakeFirst()
}

/** Writes a new guardian of a student. */
export function addGuardian(db: Db, by: User, row: GuardianRow, child: Child, now: Date): Promise<number> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const { id } = await trx
      .insertInto("guardian")
      .values({ ...row, folded: fold(row.name), ...answeredAt(row, at), created_at: at, updated_at: at })
      .returning("id")
      .executeTakeFirstOrThrow()
    await record(trx, by, { subject: "guardian", subjectId: id, action: "created", after: row }, at)
    await linkGuardian(trx, by, { id, name: row.name }, child, now)
    return id
  })
}

/** When each answer among these was given: now; nothing for what was not answered. */
function answeredAt(row: Partial<GuardianRow>, at: string) {
  const dates: Partial<Record<(typeof WAYS)[number]["at"], string | null>> = {}
  for (const { answer, at: column } of WAYS) {
    if (answer in row) dates[column] = (row[answer] ?? null) === null ? null : at
  }
  return dates
}

type GuardianEdit = {
  guardian: FoundGuardian
  version: number
  row: GuardianRow
  /** who asked for it, for the history */
  reason?: string
  now: Date
}

/** Changes a guardian's card if nobody changed it since; a consent given or taken back is dated. */
export function changeGuardian(
  db: Db,
  by: User,
  { guardian, version, row, reason, now }: GuardianEdit,
): Promise<"changed" | "same" | "conflict"> {
  const at = now.toISOString()
  return tx(db, async (trx) => {
    const changed = differences(guardian, row)
    if (guardian.version !== version) return "conflict"
    if (!changed) return "same"
    const { numUpdatedRows } = await trx
      .updateTable("guardian")
      .set((eb) => ({
        ...row,
        folded: fold(row.name),
        ...answeredAt(changed.after, at),
        version: eb("version", "+", 1),
        updated_at: at,
      }))
      .where("id", "=", guardian.id)
      .where("version", "=", version)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return "conflict"
    const change = { subject: "guardian", subjectId: guardian.id, action: "changed", before: changed.before }
    await record(trx, by, { ...change, after: { ...changed.after, version: version + 1 }, reason }, at)
    return "changed"
  })
}
