// Parents and students with an account.
import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { type Child, childrenOf } from "../queries.ts"
import { sendBulletin, showMarks, showResults, showWorking } from "../results.ts"

export async function index(req: Request, res: Response) {
  const children = await childrenOf(req.school.db, req.member)
  const [only] = children
  if (only && children.length === 1) return res.redirect(303, `/family/${only.id}`)
  res.page("families/index", { layout: "site", children })
}

/** The child of the address, among those of the account. */
export async function ownChild(req: Request): Promise<Child> {
  const asked = rowNumber(req.params.child)
  const child = (await childrenOf(req.school.db, req.member)).find(({ id }) => id === asked)
  if (!child) throw notFound()
  return child
}

const baseOf = (child: Child) => `/family/${child.id}`

export async function show(req: Request, res: Response) {
  const child = await ownChild(req)
  await showResults(req, res, child, baseOf(child))
}

export async function marks(req: Request, res: Response) {
  const child = await ownChild(req)
  await showMarks(req, res, child, baseOf(child))
}

export async function working(req: Request, res: Response) {
  const child = await ownChild(req)
  await showWorking(req, res, child, baseOf(child))
}

export async function bulletin(req: Request, res: Response) {
  await sendBulletin(req, res, await ownChild(req))
}
