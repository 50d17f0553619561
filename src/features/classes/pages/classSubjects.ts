// The subjects of one class: coefficients, blocks, bonus, order, teachers; copied from the template of its series.
import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { teacherChoices } from "../../people/queries.ts"
import { studentName } from "../../people/rules.ts"
import { addSubjectForm, readLines, type TypedLine } from "../forms.ts"
import { type FoundClass, publishedPeriods } from "../queries/classes.ts"
import { linesOfTemplate } from "../queries/coefficients.ts"
import {
  addLines,
  type ClassSubject,
  changeLines,
  entriesOf,
  findSubject,
  listSubjects,
  removeLine,
  subjectsOfClass,
} from "../queries/subjects.ts"
import { GROUPS } from "../reference.ts"
import { templateChanges, totalCoefficient } from "../rules.ts"
import { outdated, seenOf } from "../seen.ts"
import { classFor, classToChange } from "./asking.ts"

/** What the form showed: somebody else's change of any of it is told before anything is written. */
const stateOf = (lines: ClassSubject[]) =>
  lines.map(({ id, coefficient, group_code, optional, position, teacher_id }) => [
    id,
    coefficient,
    group_code,
    optional,
    position,
    teacher_id,
  ])

export async function show(req: Request, res: Response) {
  const one = await classFor(req)
  await table(req, res, one, { typed: {}, problems: [] })
}

async function table(req: Request, res: Response, one: FoundClass, form: object, extra: object = {}) {
  const { db } = req.school
  const lines = await subjectsOfClass(db, one.id)
  const published = await publishedPeriods(db, one.id)
  const total = totalCoefficient(lines)
  if (!req.can("classes.coefficients")) {
    return res.page("classes/subjects", { one, lines, total, published, groups: GROUPS, form, studentName })
  }
  const teachers = await teacherChoices(db)
  const had = new Set(lines.map(({ subject_id }) => subject_id))
  const others = (await listSubjects(db, one.school_year_id)).filter(
    ({ id, active }) => active && !had.has(id),
  )
  const seen = seenOf(stateOf(lines))
  res.page("classes/subjects_edit", {
    one,
    lines,
    total,
    published,
    groups: GROUPS,
    teachers,
    others,
    seen,
    form,
    studentName,
    ...extra,
  })
}

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const one = await classToChange(req)
  const lines = await subjectsOfClass(db, one.id)
  const read = readLines(
    req.body,
    lines.map(({ id }) => id),
  )
  if (outdated(req, stateOf(lines)))
    return table(req, res.status(409), one, { typed: read.typed, problems: [] }, { conflict: true })
  if (!read.ok) return table(req, res.status(422), one, read)
  const teachers = new Set((await teacherChoices(db)).map(({ id }) => id))
  const changes = lines.map((from) => ({ from, to: lineOf(from, read.lines.get(from.id), teachers) }))
  const count = await changeLines(db, req.member, one.id, changes, req.now)
  const published =
    count > 0 && changes.some(({ from, to }) => from.coefficient !== to.coefficient)
      ? await publishedPeriods(db, one.id)
      : []
  if (published.length > 0)
    res.flash("classes.lines_changed_published", { n: count, periods: published.join(", ") }, "warning")
  else res.flash(count > 0 ? "classes.lines_changed" : "classes.lines_same", { n: count })
  res.redirect(303, `/classes/${one.id}/subjects`)
}

/** The line as typed; somebody who is no teacher at work any more may stay, but not be chosen. */
function lineOf(from: ClassSubject, typed: TypedLine | undefined, teachers: Set<number>) {
  if (!typed) return from
  const { coefficient, group_code, optional, position, teacher } = typed
  const teacher_id = teacher === from.teacher_id || teachers.has(teacher) ? teacher : null
  return { subject_id: from.subject_id, coefficient, group_code, optional, position, teacher_id }
}

