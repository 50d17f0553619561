import type { School } from "../../school.ts"
import { today } from "../../web/french.ts"
import { progressSeenBy } from "../grades/queries/overview.ts"
import type { Viewer } from "../people/scope.ts"
import { plannedAfter } from "./queries/board.ts"
import { deadlinesOf, routineOf } from "./queries/deadlines.ts"
import { lastReminders, phonesOf, type Reminder, sendReminders } from "./queries/reminders.ts"
import { linesOf, owing } from "./rules/board.ts"
import { leavesToday, reminderText } from "./rules/reminders.ts"

/** The school itself: sees every class, whatever roles may. */
const SCHOOL: Viewer = {
  id: 0,
  roles: ["head"],
  staffId: null,
  guardianId: null,
  studentId: null,
  permissions: new Map([["head", new Set(["people.all"])]]),
}

/** Nobody is reminded at night by a server that has just come back; the next morning makes up for it. */
const FROM_HOUR = 7
const UNTIL_HOUR = 20

const hourIn = (timeZone: string, now: Date) =>
  Number.parseInt(
    new Intl.DateTimeFormat("fr-FR", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(now),
    10,
  )

/** Reminders that leave by themselves, in the periods for which somebody asked for them. */
export async function remindByRoutine(school: School, now: Date): Promise<string> {
  const hour = hourIn(school.settings.timeZone, now)
  if (hour < FROM_HOUR || hour >= UNTIL_HOUR) return "aucun rappel la nuit"
  const day = today(now, school.settings.timeZone)
  let sent = 0
  for (const period of school.year?.periods ?? []) {
    if (day < period.starts_on) continue
    const routine = await routineOf(school.db, period.id)
    if (routine.daysBefore === null && routine.everyDays === null) continue
    const reminders = await dueToday(school, period, { routine, day })
    sent += await sendReminders(school.db, null, reminders, { period: period.id, day, at: now.toISOString() })
  }
  return `${sent} rappels écrits`
}

type Period = { id: number; label: string; ends_on: string }
type Asked = { routine: Parameters<typeof leavesToday>[1]; day: string }

async function dueToday(
  { db, settings }: School,
  period: Period,
  { routine, day }: Asked,
): Promise<Reminder[]> {
  const deadlines = await deadlinesOf(db, period)
  const planned = await plannedAfter(db, period.id, day)
  const rows = await progressSeenBy(db, SCHOOL, period)
  const teachers = owing(linesOf(rows, { deadlines, planned, today: day }))
  const last = await lastReminders(db, period.id)
  const asked = teachers.filter(({ id, lines }) =>
    lines.some(({ dueOn }) => leavesToday(dueOn, routine, { today: day, last: last.get(id) ?? null })),
  )
  const phones = await phonesOf(
    db,
    asked.map(({ id }) => id),
  )
  const school = settings.shortName || settings.name
  return asked.flatMap(({ id, lines }) => {
    const phone = phones.get(id)
    const body = reminderText({ school, period: period.label, lines })
    return phone ? [{ staff: id, phone, subjects: lines.length, body }] : []
  })
}
