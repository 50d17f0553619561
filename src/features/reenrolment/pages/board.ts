import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { classesOf } from "../../classes/queries.ts"
import { planOf, type SourceClass } from "../queries/plan.ts"
import { prepareClasses } from "../queries/results.ts"
import { lastRuns, runsFrom } from "../queries/runs.ts"
import type { Passage } from "../queries/years.ts"
import { type Counts, countsOf } from "../rules/cases.ts"
import { numbersIn, passageFor, secondFor } from "./asking.ts"

/** The classes of the year that ends: how far each is on its way to the next. */
export async function index(req: Request, res: Response) {
  const { db } = req.school
  const { passage, all } = await passageFor(req)
  const plan = await planOf(db, passage, { second: secondFor(req) })
  const last = await lastRuns(db, passage.from.id)
  const rows = plan.classes.map((one) => {
    const counts = countsOf(plan.cases.filter(({ from }) => from.id === one.id))
    return { ...one, counts, run: last.get(one.id), state: stateOf(one, counts) }
  })
  res.page("reenrolment/index", {
    ...plan,
    rows,
    total: countsOf(plan.cases),
    tabs: tabsOf(all, passage, "/reenrolment"),
    runs: await runsFrom(db, passage.from.id),
    places: plan.frame.places.length,
  })
}

/** Where a class stands: everything done, some of it, made ready, or nothing. */
function stateOf({ preparedAt }: SourceClass, { size, done, gone }: Counts) {
  if (size > 0 && done + gone === size) return "done"
  if (done > 0) return "part"
  return preparedAt ? "prepared" : "open"
}

/** One tab per year that ends, where there are several. */
export const tabsOf = (all: readonly Passage[], { from }: Passage, path: string) =>
  all.length < 2
    ? []
    : all.map((one) => ({
        label: `${one.from.label} → ${one.to?.label ?? "…"}`,
        path: `${path}?from=${one.from.id}`,
        current: one.from.id === from.id,
      }))

/** Reads the results of the classes named, of all of them without a name. */
export async function prepare(req: Request, res: Response) {
  const { db } = req.school
  const { from } = (await passageFor(req)).passage
  const own = (await classesOf(db, from.id)).map(({ id }) => id)
  const asked = numbersIn(req.body.class)
  if (asked.some((id) => !own.includes(id))) throw notFound()
  const classes = asked.length > 0 ? asked : own
  await prepareClasses(db, req.member, classes, req.now)
  res.flash("reenrolment.prepared", { n: classes.length })
  const [only] = asked
  res.redirect(303, asked.length === 1 ? `/reenrolment/${only}` : `/reenrolment?from=${from.id}`)
}
