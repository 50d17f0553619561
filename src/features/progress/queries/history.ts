// Who brought a class and its subjects from one state to another, when and why (domain.md §3.3).
import type { Db } from "../../../db/index.ts"

export type StateChange = {
  id: number
  at: string
  by: string | null
  subject: string
  action: string
  reason: string | null
  /** the class subject that was locked or opened */
  label: string | null
  /** marks missing when it was locked, subjects open when it was checked, the version published */
  detail: { missing?: number; open?: number; version?: number }
}

type Said = { period?: number; class?: number; missing?: number; open?: number; version?: number }

/** Every change of state in one class and period, newest first; one question. */
export async function stateChanges(db: Db, { classId, period }: { classId: number; period: number }) {
  const rows = await db
    .selectFrom("audit as u")
    .leftJoin("account as a", "a.id", "u.account_id")
    .leftJoin("class_subject as cs", (join) =>
      join.onRef("cs.id", "=", "u.subject_id").on("u.subject", "=", "subject_lock"),
    )
    .leftJoin("subject as s", "s.id", "cs.subject_id")
    .where((eb) => {
      const of = (subject: string) => eb("u.subject", "=", subject)
      const subjects = db.selectFrom("class_subject").select("id").where("class_id", "=", classId)
      const publications = db.selectFrom("publication").select("id").where("class_id", "=", classId)
      return eb.or([
        eb.and([of("class"), eb("u.subject_id", "=", classId), eb("u.action", "in", ["check", "uncheck"])]),
        eb.and([of("subject_lock"), eb("u.subject_id", "in", subjects)]),
        eb.and([of("publication"), eb("u.subject_id", "in", publications.where("period_id", "=", period))]),
      ])
    })
    .select([
      "u.id",
      "u.at",
      "a.name as by",
      "u.subject",
      "u.action",
      "u.reason",
      "u.before",
      "u.after",
      "s.label",
    ])
    .orderBy("u.id", "desc")
    .execute()
  return rows.flatMap(({ before, after, ...row }): StateChange[] => {
    const said = { ...JSON.parse(before ?? "{}"), ...JSON.parse(after ?? "{}") } as Said
    return said.period === period ? [{ ...row, detail: said }] : []
  })
}
