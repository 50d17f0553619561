import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { exemptionForm } from "../forms.ts"
import { rollOf } from "../queries/sheet.ts"
import { endExemption, exempt, exemptionsOf } from "../queries/states.ts"
import { nameOf, tellApart } from "../sheet.ts"
import { numberIn, type SubjectPeriodAsked, subjectPeriodAsked } from "./found.ts"

export async function show(req: Request, res: Response) {
  await listPage(req, res, await subjectPeriodAsked(req))
}

export async function create(req: Request, res: Response) {
  const about = await changeableAsked(req)
  let form = exemptionForm.read(req.body)
  if (form.ok) {
    const { student } = form.values
    const there = (await rollOf(req.school.db, about)).some(({ id }) => id === student)
    if (!there) form = refused(form, "student", "Choisissez un élève de la classe.")
  }
  if (!form.ok) return listPage(req, res.status(422), about, form)
  await exempt(req.school.db, req.member, about, { ...form.values, at: req.now.toISOString() })
  res.flash("grades.exempted").redirect(303, `${about.path}/exemptions`)
}

export async function end(req: Request, res: Response) {
  const about = await changeableAsked(req)
  const student = numberIn(req, "student")
  const ended = await endExemption(req.school.db, req.member, about, { student, at: req.now.toISOString() })
  if (!ended) throw notFound()
  res.flash("grades.exemption_ended").redirect(303, `${about.path}/exemptions`)
}

/** An exemption changes averages: once the class is checked it waits until it is opened again. */
async function changeableAsked(req: Request): Promise<SubjectPeriodAsked> {
  const about = await subjectPeriodAsked(req)
  if (about.class_state) {
    throw new Refusal(409, "La classe est contrôlée ou publiée pour cette période : rouvrez-la d’abord.")
  }
  return about
}

async function listPage(req: Request, res: Response, about: SubjectPeriodAsked, form?: object) {
  const { db } = req.school
  const exemptions = await exemptionsOf(db, about)
  const roll = await rollOf(db, about)
  const told = tellApart(roll)
  const students = roll
    .filter(({ id }) => !exemptions.some((one) => one.id === id))
    .map((student) => ({
      value: student.id,
      label: [nameOf(student), told.get(student.id)].filter(Boolean).join(" · "),
    }))
  res.page("grades/exemptions", {
    about,
    exemptions,
    students,
    changes: req.can("grades.exempt") && !about.class_state,
    ...(form ? { form } : {}),
  })
}
