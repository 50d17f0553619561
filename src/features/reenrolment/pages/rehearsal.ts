import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { acting, fingerprint } from "../fingerprint.ts"
import { planOf } from "../queries/plan.ts"
import { type Changed, runReenrolment } from "../queries/run.ts"
import { type Case, countsOf, filled } from "../rules/cases.ts"
import { numbersIn, passageFor, secondFor, wholePassage } from "./asking.ts"

/** Lines about students that a page of several classes shows; the rest is one link away. */
const MOST_LINES = 40

/** What a run would write, and why; nothing is written. */
export async function show(req: Request, res: Response) {
  await rehearsalPage(req, res, numbersIn(req.query.class), [])
}

/** What must be looked at before a run: undecided, unplaced, gone, and what is said beside a decision. */
const noticed = ({ outcome, notes, decision }: Case) =>
  outcome === "wait" ||
  outcome === "unplaced" ||
  outcome === "gone" ||
  (outcome !== "already" && notes.length > 0 && decision.kind === "repeat")

async function rehearsalPage(req: Request, res: Response, classes: number[], changed: Changed[]) {
  const { passage } = await passageFor(req)
  const plan = await planOf(req.school.db, passage, {
    second: secondFor(req),
    ...(classes.length > 0 ? { classes } : {}),
  })
  if (plan.classes.length < classes.length) throw notFound()
  const rows = plan.classes.map((one) => {
    const own = plan.cases.filter(({ from }) => from.id === one.id)
    return { ...one, counts: countsOf(own), seen: fingerprint(own) }
  })
  const print = req.query.print !== undefined
  const whole = plan.classes.length === 1 || print
  const listed = whole ? plan.cases : plan.cases.filter(noticed)
  res.page("reenrolment/rehearsal", {
    ...plan,
    rows,
    changed,
    whole,
    print,
    only: plan.classes.length === 1 ? plan.classes[0] : null,
    listed: whole ? listed : listed.slice(0, MOST_LINES),
    more: whole ? 0 : Math.max(0, listed.length - MOST_LINES),
    total: countsOf(plan.cases),
    acting: acting(plan.cases),
    filled: filled(plan.frame, plan.cases),
    query: addressOf(passage.from.id, classes),
    ...(print ? { layout: "print" } : {}),
  })
}

/** What the address of a rehearsal asks for. */
function addressOf(from: number, classes: readonly number[]) {
  const asked = new URLSearchParams({ from: String(from) })
  for (const id of classes) asked.append("class", String(id))
  return asked
}

/** Writes what the rehearsal showed, if it is still so. */
export async function run(req: Request, res: Response) {
  const passage = await wholePassage(req)
  const classes = numbersIn(req.body.class)
  const seen = new Map(classes.map((id) => [id, String(req.body[`seen-${id}`] ?? "")]))
  if (classes.length === 0) throw notFound()
  const asked = { ...passage, seen, second: secondFor(req), today: todayFor(req) }
  const answer = await runReenrolment(req.school.db, req.member, asked, req.now)
  if (answer.kind === "changed") return rehearsalPage(req, res.status(409), classes, answer.changed)
  if (answer.kind === "nothing") {
    return res
      .flash("reenrolment.nothing", {}, "warning")
      .redirect(303, `/reenrolment?from=${passage.from.id}`)
  }
  const { run: id, ...counts } = answer.done
  res.flash("reenrolment.done", { ...counts, year: passage.to.label })
  res.redirect(303, `/reenrolment/runs/${rowNumber(String(id))}`)
}
