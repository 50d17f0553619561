import type { Request, Response } from "express"
import { type Problem, typedIn } from "../../../web/form.ts"
import { forbidden, Refusal } from "../../../web/refusal.ts"
import { rowNumber } from "../../../web/rowNumber.ts"
import { classesOf } from "../../classes/queries.ts"
import { todayFor } from "../../people/pages/asking.ts"
import { viewer } from "../../people/scope.ts"
import { makeImport } from "../make.ts"
import { classesToMark } from "../queries/marks.ts"
import { yearsOf } from "../queries/school.ts"
import type { ImportKind } from "../spellings.ts"
import { emptyContext, type ImportContext, isKind } from "../stored.ts"
import { templateFile } from "../templates.ts"
import { KIND_LABELS, kindsFor } from "./asking.ts"

/** 5 Mo: a school of two thousand in one workbook weighs a tenth of it. */
export const MOST_BYTES = 5_000_000

export const upload = { once: true, upload: { field: "file", maxBytes: MOST_BYTES } } as const

function kindFor(req: Request, asked: unknown): ImportKind {
  const kinds = kindsFor(req)
  const kind = isKind(asked) ? asked : kinds[0]
  if (!kind || !kinds.includes(kind)) throw forbidden()
  return kind
}

export async function newPage(req: Request, res: Response) {
  const kind = kindFor(req, req.query.kind)
  await asking(req, res, kind, { typed: {}, problems: [] })
}

async function asking(
  req: Request,
  res: Response,
  kind: ImportKind,
  form: { typed: Record<string, string>; problems: Problem[] },
) {
  const offered = await offeredTo(req, kind)
  res.page("imports/new", {
    form,
    kind,
    kinds: kindsFor(req).map((one) => ({ kind: one, label: KIND_LABELS[one] })),
    today: todayFor(req),
    ...offered,
  })
}

/** The years, and of the current one the classes and periods that an import of this kind may be about. */
async function offeredTo(req: Request, kind: ImportKind) {
  const { db, year } = req.school
  const years = await yearsOf(db)
  const yearId = year?.id ?? 0
  const classes =
    kind === "marks" ? await classesToMark(db, viewer(req), yearId) : await classesOf(db, yearId)
  return { years, classes, periods: year?.periods ?? [] }
}

export async function create(req: Request, res: Response) {
  const kind = kindFor(req, typedIn(req.body).kind)
  const typed = typedIn(req.body)
  const offered = await offeredTo(req, kind)
  const { context, problems } = contextOf(req, kind, offered)
  if (!req.file || req.file.size === 0) {
    const text = req.file ? "Ce fichier est vide : il n’y a rien à importer." : "Choisissez un fichier."
    problems.push({ field: "file", text })
  }
  if (problems.length > 0 || !req.file) return asking(req, res.status(422), kind, { typed, problems })
  const { originalname: fileName, buffer: bytes } = req.file
  const handed = { kind, fileName, bytes, context, user: req.member, who: viewer(req), now: req.now }
  try {
    const id = await makeImport(req.school, handed)
    res.flash("imports.read").redirect(303, `/imports/${id}`)
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal
    const problem = { field: "file", text: refusal.message }
    await asking(req, res.status(422), kind, { typed, problems: [problem] })
  }
}

type Offered = Awaited<ReturnType<typeof offeredTo>>

function contextOf(
  req: Request,
  kind: ImportKind,
  { years, classes, periods }: Offered,
): { context: ImportContext; problems: Problem[] } {
  const typed = typedIn(req.body)
  const problems: Problem[] = []
  // the staff is of no school year
  if (kind === "staff") return { context: emptyContext(), problems }
  const year = years.find(({ id }) => id === (rowNumber(typed.year) || req.school.year?.id))
  if (!year) {
    problems.push({ field: "file", text: "Ouvrez d’abord l’année scolaire dans les réglages de l’école." })
    return { context: emptyContext(), problems }
  }
  const classId = rowNumber(typed.class) || null
  const periodId = rowNumber(typed.period) || null
  const current = year.id === req.school.year?.id
  const known = current && classes.some(({ id }) => id === classId)
  if (classId !== null && !known) {
    problems.push({ field: "class", text: "Choisissez une classe de cette année scolaire." })
  }
  if (kind === "marks" && classId === null) {
    problems.push({ field: "class", text: "Choisissez la classe de ces notes." })
  }
  if (kind === "marks" && !periods.some(({ id }) => id === periodId)) {
    problems.push({ field: "period", text: "Choisissez la période de ces notes." })
  }
  const schoolYear = `${year.starts_on.slice(0, 4)}-${year.ends_on.slice(0, 4)}`
  const from = typed.from === "today" ? "today" : "year"
  return { context: { ...emptyContext(), yearId: year.id, schoolYear, classId, periodId, from }, problems }
}

/** An empty file with the heads that are read best, for Excel. */
export function template(req: Request, res: Response) {
  const kind = kindFor(req, req.query.kind)
  const { name, text } = templateFile(kind)
  res.attachment(name).type("text/csv; charset=utf-8").send(text)
}
