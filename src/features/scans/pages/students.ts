// The papers of a student: what is asked for, what is there, what is missing.
import type { Request, Response } from "express"
import { type Problem, refused, typedIn } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { findClass } from "../../classes/queries.ts"
import { documentKinds } from "../../enrolment/queries/documents.ts"
import { checklist } from "../../enrolment/rules/checklist.ts"
import { studentFor, todayFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { viewer } from "../../people/scope.ts"
import { studentTabs } from "../../people/tabs.ts"
import { keepScan, readScan, sendScan } from "../files.ts"
import { deleteForm, scanForm } from "../forms.ts"
import { deleteScan, handedBy, openFileOf, restoreScan, scansOf, studentScan } from "../queries.ts"
import { BIN_DAYS, lineNamed, scanLabel, sorted } from "../rules.ts"

/** In the list of papers: one that the checklist does not know. */
const OTHER = "other"

type Student = Awaited<ReturnType<typeof studentFor>>

/** What the student's level asks for; without a class, what the file of enrolment asks for, else what all levels do. */
async function papersOf(req: Request, student: Student) {
  const { db } = req.school
  const scans = await scansOf(db, { person: "student", id: student.id })
  const file = await openFileOf(db, student.id)
  const level = student.class_id
    ? (await findClass(db, viewer(req), student.class_id))?.level_code
    : file?.level_code
  const asked = checklist(await documentKinds(db), level ?? "", await handedBy(db, student.id))
  const present = scans.filter(({ deleted_at }) => !deleted_at)
  return { ...sorted(asked, present), bin: scans.filter(({ deleted_at }) => deleted_at), file }
}

export async function index(req: Request, res: Response) {
  const student = await studentFor(req)
  await listing(req, res, student, { typed: {}, problems: [] })
}

type Shown = { typed: Record<string, string>; problems: Problem[] }

async function listing(req: Request, res: Response, student: Student, form: Shown) {
  const papers = await papersOf(req, student)
  const ticking = papers.file && req.can("enrolment.desk") ? papers.file : null
  res.page("scans/student", {
    ...{ student, ...papers, ticking, form, studentName, days: BIN_DAYS },
    tick: form.problems.length === 0 || Boolean(form.typed.tick),
    document: rowNumber(req.query.document),
    tabs: studentTabs(req, student.id, "scans"),
    at: `/students/${student.id}/scans`,
  })
}

export async function add(req: Request, res: Response) {
  const student = await studentFor(req)
  const read = scanForm.read(req.body)
  if (!read.ok) return listing(req, res.status(422), student, read)
  const { lines, file } = await papersOf(req, student)
  const refuse = (field: string, text: string) =>
    listing(req, res.status(422), student, refused(read, field, text))
  const { document, label, tick } = read.values
  const listed = lines.find(({ id }) => String(id) === document)
  if (!listed && document !== OTHER && !(document === null && label))
    return refuse("document", "Choisissez la pièce dans la liste.")
  if (!listed && !label) return refuse("label", "Écrivez ce que c’est.")
  const chosen = listed ?? lineNamed(lines, label ?? "")
  const named = scanLabel(chosen, label)
  const page = await readScan(req.file?.buffer)
  if ("refused" in page) return refuse("file", page.refused)
  const ticked = await keepScan(req.school, req.member, {
    ...{ whose: { person: "student", id: student.id }, page, now: req.now },
    kept: { document_id: chosen?.id ?? null, label: named },
    tick: file && tick && req.can("enrolment.desk") ? { file: file.id, on: todayFor(req) } : null,
  })
  const said = { label: named, name: studentName(student), reference: file?.reference ?? "" }
  res.flash(ticked ? "scans.added_ticked" : "scans.added", said)
  res.redirect(303, `/students/${student.id}/scans`)
}

async function scanFor(req: Request) {
  const scan = await studentScan(req.school.db, viewer(req), rowNumber(req.params.scan))
  if (!scan) throw notFound()
  return scan
}

export async function open(req: Request, res: Response) {
  const scan = await scanFor(req)
  await sendScan(req, res, scan, studentName(scan))
}

type Found = Awaited<ReturnType<typeof scanFor>>

const placeOf = (scan: Found) => `/students/${scan.student_id}/scans`

export async function deletePage(req: Request, res: Response) {
  deleting(res, await scanFor(req), { typed: {}, problems: [] })
}

function deleting(res: Response, scan: Found, form: Shown) {
  if (scan.deleted_at) throw new Refusal(409, "Cette pièce est déjà dans la corbeille.")
  const name = studentName(scan)
  res.page("scans/delete", { scan, form, name, to: `/scans/${scan.id}`, back: placeOf(scan), days: BIN_DAYS })
}

export async function remove(req: Request, res: Response) {
  const scan = await scanFor(req)
  const read = deleteForm.read(typedIn(req.body))
  if (!read.ok) return deleting(res.status(422), scan, read)
  if (!(await deleteScan(req.school.db, req.member, scan, { ...read.values, now: req.now })))
    throw new Refusal(409, "Cette pièce est déjà dans la corbeille.")
  res.flash("scans.deleted", { label: scan.label, days: BIN_DAYS }).redirect(303, placeOf(scan))
}

export async function restore(req: Request, res: Response) {
  const scan = await scanFor(req)
  if (!(await restoreScan(req.school.db, req.member, scan, req.now)))
    throw new Refusal(409, "Cette pièce n’est pas dans la corbeille.")
  res.flash("scans.restored", { label: scan.label, name: studentName(scan) }).redirect(303, placeOf(scan))
}
