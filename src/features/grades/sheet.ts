// One subject of one class and period as a grid shows it: columns, rows, cells, averages. No I/O.
import { date } from "../../web/french.ts"
import { seenRow, seenText } from "./cellForms.ts"
import { BLANK, cellKey, isEntered, type StoredMark } from "./cells.ts"
import { french, plainText, type Shown } from "./fraction.ts"
import { asAssessment, asSubject } from "./grading.ts"
import { markText } from "./marking.ts"
import { gradePeriod, type Mark, type PeriodResult } from "./period.ts"
import type { GradingProfile } from "./profile.ts"
import type { RollStudent, SheetAssessment, SheetRows, SubjectPeriod } from "./queries/sheet.ts"
import type { CellOutcome } from "./recording.ts"
import type { StudentResult } from "./student.ts"

export type PeriodState = "open" | "locked" | "checked" | "published"

/** Where a subject's period stands (domain.md §3.3): the class's decision comes before the teacher's lock. */
export const stateOf = ({
  class_state,
  locked_at,
}: {
  class_state: "checked" | "published" | null
  locked_at: string | null
}): PeriodState => class_state ?? (locked_at ? "locked" : "open")

export const STATE_WORDS: Record<PeriodState, string> = {
  open: "ouverte",
  locked: "verrouillée",
  checked: "contrôlée",
  published: "publiée",
}

/** « KEÏTA Moussa » */
export const nameOf = (student: { surname: string; given_names: string }) =>
  `${student.surname} ${student.given_names}`.trim()

type Born = Pick<RollStudent, "birth_date" | "birth_year" | "birth_approximate">

const born = ({ birth_date, birth_year, birth_approximate }: Born) => {
  if (birth_date && !birth_approximate) return `né(e) le ${date(birth_date)}`
  return birth_year ? `né(e) vers ${birth_year}` : ""
}

/** What stands beside each name of a roll: the matricule; for homonyms, and where there is none, the birth too. */
export function tellApart(roll: readonly RollStudent[]): Map<number, string> {
  const named = new Map<string, number>()
  for (const { sort_name } of roll) named.set(sort_name, (named.get(sort_name) ?? 0) + 1)
  return new Map(
    roll.map((student) => {
      const alone = named.get(student.sort_name) === 1
      const said = [student.matricule, alone && student.matricule ? "" : born(student)]
      return [student.id, said.filter(Boolean).join(" · ")]
    }),
  )
}

/** The averages of one subject, as the whole class's calculation makes them. */
export function gradeSubject(
  about: Pick<SubjectPeriod, "code" | "coefficient" | "optional" | "group_code">,
  profile: GradingProfile,
  rows: Pick<SheetRows, "assessments" | "students" | "exempt" | "marks">,
): PeriodResult {
  const { code, coefficient, optional, group_code } = about
  return gradePeriod({
    profile,
    subjects: [asSubject({ code, coefficient, optional: optional !== null, group: group_code })],
    assessments: rows.assessments.map((row) => asAssessment(row, code)),
    students: rows.students.map(({ id, sex }) => ({
      id,
      sex,
      conduct: null,
      exempt: rows.exempt.has(id) ? [code] : [],
    })),
    marks: [...rows.marks].map(([key, { value, status }]): Mark => {
      const [assessment, student] = key.split(".").map(Number) as [number, number]
      return { assessment, student, value, status }
    }),
  })
}

/** « CLASSE » as a narrow column says it: « Classe ». */
const titled = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).toLowerCase()

export type CellView = {
  /** the name that its value is sent under, and what its question is called */
  assessment: number
  key: string
  label: string
  text: string
  /** what is stored, where `text` is not */
  was: string
  version: number
  state: "" | "saved" | "refused" | "ask" | "conflict"
  why: string
  choices: { value: string; label: string }[]
}

export type RowView = {
  student: number
  name: string
  told: string
  exempt: boolean
  cells: CellView[]
  /** averages of the categories shown, then the subject's: « 12,50 », « – », « Disp. » */
  categories: string[]
  average: string
  seen: string
}

export type SheetView = {
  columns: (SheetAssessment & { kind: string; entered: number })[]
  categories: string[]
  rows: RowView[]
  seen: string
  expected: number
  entered: number
  mean: string
}

export type SheetAsked = {
  /** only these students, in their order of the roll */
  students?: readonly number[]
  /** only this assessment's column */
  assessment?: number | null
  outcomes?: ReadonlyMap<string, CellOutcome>
  /** cells just saved, by key */
  saved?: ReadonlySet<string>
}

