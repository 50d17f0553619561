// The papers of a member of staff: CV, diplomas, contract.
import type { Request, Response } from "express"
import { type Problem, refused, typedIn } from "../../../web/form.ts"
import { notFound, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { staffFor } from "../../people/pages/asking.ts"
import { studentName } from "../../people/rules.ts"
import { keepScan, readScan, sendScan } from "../files.ts"
import { deleteForm, staffScanForm } from "../forms.ts"
import { deleteScan, restoreScan, type Scan, scansOf, staffScan } from "../queries.ts"
import { BIN_DAYS, STAFF_PAPERS } from "../rules.ts"

type Staff = Awaited<ReturnType<typeof staffFor>>
type Shown = { typed: Record<string, string>; problems: Problem[] }

export async function index(req: Request, res: Response) {
  await listing(req, res, await staffFor(req), { typed: {}, problems: [] })
}

async function listing(req: Request, res: Response, staff: Staff, form: Shown) {
  const scans = await scansOf(req.school.db, { person: "staff", id: staff.id })
  res.page("scans/staff", {
    ...{ staff, form, studentName, days: BIN_DAYS, kinds: STAFF_PAPERS },
    scans: scans.filter(({ deleted_at }) => !deleted_at),
    bin: scans.filter(({ deleted_at }) => deleted_at),
    at: `/staff/${staff.id}/scans`,
  })
}

export async function add(req: Request, res: Response) {
  const staff = await staffFor(req)
  const read = staffScanForm.read(req.body)
  if (!read.ok) return listing(req, res.status(422), staff, read)
  const page = await readScan(req.file?.buffer)
  if ("refused" in page) return listing(req, res.status(422), staff, refused(read, "file", page.refused))
  const { label } = read.values
  await keepScan(req.school, req.member, {
    ...{ whose: { person: "staff", id: staff.id }, page, now: req.now, tick: null },
    kept: { document_id: null, label },
  })
  res.flash("scans.added", { label, name: studentName(staff) }).redirect(303, `/staff/${staff.id}/scans`)
}

async function scanFor(req: Request) {
  const staff = await staffFor(req)
  const scan = await staffScan(req.school.db, staff.id, rowNumber(req.params.staffScan))
  if (!scan) throw notFound()
  return { staff, scan, place: `/staff/${staff.id}/scans` }
}

export async function open(req: Request, res: Response) {
  const { staff, scan } = await scanFor(req)
  await sendScan(req, res, scan, studentName(staff))
}

export async function deletePage(req: Request, res: Response) {
  deleting(res, await scanFor(req), { typed: {}, problems: [] })
}

function deleting(
  res: Response,
  { staff, scan, place }: { staff: Staff; scan: Scan; place: string },
  form: Shown,
) {
  if (scan.deleted_at) throw new Refusal(409, "Cette pièce est déjà dans la corbeille.")
  const name = studentName(staff)
  res.page("scans/delete", { scan, form, name, to: `${place}/${scan.id}`, back: place, days: BIN_DAYS })
}

export async function remove(req: Request, res: Response) {
  const found = await scanFor(req)
  const read = deleteForm.read(typedIn(req.body))
  if (!read.ok) return deleting(res.status(422), found, read)
  const { scan, place } = found
  if (!(await deleteScan(req.school.db, req.member, scan, { ...read.values, now: req.now })))
    throw new Refusal(409, "Cette pièce est déjà dans la corbeille.")
  res.flash("scans.deleted", { label: scan.label, days: BIN_DAYS }).redirect(303, place)
}

export async function restore(req: Request, res: Response) {
  const { staff, scan, place } = await scanFor(req)
  if (!(await restoreScan(req.school.db, req.member, scan, req.now)))
    throw new Refusal(409, "Cette pièce n’est pas dans la corbeille.")
  res.flash("scans.restored", { label: scan.label, name: studentName(staff) }).redirect(303, place)
}
