import type { Request, Response } from "express"
import { typedIn } from "../../../web/form.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { smsLength } from "../../messages/rules.ts"
import {
  countReminders,
  lastReminders,
  phonesOf,
  REMINDERS_PAGE,
  type Reminder,
  remindersOf,
  sendReminders,
} from "../queries/reminders.ts"
import { owing } from "../rules/board.ts"
import { reminderText } from "../rules/reminders.ts"
import { boardOf, boardTabs, type Period, periodChoices, periodFor, periodNamed } from "./asking.ts"

/** What would be sent to whom, how many SMS it takes, and who cannot be reached. */
export async function confirm(req: Request, res: Response) {
  const period = periodFor(req)
  const teacher = rowNumber(req.query.teacher)
  const { reminders, already, unreached } = await remindersFor(req, period, teacher)
  const told = reminders.map(({ name, body }) => ({ name, body, segments: smsLength(body).segments }))
  res.page("progress/remind", {
    period,
    teacher,
    told,
    already,
    unreached,
    segments: told.reduce((sum, { segments }) => sum + segments, 0),
  })
}

/** Sends them: to one teacher, or to all who are late. */
export async function send(req: Request, res: Response) {
  const typed = typedIn(req.body)
  const period = periodNamed(req, typed.period)
  const { reminders, day } = await remindersFor(req, period, rowNumber(typed.teacher))
  const at = req.now.toISOString()
  const sent = await sendReminders(req.school.db, req.member, reminders, { period: period.id, day, at })
  if (sent > 0) res.flash("progress.reminded", { n: sent })
  else res.flash("progress.nobody_reminded", {}, "warning")
  res.redirect(303, `/progress/teachers?period=${period.id}`)
}

/** Reminders to one teacher who has something open, or to everybody late; apart who had one today or has no number. */
async function remindersFor(req: Request, period: Period, teacher: number) {
  const { db, settings } = req.school
  const { lines, today: day } = await boardOf(req, period)
  const asked = owing(lines).filter(({ id, lateDays }) => (teacher ? id === teacher : lateDays > 0))
  const phones = await phonesOf(
    db,
    asked.map(({ id }) => id),
  )
  const last = await lastReminders(db, period.id)
  const school = settings.shortName || settings.name
  const fresh = asked.filter(({ id }) => last.get(id) !== day)
  const reminders = fresh.flatMap((one): (Reminder & { name: string })[] => {
    const phone = phones.get(one.id)
    const body = reminderText({ school, period: period.label, lines: one.lines })
    return phone ? [{ staff: one.id, name: one.name, phone, subjects: one.lines.length, body }] : []
  })
  return {
    day,
    reminders,
    already: asked.filter(({ id }) => last.get(id) === day).map(({ name }) => name),
    unreached: fresh.filter(({ id }) => !phones.has(id)).map(({ name }) => name),
  }
}

/** Who was reminded in a period, by whom, and where the SMS is. */
export async function log(req: Request, res: Response) {
  const period = periodFor(req)
  const { db } = req.school
  const page = Math.min(pageNumber(req.query.page), 10_000)
  res.page("progress/reminders", {
    period,
    periods: periodChoices(req, period),
    tabs: boardTabs(req, period, "reminders"),
    rows: await remindersOf(db, period.id, page),
    total: await countReminders(db, period.id),
    page,
    size: REMINDERS_PAGE,
    query: { period: period.id },
  })
}
