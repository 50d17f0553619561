// Reminders sent to teachers: one a teacher, period and day.
import { record } from "../../../audit.ts"
import { type Db, tx } from "../../../db/index.ts"
import { queueMessages } from "../../messages/queries.ts"
import { reminderKey } from "../rules/reminders.ts"

/** The numbers under which some of the staff are reached: those at work who have one. */
export async function phonesOf(db: Db, staff: readonly number[]): Promise<Map<number, string>> {
  if (staff.length === 0) return new Map()
  const rows = await db
    .selectFrom("staff")
    .where("id", "in", [...staff])
    .where("active", "=", 1)
    .where("phone", "is not", null)
    .select(["id", "phone"])
    .execute()
  return new Map(rows.map(({ id, phone }) => [id, phone as string]))
}

/** The day of the last reminder of each teacher in a period. */
export async function lastReminders(db: Db, period: number): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom("progress_reminder")
    .where("period_id", "=", period)
    .select((eb) => ["staff_id", eb.fn.max("sent_on").as("day")])
    .groupBy("staff_id")
    .execute()
  return new Map(rows.map(({ staff_id, day }) => [staff_id, day]))
}

export type Reminder = { staff: number; phone: string; subjects: number; body: string }

/** Writes the reminders of a day with their SMS; who had one already that day gets none. Gives how many are new. */
export const sendReminders = (
  db: Db,
  by: { id: number } | null,
  reminders: readonly Reminder[],
  { period, day, at }: { period: number; day: string; at: string },
): Promise<number> =>
  tx(db, async (trx) => {
    let sent = 0
    for (const { staff, phone, subjects, body } of reminders) {
      const key = reminderKey(period, staff, day)
      const made = await trx
        .insertInto("progress_reminder")
        .values({
          staff_id: staff,
          period_id: period,
          sent_on: day,
          sent_at: at,
          sent_by: by?.id ?? null,
          subjects,
          message_key: key,
        })
        .onConflict((oc) => oc.columns(["staff_id", "period_id", "sent_on"]).doNothing())
        .returning("id")
        .executeTakeFirst()
      if (!made) continue
      const message = { guardianId: null, studentId: null, event: "progress.reminder", uniqueKey: key }
      await queueMessages(trx, [{ ...message, recipient: phone, body }], at)
      const change = {
        subject: "progress_reminder",
        subjectId: made.id,
        action: "sent",
        after: { staff, period, subjects },
      }
      await record(trx, by, change, at)
      sent++
    }
    return sent
  })

export const REMINDERS_PAGE = 50

/** The reminders of a period, newest first, with where their SMS are. */
export const remindersOf = (db: Db, period: number, page: number) =>
  db
    .selectFrom("progress_reminder as r")
    .innerJoin("staff as t", "t.id", "r.staff_id")
    .leftJoin("account as a", "a.id", "r.sent_by")
    .leftJoin("outbox as o", "o.unique_key", "r.message_key")
    .where("r.period_id", "=", period)
    .select(["r.id", "r.sent_at", "r.subjects", "t.given_names", "t.surname", "a.name as by"])
    .select(["o.body", "o.state", "o.segments"])
    .orderBy("r.id", "desc")
    .limit(REMINDERS_PAGE)
    .offset((page - 1) * REMINDERS_PAGE)
    .execute()

export const countReminders = async (db: Db, period: number): Promise<number> => {
  const { n } = await db
    .selectFrom("progress_reminder")
    .where("period_id", "=", period)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow()
  return Number(n)
}
