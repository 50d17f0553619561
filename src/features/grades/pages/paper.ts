import type { Request, Response } from "express"
import { renderInWorker } from "../../../documents/pool.ts"
import { profileFor } from "../profiles.ts"
import { readSheet } from "../queries/sheet.ts"
import { nameOf, tellApart } from "../sheet.ts"
import { columnsInWorkbook, marksWorkbook, workbookName } from "../workbook.ts"
import { queryNumber, subjectPeriodAsked } from "./found.ts"
import { PAGE } from "./sheet.ts"

/** Columns without a name, where no assessment exists yet. */
const BLANK_COLUMNS = 3

/** More columns than these need the sheet on its side. */
const UPRIGHT = 4

/** The mark sheet to print: empty boxes in the order of the grid, a total and a count at the end of each of its pages. */
export async function print(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  const { assessments, students, exempt } = await readSheet(req.school.db, about)
  const only = assessments.filter(({ id }) => id === queryNumber(req, "assessment"))
  const columns = only.length > 0 ? only : assessments
  const told = tellApart(students)
  const rows = students.map((student, n) => ({
    number: n + 1,
    name: nameOf(student),
    told: told.get(student.id) ?? "",
    exempt: exempt.has(student.id),
  }))
  const parts = Array.from({ length: Math.ceil(rows.length / PAGE) }, (_, n) =>
    rows.slice(n * PAGE, (n + 1) * PAGE),
  )
  res.page("grades/paper", {
    layout: "print",
    about,
    columns,
    blank: columns.length === 0 ? BLANK_COLUMNS : 0,
    landscape: columns.length > UPRIGHT,
    parts,
  })
}

/** The same as a workbook, with the marks already given, for the import of marks. */
export async function workbook(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  const { db } = req.school
  const { profile } = await profileFor(db, about.school_year_id, about.level_code)
  const rows = await readSheet(db, about)
  const columns = columnsInWorkbook(rows.assessments, profile)
  if (columns.length === 0)
    return res.flash("grades.file_of_nothing", {}, "warning").redirect(303, about.path)
  const bytes = await renderInWorker("workbook", marksWorkbook(about, rows, columns))
  res.setHeader("Cache-Control", "no-store")
  res.attachment(workbookName(about))
  res.end(Buffer.from(bytes))
}
