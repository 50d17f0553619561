import type { Request, Response } from "express"
import { optionalDay, optionalWholeNumber } from "../../../web/fields.ts"
import { form, type Problem, type ReadForm } from "../../../web/form.ts"
import { date } from "../../../web/french.ts"
import { yearOf } from "../../people/pages/asking.ts"
import { type Decided, deadlineRows, decideDeadlines, levelsIn, routineOf } from "../queries/deadlines.ts"
import { boardTabs, type Period, periodChoices, periodNamed } from "./asking.ts"

/** Until when marks are in time, for every level and for some, and the reminders that leave by themselves. */
export async function show(req: Request, res: Response) {
  const period = periodNamed(req, req.params.period)
  await deadlinesPage(req, res, period, await decidedOf(req, period))
}

export async function save(req: Request, res: Response) {
  const { db } = req.school
  const period = periodNamed(req, req.params.period)
  const before = await decidedOf(req, period)
  const codes = (await levelsIn(db, yearOf(req).id)).map(({ code }) => code)
  const read = readDecision(req, period, codes)
  if (!read.ok) return deadlinesPage(req, res.status(422), period, before, read)
  if (req.body.seen !== seenText(before)) {
    const text =
      "Ces échéances ont changé entre-temps : relisez ce que vous avez écrit, puis enregistrez de nouveau."
    const form = { typed: read.typed, problems: [{ field: "due", text }] }
    return deadlinesPage(req, res.status(422), period, before, form)
  }
  await decideDeadlines(db, req.member, period.id, { before, after: read.values, at: req.now.toISOString() })
  res.flash("progress.deadlines_saved").redirect(303, `/progress/deadlines/${period.id}`)
}

async function decidedOf(req: Request, period: Period): Promise<Decided> {
  const { db } = req.school
  return { days: await deadlineRows(db, period.id), routine: await routineOf(db, period.id) }
}

/** What stood there when the page was opened. */
const seenText = ({ days, routine }: Decided) =>
  [
    ...days.map(({ level_code, due_on }) => `${level_code}=${due_on}`),
    routine.daysBefore,
    routine.everyDays,
  ].join("|")

const field = (code: string) => (code === "" ? "due" : `due_${code}`)

function readDecision(req: Request, period: Period, levels: readonly string[]): ReadForm<Decided> {
  const codes = ["", ...levels]
  const routine = form({ before: optionalWholeNumber(0, 30), every: optionalWholeNumber(1, 30) }).read(
    req.body,
  )
  const days = form(Object.fromEntries(codes.map((code) => [field(code), optionalDay()]))).read(req.body)
  const problems: Problem[] = [...days.problems, ...routine.problems]
  const last = yearOf(req).ends_on
  if (days.ok) {
    for (const [name, day] of Object.entries(days.values)) {
      if (day === null || (day >= period.starts_on && day <= last)) continue
      const text = `Choisissez un jour du ${date(period.starts_on)} au ${date(last)}.`
      problems.push({ field: name, text })
    }
  }
  const { typed } = routine
  if (!days.ok || !routine.ok || problems.length > 0) return { ok: false, typed, problems }
  const decided = codes.flatMap((code) => {
    const due_on = days.values[field(code)]
    return due_on ? [{ level_code: code, due_on }] : []
  })
  const { before, every } = routine.values
  const values = { days: decided, routine: { daysBefore: before, everyDays: every } }
  return { ok: true, typed, problems: [], values }
}

async function deadlinesPage(req: Request, res: Response, period: Period, decided: Decided, form?: object) {
  const days = new Map(decided.days.map(({ level_code, due_on }) => [level_code, due_on]))
  res.page("progress/deadlines", {
    period,
    periods: periodChoices(req, period),
    tabs: boardTabs(req, period, "deadlines"),
    levels: await levelsIn(req.school.db, yearOf(req).id),
    dayOf: (code: string) => (days.has(code) ? date(days.get(code)) : ""),
    field,
    routine: decided.routine,
    seen: seenText(decided),
    ...(form ? { form } : {}),
  })
}
