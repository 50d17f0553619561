import type { Request, Response } from "express"
import { typedIn } from "../../../web/form.ts"
import { Refusal } from "../../../web/refusal.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import { cellsOfCourier, cellsOfForm } from "../cellForms.ts"
import { cellKey } from "../cells.ts"
import { checkTotals, countField, heldBack, totalField } from "../checkTotals.ts"
import { profileOfPeriod } from "../profiles.ts"
import { readSheet, type SheetRows } from "../queries/sheet.ts"
import { type CellOutcome, saveCells } from "../recording.ts"
import { type SheetAsked, STATE_WORDS, viewSheet } from "../sheet.ts"
import {
  openSubjectAsked,
  periodTabs,
  queryNumber,
  type SubjectPeriodAsked,
  subjectPeriodAsked,
} from "./found.ts"

/** Students on one page of a grid, and on one paper sheet of it. */
export const PAGE = 100

/** The marks grid of a subject and period. */
export async function show(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  await gridPage(req, res, about)
}

/** The whole grid as one form: good cells are stored, the others come back with their reason. */
export async function save(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const cells = cellsOfForm(req.body)
  if (!cells) throw new Refusal(400, "Ce formulaire est incomplet : rechargez la grille et recommencez.")
  const rows = await readSheet(req.school.db, about)
  const totals = fromPaper(req)
    ? checkTotals(columnsOf(req, rows), cells, { body: req.body, marks: rows.marks })
    : null
  const form = totals && { typed: typedIn(req.body), problems: totals.problems }
  if (form && form.problems.length > 0) {
    const outcomes = heldBack(cells, rows.assessments, rows.marks)
    return gridPage(req, res.status(422), about, { outcomes }, form)
  }
  const reason = totals && totals.said.size > 0 ? [...totals.said.values()].join(" ; ") : null
  const outcomes = await saveCells(req.school.db, req.member, rows, cells, {
    at: req.now.toISOString(),
    reason,
  })
  const saved = [...outcomes.values()].filter(({ kind }) => kind === "saved").length
  if (!allGood(outcomes)) return gridPage(req, res.status(422), about, { outcomes }, form ?? undefined)
  if (totals) {
    const only = queryNumber(req, "assessment")
    return res
      .flash(saved > 0 ? "grades.saved_from_paper" : "grades.unchanged", { n: saved })
      .redirect(303, `${about.path}${only ? `?assessment=${only}` : ""}`)
  }
  res.flash(saved > 0 ? "grades.saved" : "grades.unchanged", { n: saved }).redirect(303, req.originalUrl)
}

/** Some rows of the grid: what the grid's script places after a save. */
export async function cells(req: Request, res: Response) {
  const about = await subjectPeriodAsked(req)
  const keys = String(req.query.cells ?? "").split("_")
  const students = keys.map((key) => Number(key.split(".")[1]))
  await rowsPage(req, res, about, { students, saved: new Set(keys) })
}

/** Some cells, sent by the grid's script as they are typed or pasted. */
export async function saveSome(req: Request, res: Response) {
  const about = await openSubjectAsked(req)
  const sent = cellsOfCourier(req.body)
  if (!sent) throw new Refusal(400, "Cet envoi est incomplet : rechargez la grille et recommencez.")
  const { db } = req.school
  const at = req.now.toISOString()
  const outcomes = await saveCells(db, req.member, await readSheet(db, about), sent, { at })
  const keys = sent.map(({ assessment, student }) => cellKey(assessment, student))
  if (!allGood(outcomes)) {
    const students = sent.map(({ student }) => student)
    return rowsPage(req, res.status(422), about, { students, outcomes })
  }
  const only = queryNumber(req, "assessment")
  res.redirect(303, `${about.path}/cells?cells=${keys.join("_")}${only ? `&assessment=${only}` : ""}`)
}

/** Typed from a paper sheet: its totals are asked for, and nothing is saved before they are right. */
const fromPaper = (req: Request) => req.query.from === "paper"

/** The columns that a form shows: all of them, or the one of the address. */
const columnsOf = (req: Request, { assessments }: SheetRows) => {
  const only = queryNumber(req, "assessment")
  return assessments.some(({ id }) => id === only) ? assessments.filter(({ id }) => id === only) : assessments
}

const allGood = (outcomes: Map<string, CellOutcome>) =>
  [...outcomes.values()].every(({ kind }) => kind === "saved" || kind === "same")

async function gridPage(
  req: Request,
  res: Response,
  about: SubjectPeriodAsked,
  asked: SheetAsked = {},
  form?: object,
) {
  const { db } = req.school
  const who = viewer(req)
  const { profile } = await profileOfPeriod(db, about)
  const rows = await readSheet(db, about)
  const page = Math.max(1, queryNumber(req, "page") ?? 1)
  const part = rows.students.slice((page - 1) * PAGE, page * PAGE).map(({ id }) => id)
  const only = rows.assessments.find(({ id }) => id === queryNumber(req, "assessment"))
  const sheet = viewSheet(about, profile, rows, {
    ...asked,
    assessment: only?.id ?? null,
    ...(rows.students.length > PAGE ? { students: part } : {}),
  })
  const wrong = [...(asked.outcomes?.values() ?? [])].filter(
    ({ kind }) => kind !== "saved" && kind !== "same" && kind !== "held",
  )
  const paper = fromPaper(req) && about.open
  res.page("grades/sheet", {
    about,
    sheet,
    only,
    assessments: rows.assessments,
    total: rows.students.length,
    page,
    size: PAGE,
    wrong: wrong.length,
    follows: seesAll(who) || about.form_teacher_id === who.staffId,
    stateWord: STATE_WORDS[about.state],
    tabs: periodTabs(about, about.period_id, (period) => `/grades/${about.id}/${period}`),
    query: { ...(paper ? { from: "paper" } : {}), ...(only ? { assessment: only.id } : {}) },
    paper,
    totalField,
    countField,
    ...(form ? { form } : {}),
  })
}

async function rowsPage(req: Request, res: Response, about: SubjectPeriodAsked, asked: SheetAsked) {
  const { db } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const rows = await readSheet(db, about)
  const sheet = viewSheet(about, profile, rows, { ...asked, assessment: queryNumber(req, "assessment") })
  res.page("grades/cells", { about, sheet })
}
