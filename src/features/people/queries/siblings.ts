// Children of one family: those who share a guardian, and those who may.
import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import { type FamilyStep, type Relative, sameHousehold } from "../family.ts"
import { studentName } from "../rules.ts"
import { studentsSeenBy, type Viewer } from "../scope.ts"
import { currentYear } from "./enrolments.ts"
import { childrenOf } from "./guardians.ts"
import { linkGuardian, unlinkGuardian } from "./guardianships.ts"

/** Other children of this student's guardians, among those this person may see. */
export async function siblingsOf(db: Db, who: Viewer, studentId: number, guardianIds: number[]) {
  const children = await childrenOf(db, who, guardianIds)
  const siblings = new Map([...children.values()].flat().map((child) => [child.id, child]))
  siblings.delete(studentId)
  return [...siblings.values()].sort((a, b) => (studentName(a) < studentName(b) ? -1 : 1))
}

const MOST_SUGGESTED = 6

type Suggesting = {
  id: number
  home: string | null
  address: string | null
  father_name: string | null
  mother_name: string | null
}

/**
 * Other active students who may be of the same family: a guardian of theirs has one of these phone numbers, or they
 * live at the same place with a parent of the same name. Not those who share a guardian already, nor those of whom
 * somebody said that they are no family.
 */
export async function maybeSiblings(db: Db, who: Viewer, student: Suggesting, phones: string[]) {
  if (phones.length === 0 && !student.home) return []
  const numbers = phones.length > 0 ? sql.join(phones) : sql`null`
  const byPhone = sql<number>`case when student.id in (
    select gs.student_id from guardian g join guardianship gs on gs.guardian_id = g.id where g.phone in (${numbers})
    union select gs.student_id from guardian g join guardianship gs on gs.guardian_id = g.id
    where g.phone2 in (${numbers})) then 1 else 0 end`
  const near = sql<boolean>`student.id in (
    select gs.student_id from guardian g join guardianship gs on gs.guardian_id = g.id where g.phone in (${numbers})
    union select gs.student_id from guardian g join guardianship gs on gs.guardian_id = g.id
    where g.phone2 in (${numbers})
    union select s.id from student s where s.home = ${student.home})`
  const rows = await studentsSeenBy(db, who)
    .leftJoin("enrolment", (join) =>
      join
        .onRef("enrolment.student_id", "=", "student.id")
        .on("enrolment.school_year_id", "in", currentYear(db))
        .on("enrolment.ends_on", "is", null),
    )
    .leftJoin("class", "class.id", "enrolment.class_id")
    .select([
      "student.id",
      "student.surname",
      "student.given_names",
      "student.matricule",
      "student.birth_date",
      "student.birth_year",
      "student.birth_approximate",
      "student.home",
      "student.address",
      "student.father_name",
      "student.mother_name",
      "class.label as class_label",
      byPhone.as("by_phone"),
    ])
    .where(near)
    .where("student.id", "!=", student.id)
    .where("student.status", "=", "active")
    .where(
      sql<boolean>`not exists (select 1 from guardianship mine
        join guardianship theirs on theirs.guardian_id = mine.guardian_id
        where mine.student_id = ${student.id} and theirs.student_id = student.id)`,
    )
    .where(
      sql<boolean>`not exists (select 1 from not_family apart where (apart.student_id = student.id
        and apart.other_student_id = ${student.id}) or (apart.student_id = ${student.id}
        and apart.other_student_id = student.id))`,
    )
    .orderBy("student.sort_name")
    .limit(10 * MOST_SUGGESTED)
    .execute()
  return rows
    .map((row) => ({ ...row, why: whyOf(student, row) }))
    .flatMap(({ why, ...row }) => (why ? { ...row, why } : []))
    .slice(0, MOST_SUGGESTED)
}

const whyOf = (student: Suggesting, row: Suggesting & { by_phone: number }) =>
  Number(row.by_phone) === 1 ? "phone" : sameHousehold(student, row) ? "home" : null

/** A student's guardians as a plan for one family needs them. */
export async function relativesOf(db: Db, studentId: number): Promise<Relative[]> {
  const rows = await db
    .selectFrom("guardianship as gs")
    .innerJoin("guardian as g", "g.id", "gs.guardian_id")
    .leftJoin("account as a", "a.guardian_id", "g.id")
    .where("gs.student_id", "=", studentId)
    .select(["g.id", "g.name", "g.folded", "g.phone", "g.phone2", "g.sms_consent"])
    .select([
      "gs.link",
      "gs.informed",
      "gs.may_see",
      "gs.lives_with",
      "gs.unseen_reason",
      "a.id as account_id",
    ])
    .orderBy("gs.link")
    .orderBy("g.id")
    .execute()
  return rows.map(({ account_id, ...row }) => ({ ...row, account: account_id !== null }))
}

type Named = { id: number; surname: string; given_names: string }

/** Does what was confirmed: each step links a guardian to a child, in the place of a second card where there is one. */
export function joinFamily(
  db: Db,
  by: User,
  steps: readonly FamilyStep[],
  children: readonly Named[],
  now: Date,
): Promise<void> {
  const childOf = (id: number) => {
    const child = children.find((one) => one.id === id) as Named
    return { studentId: id, studentName: studentName(child) }
  }
  return tx(db, async (trx) => {
    for (const { guardian, child, replaces } of steps) {
      const { link, informed, may_see, lives_with, unseen_reason } = replaces ?? guardian
      const said = replaces
        ? { informed: informed === 1, may_see: may_see === 1, lives_with, unseen_reason }
        : { informed: true }
      await linkGuardian(trx, by, guardian, { ...childOf(child), link, ...said }, now)
      if (replaces) await unlinkGuardian(trx, by, replaces, childOf(child), now)
    }
  })
}

/** Notes for good that two students are not of one family. */
export function dismissFamily(db: Db, by: User, one: Named, other: Named, now: Date): Promise<void> {
  const at = now.toISOString()
  const [low, high] = one.id < other.id ? [one, other] : [other, one]
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("not_family")
      .values({ student_id: low.id, other_student_id: high.id, account_id: by.id, at })
      .onConflict((oc) => oc.doNothing())
      .returning("student_id")
      .executeTakeFirst()
    if (!made) return
    const told = (about: Named, named: Named) => ({
      subject: "student",
      subjectId: about.id,
      action: "not_family",
      after: { student: studentName(named) },
    })
    await record(trx, by, [told(low, high), told(high, low)], at)
  })
}
