import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { type FoundRun, findRun, movesOf } from "../queries/runs.ts"
import { type Prevented, preventedBy, undoPlacement } from "../queries/undo.ts"

async function runFor(req: Request) {
  const run = await findRun(req.school.db, rowNumber(req.params.placementRun))
  if (!run) throw notFound()
  return run
}

export async function show(req: Request, res: Response) {
  const run = await runFor(req)
  res.page("placement/run", { run, moves: await movesOf(req.school.db, run.id) })
}

export async function undoPage(req: Request, res: Response) {
  const run = await runFor(req)
  undoing(res, run, await preventedBy(req.school.db, run))
}

const undoing = (res: Response, run: FoundRun, prevented: Prevented[]) =>
  res.page("placement/undo", { run, prevented })

export async function undo(req: Request, res: Response) {
  const run = await runFor(req)
  const answer = await undoPlacement(req.school.db, req.member, run, req.now)
  if (answer.kind === "already")
    throw new Refusal(409, `Ce changement du ${date(run.made_at)} est déjà annulé : rien n’a été changé.`)
  if (answer.kind === "prevented") return undoing(res.status(409), run, answer.prevented)
  res.flash("placement.undone").redirect(303, `/classes/${run.class_id}`)
}
