import type { Request, Response } from "express"
import { tx } from "../../../db/index.ts"
import { refused } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { viewer } from "../../people/scope.ts"
import { BLANK, cellKey, decide } from "../cells.ts"
import { correctionForm } from "../forms.ts"
import { markText } from "../marking.ts"
import { assessmentSeenBy } from "../queries/assessments.ts"
import { historyOfMark, studentOfClass } from "../queries/history.ts"
import { subjectPeriodSeenBy } from "../queries/sheet.ts"
import { marksOf, recordMarks } from "../recording.ts"
import { nameOf } from "../sheet.ts"
import { numberIn, rightsIn } from "./found.ts"

/** Who gave one mark, when, and what it was before; where the grid is closed, the form that corrects it. */
export async function show(req: Request, res: Response) {
  await markPage(req, res, await cellAsked(req))
}

/** Changes one mark of a closed grid, with a reason. */
export async function correct(req: Request, res: Response) {
  const asked = await cellAsked(req)
  const { about, assessment, student, mark } = asked
  if (about.state === "open")
    throw new Refusal(409, "Cette grille est ouverte : la note s’y change directement.")
  let form = correctionForm.read(req.body)
  if (form.ok) {
    const { version: seen, mark: typed } = form.values
    const cell = { assessment: assessment.id, student: student.id, seen, typed, choice: null }
    const decision = decide(cell, mark, undefined, assessment.max)
    if (decision.kind === "write") {
      const { reason } = form.values
      const change = { assessment: assessment.id, student: student.id, before: mark, after: decision.after }
      const at = req.now.toISOString()
      const missed = await tx(req.school.db, (trx) => recordMarks(trx, req.member, [change], { at, reason }))
      if (missed.size === 0) {
        const published = about.state === "published"
        return res
          .flash(published ? "grades.corrected_published" : "grades.corrected")
          .redirect(303, pathOf(asked))
      }
    }
    form = refused(form, "mark", sentenceFor(decision))
  }
  await markPage(req, res.status(422), asked, form)
}

function sentenceFor(decision: ReturnType<typeof decide>): string {
  if (decision.kind === "refused" || decision.kind === "ask") return decision.why
  if (decision.kind === "same") return "C’est déjà la note enregistrée."
  return "Cette note a changé entre-temps : relisez son historique, puis recommencez."
}

async function cellAsked(req: Request) {
  const { db } = req.school
  const assessment = await assessmentSeenBy(db, viewer(req), numberIn(req, "assessment"))
  if (!assessment) throw notFound()
  const { class_subject_id, period_id } = assessment
  const found = await subjectPeriodSeenBy(db, viewer(req), class_subject_id, period_id)
  if (!found) throw notFound()
  const student = await studentOfClass(db, numberIn(req, "student"), found.class_id)
  if (!student) throw notFound()
  const marks = await marksOf(db, [assessment.id], [student.id])
  const mark = marks.get(cellKey(assessment.id, student.id)) ?? BLANK
  return { about: rightsIn(req, found), assessment, student, mark }
}

type CellAsked = Awaited<ReturnType<typeof cellAsked>>

const pathOf = ({ assessment, student }: CellAsked) => `/grades/marks/${assessment.id}/${student.id}`

async function markPage(req: Request, res: Response, asked: CellAsked, form?: object) {
  const { about, assessment, student, mark } = asked
  const events = await historyOfMark(req.school.db, assessment.id, student.id)
  res.page("grades/mark", {
    about,
    assessment,
    student: { ...student, name: nameOf(student) },
    path: pathOf(asked),
    now: markText(mark.value, mark.status) || "–",
    version: mark.version,
    corrects: about.state !== "open" && req.can("grades.correct"),
    events: events.map((event) => ({
      ...event,
      from: event.before ? markText(event.before.value, event.before.status) || "–" : "–",
      to: event.after ? markText(event.after.value, event.after.status) || "–" : "supprimée",
    })),
    ...(form ? { form } : { form: { typed: { mark: markText(mark.value, mark.status) }, problems: [] } }),
  })
}
