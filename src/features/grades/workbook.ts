// One subject of one class and period as a workbook to fill in and hand back to the import of marks. No I/O.
import type { WorkbookSheet } from "../../documents/workbook.ts"
import { BLANK, cellKey } from "./cells.ts"
import { markText } from "./marking.ts"
import type { GradingProfile } from "./profile.ts"
import type { SheetAssessment, SheetRows } from "./queries/sheet.ts"
import { nameOf } from "./sheet.ts"

type About = { class: string; subject: string; period: string; short: string }

/** The import reads marks on the scale of the class: a column on another one is typed in the grid. */
export const columnsInWorkbook = (assessments: readonly SheetAssessment[], profile: GradingProfile) =>
  assessments.filter(({ max }) => max === Math.round(Number(profile.scale.max) * 100))

/** The heads under which the import finds a category again (imports/targets.ts). */
const EXAM = /^(?:compo|examen)/i
const CLASS_MARK = /^(?:classe|note de classe|moyenne de classe|devoir|mensuel|evaluation|controle)/i

/**
 * What stands above a column. The only assessment of its category is found by « Maths CL » or « Maths CO »; several
 * go by their own names, and who imports them says once which is which.
 */
function headOf(
  { category, label }: SheetAssessment,
  all: readonly SheetAssessment[],
  short: string,
): string {
  const alone = all.filter((one) => one.category === category).length === 1
  const letters = EXAM.test(category) ? "CO" : CLASS_MARK.test(category) ? "CL" : null
  // a line with long numbers in it is read as somebody's, not as a head
  return `${short} ${alone && letters ? letters : label.replace(/\d{3,}/g, "")}`.trim()
}

/** Number, matricule, name and one column an assessment; marks already given stand in their cells. */
export function marksWorkbook(
  about: About,
  { students, exempt, marks, assessments }: SheetRows,
  columns: readonly SheetAssessment[],
): WorkbookSheet {
  return {
    // what a sheet's name may not hold, and its longest
    name: `${about.short} ${about.class}`.replace(/[\\/?*[\]:]/g, " ").slice(0, 31),
    head: [
      "N°",
      "MATRICULE",
      "NOM ET PRENOMS",
      ...columns.map((one) => headOf(one, assessments, about.short)),
    ],
    widths: [5, 18, 36, ...columns.map(() => 16)],
    rows: students.map((student, n) => [
      n + 1,
      student.matricule,
      nameOf(student),
      ...columns.map(({ id }) => {
        if (exempt.has(student.id)) return "Disp."
        const { value, status } = marks.get(cellKey(id, student.id)) ?? BLANK
        return value === null ? markText(null, status) : { hundredths: value }
      }),
    ]),
  }
}

/** « notes-maths-10eme-cg-1-t1.xlsx » */
export const workbookName = ({ short, class: label, period }: About) =>
  `notes-${`${short} ${label} ${period}`
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}.xlsx`