/** Everything a grid shows; averages and counts are over the whole class, whatever part is asked for. */
export function viewSheet(
  about: SubjectPeriod,
  profile: GradingProfile,
  rows: SheetRows,
  asked: SheetAsked = {},
): SheetView {
  const { assessments, students, exempt, marks } = rows
  const result = gradeSubject(about, profile, rows)
  const kinds = new Map(profile.categories.map(({ code }) => [code, titled(code)]))
  const used = profile.categories.flatMap(({ code }, index) =>
    assessments.some((one) => one.category === code) ? [{ index, label: kinds.get(code) as string }] : [],
  )
  const shown = assessments.filter(({ id }) => !asked.assessment || id === asked.assessment)
  const due = students.filter(({ id }) => !exempt.has(id))
  const columns = assessments.map((assessment) => ({
    ...assessment,
    kind: kinds.get(assessment.category) ?? assessment.category,
    entered: due.filter(({ id }) => isEntered(marks.get(cellKey(assessment.id, id)))).length,
  }))
  const told = tellApart(students)
  const cells = (student: number) =>
    exempt.has(student) ? [] : shown.map((assessment) => cellView(student, assessment, marks, asked))
  const wanted = asked.students && new Set(asked.students)
  const views = students
    .filter(({ id }) => !wanted || wanted.has(id))
    .map((student): RowView => {
      const graded = result.byStudent.get(student.id) as StudentResult
      const row = cells(student.id)
      return {
        student: student.id,
        name: nameOf(student),
        told: told.get(student.id) ?? "",
        exempt: exempt.has(student.id),
        cells: row,
        categories: used.map(({ index }) => french(graded.lines[0]?.categories[index]?.text ?? "–")),
        average: averageText(graded),
        seen: seenRow(
          student.id,
          exempt.has(student.id) ? shown.map(() => null) : row.map((cell) => cell.version),
        ),
      }
    })
  return {
    columns: columns.filter(({ id }) => shown.some((one) => one.id === id)),
    categories: used.map(({ label }) => label),
    rows: views,
    seen: seenText(
      shown.map(({ id }) => id),
      views.map(({ seen }) => seen),
    ),
    expected: due.length * assessments.length,
    entered: columns.reduce((sum, { entered }) => sum + entered, 0),
    mean: french(result.subjectStats.get(about.code)?.mean?.text ?? "–"),
  }
}

/** « 12,33 », « Disp. » for an exemption, a dash where there is none yet. */
export function averageText(graded: StudentResult, line = 0): string {
  const made = graded.lines[line]
  if (made?.status === "DISPENSE") return "Disp."
  return french(made?.average?.text ?? "–")
}

/** The exact value as a calculation goes on with it: « 12,5 », or « 43/3 » where no decimal says it. */
export const exact = ({ exact }: Shown) => french(plainText(exact))

function cellView(
  student: number,
  { id: assessment, label }: SheetAssessment,
  marks: ReadonlyMap<string, StoredMark>,
  { outcomes, saved }: SheetAsked,
): CellView {
  const key = cellKey(assessment, student)
  const outcome = outcomes?.get(key)
  const stored = outcome?.stored ?? marks.get(key) ?? BLANK
  const text = markText(stored.value, stored.status)
  const view: CellView = {
    assessment,
    key,
    label,
    text,
    was: text,
    version: stored.version,
    state: saved?.has(key) || outcome?.kind === "saved" ? "saved" : "",
    why: "",
    choices: [],
  }
  if (outcome?.kind === "held") return { ...view, text: outcome.cell.typed, version: outcome.cell.seen }
  if (outcome?.kind === "refused" || outcome?.kind === "ask" || outcome?.kind === "conflict") {
    const asked = { ...view, state: outcome.kind, text: outcome.cell.typed, version: outcome.cell.seen }
    return { ...asked, ...questionIn(outcome, view.text) }
  }
  return view
}

/** What a cell that was not saved says, and the answers it offers. */
function questionIn(outcome: CellOutcome, stored: string): Pick<CellView, "why" | "choices"> {
  if (outcome.kind === "ask") {
    const choices = [
      { value: "ABS_J", label: "justifiée" },
      { value: "ABS_NJ", label: "non justifiée" },
    ]
    return { why: "Absence justifiée ?", choices }
  }
  if (outcome.kind === "conflict") {
    const theirs = stored || "une case vide"
    const mine = outcome.cell.typed || "une case vide"
    const choices = [
      { value: "theirs", label: `garder ${theirs}` },
      { value: `mine.${outcome.stored.version}`, label: `mettre ${mine}` },
    ]
    return { why: `${outcome.by ?? "Un import"} a mis ${theirs}.`, choices }
  }
  return { why: outcome.kind === "refused" ? outcome.why : "", choices: [] }
}
