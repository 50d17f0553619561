// What a person decides for the students of a class, written as one form.
import { type Change, record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { changeSettings } from "../../../settings.ts"
import type { Ending, Kind, SecondRepetition } from "../rules/decisions.ts"
import type { Path } from "../rules/destinations.ts"

export type Choice = { kind: Kind; ending: Ending | null; to_class_id: number | null; remark: string | null }

export type Line = {
  student: number
  name: string
  before: Choice | null
  /** null: the council's or the rule's word holds again */
  after: Choice | null
  /** what was proposed when it was decided */
  against: string | null
}

export type Defaults = { pass_class_id: number | null; repeat_class_id: number | null }

/** Writes the lines that differ and the class's usual destinations. Call it inside a transaction that read `before`. */
export async function writeChoices(
  trx: Db,
  by: { id: number },
  { classId, year, lines, defaults }: { classId: number; year: number; lines: Line[]; defaults: Defaults },
  at: string,
): Promise<void> {
  for (const { student, after, against } of lines) {
    const key = { student_id: student, school_year_id: year }
    if (after === null) {
      await trx
        .deleteFrom("reenrolment_choice")
        .where((eb) => eb.and(key))
        .execute()
      continue
    }
    const row = { ...after, against, decided_at: at, decided_by: by.id }
    await trx
      .insertInto("reenrolment_choice")
      .values({ ...key, ...row })
      .onConflict((oc) => oc.columns(["student_id", "school_year_id"]).doUpdateSet(row))
      .execute()
  }
  await trx
    .insertInto("reenrolment_class")
    .values({ class_id: classId, prepared_at: at, prepared_by: by.id, ...defaults })
    .onConflict((oc) => oc.column("class_id").doUpdateSet(defaults))
    .execute()
  const changes = lines.map(
    ({ student, before, after }): Change => ({
      subject: "student",
      subjectId: student,
      action: "passage_decided",
      before: before ?? undefined,
      after: after ?? { kind: null },
      reason: after?.remark,
    }),
  )
  await record(trx, by, changes, at)
}

type Rules = { paths: readonly Path[]; second: SecondRepetition }

/** The series to which each series leads, replaced whole, and what a second repetition means. */
export function saveRules(
  db: Db,
  by: { id: number },
  { before, after }: { before: Rules; after: Rules },
  now: Date,
): Promise<void> {
  const said = ({ paths, second }: Rules) => ({
    paths: paths
      .map(
        ({ level_code, series_code, to_series_code }) => `${level_code} ${series_code} → ${to_series_code}`,
      )
      .sort(),
    second,
  })
  return tx(db, async (trx) => {
    if (JSON.stringify(said(before)) === JSON.stringify(said(after))) return
    await trx.deleteFrom("reenrolment_path").execute()
    if (after.paths.length > 0)
      await trx
        .insertInto("reenrolment_path")
        .values([...after.paths])
        .execute()
    await changeSettings(trx, { secondRepetition: after.second })
    const change = { before: said(before), after: said(after) }
    await record(
      trx,
      by,
      { subject: "setting", subjectId: 0, action: "changed", ...change },
      now.toISOString(),
    )
  })
}
