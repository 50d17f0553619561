import { sql } from "kysely"
import { record } from "../../../audit.ts"
import { chunks, type Db, tx } from "../../../db/index.ts"
import type { User } from "../../../web/request.ts"
import type { Line } from "../rules.ts"

/** A class's subjects in the order of its bulletin, with their teacher; coefficients in hundredths. */
export function subjectsOfClass(db: Db, classId: number) {
  return db
    .selectFrom("class_subject")
    .innerJoin("subject", "subject.id", "class_subject.subject_id")
    .leftJoin("staff", "staff.id", "class_subject.teacher_id")
    .select([
      "class_subject.id",
      "class_subject.subject_id",
      "class_subject.coefficient",
      "class_subject.group_code",
      "class_subject.optional",
      "class_subject.position",
      "class_subject.teacher_id",
      "subject.code",
      "subject.label",
      "subject.short_label",
      "staff.surname",
      "staff.given_names",
    ])
    .where("class_subject.class_id", "=", classId)
    .orderBy("class_subject.position")
    .orderBy("subject.position")
    .execute()
}

export type ClassSubject = Awaited<ReturnType<typeof subjectsOfClass>>[number]

/** The school's subjects, with how many classes of the year have each. */
export function listSubjects(db: Db, year: number) {
  return db
    .selectFrom("subject")
    .selectAll("subject")
    .select(
      sql<number>`(select count(*) from class_subject join class on class.id = class_subject.class_id
        where class_subject.subject_id = subject.id and class.school_year_id = ${year})`.as("classes"),
    )
    .orderBy("subject.position")
    .orderBy("subject.label")
    .execute()
}

export const findSubject = (db: Db, id: number) =>
  db.selectFrom("subject").selectAll().where("id", "=", id).executeTakeFirst()

export type FoundSubject = NonNullable<Awaited<ReturnType<typeof findSubject>>>

export type SubjectRow = {
  code: string
  label: string
  short_label: string
  position: number
  active: number
}

/** Makes a subject; null when its code is taken. */
export function addSubject(db: Db, by: User, row: SubjectRow, now: Date): Promise<number | null> {
  return tx(db, async (trx) => {
    const made = await trx
      .insertInto("subject")
      .values(row)
      .onConflict((oc) => oc.column("code").doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!made) return null
    const change = { subject: "subject", subjectId: made.id, action: "created", after: row }
    await record(trx, by, change, now.toISOString())
    return made.id
  })
}

/** Changes what a subject is called and whether it is offered; its code never changes. */
export function changeSubject(
  db: Db,
  by: User,
  before: FoundSubject,
  row: Omit<SubjectRow, "code">,
  now: Date,
) {
  return tx(db, async (trx) => {
    await trx.updateTable("subject").set(row).where("id", "=", before.id).execute()
    const change = { subject: "subject", subjectId: before.id, action: "changed", before, after: row }
    await record(trx, by, change, now.toISOString())
  })
}

export type ClassLine = Line & { teacher_id: number | null }

const told = ({ coefficient, group_code, optional, position, teacher_id }: ClassLine) => ({
  coefficient,
  group_code,
  optional,
  position,
  teacher_id,
})

/** Changes lines of a class: coefficient, block, bonus, order, teacher. How many differed. */
export function changeLines(
  db: Db,
  by: User,
  classId: number,
  changes: { from: ClassSubject; to: ClassLine }[],
  now: Date,
) {
  const real = changes.filter(({ from, to }) => JSON.stringify(told(from)) !== JSON.stringify(told(to)))
  return tx(db, async (trx) => {
    for (const { from, to } of real) {
      await trx.updateTable("class_subject").set(told(to)).where("id", "=", from.id).execute()
    }
    const audited = real.map(({ from, to }) => ({
      subject: "class",
      subjectId: classId,
      action: "subject_changed",
      before: { subject: from.code, ...told(from) },
      after: { subject: from.code, ...told(to) },
    }))
    if (audited.length > 0) await record(trx, by, audited, now.toISOString())
    return real.length
  })
}

/** Adds subjects to a class; one that it has already is left alone. */
export function addLines(db: Db, by: User, classId: number, lines: (Line & { code: string })[], now: Date) {
  return tx(db, async (trx) => {
    const rows = lines.map(({ subject_id, coefficient, group_code, optional, position }) => ({
      class_id: classId,
      subject_id,
      coefficient,
      group_code,
      optional,
      position,
    }))
    for (const part of chunks(rows, 6)) {
      await trx
        .insertInto("class_subject")
        .values(part)
        .onConflict((oc) => oc.doNothing())
        .execute()
    }
    const audited = lines.map(({ code, coefficient, group_code, optional, position }) => ({
      subject: "class",
      subjectId: classId,
      action: "subject_added",
      after: { subject: code, coefficient, group_code, optional, position },
    }))
    if (audited.length > 0) await record(trx, by, audited, now.toISOString())
  })
}

/** What was entered for a subject of a class: marks, remarks, exemptions or locks keep it; bare assessments do not. */
export async function entriesOf(
  db: Db,
  classSubjectId: number,
): Promise<{ kept: number; assessments: number }> {
  const row = await db
    .selectFrom("class_subject")
    .select([
      sql<number>`(select count(*) from mark join assessment on assessment.id = mark.assessment_id
        where assessment.class_subject_id = class_subject.id)
        + (select count(*) from exemption where exemption.class_subject_id = class_subject.id)
        + (select count(*) from subject_remark where subject_remark.class_subject_id = class_subject.id)
        + (select count(*) from subject_lock where subject_lock.class_subject_id = class_subject.id)`.as(
        "kept",
      ),
      sql<number>`(select count(*) from assessment where assessment.class_subject_id = class_subject.id)`.as(
        "assessments",
      ),
    ])
    .where("class_subject.id", "=", classSubjectId)
    .executeTakeFirst()
  return { kept: Number(row?.kept ?? 0), assessments: Number(row?.assessments ?? 0) }
}

/** Takes a subject out of a class; false when something was entered for it meanwhile. */
export function removeLine(
  db: Db,
  by: User,
  classId: number,
  line: ClassSubject,
  now: Date,
): Promise<boolean> {
  return tx(db, async (trx) => {
    if ((await entriesOf(trx, line.id)).kept > 0) return false
    await trx.deleteFrom("assessment").where("class_subject_id", "=", line.id).execute()
    await trx.deleteFrom("class_subject").where("id", "=", line.id).execute()
    const before = { subject: line.code, ...told(line) }
    const change = { subject: "class", subjectId: classId, action: "subject_removed", before }
    await record(trx, by, change, now.toISOString())
    return true
  })
}
