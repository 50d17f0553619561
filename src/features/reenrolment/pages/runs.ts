import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { casesOfRun, findRun } from "../queries/runs.ts"
import { type Prevented, preventedBy, undoRun } from "../queries/undo.ts"

/** Names that a page lists; a class page has the others. */
const MOST_NAMES = 100

async function runFor(req: Request) {
  const run = await findRun(req.school.db, rowNumber(req.params.reenrolmentRun))
  if (!run) throw notFound()
  return run
}

/** What a run wrote, class by class, and whom it left out. */
export async function show(req: Request, res: Response) {
  const run = await runFor(req)
  const cases = await casesOfRun(req.school.db, run.id)
  const classes = [...new Map(cases.map((one) => [one.class_id, one.class]))].map(([id, label]) => {
    const of = (outcome: string) =>
      cases.filter((one) => one.class_id === id && one.outcome === outcome).length
    return { id, label, enrolled: of("enrolled"), leaving: of("leaving"), waiting: of("waiting") }
  })
  const left = cases.filter(({ outcome }) => outcome !== "enrolled")
  res.page("reenrolment/run", {
    run,
    classes,
    listed: left.slice(0, MOST_NAMES),
    more: Math.max(0, left.length - MOST_NAMES),
    pending: cases.find(({ outcome, settled_at }) => outcome === "leaving" && settled_at === null)
      ?.effective_on,
  })
}

export async function undoPage(req: Request, res: Response) {
  const run = await runFor(req)
  undoing(res, run, await preventedBy(req.school.db, run.id))
}

function undoing(res: Response, run: Awaited<ReturnType<typeof runFor>>, prevented: Prevented[]) {
  res.page("reenrolment/undo", {
    run,
    prevented: prevented.slice(0, MOST_NAMES),
    more: Math.max(0, prevented.length - MOST_NAMES),
  })
}

export async function undo(req: Request, res: Response) {
  const run = await runFor(req)
  const answer = await undoRun(req.school.db, req.member, run.id, req.now)
  if (answer.kind === "already")
    throw new Refusal(409, `Ce passage du ${date(run.run_at)} est déjà annulé : rien n’a été changé.`)
  if (answer.kind === "prevented") return undoing(res.status(409), run, answer.prevented)
  res.flash("reenrolment.undone").redirect(303, `/reenrolment?from=${run.from_year_id}`)
}
