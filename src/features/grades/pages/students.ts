import type { Request, Response } from "express"
import { Refusal } from "../../../web/refusal.ts"
import { profileOfPeriod } from "../profiles.ts"
import { rollOf } from "../queries/sheet.ts"
import { NOTHING, saveTold, type Told, toldOf } from "../queries/students.ts"
import { nameOf, STATE_WORDS, stateOf, tellApart } from "../sheet.ts"
import { seenOf, TableOutcome, toldColumns, viewField } from "../studentTable.ts"
import { fieldsOf } from "../tableForm.ts"
import { type ClassPeriodAsked, classPeriodAsked, periodTabs, queryNumber } from "./found.ts"

/** Students on one page: an appreciation is a sentence. */
const PAGE = 50

/** Conduct, absences and general appreciation of a class in a period. */
export async function show(req: Request, res: Response) {
  await tablePage(req, res, await classPeriodAsked(req))
}

export async function save(req: Request, res: Response) {
  const about = await classPeriodAsked(req)
  const reason = reasonIn(req, about)
  const columns = await columnsFor(req, about)
  const fields = fieldsOf(
    req.body,
    columns.map(({ name }) => name),
  )
  if (!fields) throw new Refusal(400, "Ce formulaire est incomplet : rechargez la page et recommencez.")
  if (reason === "") {
    const problem = { field: "reason", text: "Les bulletins sont contrôlés ou publiés : donnez un motif." }
    const form = { typed: {}, problems: [problem] }
    return tablePage(req, res.status(422), about, TableOutcome.untried(fields), form)
  }
  const { db } = req.school
  const students = new Set((await rollOf(db, about)).map(({ id }) => id))
  const at = req.now.toISOString()
  const outcome = await saveTold(db, req.member, fields, columns as never[], {
    about: keyOf(about),
    students,
    at,
    reason,
  })
  if (outcome.problems.size > 0) return tablePage(req, res.status(422), about, outcome)
  res.flash(outcome.saved > 0 ? "grades.fields_saved" : "grades.fields_unchanged", { n: outcome.saved })
  res.redirect(303, req.originalUrl)
}

const keyOf = ({ class_id, period_id }: ClassPeriodAsked) => ({ class_id, period_id })

/** Null while the class is open; else the motive of a correction, which may be missing; refused without the right. */
function reasonIn(req: Request, { class_state }: ClassPeriodAsked): string | null {
  if (!class_state) return null
  if (!req.can("grades.correct"))
    throw new Refusal(409, "La classe est contrôlée ou publiée pour cette période : rouvrez-la d’abord.")
  return String(req.body.reason ?? "")
    .trim()
    .slice(0, 300)
}

async function columnsFor(req: Request, about: ClassPeriodAsked) {
  const { profile } = await profileOfPeriod(req.school.db, about)
  const writes = !about.class_state || req.can("grades.correct")
  return toldColumns(profile, {
    conduct: writes && req.can("grades.conduct"),
    // what the council has closed is changed by opening its session again
    appreciation: writes && req.can("grades.appreciation") && about.council_state !== "closed",
  })
}

async function tablePage(
  req: Request,
  res: Response,
  about: ClassPeriodAsked,
  outcome?: TableOutcome,
  form?: object,
) {
  const { db } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const mine = await columnsFor(req, about)
  const all = toldColumns(profile, { conduct: true, appreciation: true })
  const told = await toldOf(db, about)
  const roll = await rollOf(db, about)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const apart = tellApart(roll)
  const rows = roll.slice((page - 1) * PAGE, page * PAGE).map((student) => ({
    student: student.id,
    name: nameOf(student),
    told: apart.get(student.id) ?? "",
    cells: all.map((column) => {
      const stored = (told.get(student.id) ?? NOTHING)[column.name as keyof Told]
      const view = viewField(
        column,
        student.id,
        stored,
        outcome?.problems.get(`${column.name}.${student.id}`),
      )
      return { ...view, open: mine.some(({ name }) => name === column.name) }
    }),
  }))
  const state = stateOf({ class_state: about.class_state, locked_at: null })
  const sent = rows.map(({ student, cells }) => ({ student, fields: cells.filter(({ open }) => open) }))
  res.page("grades/students", {
    about,
    rows,
    columns: all,
    open: mine.length > 0,
    seen: seenOf(mine, sent, outcome?.problems),
    wrong: outcome?.wrong ?? 0,
    state,
    stateWord: STATE_WORDS[state],
    page,
    size: PAGE,
    total: roll.length,
    tabs: periodTabs(about, about.period_id, (period) => `/grades/${about.class_id}/${period}/students`),
    ...(form ? { form } : {}),
  })
}
