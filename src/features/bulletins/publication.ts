// Publishing a class's period: numbers and words are frozen, families are told, files are asked for, all or nothing.
import { setImmediate as nextTurn } from "node:timers/promises"
import { record } from "../../audit.ts"
import { type Db, tx, writesSoFar } from "../../db/index.ts"
import type { School } from "../../school.ts"
import { sha256 } from "../../web/signing.ts"
import type { GradedClassPeriod } from "../grades/grading.ts"
import { keepProfile } from "../grades/profiles.ts"
import { type Announcement, announceBulletins, warnFormTeacher } from "./announce.ts"
import type { ClassFacts } from "./content.ts"
import { type Content, changedMeanwhile, draftOf } from "./draft.ts"
import { askFiles } from "./files.ts"
import { figuresOf, frozenInput } from "./frozen.ts"
import { modelOf } from "./model.ts"
import { setClassPeriod } from "./queries/periods.ts"
import { toldBefore } from "./queries/publications.ts"
import { isBelow } from "./rules.ts"

export type Publishing = {
  classId: number
  periodId: number
  /** the version the person saw when deciding; another one meanwhile is a conflict */
  seenVersion: number
  /** required from the second version on */
  reason: string | null
  /** families see it, and are told, from this moment on (UTC ISO); null or past: at once */
  visibleAt: string | null
  /** what belongs to the same transaction: a batch ticks the class off */
  also?: (trx: Db, publicationId: number) => Promise<void>
}

export type Published = { id: number; version: number; bulletins: number; changed: number; messages: number }

/**
 * Publishes a period of a class as its next version. Throws a Refusal when somebody else published meanwhile or
 * when there is nobody to publish.
 */
export async function publish(
  school: School,
  by: { id: number },
  of: Publishing,
  now: Date,
): Promise<Published> {
  const at = now.toISOString()
  const { db } = school
  // The work is done before the database is held, a few students at a time, and used where nothing was written
  // meanwhile; else it is done again, inside.
  const asked = { ...of, at }
  const unwritten = await writesSoFar(db)
  const early = unwritten === null ? null : await draftOf(db, school, asked, nextTurn)
  return tx(db, async (trx) => {
    const still = early !== null && (await writesSoFar(trx)) === unwritten
    const { current, facts, contents, version } = still ? early : await draftOf(trx, school, asked)
    const profileId = await keepProfile(trx, current.class.school_year_id, current.profile, at)
    const seenAtOnce = !of.visibleAt || of.visibleAt <= at
    const publication = await trx
      .insertInto("publication")
      .values({
        class_id: of.classId,
        period_id: of.periodId,
        version,
        published_at: at,
        published_by: by.id,
        reason: of.reason,
        profile_id: profileId,
        input: JSON.stringify(frozenInput(current)),
        stats: JSON.stringify(figuresOf(current)),
        hash: sha256(contents.map(({ hash }) => hash).join("\n")),
        visible_at: seenAtOnce ? at : of.visibleAt,
        announced_at: seenAtOnce ? at : null,
      })
      .onConflict((oc) => oc.columns(["class_id", "period_id", "version"]).doNothing())
      .returning("id")
      .executeTakeFirst()
    if (!publication) throw changedMeanwhile()
    for (let start = 0; start < contents.length; start += 200) {
      await trx
        .insertInto("bulletin")
        .values(
          contents.slice(start, start + 200).map(({ studentId, content, json, hash, changed }) => ({
            publication_id: publication.id,
            student_id: studentId,
            code: content.publicCode,
            content: json,
            hash,
            changed: changed ? 1 : 0,
          })),
        )
        .execute()
    }
    await setClassPeriod(trx, of, "published", by.id, at)
    await trx
      .updateTable("grading_profile")
      .set({ frozen_at: at })
      .where("id", "=", profileId)
      .where("frozen_at", "is", null)
      .execute()
    await record(
      trx,
      by,
      {
        subject: "publication",
        subjectId: publication.id,
        action: "publish",
        after: { class: of.classId, period: of.periodId, version },
        reason: of.reason,
      },
      at,
    )
    const told = await toldBefore(trx, { class_id: of.classId, period_id: of.periodId, version })
    const concerned = contents.filter(({ changed }) => changed || !told.last)
    const facing = announced(publication.id, facts, concerned, told.some)
    const messages = seenAtOnce
      ? await announceBulletins(trx, school, facing, now)
      : await warnFormTeacher(
          trx,
          school,
          warning(publication.id, of, current, contents, school.settings.warnBelow),
          now,
        )
    await askFiles(trx, filesOf(publication.id, contents, version > 1), by.id, at)
    await of.also?.(trx, publication.id)
    const changed = contents.filter((one) => one.changed).length
    return { id: publication.id, version, bulletins: contents.length, changed, messages }
  })
}

const announced = (
  id: number,
  facts: ClassFacts,
  contents: readonly Content[],
  correction: boolean,
): Announcement => ({
  id,
  periodLabel: facts.period.label,
  correction,
  students: contents.map(({ studentId, name, content }) => ({
    studentId,
    name,
    average: content.generalAverage,
    rank: content.rank,
    outOf: content.outOf,
  })),
})

/** Those whose average is below the school's threshold, of whom the form teacher is told before the families. */
function warning(
  id: number,
  { visibleAt }: Publishing,
  { class: schoolClass, period }: GradedClassPeriod,
  contents: readonly Content[],
  below: string,
) {
  return {
    id,
    formTeacherId: schoolClass.form_teacher_id,
    className: schoolClass.label,
    periodLabel: period.label,
    below,
    low: contents.filter(({ content }) => isBelow(content, below)).length,
    visibleAt: visibleAt ?? "",
  }
}

/**
 * The files: of a correction first what changed, then the whole class, which the office prints; then each student's,
 * which families fetch.
 */
function filesOf(publicationId: number, contents: readonly Content[], correction: boolean) {
  const { layout, economy } = modelOf(contents[0]?.content ?? {})
  const changed = contents.filter((one) => one.changed).length
  const whole = {
    publicationId,
    studentId: null,
    layout,
    economy,
    pages: contents.length,
    onlyChanged: false,
  }
  return [
    ...(correction && changed > 0 ? [{ ...whole, pages: changed, onlyChanged: true }] : []),
    whole,
    ...contents.map(({ studentId }) => ({ ...whole, studentId, layout: "single" as const, pages: 1 })),
  ]
}
