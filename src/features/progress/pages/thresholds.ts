import type { Request, Response } from "express"
import { refresh } from "../../../school.ts"
import { changeThresholds } from "../queries/thresholds.ts"
import { DEFAULTS, readThresholds, thresholdsForm, typedThresholds } from "../rules/thresholds.ts"

/** From which figures on the controls speak. */
export function show(req: Request, res: Response) {
  const typed = typedThresholds(readThresholds(req.school.settings.controls))
  thresholdsPage(res, { typed, problems: [] })
}

export async function save(req: Request, res: Response) {
  const read = thresholdsForm.read(req.body)
  if (!read.ok) return thresholdsPage(res.status(422), read)
  const { db, settings } = req.school
  const after = JSON.stringify(read.values)
  await changeThresholds(db, req.member, { before: settings.controls, after, at: req.now.toISOString() })
  await refresh(req.school)
  res.flash("progress.thresholds_saved").redirect(303, "/progress/thresholds")
}

const thresholdsPage = (res: Response, form: object) =>
  res.page("progress/thresholds", { form, usual: typedThresholds(DEFAULTS) })
