import type { Request, Response } from "express"
import { ROLE_LABELS, type Role } from "../../../roles.ts"
import { readDay } from "../../../web/fields.ts"
import { auditFound, authors, PAGE } from "../queries/audit.ts"
import { ACTIONS, dayAfter, dayBegins, differences, SUBJECTS } from "../rules/audit.ts"

const text = (value: unknown) => (typeof value === "string" ? value.trim().slice(0, 60) : "")
const number = (value: unknown) => (/^\d{1,9}$/.test(text(value)) ? Number(text(value)) : null)

/** Who changed what, when, before and after; the newest first. */
export async function index(req: Request, res: Response) {
  const { db, settings } = req.school
  const from = readDay(text(req.query.from))
  const until = readDay(text(req.query.until))
  const account = number(req.query.account)
  const subject = SUBJECTS[text(req.query.subject)] ? text(req.query.subject) : null
  const subjectId = subject ? number(req.query.subject_id) : null
  const page = Math.max(1, Math.trunc(Number(req.query.page)) || 1)
  const moments = {
    from: from && dayBegins(from, settings.timeZone),
    before: until && dayBegins(dayAfter(until), settings.timeZone),
  }
  const { rows, total } = await auditFound(db, { account, subject, subjectId, ...moments }, page)
  const asked = { account, subject, subject_id: subjectId, from, until }
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null))
  const lines = rows.map((row) => ({
    ...row,
    subjectLabel: SUBJECTS[row.subject] ?? row.subject,
    actionLabel: ACTIONS[row.action] ?? row.action,
    differences: differences(row.before, row.after).map(inFrench),
  }))
  const people = (await authors(db)).map(({ id, name }) => ({ value: id, label: name }))
  const subjects = Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }))
  res.page("accounts/audit", { lines, total, size: PAGE, page, query, people, subjects })
}

const inFrench = (one: { key: string; before: string | null; after: string | null }) =>
  one.key === "roles" || one.key === "role"
    ? { key: "fonctions", before: roleLabels(one.before), after: roleLabels(one.after) }
    : one

const roleLabels = (words: string | null) =>
  words
    ?.split(", ")
    .map((word) => ROLE_LABELS[word as Role] ?? word)
    .join(", ") ?? null
