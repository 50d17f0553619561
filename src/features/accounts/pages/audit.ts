import type { Request, Response } from "express"
import { allPermissions } from "../../../permissions.ts"
import { ROLE_LABELS, type Role } from "../../../roles.ts"
import { addDays } from "../../../web/days.ts"
import { readDay } from "../../../web/fields.ts"
import { dayBegins } from "../../../web/moment.ts"
import { pageNumber, rowNumber } from "../../../web/rowNumber.ts"
import { fieldLabel, valueText } from "../../people/told.ts"
import { auditFound, authors, PAGE } from "../queries/audit.ts"
import { ACTIONS, type Difference, differences, SUBJECTS } from "../rules/audit.ts"

const text = (value: unknown) => (typeof value === "string" ? value.trim().slice(0, 60) : "")

/** Who changed what, when, before and after; the newest first. */
export async function index(req: Request, res: Response) {
  const { db, settings } = req.school
  const from = readDay(text(req.query.from))
  const until = readDay(text(req.query.until))
  const account = rowNumber(req.query.account) || null
  const subject = Object.hasOwn(SUBJECTS, text(req.query.subject)) ? text(req.query.subject) : null
  const subjectId = subject ? rowNumber(req.query.subject_id) || null : null
  const page = pageNumber(req.query.page)
  const moments = {
    from: from && dayBegins(from, settings.timeZone),
    before: until && dayBegins(addDays(until, 1), settings.timeZone),
  }
  const { rows, total } = await auditFound(db, { account, subject, subjectId, ...moments }, page)
  const asked = { account, subject, subject_id: subjectId, from, until }
  const query = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null))
  const lines = rows.map((row) => ({
    ...row,
    subjectLabel: SUBJECTS[row.subject] ?? row.subject,
    actionLabel: ACTIONS[row.action] ?? row.action,
    differences: differences(row.before, row.after)
      .filter(({ key }) => !UNSAID.has(key))
      .map(inFrench),
  }))
  const people = (await authors(db)).map(({ id, name }) => ({ value: id, label: name }))
  const subjects = Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }))
  res.page("accounts/audit", { lines, total, size: PAGE, page, query, people, subjects })
}

/** Columns that only the program needs. */
const UNSAID = new Set(["version", "folded", "sort_name", "updated_at"])

const KEYS: Record<string, string> = {
  roles: "fonctions",
  role: "fonction",
  permission: "droit",
  logins: "identifiants",
  label: "libellé",
  periods: "périodes",
  starts_on: "premier jour",
  ends_on: "dernier jour",
  current: "année en cours",
  value: "note",
  coefficient: "coefficient",
}

function inFrench({ key, before, after }: Difference): Difference {
  const said = (text: string | null) => {
    if (text === null) return null
    if (key === "roles" || key === "role") return roleLabels(text)
    if (key === "permission") return `« ${permissionLabel(text)} »`
    return fieldLabel(key) ? valueText(key, text) : text
  }
  return { key: KEYS[key] ?? fieldLabel(key)?.toLowerCase() ?? key, before: said(before), after: said(after) }
}

const permissionLabel = (word: string) =>
  allPermissions().find(({ permission }) => permission === word)?.label ?? word

const roleLabels = (words: string) =>
  words
    .split(", ")
    .map((word) => ROLE_LABELS[word as Role] ?? word)
    .join(", ")
