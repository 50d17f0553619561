import type { Request, Response } from "express"
import { refused } from "../../../web/form.ts"
import { date } from "../../../web/french.ts"
import { pageNumber } from "../../../web/rowNumber.ts"
import { t } from "../../../web/strings.ts"
import { CONTRACTS, DIPLOMAS, GRADES } from "../choices.ts"
import { staffForm } from "../forms.ts"
import { phoneText } from "../phone.ts"
import { historyOf } from "../queries/history.ts"
import { addStaff, changeStaff, type FoundStaff, ledBy, listStaff, teachingOf } from "../queries/staff.ts"
import { searchTerms, studentName, typedRow } from "../rules.ts"
import { toldEntry } from "../told.ts"
import { planFor, staffFor, todayFor, yearId } from "./asking.ts"
import { conflictOn } from "./conflicts.ts"
import { versionOf } from "./students.ts"

const PAGE_SIZE = 50
const HISTORY_SIZE = 50

export const KINDS = {
  all: "Tous",
  teaching: "Professeurs",
  other: "Autre personnel",
  gone: "Partis",
} as const

export async function index(req: Request, res: Response) {
  const q = String(req.query.q ?? "").slice(0, 100)
  const kind = Object.hasOwn(KINDS, String(req.query.kind)) ? String(req.query.kind) : "all"
  const page = pageNumber(req.query.page)
  const asked = { terms: searchTerms(q), kind, year: yearId(req), page, size: PAGE_SIZE }
  const found = await listStaff(req.school.db, asked)
  const query = { ...(q && { q }), ...(kind !== "all" && { kind }) }
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/staff", {
    ...found,
    q,
    kind,
    kinds: KINDS,
    query,
    page,
    size: PAGE_SIZE,
    phone,
    studentName,
  })
}

export async function show(req: Request, res: Response) {
  const staff = await staffFor(req)
  const teaches = await teachingOf(req.school.db, [staff.id], yearId(req))
  const leads = await ledBy(req.school.db, staff.id, yearId(req))
  const phone = (e164: string | null) => phoneText(e164, planFor(req))
  res.page("people/staff_member", { staff, teaches, leads, contracts: CONTRACTS, phone, studentName })
}

export function newPage(_req: Request, res: Response) {
  edit(res, null, { typed: { position: "Professeur", teaching: "1" }, problems: [] })
}

const edit = (res: Response, staff: FoundStaff | null, form: object, extra: object = {}) =>
  res.page("people/staff_edit", {
    ...{ staff, studentName, form, contracts: CONTRACTS, grades: GRADES, diplomas: DIPLOMAS },
    ...extra,
  })

const numberTaken = (read: { typed: Record<string, string> }) =>
  refused(read, "employee_number", t("people.employee_number_taken"))

export async function create(req: Request, res: Response) {
  const read = staffForm(planFor(req), todayFor(req)).read(req.body)
  if (!read.ok) return edit(res.status(422), null, read)
  const row = { ...read.values, teaching: read.values.teaching ? 1 : 0 }
  const id = await addStaff(req.school.db, req.member, row, req.now)
  if (!id) return edit(res.status(422), null, numberTaken(read))
  res.flash("people.staff_added", { name: studentName(row) }).redirect(303, `/staff/${id}`)
}

const typedOf = (staff: FoundStaff, req: Request): Record<string, string> => ({
  ...typedRow(staff),
  phone: phoneText(staff.phone, planFor(req)),
  entered_on: staff.entered_on ? date(staff.entered_on) : "",
})

export async function editPage(req: Request, res: Response) {
  const staff = await staffFor(req)
  edit(res, staff, { typed: typedOf(staff, req), problems: [] })
}

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const staff = await staffFor(req)
  const read = staffForm(planFor(req), todayFor(req)).read(req.body)
  if (!read.ok) return edit(res.status(422), staff, read)
  const row = { ...read.values, teaching: read.values.teaching ? 1 : 0 }
  const version = versionOf(req)
  const outcome = await changeStaff(db, req.member, { staff, version, row, now: req.now })
  if (outcome === "taken") return edit(res.status(422), staff, numberTaken(read))
  if (outcome === "conflict") {
    const now = await staffFor(req)
    const card = { subject: "staff", id: staff.id, version, row: now, typed: row } as const
    const { conflicts, form } = await conflictOn(db, card, read, typedOf(now, req))
    return edit(res.status(409), now, form, { conflicts })
  }
  res.flash("people.changed", { note: "" }).redirect(303, `/staff/${staff.id}`)
}

/** Off the lists and the choices of forms, or back on them; what was taught and entered stays. */
export async function activate(req: Request, res: Response) {
  const staff = await staffFor(req)
  const active = req.body.active === "1" ? 1 : 0
  const version = staff.version
  await changeStaff(req.school.db, req.member, { staff, version, row: { active }, now: req.now })
  const said = active ? "people.staff_back" : "people.staff_gone"
  res.flash(said, { name: studentName(staff) }).redirect(303, `/staff/${staff.id}`)
}

export async function history(req: Request, res: Response) {
  const staff = await staffFor(req)
  const page = pageNumber(req.query.page)
  const told = await historyOf(req.school.db, "staff", staff.id, page, HISTORY_SIZE)
  res.page("people/history", {
    entries: told.entries.map(toldEntry),
    more: told.more,
    page,
    heading: studentName(staff),
    place: `/staff/${staff.id}`,
    back: { label: "Personnel", path: "/staff" },
  })
}
