// Findings that somebody looked at and left as they are.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Finding } from "../rules/findings.ts"

type Of = { class_id: number; period_id: number }

/** « Vu, c’est juste »: until their figure changes these findings are not shown any more. */
export const leaveFindings = (
  db: Db,
  by: { id: number },
  { class_id, period_id }: Of,
  { findings, remark, at }: { findings: readonly Finding[]; remark: string | null; at: string },
) =>
  tx(db, async (trx) => {
    for (const { key, figure, student } of findings) {
      const said = { figure, student_id: student, remark, seen_at: at, seen_by: by.id }
      await trx
        .insertInto("progress_seen")
        .values({ class_id, period_id, finding: key, ...said })
        .onConflict((oc) => oc.columns(["class_id", "period_id", "finding"]).doUpdateSet(said))
        .execute()
    }
    const changes = findings.map(({ key, text }) => ({
      subject: "control",
      subjectId: class_id,
      action: "seen",
      after: { period: period_id, finding: key, text },
      reason: remark,
    }))
    await record(trx, by, changes, at)
  })

/** Takes it back: the finding is shown again. False where there was none. */
export const showAgain = (
  db: Db,
  by: { id: number },
  { class_id, period_id }: Of,
  { finding, at }: { finding: string; at: string },
): Promise<boolean> =>
  tx(db, async (trx) => {
    const gone = await trx
      .deleteFrom("progress_seen")
      .where("class_id", "=", class_id)
      .where("period_id", "=", period_id)
      .where("finding", "=", finding)
      .returning("remark")
      .executeTakeFirst()
    if (!gone) return false
    const before = { period: period_id, finding, remark: gone.remark }
    await record(trx, by, { subject: "control", subjectId: class_id, action: "shown", before }, at)
    return true
  })