export async function add(req: Request, res: Response) {
  const { db } = req.school
  const one = await classToChange(req)
  const read = addSubjectForm.read(req.body)
  const subject = read.ok ? await findSubject(db, rowNumber(read.values.subject)) : undefined
  if (!subject?.active)
    return table(req, res.status(422), one, refused(read, "subject", "Choisissez la matière."))
  const template = await linesOfTemplate(db, one.school_year_id, one.level_code, one.series_code)
  const known = template.find(({ subject_id }) => subject_id === subject.id)
  const last = Math.max(0, ...(await subjectsOfClass(db, one.id)).map(({ position }) => position))
  const fresh = {
    subject_id: subject.id,
    code: subject.code,
    coefficient: 100,
    group_code: "PRINCIPALES",
    optional: null,
    position: last + 1,
  }
  await addLines(db, req.member, one.id, [known ?? fresh], req.now)
  res.flash("classes.line_added", { subject: subject.label, class: one.label })
  res.redirect(303, `/classes/${one.id}/subjects`)
}

/** The subject of the class in the address. */
async function lineFor(req: Request, one: FoundClass) {
  const id = rowNumber(req.params.classSubject)
  const line = (await subjectsOfClass(req.school.db, one.id)).find((own) => own.id === id)
  if (!line) throw notFound()
  return line
}

export async function removePage(req: Request, res: Response) {
  const one = await classToChange(req)
  const line = await lineFor(req, one)
  const entries = await entriesOf(req.school.db, line.id)
  res.page("classes/subject_remove", { one, line, entries })
}

export async function remove(req: Request, res: Response) {
  const one = await classToChange(req)
  const line = await lineFor(req, one)
  if (!(await removeLine(req.school.db, req.member, one.id, line, req.now))) {
    throw new Refusal(
      409,
      `Des notes ou des appréciations existent en ${line.label} : la matière reste dans la classe ${one.label}.`,
    )
  }
  res.flash("classes.line_removed", { subject: line.label, class: one.label })
  res.redirect(303, `/classes/${one.id}/subjects`)
}

async function changesFor(req: Request, one: FoundClass) {
  const lines = await subjectsOfClass(req.school.db, one.id)
  const template = await linesOfTemplate(req.school.db, one.school_year_id, one.level_code, one.series_code)
  return { lines, template, changes: templateChanges(lines, template) }
}

export async function templatePage(req: Request, res: Response) {
  const one = await classToChange(req)
  const { lines, template, changes } = await changesFor(req, one)
  const published = await publishedPeriods(req.school.db, one.id)
  const seen = seenOf([stateOf(lines), template])
  const totals = { before: totalCoefficient(lines), after: totalCoefficient([...template, ...changes.kept]) }
  res.page("classes/template", { one, template, changes, published, seen, totals, groups: GROUPS })
}

export async function copyTemplate(req: Request, res: Response) {
  const { db } = req.school
  const one = await classToChange(req)
  const { lines, template, changes } = await changesFor(req, one)
  if (outdated(req, [stateOf(lines), template])) {
    res.flash("classes.template_outdated", {}, "warning")
    return res.redirect(303, `/classes/${one.id}/subjects/template`)
  }
  const changed = changes.changed.map(({ from, to }) => ({
    from,
    to: {
      subject_id: from.subject_id,
      coefficient: to.coefficient,
      group_code: to.group_code,
      optional: to.optional,
      position: to.position,
      teacher_id: from.teacher_id,
    },
  }))
  await changeLines(db, req.member, one.id, changed, req.now)
  await addLines(db, req.member, one.id, changes.added, req.now)
  const published = changed.some(({ from, to }) => from.coefficient !== to.coefficient)
    ? await publishedPeriods(db, one.id)
    : []
  const n = changed.length + changes.added.length
  if (published.length > 0)
    res.flash("classes.lines_changed_published", { n, periods: published.join(", ") }, "warning")
  else res.flash("classes.template_copied", { class: one.label })
  res.redirect(303, `/classes/${one.id}/subjects`)
}
