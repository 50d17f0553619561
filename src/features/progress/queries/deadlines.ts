// Until when marks are in time, and which reminders leave by themselves.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import type { Deadlines } from "../rules/board.ts"
import type { Routine } from "../rules/reminders.ts"

type Period = { id: number; ends_on: string }

/** What was decided for a period: "" is every level without a day of its own. */
export const deadlineRows = (db: Db, period: number) =>
  db
    .selectFrom("progress_deadline")
    .where("period_id", "=", period)
    .select(["level_code", "due_on"])
    .orderBy("level_code")
    .execute()

/** The days in force: the period's last one where nobody decided otherwise. */
export async function deadlinesOf(db: Db, { id, ends_on }: Period): Promise<Deadlines> {
  const days = new Map((await deadlineRows(db, id)).map(({ level_code, due_on }) => [level_code, due_on]))
  const whole = days.get("") ?? ends_on
  days.delete("")
  return { whole, levels: days }
}

export async function routineOf(db: Db, period: number): Promise<Routine> {
  const row = await db
    .selectFrom("progress_routine")
    .where("period_id", "=", period)
    .select(["days_before", "every_days"])
    .executeTakeFirst()
  return { daysBefore: row?.days_before ?? null, everyDays: row?.every_days ?? null }
}

/** The levels that have classes in a year, in order. */
export const levelsIn = (db: Db, year: number) =>
  db
    .selectFrom("level")
    .where("code", "in", db.selectFrom("class").select("level_code").where("school_year_id", "=", year))
    .select(["code", "label"])
    .orderBy("position")
    .execute()

export type Decided = { days: { level_code: string; due_on: string }[]; routine: Routine }

/** Writes the days and the routine of a period in place of what stood there. */
export const decideDeadlines = (
  db: Db,
  by: { id: number },
  period: number,
  { before, after, at }: { before: Decided; after: Decided; at: string },
) =>
  tx(db, async (trx) => {
    const stamp = { changed_at: at, changed_by: by.id }
    await trx.deleteFrom("progress_deadline").where("period_id", "=", period).execute()
    if (after.days.length > 0) {
      const rows = after.days.map((row) => ({ ...row, ...stamp, period_id: period }))
      await trx.insertInto("progress_deadline").values(rows).execute()
    }
    const routine = { days_before: after.routine.daysBefore, every_days: after.routine.everyDays, ...stamp }
    await trx
      .insertInto("progress_routine")
      .values({ period_id: period, ...routine })
      .onConflict((oc) => oc.column("period_id").doUpdateSet(routine))
      .execute()
    const change = { subject: "period", subjectId: period, action: "deadlines", before, after }
    await record(trx, by, change, at)
  })
