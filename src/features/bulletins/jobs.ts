import type { School } from "../../school.ts"
import { changeSettings } from "../../settings.ts"
import { today } from "../../web/french.ts"
import { runBatches, startBatch } from "./batches.ts"
import { readyClasses } from "./queries/batches.ts"
import { monthIsDue } from "./rules.ts"

const HOUR_MS = 3_600_000

/**
 * On the day of the month that the head chose: every checked class is published by itself, seen by families some hours
 * later. Once a month, the next morning where the server was off that day.
 */
export async function publishMonthly(school: School, now: Date): Promise<string> {
  const { settings, year, db } = school
  const day = today(now, settings.timeZone)
  if (!monthIsDue(settings, day)) return "pas aujourd’hui"
  const period =
    year?.periods.find(({ starts_on, ends_on }) => starts_on <= day && day <= ends_on) ??
    year?.periods.filter(({ ends_on }) => ends_on < day).at(-1)
  const ready = year && period ? await readyClasses(db, year.id, period) : []
  const classes = ready.filter(({ seenVersion }) => seenVersion === 0)
  await changeSettings(db, { publishedMonth: day.slice(0, 7) })
  school.settings.publishedMonth = day.slice(0, 7)
  if (!period || classes.length === 0) return "aucune classe contrôlée"
  const visibleAt = new Date(now.getTime() + Number(settings.publishDelay) * HOUR_MS).toISOString()
  const asked = { periodId: period.id, classes, visibleAt, reason: null }
  await startBatch(db, { id: Number(settings.publishBy) }, asked, now.toISOString())
  const published = await runBatches(school, now)
  return `${published} classes publiées`
}
