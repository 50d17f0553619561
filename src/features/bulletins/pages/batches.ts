// All the classes of a period in one go, and the day of the month on which that happens by itself.
import type { Request, Response } from "express"
import { inBackground, refresh } from "../../../school.ts"
import { changeSettings } from "../../../settings.ts"
import { type Problem, typedIn } from "../../../web/form.ts"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { noYear, todayFor } from "../../people/pages/asking.ts"
import { cancelBatch, runBatches, startBatch } from "../batches.ts"
import { readPublishing, scheduleForm } from "../forms.ts"
import { batchById, batchesOf, readyClasses, unreadyClasses } from "../queries/batches.ts"
import { periodShown, weekLater } from "../rules.ts"

/** The year under way and the period asked for, else the one of today. */
function periodOf(req: Request, asked: unknown) {
  const { year } = req.school
  const periods = year?.periods ?? []
  const period = periodShown(periods, { asked: rowNumber(asked), day: todayFor(req) })
  if (!year || !period) throw noYear()
  return { year, period, periods }
}

type Form = { typed: Record<string, string>; problems: Problem[] }

export async function index(req: Request, res: Response) {
  await batchesPage(req, res, { typed: {}, problems: [] })
}

async function batchesPage(req: Request, res: Response, form: Form, asked: unknown = req.query.period) {
  const { db, settings } = req.school
  const { year, period, periods } = periodOf(req, asked)
  const ready = await readyClasses(db, year.id, period)
  res.page("bulletins/batches", {
    period,
    periods,
    ready,
    ticked: (id: number) => form.problems.length === 0 || form.typed[`class-${id}`] === "1",
    students: ready.reduce((sum, one) => sum + one.students, 0),
    unready: await unreadyClasses(db, year.id, period.id),
    batches: await batchesOf(db, year.id),
    form,
    suggestion: weekLater(todayFor(req)),
    schedule: { day: settings.publishDay, delay: settings.publishDelay },
  })
}

export async function start(req: Request, res: Response) {
  const { db, settings } = req.school
  const { year, period } = periodOf(req, req.body?.period)
  const typed = typedIn(req.body)
  const read = readPublishing(typed, { now: req.now, timeZone: settings.timeZone })
  const ready = await readyClasses(db, year.id, period)
  const classes = ready.filter(({ id }) => typed[`class-${id}`] === "1")
  const again = classes.some(({ seenVersion }) => seenVersion > 0)
  const problems = [...read.problems]
  if (classes.length === 0) problems.push({ field: "classes", text: "Cochez au moins une classe." })
  if (read.ok && again && !read.values.reason) {
    problems.push({
      field: "reason",
      text: "Une classe cochée est déjà publiée : dites pourquoi elle l’est de nouveau.",
    })
  }
  if (!read.ok || problems.length > 0)
    return batchesPage(req, res.status(422), { typed, problems }, req.body?.period)
  const { reason, visibleAt } = read.values
  const asked = { periodId: period.id, classes, visibleAt, reason }
  const id = await startBatch(db, req.member, asked, req.now.toISOString())
  inBackground(req.school, runBatches(req.school, req.now))
  res.flash("bulletins.batch_started", { n: classes.length }).redirect(303, `/bulletins/batches/${id}`)
}

export async function show(req: Request, res: Response) {
  const batch = await batchById(req.school.db, rowNumber(req.params.batch))
  if (!batch) throw notFound()
  const count = (state: string) => batch.classes.filter((one) => one.state === state).length
  const files = batch.classes.filter(({ file_state }) => file_state === "done").length
  res.page("bulletins/batch", {
    batch,
    waiting: count("waiting"),
    done: count("done"),
    refused: count("refused"),
    files,
    bulletins: batch.classes.reduce((sum, one) => sum + one.bulletins, 0),
    running: count("waiting") > 0 || files < count("done"),
  })
}

export async function cancel(req: Request, res: Response) {
  const batch = await batchById(req.school.db, rowNumber(req.params.batch))
  if (!batch) throw notFound()
  const cancelled = await cancelBatch(req.school.db, req.member, batch.id, req.now.toISOString())
  res
    .flash(
      cancelled ? "bulletins.batch_cancelled" : "bulletins.batch_ended",
      {},
      cancelled ? "done" : "warning",
    )
    .redirect(303, `/bulletins/batches/${batch.id}`)
}

export async function schedule(req: Request, res: Response) {
  const read = scheduleForm.read(req.body)
  if (!read.ok) return batchesPage(req, res.status(422), read)
  const { scheduled, publish_day, publish_delay } = read.values
  await changeSettings(req.school.db, {
    publishDay: scheduled ? String(publish_day) : "",
    publishDelay: String(publish_delay),
    publishBy: scheduled ? String(req.member.id) : "",
  })
  await refresh(req.school)
  res
    .flash(scheduled ? "bulletins.scheduled" : "bulletins.unscheduled", { day: publish_day })
    .redirect(303, "/bulletins/batches")
}
