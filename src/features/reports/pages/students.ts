// One student's years on screen, and the papers made of them: the year's transcript, the school record.
import type { Request, Response } from "express"
import { inBackground } from "../../../school.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { fileOf } from "../../papers/files.ts"
import { findPaper, papersOfStudent } from "../../papers/queries.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { issueRecord } from "../issuing.ts"
import { yearsRead } from "../queries/records.ts"
import { checkedBlocks, identityOf } from "../rules/records.ts"
import { studentFor } from "./asking.ts"

/** The years on one school record: those of a lycée, with a repetition or two. */
const MOST_YEARS = 6

export async function show(req: Request, res: Response) {
  const student = await studentFor(req)
  const { db } = req.school
  const years = await yearsRead(db, student.id, req.now)
  const year = years.find(({ id }) => id === rowNumber(req.query.year)) ?? years.at(-1) ?? null
  const issued = req.can("papers.see") ? await papersOfStudent(db, student.id) : []
  const records = issued.filter(({ kind }) => kind === "transcript" || kind === "booklet")
  res.page("reports/student", { student, name: studentName(student), years, year, records })
}

const NOTHING = "Aucun bulletin de cet élève n’est encore publié : il n’y a pas de résultat à imprimer."

/** The transcript of the year chosen. */
export async function transcript(req: Request, res: Response) {
  const student = await studentFor(req)
  const years = await yearsRead(req.school.db, student.id, req.now)
  const year = years.find(({ id }) => id === rowNumber(req.body.year))
  if (!year) throw years.length > 0 ? notFound() : new Refusal(409, NOTHING)
  const { record, ruleText } = year
  const blocks = checkedBlocks([record])
  const own = { kind: "transcript", identity: identityOf(student), year: record, ruleText } as const
  const stay = { className: record.className, yearLabel: record.schoolYear }
  const on = todayFor(req)
  await issued(
    req,
    res,
    await issueRecord(req.school, req.member, { student, record: own, blocks, stay, on }, req.now),
  )
}

/** The school record: the last years that were published, the first one first. */
export async function booklet(req: Request, res: Response) {
  const student = await studentFor(req)
  const years = (await yearsRead(req.school.db, student.id, req.now)).slice(-MOST_YEARS)
  const last = years.at(-1)
  if (!last) throw new Refusal(409, NOTHING)
  const records = years.map(({ record }) => record)
  const own = { kind: "booklet", identity: identityOf(student), years: records } as const
  const stay = { className: last.record.className, yearLabel: last.record.schoolYear }
  const asked = { student, record: own, blocks: checkedBlocks(records), stay, on: todayFor(req) }
  await issued(req, res, await issueRecord(req.school, req.member, asked, req.now))
}

/** Leads to the register, where it is printed; its file is made meanwhile. */
async function issued(req: Request, res: Response, made: { id: number; reference: string; title: string }) {
  const paper = await findPaper(req.school.db, viewer(req), made.id)
  if (paper) {
    const print = { paperId: paper.id, content: paper.content, copy: 0, printedAt: paper.issued_at }
    inBackground(req.school, fileOf(req.school, print))
  }
  res
    .flash("reports.issued", { title: made.title, reference: made.reference })
    .redirect(303, `/papers/${made.id}`)
}
