import type { Request, Response } from "express"
import { Refusal } from "../../../web/refusal.ts"
import { seesAll, viewer } from "../../people/scope.ts"
import { cellsOfCourier, cellsOfForm } from "../cellForms.ts"
import { cellKey, type TypedCell } from "../cells.ts"
import { profileOfPeriod } from "../profiles.ts"
import { readSheet } from "../queries/sheet.ts"
import { type CellOutcome, saveCells } from "../recording.ts"
import { type SheetAsked, STATE_WORDS, viewSheet } from "../sheet.ts"
import {
  openSubjectAsked,
  periodTabs,
  queryNumber,
  type SubjectPeriodAsked,
  subjectPeriodAsked,
} from "./found.ts"

/** Students on one page of a grid. */
const PAGE = 100

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
  const outcomes = await saveAll(req, about, cells)
  const saved = [...outcomes.values()].filter(({ kind }) => kind === "saved").length
  if (!allGood(outcomes)) return gridPage(req, res.status(422), about, { outcomes })
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
  const outcomes = await saveAll(req, about, sent)
  const keys = sent.map(({ assessment, student }) => cellKey(assessment, student))
  if (!allGood(outcomes)) {
    const students = sent.map(({ student }) => student)
    return rowsPage(req, res.status(422), about, { students, outcomes })
  }
  const only = queryNumber(req, "assessment")
  res.redirect(303, `${about.path}/cells?cells=${keys.join("_")}${only ? `&assessment=${only}` : ""}`)
}

async function saveAll(req: Request, about: SubjectPeriodAsked, cells: TypedCell[]) {
  const { db } = req.school
  return saveCells(db, req.member, await readSheet(db, about), cells, req.now.toISOString())
}

const allGood = (outcomes: Map<string, CellOutcome>) =>
  [...outcomes.values()].every(({ kind }) => kind === "saved" || kind === "same")

async function gridPage(req: Request, res: Response, about: SubjectPeriodAsked, asked: SheetAsked = {}) {
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
    ({ kind }) => kind !== "saved" && kind !== "same",
  )
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
    query: only ? { assessment: only.id } : {},
  })
}

async function rowsPage(req: Request, res: Response, about: SubjectPeriodAsked, asked: SheetAsked) {
  const { db } = req.school
  const { profile } = await profileOfPeriod(db, about)
  const rows = await readSheet(db, about)
  const sheet = viewSheet(about, profile, rows, { ...asked, assessment: queryNumber(req, "assessment") })
  res.page("grades/cells", { about, sheet })
}
