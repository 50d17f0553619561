import type { Request, Response } from "express"
import { type Problem, type ReadForm, refused } from "../../../web/form.ts"
import { date, short } from "../../../web/french.ts"
import { notFound } from "../../../web/refusal.ts"
import { viewer } from "../../people/scope.ts"
import { assessmentForm } from "../forms.ts"
import type { GradingProfile } from "../profile.ts"
import { profileFor } from "../profiles.ts"
import {
  type AssessmentRow,
  type AssessmentValues,
  assessmentSeenBy,
  changeAssessment,
  createAssessment,
  deleteAssessment,
  enteredIn,
} from "../queries/assessments.ts"
import { subjectPeriodSeenBy } from "../queries/sheet.ts"
import { numberIn, onlyOpen, openSubjectAsked, rightsIn, type SubjectPeriodRights } from "./found.ts"

export async function fresh(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const profile = await profileOf(req, about)
  const typed = { max: profile.scale.max, weight: "1", category: profile.categories[0]?.code ?? "" }
  formPage(res, about, profile, { typed, problems: [] })
}

export async function create(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const profile = await profileOf(req, about)
  const read = checked(assessmentForm.read(req.body), about, profile)
  if (!read.ok) return formPage(res.status(422), about, profile, read)
  await createAssessment(req.school.db, req.member, about, read.values, req.now.toISOString())
  res.flash("grades.assessment_created", { label: read.values.label }).redirect(303, about.path)
}

export async function edit(req: Request, res: Response) {
  const { about, assessment } = await assessmentAsked(req)
  const profile = await profileOf(req, about)
  const typed = {
    ...assessment,
    held_on: assessment.held_on ? date(assessment.held_on) : "",
    max: short(assessment.max),
    weight: short(assessment.weight),
  }
  formPage(res, about, profile, { typed, problems: [] }, assessment)
}

export async function update(req: Request, res: Response) {
  const { about, assessment } = await assessmentAsked(req)
  const profile = await profileOf(req, about)
  let read = checked(assessmentForm.read(req.body), about, profile)
  if (read.ok) {
    const above = await changeAssessment(
      req.school.db,
      req.member,
      assessment,
      read.values,
      req.now.toISOString(),
    )
    if (above) read = refused(read, "max", `Une note de ${short(above.highest)} dépasse ce maximum.`)
  }
  if (!read.ok) return formPage(res.status(422), about, profile, read, assessment)
  res.flash("grades.assessment_changed", { label: read.values.label }).redirect(303, about.path)
}

export async function askDelete(req: Request, res: Response) {
  const { about, assessment } = await assessmentAsked(req)
  const marks = await enteredIn(req.school.db, assessment.id)
  res.page("grades/delete_assessment", { about, assessment, marks })
}

export async function remove(req: Request, res: Response) {
  const { about, assessment } = await assessmentAsked(req)
  await deleteAssessment(req.school.db, req.member, assessment, req.now.toISOString())
  res.flash("grades.assessment_deleted", { label: assessment.label }).redirect(303, about.path)
}

/** An assessment of the address whose marks this person may change now, with its subject and period. */
async function assessmentAsked(req: Request) {
  const { db } = req.school
  const assessment = await assessmentSeenBy(db, viewer(req), numberIn(req, "assessment"))
  if (!assessment) throw notFound()
  const { class_subject_id, period_id } = assessment
  const found = await subjectPeriodSeenBy(db, viewer(req), class_subject_id, period_id)
  if (!found) throw notFound()
  return { about: onlyOpen(rightsIn(req, found)), assessment }
}

const profileOf = async (req: Request, { school_year_id, level_code }: SubjectPeriodRights) =>
  (await profileFor(req.school.db, school_year_id, level_code)).profile

/** What only the profile and the calendar know: the category exists, the day falls within the period. */
function checked(
  read: ReadForm<AssessmentValues>,
  { starts_on, ends_on, period }: SubjectPeriodRights,
  { categories }: GradingProfile,
): ReadForm<AssessmentValues> {
  if (!read.ok) return read
  const { category, held_on } = read.values
  if (!categories.some(({ code }) => code === category))
    return refused(read, "category", "Choisissez dans la liste.")
  if (held_on && (held_on < starts_on || held_on > ends_on)) {
    const sentence = `Le ${period} va du ${date(starts_on)} au ${date(ends_on)} : choisissez un jour entre les deux.`
    return refused(read, "held_on", sentence)
  }
  return read
}

type Filled = { typed: Record<string, unknown>; problems: Problem[] }

function formPage(
  res: Response,
  about: SubjectPeriodRights,
  { categories, scale }: GradingProfile,
  form: Filled,
  assessment?: AssessmentRow,
) {
  const options = categories.map(({ code, label }) => ({ value: code, label: label ?? code }))
  res.page("grades/assessment", { about, form, assessment, categories: options, scaleMax: scale.max })
}
