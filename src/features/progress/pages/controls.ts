import type { Request, Response } from "express"
import { optionalText } from "../../../web/fields.ts"
import { form, typedIn } from "../../../web/form.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { classPeriodAsked, periodTabs } from "../../grades/pages/found.ts"
import { profileOfPeriod } from "../../grades/profiles.ts"
import { STATE_WORDS, stateOf } from "../../grades/sheet.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { controlRows, seenOf } from "../queries/controls.ts"
import { stateChanges } from "../queries/history.ts"
import { leaveFindings, showAgain } from "../queries/seen.ts"
import { findingsOf } from "../rules/controls.ts"
import { sortFindings } from "../rules/findings.ts"
import { inputOf } from "../rules/input.ts"
import { readThresholds } from "../rules/thresholds.ts"

/** Findings on one page. */
const PAGE = 40

type Asked = Awaited<ReturnType<typeof classPeriodAsked>>

/** What the dean should look at in a class before checking it. */
export async function show(req: Request, res: Response) {
  await controlsPage(req, res, await classPeriodAsked(req))
}

async function controlsPage(req: Request, res: Response, about: Asked, refused?: object) {
  const { open, seen } = await controlsOf(req, about)
  const page = pageNumber(req.query.page)
  const state = stateOf({ class_state: about.class_state, locked_at: null })
  res.page("progress/controls", {
    about,
    path: pathOf(about),
    state,
    stateWord: STATE_WORDS[state],
    tabs: periodTabs(about, about.period_id, (period) => `/progress/${about.class_id}/${period}`),
    findings: open.slice((page - 1) * PAGE, page * PAGE),
    blocking: open.filter(({ severity }) => severity === "blocks").length,
    seen,
    page,
    size: PAGE,
    total: open.length,
    settles: req.can("progress.settle"),
    ...(refused ? { form: refused } : {}),
  })
}

async function controlsOf(req: Request, about: Asked) {
  const { db, settings } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const rows = await controlRows(db, about)
  const input = inputOf(rows, { about, profile, today: todayFor(req) })
  return sortFindings(findingsOf(input, readThresholds(settings.controls)), await seenOf(db, about))
}

const pathOf = ({ class_id, period_id }: Asked) => `/progress/${class_id}/${period_id}`

/** How many there are: what the check of the bulletins shows in passing. */
export async function count(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const { open } = await controlsOf(req, about)
  const blocking = open.filter(({ severity }) => severity === "blocks").length
  res.page("progress/count", { about, path: pathOf(about), total: open.length, blocking })
}

const remarkForm = form({ remark: optionalText(300) })

/** « Vu, c’est juste »: those ticked, if they still say what the page showed. */
export async function leave(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const read = remarkForm.read(req.body)
  const ticked = new Set([req.body.seen ?? []].flat().map(String))
  const { open } = await controlsOf(req, about)
  const findings = open.filter(({ key, figure }) => ticked.has(`${key}=${figure}`))
  if (!read.ok || ticked.size === 0) {
    const problem = { field: "seen", text: "Cochez d’abord ce que vous avez regardé." }
    const problems = read.ok ? [problem] : read.problems
    return controlsPage(req, res.status(422), about, { typed: read.typed, problems })
  }
  const { remark } = read.values
  if (findings.length > 0) {
    await leaveFindings(req.school.db, req.member, about, { findings, remark, at: req.now.toISOString() })
  }
  const changed = ticked.size - findings.length
  if (changed > 0) res.flash("progress.seen_changed", { n: changed, seen: findings.length }, "warning")
  else res.flash("progress.seen", { n: findings.length })
  res.redirect(303, pathOf(about))
}

/** Takes « vu » back: the finding is shown again. */
export async function reopen(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const finding = typedIn(req.body).finding ?? ""
  const done = await showAgain(req.school.db, req.member, about, { finding, at: req.now.toISOString() })
  if (done) res.flash("progress.shown")
  else res.flash("progress.not_seen", {}, "warning")
  res.redirect(303, pathOf(about))
}

/** Who locked, opened, checked and published what, when and why. */
export async function history(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const changes = await stateChanges(req.school.db, { classId: about.class_id, period: about.period_id })
  const state = stateOf({ class_state: about.class_state, locked_at: null })
  res.page("progress/history", { about, path: pathOf(about), changes, state, stateWord: STATE_WORDS[state] })
}
