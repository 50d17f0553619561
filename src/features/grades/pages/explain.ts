import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { cellKey } from "../cells.ts"
import { explainSubject } from "../explanation.ts"
import { french } from "../fraction.ts"
import { asAssessment, asSubject } from "../grading.ts"
import { profileOfPeriod } from "../profiles.ts"
import { readSheet } from "../queries/sheet.ts"
import { rankLabel } from "../ranking.ts"
import { exact, gradeSubject, nameOf, tellApart } from "../sheet.ts"
import { numberIn, periodTabs, subjectPeriodAsked } from "./found.ts"

/** How one student's average in one subject was made. */
export async function subject(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  const { db } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const rows = await readSheet(db, about)
  const id = numberIn(req, "student")
  const row = rows.students.find((one) => one.id === id)
  if (!row) throw notFound()
  const { code, coefficient, optional, group_code } = about
  const line = gradeSubject(about, profile, rows).byStudent.get(id)?.lines[0]
  const made = explainSubject({
    profile,
    subject: asSubject({ code, coefficient, optional: optional !== null, group: group_code }),
    assessments: rows.assessments.map((one) => asAssessment(one, code)),
    marks: rows.assessments.flatMap(({ id: assessment }) => {
      const mark = rows.marks.get(cellKey(assessment, id))
      return mark ? [{ assessment, value: mark.value, status: mark.status }] : []
    }),
    exempt: rows.exempt.has(id),
  })
  res.page("grades/explain", {
    about,
    student: { id, name: nameOf(row), told: tellApart(rows.students).get(id) ?? "" },
    subject: {
      label: about.subject,
      classSubject: about.id,
      appreciation: line?.appreciation,
      rank: line?.rank && rankLabel(line.rank, row.sex),
      ...made,
    },
    titles: new Map(rows.assessments.map((one) => [one.id, one.label])),
    scaleMax: french(profile.scale.max),
    french,
    exact,
    tabs: periodTabs(about, about.period_id, (period) => `/grades/explain/${about.id}/${period}/${id}`),
  })
}
