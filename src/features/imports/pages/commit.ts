import type { Request, Response } from "express"
import { tx } from "../../../db/index.ts"
import { Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { commitImport, type Plan, planOf, sizeOf } from "../commit.ts"
import { forgetFile } from "../files.ts"
import { keptTable } from "../make.ts"
import { removeImport } from "../queries/imports.ts"
import { tellPlan } from "../told.ts"
import { KIND_LABELS, ownImport, refuseUndone } from "./asking.ts"
import { columnProblems } from "./show.ts"

export async function commitPage(req: Request, res: Response) {
  const found = await ownImport(req)
  refuseUndone(found)
  const plan = await planOf(req.school.db, viewer(req), found)
  res.page("imports/commit", {
    found,
    kindLabel: KIND_LABELS[found.kind],
    size: sizeOf(plan),
    told: tellPlan(plan),
    held: plan.held.length,
    heldCells: plan.kind === "marks" ? plan.heldCells : 0,
    problems: plan.kind === "marks" ? columnProblems(plan.columns) : [],
  })
}

export async function commit(req: Request, res: Response) {
  const found = await ownImport(req)
  refuseUndone(found)
  const { db, folder } = req.school
  const done = await commitImport(db, {
    found,
    table: await keptTable(folder, found),
    user: req.member,
    who: viewer(req),
    now: req.now,
    today: todayFor(req),
    agreed: rowNumber(req.body?.agreed),
  })
  const what = done.kind === "done" ? short(done.plan) : ""
  if (done.kind === "changed") res.flash("imports.changed", {}, "warning")
  else if (what === "") res.flash("imports.nothing", {}, "warning")
  else res.flash("imports.committed", { what })
  res.redirect(303, `/imports/${found.id}`)
}

const short = (plan: Plan) => tellPlan(plan).join(", ")

export async function discard(req: Request, res: Response) {
  const found = await ownImport(req)
  if (found.state !== "previewed") {
    throw new Refusal(409, "Cet import est enregistré : annulez-le plutôt depuis sa page.")
  }
  const { shared } = await tx(req.school.db, (trx) => removeImport(trx, found))
  if (!shared) await forgetFile(req.school.folder, found.file_path)
  res.flash("imports.discarded").redirect(303, "/imports")
}
