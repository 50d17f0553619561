import type { Request, Response } from "express"
import { date } from "../../../web/french.ts"
import { Refusal } from "../../../web/refusal.ts"
import { cellKey, isEntered } from "../cells.ts"
import { reasonForm } from "../forms.ts"
import { type RollStudent, readSheet } from "../queries/sheet.ts"
import { lockSubject, unlockSubject } from "../queries/states.ts"
import { nameOf } from "../sheet.ts"
import { openSubjectAsked, type SubjectPeriodAsked, subjectPeriodAsked } from "./found.ts"

/** Before locking: what is still missing, assessment by assessment. */
export async function askLock(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const missing = await missingIn(req, about)
  const total = missing.reduce((sum, { names }) => sum + names.length, 0)
  res.page("grades/lock", { about, missing, total, assessments: missing.length })
}

export async function lock(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const missing = (await missingIn(req, about)).reduce((sum, { names }) => sum + names.length, 0)
  await lockSubject(req.school.db, req.member, about, { missing, at: req.now.toISOString() })
  res.flash("grades.locked", { subject: about.subject }).redirect(303, about.path)
}

export async function askUnlock(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  if (about.state !== "locked") return res.redirect(303, about.path)
  res.page("grades/unlock", { about })
}

export async function unlock(req: Request, res: Response) {
  const about = await lockedSubjectAsked(req)
  const form = reasonForm.read(req.body)
  if (!form.ok) return res.status(422).page("grades/unlock", { about, form })
  const at = req.now.toISOString()
  await unlockSubject(req.school.db, req.member, about, { reason: form.values.reason, at })
  res.flash("grades.unlocked", { subject: about.subject }).redirect(303, about.path)
}

async function lockedSubjectAsked(req: Request): Promise<SubjectPeriodAsked> {
  const about = await subjectPeriodAsked(req)
  if (about.state === "open") throw new Refusal(409, "Cette matière n’est pas verrouillée pour la période.")
  if (about.state !== "locked") {
    throw new Refusal(409, "La classe est contrôlée ou publiée pour cette période : rouvrez-la d’abord.")
  }
  return about
}

/** The students without a mark or a status, by assessment. */
async function missingIn(req: Request, about: SubjectPeriodAsked) {
  const { assessments, students, exempt, marks } = await readSheet(req.school.db, about)
  const names = new Map<string, number>()
  for (const { sort_name } of students) names.set(sort_name, (names.get(sort_name) ?? 0) + 1)
  const named = (student: RollStudent) =>
    names.get(student.sort_name) === 1
      ? nameOf(student)
      : `${nameOf(student)} (${student.matricule ?? date(student.birth_date)})`
  return assessments.map(({ id, label }) => ({
    label,
    names: students
      .filter((student) => !exempt.has(student.id) && !isEntered(marks.get(cellKey(id, student.id))))
      .map(named),
  }))
}
