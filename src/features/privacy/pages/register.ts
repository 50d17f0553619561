// The register of processing: read, corrected, printed.
import type { Request, Response } from "express"
import { notFound } from "../../../web/refusal.ts"
import { authorityOf } from "../authorities.ts"
import { lineForm, lineVersionForm } from "../forms.ts"
import { addLine, type Registered, registerOf, versionsOf, writeLine } from "../queries/processing.ts"
import { detailsOf } from "../queries/settings.ts"
import { isOwn, PART_LABELS, PARTS } from "../rules/register.ts"
import { askingOf, tabsOf } from "./asking.ts"

const register = async (req: Request) => registerOf(req.school.db, (await askingOf(req)).retentions)

export async function index(req: Request, res: Response) {
  const lines = await register(req)
  res.page("privacy/register", { lines, parts: PARTS, labels: PART_LABELS, tabs: tabsOf(req, "register") })
}

export async function print(req: Request, res: Response) {
  const { db, settings } = req.school
  res.page("privacy/register_print", {
    lines: await register(req),
    parts: PARTS,
    labels: PART_LABELS,
    authority: authorityOf(settings.country),
    details: await detailsOf(db),
    on: req.now.toISOString(),
  })
}

async function lineFor(req: Request): Promise<Registered> {
  const found = (await register(req)).find(({ code }) => code === req.params.processing)
  if (!found) throw notFound()
  return found
}

export function newPage(req: Request, res: Response) {
  edit(req, res, null, { typed: {}, problems: [] })
}

function edit(req: Request, res: Response, registered: Registered | null, form: object, extra: object = {}) {
  res.page("privacy/register_edit", {
    registered,
    own: registered !== null && isOwn(registered.code),
    form,
    parts: PARTS,
    labels: PART_LABELS,
    versions: [],
    tabs: tabsOf(req, "register"),
    ...extra,
  })
}

export async function create(req: Request, res: Response) {
  const read = lineForm.read(req.body)
  if (!read.ok) return edit(req, res.status(422), null, read)
  await addLine(req.school.db, req.member, read.values, req.now)
  res.flash("privacy.line_saved", { title: read.values.title }).redirect(303, "/privacy/register")
}

export async function editPage(req: Request, res: Response) {
  const found = await lineFor(req)
  const versions = await versionsOf(req.school.db, found.code)
  const typed = { ...found.line, version: String(found.version) }
  edit(req, res, found, { typed, problems: [] }, { versions })
}

const versionIn = (req: Request) => {
  const read = lineVersionForm.read(req.body)
  return read.ok ? read.values.version : -1
}

export async function change(req: Request, res: Response) {
  const { db } = req.school
  const found = await lineFor(req)
  const read = lineForm.read(req.body)
  if (!read.ok) return edit(req, res.status(422), found, read)
  const asked = {
    code: found.code,
    version: versionIn(req),
    line: read.values,
    removed: 0 as const,
    now: req.now,
  }
  if (await writeLine(db, req.member, asked)) {
    return res.flash("privacy.line_saved", { title: read.values.title }).redirect(303, "/privacy/register")
  }
  const now = await lineFor(req)
  const differing = PARTS.filter((part) => now.line[part] !== read.values[part])
  const fields = differing.map((part) => ({
    label: PART_LABELS[part],
    was: "–",
    now: now.line[part],
    mine: read.values[part],
  }))
  const form = { typed: { ...read.typed, version: String(now.version) }, problems: [] }
  edit(req, res.status(409), now, form, { conflicts: { by: now.by, at: now.at, fields } })
}

export async function remove(req: Request, res: Response) {
  const { code, version, line } = await lineFor(req)
  const asked = { code, version, line, removed: 1 as const, now: req.now }
  await writeLine(req.school.db, req.member, asked)
  res.flash("privacy.line_removed", { title: line.title }).redirect(303, "/privacy/register")
}
