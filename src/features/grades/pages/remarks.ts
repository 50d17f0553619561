import type { Request, Response } from "express"
import { Refusal } from "../../../web/refusal.ts"
import { profileOfPeriod } from "../profiles.ts"
import { readSheet } from "../queries/sheet.ts"
import { remarksOf, saveRemarks } from "../queries/students.ts"
import { averageText, gradeSubject, nameOf, tellApart } from "../sheet.ts"
import { remarkColumn, seenOf, type TableOutcome, viewField } from "../studentTable.ts"
import { fieldsOf } from "../tableForm.ts"
import { periodTabs, queryNumber, type SubjectPeriodAsked, subjectPeriodAsked } from "./found.ts"

const PAGE = 50
const COLUMNS = [remarkColumn] as never[]

/** The teacher's word on each student; where there is none the profile's own is printed. */
export async function show(req: Request, res: Response) {
  await tablePage(req, res, await subjectPeriodAsked(req))
}

export async function save(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  if (!writes(about)) throw new Refusal(409, "Les appréciations de cette matière ne se modifient plus.")
  const fields = fieldsOf(req.body, [remarkColumn.name])
  if (!fields) throw new Refusal(400, "Ce formulaire est incomplet : rechargez la page et recommencez.")
  const { db } = req.school
  const students = new Set((await readSheet(db, about)).students.map(({ id }) => id))
  const key = { id: about.id, period_id: about.period_id }
  const saying = { about: key, students, at: req.now.toISOString() }
  const outcome = await saveRemarks(db, req.member, fields, COLUMNS, saying)
  if (outcome.problems.size > 0) return tablePage(req, res.status(422), about, outcome)
  res.flash(outcome.saved > 0 ? "grades.fields_saved" : "grades.fields_unchanged", { n: outcome.saved })
  res.redirect(303, req.originalUrl)
}

/** Words may still be written once the marks are locked, until the class is checked. */
const writes = (about: SubjectPeriodAsked) => about.enters && !about.class_state

async function tablePage(req: Request, res: Response, about: SubjectPeriodAsked, outcome?: TableOutcome) {
  const { db } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const sheet = await readSheet(db, about)
  const graded = gradeSubject(about, profile, sheet)
  const remarks = await remarksOf(db, about)
  const apart = tellApart(sheet.students)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const rows = sheet.students.slice((page - 1) * PAGE, page * PAGE).map((student) => {
    const result = graded.byStudent.get(student.id)
    const stored = remarks.get(student.id)?.text ?? null
    const field = viewField(
      remarkColumn as never,
      student.id,
      stored,
      outcome?.problems.get(`remark.${student.id}`),
    )
    return {
      student: student.id,
      name: nameOf(student),
      told: apart.get(student.id) ?? "",
      average: result ? averageText(result) : "–",
      automatic: result?.lines[0]?.appreciation ?? "",
      field,
      fields: [field],
    }
  })
  res.page("grades/remarks", {
    about,
    rows,
    open: writes(about),
    seen: seenOf([remarkColumn], rows, outcome?.problems),
    wrong: outcome?.problems.size ?? 0,
    page,
    size: PAGE,
    total: sheet.students.length,
    tabs: periodTabs(about, about.period_id, (period) => `/grades/${about.id}/${period}/remarks`),
  })
}
